/**
 * The disk under every command that writes: each write, flush and rename fails in turn, and the process is killed between any
 * two of what it does there. A folder holds all of the old results or all of the new, and what went wrong is said in a line.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { finishResults } from '../../../../src/cli/out-folder.ts';
import { loadModel } from '../../../../src/model/model.ts';
import { type Ended, run } from '../../../support/command.ts';
import { type Fault, faultAt, isFaulty, withDisk } from '../../../support/failing-disk.ts';
import { faultSeed, times } from '../../../support/faults.ts';

const home = process.cwd();
const scratch = mkdtempSync(join(tmpdir(), 'disk-faults-'));

beforeAll(() => {
  process.chdir(scratch);
  mkdirSync('tmp');
  vi.stubEnv('TMPDIR', join(scratch, 'tmp'));
  const rows = Array.from({ length: 24 }, (_, i) => `${i},${Math.sin(i / 4).toFixed(3)}`);
  writeFileSync('curve.csv', `x,y\n${rows.join('\n')}\n`);
  writeFileSync('sweep.json', JSON.stringify({ base: { model: { hidden: [2] }, training: { epochs: 2 } }, seeds: 2 }));
  const plan = { folds: 2, held_out: 0.5, max_rows: 99, max_width: 9, trials: 1, epochs: 2, packs: 1, last_epochs: 1 };
  const data = { target: 'y', numeric: 'scale', split: { train: 0.8, validation: 0.2 } };
  const fit = { command: 'fit', engine: { kind: 'reference' }, settings: { data, fit: { seed: 3, plan } } };
  writeFileSync('fit.json', JSON.stringify(fit));
});
afterEach(() => rmSync('out', { recursive: true, force: true }));
afterAll(() => {
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(scratch, { recursive: true, force: true });
});

interface Subject {
  command: string;
  files: string[];
  /** Cases, of those that there are. */
  few: number;
}

const train = 'train curve.csv --target y --hidden 2 --epochs 2 --engine reference --refit false --quiet --out out';
const subjects: Subject[] = [
  { command: train, files: ['history.csv', 'model.safetensors', 'report.html'], few: 5 },
  {
    command: 'fit curve.csv --repeat fit.json --engine reference --quiet --out out',
    files: ['fit.json', 'model.safetensors', 'report.html'],
    few: 1,
  },
  {
    command: 'sweep curve.csv sweep.json --target y --engine reference --quiet --out out',
    files: ['curves.csv', 'model.safetensors', 'report.html', 'sweep.json', 'trials.csv'],
    few: 2,
  },
];

const never = () => undefined;

const earlier = 'of an earlier run';

/** What the folder holds of these files: nothing, the earlier ones, or new ones, all of which are whole. */
function held(files: readonly string[]): 'nothing' | 'old' | 'new' {
  const there = existsSync('out') ? readdirSync('out').filter((name) => name !== 'checkpoint') : [];
  if (there.length === 0) return 'nothing';
  expect(there.sort()).toEqual(files);
  if (files.every((name) => readFileSync(join('out', name), 'utf8') === earlier)) return 'old';
  expectWhole('out', files);
  return 'new';
}

function expectWhole(folder: string, files: readonly string[]): void {
  expect(
    readdirSync(folder)
      .filter((name) => name !== 'checkpoint')
      .sort(),
  ).toEqual(files);
  for (const name of files) {
    const contents = readFileSync(join(folder, name));
    if (name.endsWith('.json')) JSON.parse(contents.toString());
    else if (name.endsWith('.safetensors')) loadModel(contents, name);
    else expect(contents.toString().trimEnd()).toMatch(name.endsWith('.html') ? /<\/html>$/ : /\n.*\d$/);
  }
}

/** Folders that were made because `out` could not take the results. */
const elsewhere = () => [
  ...readdirSync('.').filter((name) => name.startsWith('perceptron-lab-')),
  ...readdirSync('tmp').map((name) => join('tmp', name)),
];

interface Case {
  at: number;
  fault: Fault;
  lasting: 'alone' | 'folder' | 'everywhere';
  over: boolean;
}

/** All cases in an order that the seed gives. */
function cases(points: number, count: number): Case[] {
  const all: Case[] = [];
  for (let at = 0; at < points; at++) {
    for (const fault of ['ENOSPC', 'EIO', 'short'] as const) {
      for (const lasting of ['alone', 'folder', 'everywhere'] as const) {
        for (const over of [false, true]) all.push({ at, fault, lasting, over });
      }
    }
  }
  const order = fc.shuffledSubarray(all, { minLength: all.length });
  return fc.sample(order, { seed: faultSeed, numRuns: 1 })[0].slice(0, count);
}

const places: Record<Case['lasting'], (path: string) => boolean> = {
  alone: () => false,
  folder: (path) => /^out(\/|$)/.test(path),
  everywhere: () => true,
};

/** @param old whether there are results already, which the command is to write over */
function begin({ command, files }: Subject, old: boolean): string {
  rmSync('out', { recursive: true, force: true });
  if (!old) return command;
  mkdirSync('out');
  for (const name of files) writeFileSync(join('out', name), earlier);
  return `${command} --overwrite`;
}

function expectOutcome({ code, out, err, error }: Ended, files: readonly string[], over: boolean): void {
  const before = over ? 'old' : 'nothing';
  expect(err.match(/defect/), String((error as Error)?.stack)).toBeNull();
  const others = elsewhere();
  for (const folder of others) {
    expectWhole(folder, files);
    expect(err).toContain(`${folder} instead.\n`);
    rmSync(folder, { recursive: true });
  }
  const lines = err.split('\n').slice(0, -1);
  // A checkpoint that is late, and results that are elsewhere.
  expect(lines.filter((line) => !line.includes('Training goes on')).length).toBe(code === 0 ? 0 : 1);
  expect(lines.length).toBeLessThan(3);
  // Results are printed whatever became of the files.
  expect(out === '').toBe(code === 2);
  expect([0, 1, 2]).toContain(code);
  if (existsSync(join('out', '.perceptron-lab.journal'))) {
    expect(code).toBe(1);
    finishResults('out');
    expect(held(files)).toBe('new');
  } else {
    expect(held(files)).toBe(code === 0 ? 'new' : before);
  }
}

describe('a disk that fails', () => {
  it.each(subjects)('under $command', async (subject) => {
    const { command, files, few } = subject;
    const { calls } = await withDisk(never, () => run(command));
    const points = calls.filter(isFaulty).length;
    expect(points).toBeGreaterThan(10);
    for (const one of cases(points, times(few, Number.POSITIVE_INFINITY))) {
      const words = begin(subject, one.over);
      const { result, calls } = await withDisk(faultAt(one.at, one.fault, places[one.lasting]), () => run(words));
      expect(calls.filter(isFaulty).length).toBeGreaterThan(one.at);
      try {
        expectOutcome(result, files, one.over);
      } catch (failure) {
        throw new Error(`${JSON.stringify(one)}, seed ${faultSeed}, ${result.err}`, { cause: failure });
      }
    }
  });
});
