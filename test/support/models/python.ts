/** Runs what is exported for Python, where there is a Python with what it needs. */
import { spawnSync } from 'node:child_process';

/** A Python that has this package: `PERCEPTRON_PYTHON`, or the one of the path. Says so where there is none. */
export function findPython(needed: 'torch' | 'onnxruntime' | 'optuna' | 'json'): string | undefined {
  const names = process.env.PERCEPTRON_PYTHON ? [process.env.PERCEPTRON_PYTHON] : ['python3', 'python'];
  const found = names.find((name) => spawnSync(name, ['-c', `import ${needed}`]).status === 0);
  if (!found) console.warn(`There is no Python with ${needed}: what is written for it is not tried there.`);
  return found;
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
