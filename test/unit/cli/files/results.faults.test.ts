/**
 * The disk under every command that writes: each write, flush and rename fails in turn, and the process is killed between any
 * two of what it does there. A folder holds all of the old results or all of the new, and what went wrong is said in a line.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finishResults } from '../../../../src/cli/out-folder.ts';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { type Ended, enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';
import { faultAt, faultCases, isFaulty, Killed, withDisk } from '../../../support/commands/failing-disk.ts';
import { faultSeed, times } from '../../../support/faults.ts';

beforeAll(() => {
  enterScratch();
  writeFileSync('sweep.json', JSON.stringify({ base: { model: { hidden: [2] }, training: { epochs: 2 } }, seeds: 2 }));
  const plan = { folds: 2, held_out: 0.5, max_rows: 99, max_width: 9, trials: 1, epochs: 2, packs: 1, last_epochs: 1 };
  const data = { target: 'y', numeric: 'scale', split: { train: 0.8, validation: 0.2 } };
  const fit = { command: 'fit', engine: { kind: 'reference' }, settings: { data, fit: { seed: 3, plan } } };
  writeFileSync('fit.json', JSON.stringify(fit));
});
afterEach(() => rmSync('out', { recursive: true, force: true }));
afterAll(leaveScratch);

interface Subject {
  command: string;
  files: string[];
  /** Of another command, which --overwrite removes. */
  former: string[];
  /** Cases, of those that there are. */
  few: number;
}

const runFiles = ['history.csv', 'model.safetensors', 'report.html'];
const sweepFiles = ['curves.csv', 'model.safetensors', 'report.html', 'sweep.json', 'trials.csv'];
const train = 'train curve.csv --target y --hidden 2 --epochs 2 --engine reference --refit false --quiet --out out';
const subjects: Subject[] = [
  { command: train, files: runFiles, former: sweepFiles, few: 2 },
  {
    command: 'fit curve.csv --repeat fit.json --engine reference --quiet --out out',
    files: ['fit.json', 'model.safetensors', 'report.html'],
    former: runFiles,
    few: 1,
  },
  {
    command: 'sweep curve.csv sweep.json --target y --engine reference --quiet --out out',
    files: sweepFiles,
    former: runFiles,
    few: 1,
  },
];

/** Takes seconds to begin, and then goes on from a folder where only the results are missing. */
const report: Subject = {
  command: 'report curve.csv --hidden 2 --seeds 1 --epochs 1 --engine reference --quiet --out out',
  files: ['best.safetensors', 'cells.csv', 'curves.csv', 'fits.csv', 'report.html', 'report.json'],
  former: runFiles,
  few: 0,
};

const never = () => undefined;

const earlier = 'of an earlier run';

/** What the folder holds of these files: nothing, the earlier ones, or new ones, all of which are whole. */
function held({ files, former }: Subject, left = /^checkpoint$/): 'nothing' | 'old' | 'new' {
  const there = existsSync('out') ? readdirSync('out').filter((name) => !left.test(name)) : [];
  if (there.length === 0) return 'nothing';
  if (there.some((name) => readFileSync(join('out', name), 'utf8') === earlier)) {
    expect(there.sort()).toEqual(former);
    for (const name of former) expect(readFileSync(join('out', name), 'utf8')).toBe(earlier);
    return 'old';
  }
  expectWhole('out', files, left);
  return 'new';
}

