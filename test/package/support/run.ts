import { execFile } from 'node:child_process';

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs a program until it ends by itself. */
export function run(program: string, words: string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    // On Windows npm is no program but a script.
    const shell = process.platform === 'win32' && program === 'npm';
    execFile(program, words, { cwd, shell, env: { ...process.env, NODE_ENV: '' } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}
