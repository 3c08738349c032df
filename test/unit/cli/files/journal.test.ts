/** Journals from elsewhere, and folders that change while a command trains. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { writeResults } from '../../../../src/cli/files/results.ts';
import { finishResults } from '../../../../src/cli/out-folder.ts';
import { hostTag } from '../../../../src/machine/processes.ts';
import { enterScratch, leaveScratch } from '../../../support/commands/command.ts';

enterScratch();
beforeEach(() => {
  for (const name of readdirSync('.')) if (name !== 'tmp') rmSync(name, { recursive: true });
  mkdirSync('out');
});
afterAll(leaveScratch);

const journal = 'out/.perceptron-lab.journal';
const temporary = (name: string) => `.${name}.${hostTag}-1-00000000.tmp`;
const read = (path: string) => readFileSync(path, 'utf8');

describe('a journal', () => {
  it('that was left is gone through: names are given, earlier results go', () => {
    const place = ['a', 'b'].map((to) => ({ from: temporary(to), to }));
    writeFileSync(journal, JSON.stringify({ version: 1, place, remove: ['c'] }));
    writeFileSync(join('out', temporary('b')), 'new b');
    for (const name of ['a', 'b', 'c', 'd']) writeFileSync(`out/${name}`, `old ${name}`);
    finishResults('out');
    expect(readdirSync('out').sort()).toEqual(['a', 'b', 'd']);
    expect(['a', 'b', 'd'].map((name) => read(`out/${name}`))).toEqual(['old a', 'new b', 'old d']);
  });

  it.each([
    ['names of other folders', { version: 1, place: [{ from: '../x', to: '../y' }], remove: [] }],
    ['other names than those it was written under', { version: 1, place: [{ from: 'x', to: 'y' }], remove: [] }],
    ['a folder above', { version: 1, place: [], remove: ['..'] }],
    ['a path to remove', { version: 1, place: [], remove: ['../x'] }],
    ['another version', { version: 2, place: [], remove: [] }],
    ['no object', 'x'],
  ])('with %s is refused, and nothing is moved', (_, content) => {
    writeFileSync(journal, JSON.stringify(content));
    for (const name of ['x', 'out/x']) writeFileSync(name, '');
    expect(() => finishResults('out')).toThrow(`${journal}: is damaged`);
    expect(readdirSync('.').sort()).toEqual(['out', 'tmp', 'x']);
    expect(readdirSync('out').sort()).toEqual(['.perceptron-lab.journal', 'x']);
  });
});

describe('results', () => {
  const files = { a: () => ['1', new Uint8Array([50, 10])] };
  const results = { files, report: async () => '<html>', replaced: ['old'] };

  it('make their folder again where it was removed', async () => {
    rmSync('out', { recursive: true });
    expect(await writeResults('out', results)).toEqual({ files: ['out/a', 'out/report.html'] });
    expect(read('out/a')).toBe('12\n');
  });

  it('go elsewhere, all of them, where one cannot take its name', async () => {
    mkdirSync('out/report.html');
    writeFileSync('out/a', 'old');
    writeFileSync('out/old', 'old');
    const { files, unwritten } = await writeResults('out', results);
    const [folder] = readdirSync('.').filter((name) => name.startsWith('perceptron-lab-out-'));
    expect(files).toEqual([`${folder}/a`, `${folder}/report.html`]);
    expect(unwritten?.message).toBe(
      `out/report.html: is a folder, not a file; it was not written. All results are in ${folder} instead.`,
    );
    expect(readdirSync('out').sort()).toEqual(['a', 'old', 'report.html']);
    expect(read('out/a')).toBe('old');
    expect(read(files[0])).toBe('12\n');
  });

  it('go elsewhere where another process has the folder by now', async () => {
    const { files, unwritten } = await writeResults('out', results, () => {
      throw Object.assign(new Error('taken'), { code: 'EACCES', syscall: 'open' });
    });
    expect(unwritten?.message).toContain(' instead.');
    expect(readdirSync('out')).toEqual([]);
    expect(files.map(read)).toEqual(['12\n', '<html>']);
  });

  it('are kept where the report cannot be made, which is a defect', async () => {
    const report = () => Promise.reject(new TypeError('of the report'));
    await expect(writeResults('out', { ...results, report })).rejects.toThrow('of the report');
    expect(readdirSync('out')).toEqual(['a']);
  });

  it('follow links, and leave them', async () => {
    mkdirSync('far');
    writeFileSync('far/a', 'old');
    symlinkSync('../far/a', 'out/a');
    await writeResults('out', results);
    expect(read('far/a')).toBe('12\n');
    expect(readdirSync('far')).toEqual(['a']);
    expect(readdirSync('out').sort()).toEqual(['a', 'report.html']);
  });
});