function expectWhole(folder: string, files: readonly string[], left = /^$/): void {
  expect(
    readdirSync(folder)
      .filter((name) => !left.test(name))
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

/** @param old whether there are results already, which the command is to write over */
function begin({ command, former }: Subject, old: boolean): string {
  rmSync('out', { recursive: true, force: true });
  const goesOn = command.startsWith('report');
  if (goesOn) cpSync('begun', 'out', { recursive: true });
  else if (old) mkdirSync('out');
  if (old) for (const name of former) writeFileSync(join('out', name), earlier);
  return goesOn ? `${command} --resume` : old ? `${command} --overwrite` : command;
}

function expectOutcome({ code, out, err, error }: Ended, subject: Subject, over: boolean): void {
  const before = over ? 'old' : 'nothing';
  expect(err.match(/defect/), String((error as Error)?.stack)).toBeNull();
  const others = elsewhere();
  for (const folder of others) {
    expectWhole(folder, subject.files);
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
    expect(held(subject)).toBe('new');
  } else {
    expect(held(subject)).toBe(code === 0 ? 'new' : before);
  }
}

/** All of them take minutes. */
const timeout = 600_000;

describe('a disk that fails', { timeout }, () => {
  it.each(subjects)('under $command', (subject) => provoke(subject, times(subject.few, Number.POSITIVE_INFINITY)));

  it.runIf(process.env.FAULTS)(`under ${report.command}`, async () => {
    const first = ({ path }: { path: string }) => (path.includes('.report.json') ? new Killed() : undefined);
    const { result } = await withDisk(first, () => run(report.command));
    expect(result.error).toBeInstanceOf(Killed);
    cpSync('out', 'begun', { recursive: true });
    await provoke(report, times(report.few, 30));
  });

  async function provoke(subject: Subject, count: number): Promise<void> {
    const first = begin(subject, false);
    const { calls } = await withDisk(never, () => run(first));
    const points = calls.filter(isFaulty).length;
    expect(points).toBeGreaterThan(10);
    for (const one of faultCases(points, count)) {
      const words = begin(subject, one.over);
      const { result, calls } = await withDisk(faultAt(one.at, one.fault, one.within), () => run(words));
      expect(calls.filter(isFaulty).length).toBeGreaterThan(one.at);
      try {
        expectOutcome(result, subject, one.over);
      } catch (failure) {
        throw new Error(`${JSON.stringify(one)}, seed ${faultSeed}, ${result.err}`, { cause: failure });
      }
    }
  }
});

describe('a process that is killed', { timeout }, () => {
  const [trained, , swept] = subjects;

  it.each([
    [trained, 2],
    [swept, 1],
  ])('$command: leaves old results or new ones, and the next command tidies', async (subject, few) => {
    const words = begin(subject, true);
    const { calls } = await withDisk(never, () => run(words));
    // The last removes the lock, and then nothing is left to be done.
    const moments = fc.shuffledSubarray([...calls.keys()].slice(0, -1), { minLength: calls.length - 1 });
    const seen = new Set<string>();
    for (const at of fc
      .sample(moments, { seed: faultSeed, numRuns: 1 })[0]
      .slice(0, times(few, Number.POSITIVE_INFINITY))) {
      begin(subject, true);
      const { result } = await withDisk(
        (_, number) => (number < at ? undefined : new Killed()),
        () => run(words),
      );
      expect(result.error).toBeInstanceOf(Killed);
      finishResults('out');
      seen.add(held(subject, /^checkpoint$|^\.perceptron-lab\.lock$|^\..+\.tmp$/));
      expect(await run(words), `call ${at}, seed ${faultSeed}`).toMatchObject({ code: 0, err: '' });
      expect(held(subject)).toBe('new');
      expect(
        existsSync('out/checkpoint') ? readdirSync('out/checkpoint').filter((name) => name.endsWith('.tmp')) : [],
      ).toEqual([]);
    }
    if (process.env.FAULTS === 'all') expect([...seen].sort()).toEqual(['new', 'old']);
  });
});

describe('a disk that takes less than it is given', () => {
  it('is given the rest', async () => {
    const { result } = await withDisk(
      ({ name }) => (name === 'write' ? 'short' : undefined),
      () => run(train),
    );
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(held(subjects[0])).toBe('new');
  });
});

describe('an export of several files', { timeout }, () => {
  const exported = 'export trained --format pytorch --out out';
  const names = ['model.py', 'model.safetensors', 'train.py'];
  /** The first and the last line of each: that of an earlier export, or of a whole new one. */
  const whole: Record<string, Buffer> = {};

  beforeAll(async () => {
    expect((await run(train.replace('--out out', '--out trained'))).code).toBe(0);
    expect((await run(exported)).code).toBe(0);
    for (const name of names) whole[name] = readFileSync(join('out', name));
  });

  function anew(over: boolean): string {
    rmSync('out', { recursive: true, force: true });
    if (!over) return exported;
    mkdirSync('out');
    for (const name of names) writeFileSync(join('out', name), earlier);
    return `${exported} --overwrite`;
  }

  function heldOf(left = /^$/): 'nothing' | 'old' | 'new' {
    const there = existsSync('out') ? readdirSync('out').filter((name) => !left.test(name)) : [];
    if (there.length === 0) return 'nothing';
    expect(there.sort()).toEqual(names);
    const contents = names.map((name) => readFileSync(join('out', name)));
    const same = (of: (name: string) => Buffer) => names.every((name, at) => contents[at].equals(of(name)));
    if (same((name) => whole[name])) return 'new';
    expect(same(() => Buffer.from(earlier))).toBe(true);
    return 'old';
  }

  it('is there as a whole, or not at all', async () => {
    const { calls } = await withDisk(never, () => run(anew(true)));
    const points = calls.filter(isFaulty).length;
    // Each file is written and flushed, and takes its name.
    expect(points).toBeGreaterThan(9);
    for (const one of faultCases(points, times(3, Number.POSITIVE_INFINITY))) {
      const words = anew(one.over);
      const { result } = await withDisk(faultAt(one.at, one.fault, one.within), () => run(words));
      const before = one.over ? 'old' : 'nothing';
      if (existsSync(join('out', '.perceptron-lab.journal'))) finishResults('out');
      else expect(heldOf(), `${JSON.stringify(one)}, ${result.err}`).toBe(result.code === 0 ? 'new' : before);
      heldOf();
      expect(result.err.split('\n')).toHaveLength(result.code === 0 ? 1 : 2);
    }
  });

  it('is finished by the next, where the process was killed', async () => {
    const { calls } = await withDisk(never, () => run(anew(true)));
    const moments = fc.shuffledSubarray([...calls.keys()].slice(0, -1), { minLength: calls.length - 1 });
    for (const at of fc
      .sample(moments, { seed: faultSeed, numRuns: 1 })[0]
      .slice(0, times(3, Number.POSITIVE_INFINITY))) {
      const words = anew(true);
      const { result } = await withDisk(
        (_, number) => (number < at ? undefined : new Killed()),
        () => run(words),
      );
      expect(result.error).toBeInstanceOf(Killed);
      finishResults('out');
      heldOf(/^\.perceptron-lab\.lock$|^\..+\.tmp$/);
      expect(await run(words), `call ${at}, seed ${faultSeed}`).toMatchObject({ code: 0, err: '' });
      expect(heldOf()).toBe('new');
    }
  });
});

describe('predictions', () => {
  it('are whole, or those of before', async () => {
    expect((await run(train)).code).toBe(0);
    const predict = 'predict out curve.csv --out answers.csv';
    const { result, calls } = await withDisk(never, () => run(predict));
    expect(result.code).toBe(0);
    const whole = readFileSync('answers.csv', 'utf8');
    const points = calls.filter(isFaulty).length;
    const all = faultCases(points, times(2, Number.POSITIVE_INFINITY));
    for (const { at, fault, within, over } of all) {
      rmSync('answers.csv', { force: true });
      if (over) writeFileSync('answers.csv', earlier);
      const { result } = await withDisk(faultAt(at, fault, within), () => run(predict));
      expect(result.err.split('\n')).toHaveLength(result.code === 0 ? 3 : 2);
      expect(result.code).toBeGreaterThan(0);
      expect(result.err).toMatch(
        /^(--out )?answers\.csv: (no space left on the disk|the disk cannot be read or written)[.;]/m,
      );
      // Once it has its name, it may be that a power cut takes it back.
      const expected = at === points - 1 ? whole : over ? earlier : undefined;
      expect(existsSync('answers.csv') ? readFileSync('answers.csv', 'utf8') : undefined).toBe(expected);
      expect(readdirSync('.').filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });
});
