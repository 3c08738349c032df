/** The README's example of the library, run from the package. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from './support/run.ts';

const root = join(import.meta.dirname, '..', '..');
const project = inject('project');

describe("the README's library example", () => {
  const example = (file: string) => /```ts\n(.*?)```/s.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';

  // Its sweep takes long enough for other threads to begin, whose waiting is no reason for a process to stay.
  it('runs as it stands, but for a shorter search, and its process ends', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i},${Math.sin(i).toFixed(4)}\n`).join('');
    const tables = `const fileOrText = ${JSON.stringify(`x,y\n${rows}`)};\nconst newTable = await readCsv('x\\n1.5\\n');\n`;
    const shorter = example('README.md').replace('minutes: 1 }', 'minutes: 0.1 }');
    expect(shorter).not.toBe(example('README.md'));
    const code = `${tables}${shorter}\nconsole.log(engine.kind, swept.leaderboard.length, average.epochs.length, checkpoint.trials.length);\n`;
    writeFileSync(join(project, 'example.mjs'), code);
    const { code: exit, out, err } = await run(process.execPath, ['example.mjs'], project);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.trimEnd().split('\n').at(-1)).toBe('cpu 6 10 1');
  });

  it('is the same in Korean but for its comments', () => {
    const code = (file: string) => example(file).replace(/ \/\/.*/g, '');
    expect(code('README.ko.md')).toBe(code('README.md'));
  });
});
