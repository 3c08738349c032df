/** Runs what is exported for Python, where there is a Python with torch. */
import { spawnSync } from 'node:child_process';

/** `PERCEPTRON_PYTHON`, or the one of the path. */
export function findTorch(): string | undefined {
  const names = process.env.PERCEPTRON_PYTHON ? [process.env.PERCEPTRON_PYTHON] : ['python3', 'python'];
  return names.find((name) => spawnSync(name, ['-c', 'import torch']).status === 0);
}

/** What a program prints, as JSON. @throws Error with what it said where it fails */
export function runPython<Printed>(python: string, program: string, folder: string): Printed {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
