/** The package without `webgpu`, which is optional: installed beside nothing else. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { curve } from '../support/commands/cli.ts';
import { run } from './support/run.ts';

const root = join(import.meta.dirname, '..', '..');
const project = inject('project');
const packageFile = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const command = join(project, 'node_modules', 'perceptron-lab', 'dist', 'cli', 'main.js');
const lab = (words: string) => run(process.execPath, [command, ...words.split(' ')], project);

writeFileSync(join(project, 'curve.csv'), curve);

describe('without webgpu', () => {
  const missing = `the npm package webgpu is missing: npm install webgpu@${packageFile.devDependencies.webgpu}`;

  it('auto trains on the CPU and nothing is said on standard error', async () => {
    const { code, out, err } = await lab('train curve.csv --target y --epochs 2 --json --out run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).engine.kind).toBe('cpu');
  });

  it('WebGPU is refused in one sentence that says how to get it', async () => {
    const { code, out, err } = await lab('train curve.csv --target y --engine webgpu');
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `--engine webgpu: ${missing}; or choose cpu.\n` });
  });

  it('doctor and the library say the same', async () => {
    const { code, out } = await lab('doctor --json');
    expect(code).toBe(0);
    expect(JSON.parse(out).webgpu).toEqual({ available: false, reason: missing });
    const asked = `import { requestDawn } from 'perceptron-lab/node'; console.log((await requestDawn()).reason.text);`;
    writeFileSync(join(project, 'dawn.mjs'), asked);
    expect(await run(process.execPath, ['dawn.mjs'], project)).toEqual({ code: 0, out: `${missing}\n`, err: '' });
  });

  it('the version it names is one that the package takes', () => {
    const { peerDependencies, devDependencies } = packageFile;
    expect(peerDependencies.webgpu).toBe(`^${devDependencies.webgpu}`);
  });
});
