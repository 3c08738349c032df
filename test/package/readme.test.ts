/** The examples of the library, in the README and on its page, run from the package. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from './support/run.ts';

const root = join(import.meta.dirname, '..', '..');
const project = inject('project');

const rows = Array.from({ length: 10 }, (_, i) => `${i},${Math.sin(i).toFixed(4)}\n`).join('');
const fileOrText = `const fileOrText = ${JSON.stringify(`x,y\n${rows}`)};\n`;

describe('the example of', () => {
  const example = (file: string) => /```ts\n(.*?)```/s.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';

  it('the README runs as it stands, and its process ends', async () => {
    writeFileSync(join(project, 'readme.mjs'), `${fileOrText}${example('README.md')}`);
    const { code: exit, out, err } = await run(process.execPath, ['readme.mjs'], project);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^1 0\.\d+$|^1 1\.\d+$/);
    expect(lines.at(-1)).toMatch(/^\[ { value: -?\d\.\d+ } \]$/);
  });

  it('the README is the same in Korean', () => {
    expect(example('README.ko.md')).toBe(example('README.md'));
  });

  it('the README takes five lines', () => {
    expect(example('README.md').trimEnd().split('\n')).toHaveLength(5);
  });

  // Its sweep takes long enough for other threads to begin, whose waiting is no reason for a process to stay.
  it('the page of the library runs as it stands, but for a shorter search, and its process ends', async () => {
    const shorter = example('docs/library.md').replace('minutes: 1 }', 'minutes: 0.1 }');
    expect(shorter).not.toBe(example('docs/library.md'));
    const code = `${shorter}\nconsole.log(engine.kind, swept.leaderboard.length, average.epochs.length, checkpoint.trials.length);\n`;
    writeFileSync(join(project, 'example.mjs'), code);
    const { code: exit, out, err } = await run(process.execPath, ['example.mjs'], project);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.trimEnd().split('\n').at(-1)).toBe('cpu 6 10 1');
  });
});
