/** The built command line, run as a person runs it, with the time it takes on the clock and on all processors. */
import { spawn } from 'node:child_process';

export interface Ran {
  stdout: string;
  /** From the start of the process to its end. */
  wall: number;
  /** Seconds of all threads of the process, in user and system mode. */
  cpu: number;
}

/** Loaded into the process before the command: no operating system tells a parent what one child used, so the child does. */
const sayCpuTime = `
  import { writeSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify(process.cpuUsage())));
`;

export class CommandFailed extends Error {}

/**
 * @param main the file of the command
 * @throws CommandFailed with what it said on standard error, where it fails
 */
export function runCommand(main: string, words: readonly string[], folder: string): Promise<Ran> {
  const began = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(sayCpuTime)}`;
  const child = spawn(process.execPath, ['--import', preload, main, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const said = ['', '', ''];
  [1, 2, 3].forEach((stream, at) => {
    (child.stdio[stream] as NodeJS.ReadableStream).setEncoding('utf8').on('data', (chunk: string) => {
      said[at] += chunk;
    });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const [stdout, stderr, usage] = said;
      if (code !== 0) {
        reject(new CommandFailed(`${words[0]} ended with ${signal ?? code}: ${stderr.trim() || stdout.trim()}`));
        return;
      }
      const { user, system } = JSON.parse(usage);
      resolve({ stdout, wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 });
    });
  });
}

/** Whether this build has the command. */
export async function hasCommand(main: string, name: string, folder: string): Promise<boolean> {
  try {
    await runCommand(main, [name, '--help'], folder);
    return true;
  } catch (error) {
    if (error instanceof CommandFailed) return false;
    throw error;
  }
}
