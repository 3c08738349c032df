/** How long a sweep will take, against how long it takes, on a clock that only training, scoring and creating move. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Engine, Population } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { checkData } from '../../../src/spec/check.ts';
import { withFirstData, withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { SweepInput } from '../../../src/sweep/definition/definition.ts';
import { estimateSweep } from '../../../src/sweep/estimate.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { prepare } from '../../support/first-defaults.ts';

const curve = generate('curve', { rows: 60, seed: 4 });
const data = prepare(curve, { target: 'y' });
const reference = createReferenceEngine('reference', 'asked for');

let now = 0;
let steps = 0;
beforeEach(() => {
  [now, steps] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Milliseconds of a step of one trial, of scoring one trial, and of creating a population. */
interface Price {
  step: number;
  score: number;
  create: number;
  /** The same where it is created for a short while only. */
  warmup_ms?: number;
  /** Slower by this factor in the first milliseconds of a population, and how long. */
  cold?: [factor: number, until: number];
}

const usual: Price = { step: 1, score: 2, create: 30 };

/** Costs are by the parameters of the network, as `relativeCost` says. */
function priced({ step, score, create, warmup_ms, cold }: Price, trained: () => void = () => {}): Engine {
  const charged = (population: Population): Population => {
    const live = new Set(Array.from({ length: population.trials }, (_, trial) => trial));
    const size = (population.parameterCount + 500) / 513;
    let worked = 0;
    const [train, evaluate, stop] = [
      population.train.bind(population),
      population.evaluate.bind(population),
      population.stop.bind(population),
    ];
    return Object.assign(population, {
      async train(count: number, signal?: AbortSignal) {
        const done = await train(count, signal);
        for (let left = done.steps; left > 0; left--) {
          const cost = step * size * live.size * (cold && worked < cold[1] ? cold[0] : 1);
          now += cost;
          worked += cost;
        }
        steps += done.steps;
        trained();
        return done;
      },
      async evaluate(set: 'train') {
        now += score * size * population.trials;
        return evaluate(set);
      },
      stop(trial: number) {
        live.delete(trial);
        stop(trial);
      },
    });
  };
  return {
    ...reference,
    warmup_ms,
    async createPopulation(given, settings) {
      now += create;
      return charged(await reference.createPopulation(given, settings));
    },
  };
}

const base = (epochs: number, training: object = {}, hidden = [4]) =>
  withFirstDefaults({ model: { hidden }, training: { epochs, batch_size: 8, early_stopping: false, ...training } });
const rates = (count: number) => ({
  'training.optimizer.learning_rate': Array.from({ length: count }, (_, index) => 0.001 * (index + 1)),
});

/** Estimated over real seconds. */
async function ratio(input: SweepInput, price = usual): Promise<number> {
  const folds = input.folds ?? 1;
  const sets = folds > 1 ? prepareFolds(curve, checkData(withFirstData({ target: 'y' })), folds) : [data];
  const engine = priced(price);
  const { seconds } = await estimateSweep(engine, sets, input);
  return seconds / (await sweep(engine, sets, input)).seconds;
}

describe('the estimate of a sweep', () => {
  it.each<[string, SweepInput]>([
    ['of one trial', { base: base(900) }],
    ['of seeds', { base: base(90), seeds: 8 }],
    ['of combinations', { base: base(90), grid: rates(6), seeds: 2 }],
    ['of folds', { base: base(120), seeds: 2, folds: 5 }],
    ['of shapes', { base: base(200), grid: { 'model.hidden': [[2], [16], [60, 10]] }, seeds: 2 }],
    [
      'of more shapes than are measured',
      { base: base(60), grid: { 'model.hidden': Array.from({ length: 13 }, (_, index) => [index + 2]) }, seeds: 2 },
    ],
    ['of epochs that differ', { base: base(90), grid: { 'training.epochs': [50, 100, 200] }, seeds: 2 }],
    ['of batch sizes that differ', { base: base(90), grid: { 'training.batch_size': [2, 8, 36] }, seeds: 2 }],
    ['of one that is over before it is measured', { base: base(3), seeds: 2 }],
    ['with halving', { base: base(162), grid: rates(9), seeds: 2, halving: { first: 6, factor: 3 } }],
  ])('is right %s', async (_, input) => {
    expect(Math.abs((await ratio(input)) - 1)).toBeLessThan(0.1);
  });

  it('is not of the first steps, which are slower', async () => {
    const input = { base: base(600), grid: { 'model.hidden': [[4], [5]] } };
    const cold: Price = { ...usual, cold: [4, 280] };
    expect(await ratio(input, cold)).toBeGreaterThan(1.15);
    expect(Math.abs((await ratio(input, { ...cold, warmup_ms: 300 })) - 1)).toBeLessThan(0.1);
  });

  it('trains for a moment, whatever the sweep is', async () => {
    const estimate = await estimateSweep(priced(usual), data, { base: base(100_000), grid: rates(9), seeds: 3 });
    expect(estimate.seconds).toBeGreaterThan(10_000);
    expect(now).toBeLessThan(1500);
    expect(estimate).toMatchObject({ at_most: false, engines: ['reference'] });
  });

  it('is the most that it takes where rules stop trials', async () => {
    const of = (rule: object) => estimateSweep(priced(usual), data, { base: base(10, rule) });
    expect((await of({ early_stopping: { patience: 5 } })).at_most).toBe(true);
    expect((await of({ loss_plateau: { tolerance: 1e-5 } })).at_most).toBe(true);
  });

  it('refuses what the sweep refuses, before anything is trained', async () => {
    const blind = prepare(curve, { target: 'y', split: { train: 1, validation: 0, test: 0 } });
    const halving = { base: base(10), grid: rates(3), halving: { first: 2, factor: 3 } };
    await expect(estimateSweep(priced(usual), blind, halving)).rejects.toMatchObject({ where: 'halving' });
    expect(steps).toBe(0);
  });

  it('ends at once where it is not wanted any more', async () => {
    const abort = new AbortController();
    let calls = 0;
    const engine = priced(usual, () => {
      calls += 1;
      if (calls === 3) abort.abort();
    });
    await expect(
      estimateSweep(engine, data, { base: base(100_000), seeds: 3 }, { measuring: 1e9, signal: abort.signal }),
    ).rejects.toThrow(/abort/i);
    expect(calls).toBe(3);
    await expect(estimateSweep(engine, data, { base: base(9) }, { signal: abort.signal })).rejects.toThrow(/abort/i);
    expect(calls).toBe(3);
  });
});
