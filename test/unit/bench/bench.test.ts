/** The benchmark's own sums: what is right, what is compared, and what is written about it. No timing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Opened, surely } from '../../../bench/browser.ts';
import { nameOf } from '../../../bench/contestant.ts';
import { contestants as ours } from '../../../bench/contestants/ours.ts';
import { contestants as plain } from '../../../bench/contestants/plain.ts';
import { exactParameters } from '../../../bench/exact.ts';
import { exactModels, exactSteps, updateError } from '../../../bench/exact-check.ts';
import { markdownOf } from '../../../bench/markdown.ts';
import { readOptions } from '../../../bench/options.ts';
import { pictureOf } from '../../../bench/picture.ts';
import { pageOf } from '../../../bench/publish.ts';
import { comparisonsOf, costOf, type Entry, lossesOf, type Results, spreadOf } from '../../../bench/results.ts';
import { librarySize } from '../../../bench/size.ts';
import {
  batchesOf,
  describe as describeProblem,
  foldOf,
  makeWorkload,
  type Problem,
} from '../../../bench/workloads.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const small: Problem = {
  name: 'small',
  columns: 3,
  hidden: [5, 4],
  outputs: 2,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'adam',
  learning_rate: 1e-2,
  batch: 4,
  rows: 24,
  models: 1,
  folds: 1,
};

describe('a contestant', () => {
  const all = [...ours.filter(({ variant }) => !variant.includes('webgpu') && variant !== 'auto'), ...plain];
  const problems: Problem[] = [
    small,
    { ...small, optimizer: 'sgd', activation: 'relu', batch: 3 },
    { ...small, loss: 'softmax_cross_entropy', models: 3 },
    { ...small, models: 6, folds: 3 },
  ];
  const cases = all.flatMap((contestant) => problems.map((problem) => ({ contestant, problem })));
  it.each(
    cases.map(({ contestant, problem }) => ({
      contestant,
      problem,
      name: nameOf(contestant),
      what: describeProblem(problem),
    })),
  )('goes the exact way: $name, $what', async ({ contestant, problem }) => {
    await contestant.init();
    const workload = makeWorkload(problem);
    const session = await contestant.create(workload);
    await session.steps(exactSteps(problem));
    for (const model of exactModels(problem)) {
      const off = updateError(workload.initial[model], exactParameters(workload, model), await session.params(model));
      expect(off).toBeLessThan(1e-4);
    }
    session.dispose();
  });

  it('that takes other rows or another rate is found out', () => {
    const workload = makeWorkload(small);
    const right = exactParameters(workload, 0);
    const faster = exactParameters({ ...workload, learning_rate: 1.1e-2 }, 0);
    expect(updateError(workload.initial[0], right, right)).toBe(0);
    expect(updateError(workload.initial[0], right, faster)).toBeGreaterThan(0.05);
    expect(
      updateError(
        workload.initial[0],
        right,
        right.map(() => Number.NaN),
      ),
    ).toBeNaN();
    expect(updateError(workload.initial[0], right, right.slice(1))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a fold', () => {
  it('is left out by its models, and all else is theirs', () => {
    const workload = makeWorkload({ ...small, models: 6, folds: 3 });
    expect([0, 1, 2, 3, 4, 5].map((model) => foldOf(workload, model))).toEqual([0, 0, 1, 1, 2, 2]);
    const features = batchesOf(workload, 1).flatMap(({ x }) => [...x]);
    expect(features).toEqual([...workload.features.subarray(0, 8 * 3), ...workload.features.subarray(16 * 3)]);
  });
});

const entry = (name: string, steps_per_second?: number[], others: Partial<Entry> = {}): Entry => ({
  name,
  lib: name.split(' ')[0],
  steps_per_second,
  error: 1e-5,
  ...others,
});
const entries = [
  entry('perceptron-lab webgpu resident', [90, 100, 130]),
  entry('perceptron-lab cpu, 1 thread', [300, 300, 300]),
  entry('perceptron-lab auto', [280, 290, 300]),
  entry('perceptron-lab reference', undefined, { wrong: 0.5 }),
  entry('jax-js webgpu', [200, 200, 200]),
  entry('tfjs wasm, 1 thread', [100, 100, 100]),
  entry('tfjs webgpu', undefined, { failed: 'not done after 120 s' }),
];
const results: Results = {
  date: '2026-01-02T03:04:05.000Z',
  command: 'npm run bench',
  machine: { processor: 'Some CPU', cores: 2, system: 'Linux 1' },
  browser: 'Chromium 150',
  adapter: { name: 'google swiftshader', software: true },
  versions: { 'perceptron-lab': '0.1.0', 'plain loops': '-', tfjs: '4.22.0' },
  contestants: entries.map(({ name, lib }) => ({ file: '', name, lib, variant: '', page: 'isolated' })),
  workloads: [{ problem: small, description: describeProblem(small), cost: costOf(small), entries }],
};

describe('what is compared', () => {
  it('is the median of the best of ours and of the others', () => {
    expect(comparisonsOf(results.workloads[0])).toEqual([
      { what: 'on WebGPU', mine: 'perceptron-lab webgpu resident', theirs: 'jax-js webgpu', ratio: 0.5 },
      { what: 'on the CPU', mine: 'perceptron-lab cpu, 1 thread', theirs: 'tfjs wasm, 1 thread', ratio: 3 },
      { what: 'auto, beside anything', mine: 'perceptron-lab auto', theirs: 'jax-js webgpu', ratio: 1.45 },
    ]);
    expect(spreadOf(entries[0])).toBeCloseTo(0.2, 12);
  });

  it('and lost is told, and ours that was wrong', () => {
    expect(lossesOf(results)).toEqual([
      'small, on WebGPU: perceptron-lab webgpu resident has 0.50 times the speed of jax-js webgpu.',
      'small: perceptron-lab reference was not timed: wrong, its update is off by 0.50 of itself.',
    ]);
  });

  it('costs three products a layer but one', () => {
    const { parameters, flops } = costOf({ ...small, models: 2 });
    expect(parameters).toBe(4 * 5 + 6 * 4 + 5 * 2);
    expect(flops).toBe(2 * 2 * small.batch * (2 * 15 + 3 * 20 + 3 * 8));
  });
});

describe('what is written', () => {
  it.each([
    ['Markdown', markdownOf(results)],
    ['the docs', pageOf(results, '\n')],
  ])('as %s names machine, software adapter, versions, date, command and losses', (_, text) => {
    for (const words of [
      'Some CPU',
      'google swiftshader',
      'software adapter',
      'Chromium 150',
      'tfjs 4.22.0',
      '2026-01-02',
      'npm run bench',
      '0.50 times',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('links to what is there', () => {
    const links = [...pageOf(results, '\n').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links).toContain('../bench/README.md');
    for (const link of links) expect(existsSync(join(root, 'docs', link)), link).toBe(true);
  });

  it('draws of each library the quickest', () => {
    const picture = pictureOf(results);
    expect(picture).toContain('small: perceptron-lab cpu, 1 thread 300, jax-js webgpu 200, tfjs wasm, 1 thread 100');
    expect(picture).not.toContain('perceptron-lab auto');
  });

  it('keeps the words about losses', () => {
    expect(pageOf(results, '\nBecause.\n')).toContain('-->\nBecause.\n<!-- /kept -->');
  });
});

describe('a browser', () => {
  const open = (connected: boolean): Opened => ({
    browser: { isConnected: () => connected } as Opened['browser'],
    of: () => {
      throw new Error('not asked for');
    },
    renew: async () => {},
  });
  const entrants = () => results.contestants.map((entrant) => ({ ...entrant, failed: 'closed' }));

  it('that went away is opened anew, and nobody has failed for it', async () => {
    const [gone, anew] = [open(false), open(true)];
    const able = entrants();
    const done = await surely(
      gone,
      async () => anew,
      able,
      async (opened) => (opened === anew ? 'right' : 'lost'),
    );
    expect(done).toEqual({ opened: anew, result: 'right' });
    expect(able.map(({ failed }) => failed)).toEqual(able.map(() => undefined));
  });

  it('that stays is kept, with who failed in it', async () => {
    const stays = open(true);
    const able = entrants();
    const done = await surely(
      stays,
      () => Promise.reject(new Error('not asked for')),
      able,
      async () => 'right',
    );
    expect(done.opened).toBe(stays);
    expect(able.every(({ failed }) => failed === 'closed')).toBe(true);
  });

  it('that goes away twice is the end', async () => {
    const twice = surely(
      open(false),
      async () => open(false),
      entrants(),
      async () => 'lost',
    );
    await expect(twice).rejects.toThrow('The browser went away twice.');
  });
});

describe('options', () => {
  it('take workloads and curves by name', () => {
    const { workloads, rounds } = readOptions(['--workloads', 'tiny,depth', '--rounds', '2']);
    expect(workloads.map(({ problem }) => problem.name)).toEqual([
      'tiny',
      ...[1, 2, 4, 8, 16].map((depth) => `depth ${depth}`),
    ]);
    expect(rounds).toBe(2);
  });

  it('say what there is', () => {
    expect(() => readOptions(['--workloads', 'tinny'])).toThrow('There is no workload "tinny"; there are: tiny, ');
    expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds: many is no number of rounds.');
  });
});

describe('the library', () => {
  it('is light, all of it but the engine that is taken and the parser of CSV', async () => {
    const { gzip_bytes, parts_gzip_bytes } = await librarySize(root);
    expect(gzip_bytes).toBeLessThan(92_000);
    expect(Object.values(parts_gzip_bytes ?? {}).every((bytes) => bytes > 1000 && bytes < 40_800)).toBe(true);
  }, 60_000);
});
