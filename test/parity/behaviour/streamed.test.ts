/** Data sets larger than a buffer: rows come in windows, and nothing else changes. */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { difference, gpuEngine, reference } from '../support/engines.ts';
import { fixed, plans, resultOf } from './behaviour.ts';

const problem: Case = {
  columns: 3,
  hidden: [9, 5],
  outputs: 1,
  rows: 205,
  batch_size: 8,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'adam',
  weighted: true,
};

/** Bytes of a row: 3 features, a target, a weight. */
const rowBytes = 4 * 5;

/** 205 rows in windows of 40 + 7, which is 40 in whole batches: 5 windows for 164 training rows, the last with 4. */
const streaming = () => gpuEngine({ ...fixed, largest_buffer: 47 * rowBytes });

function populationOf(change: Partial<Case>, plan: (typeof plans)[number]): PopulationSettings {
  return { ...makePopulation({ ...problem, ...change }), plan };
}

describe.each(plans)('more rows than a buffer holds, %s', (plan) => {
  it('train with the bits they have in one buffer, epoch after epoch, however the steps are cut', async () => {
    const data = makeData(problem);
    const settings = populationOf({}, plan);
    const whole = await (await gpuEngine(fixed)).createPopulation(data, settings);
    const windows = await (await streaming()).createPopulation(data, settings);
    expect(windows.plan).toBe(`${plan}, in 5 windows of rows`);
    expect(windows.stepsPerEpoch).toBe(whole.stepsPerEpoch);
    for (const steps of [1, 6, whole.stepsPerEpoch, 40]) {
      expect(await resultOf(windows, steps)).toEqual(await resultOf(whole, steps));
      const [ours, theirs] = [await windows.evaluate('validation'), await whole.evaluate('validation')];
      expect(ours[0].rows).toBe(theirs[0].rows);
      expect(Math.abs(ours[0].loss / theirs[0].loss - 1)).toBeLessThan(1e-6);
    }
  });

  it('are evaluated and predicted like all others', async () => {
    const data = makeData(problem);
    const settings = populationOf({ trials: 1, shuffle: false }, plan);
    const windows = await (await streaming()).createPopulation(data, settings);
    const plain = await reference.createPopulation(data, settings);
    for (const population of [windows, plain]) await population.train(50);
    for (const set of ['train', 'validation', 'test'] as const) {
      const [ours] = await windows.evaluate(set);
      const [theirs] = await plain.evaluate(set);
      expect(ours.rows).toBe(theirs.rows);
      if (set === 'test') continue;
      expect(difference([ours.loss, ...ours.squared_error], [theirs.loss, ...theirs.squared_error])).toBeLessThan(1e-3);
    }
    const [ours, theirs] = await Promise.all([windows, plain].map((one) => one.predict(data.features, data.rows)));
    expect(difference(ours, theirs)).toBeLessThan(1e-3);
  });

  it('share windows between trials of one seed, and have windows each where seeds differ', async () => {
    const data = makeData(problem);
    const settings = populationOf({ trials: 3 }, plan);
    const oneSeed = { ...settings, trials: settings.trials.map((numbers) => ({ ...numbers, seed: 5 })) };
    const large = await gpuEngine(fixed);
    // Large enough for the parameters of all trials, too small for the rows.
    const small = await gpuEngine({ ...fixed, largest_buffer: 120 * rowBytes });
    for (const [name, some] of Object.entries({ oneSeed, settings })) {
      const whole = await large.createPopulation(data, some);
      const windows = await small.createPopulation(data, some);
      expect(windows.plan).toMatch(name === 'oneSeed' ? /, in 2 windows of rows$/ : /windows of rows, in 3 parts/);
      expect(await resultOf(windows, 45)).toEqual(await resultOf(whole, 45));
    }
  });

  it('stop where they are asked to, and go on from there', async () => {
    const data = makeData(problem);
    const settings = populationOf({}, plan);
    const expected = await resultOf(await (await gpuEngine(fixed)).createPopulation(data, settings), 60);
    const windows = await (await streaming()).createPopulation(data, settings);
    const abort = new AbortController();
    const training = windows.train(60, abort.signal);
    abort.abort();
    const { steps } = await training;
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(60);
    expect((await resultOf(windows, 60 - steps)).parameters).toEqual(expected.parameters);
  });
});
