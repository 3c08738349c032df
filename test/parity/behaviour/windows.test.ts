/** Predictions and evaluations of more rows than fit at once. */
import { describe, expect, it } from 'vitest';
import { forwardWork, mostWork, stepWork } from '../../../src/engine/gpu/work.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { counting } from '../support/counting.ts';
import { difference, reference } from '../support/engines.ts';
import { fixedEngine, problem } from './behaviour.ts';

describe('prediction', () => {
  it('works in windows when rows are many', async () => {
    const engine = await fixedEngine();
    const wide = { ...problem, hidden: [300], trials: 2, rows: 20 };
    const population = await engine.createPopulation(makeData(wide), { ...makePopulation(wide), plan: 'layered' });
    const rows = 9001;
    const features = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i));
    const all = await population.predict(features, rows);
    expect(all.length).toBe(2 * rows);
    for (const row of [0, 1, 4096, 8999, 9000]) {
      const one = await population.predict(features.slice(2 * row, 2 * row + 2), 1);
      expect([all[row], all[rows + row]]).toEqual([...one]);
    }
  });
});

/** No more multiply-adds at once than a slow adapter does in a tenth of a second, as far as they can be cut. */
describe('a submit', () => {
  it.runIf(globalThis.parityEveryCase)(
    'holds no more than a tenth of a second, of evaluation, prediction and training',
    async () => {
      const engine = await fixedEngine();
      const wide = { ...problem, hidden: [256, 256], trials: 1, rows: 4000, batch_size: 64 };
      const data = makeData(wide);
      const settings = makePopulation(wide);
      const population = await engine.createPopulation(data, { ...settings, plan: 'layered' });
      const least = Math.ceil((data.sets.train.length * forwardWork(settings).all) / mostWork(engine));
      expect(least).toBeGreaterThan(2);
      expect((await counting(() => population.evaluate('train'))).submit).toBeGreaterThanOrEqual(least);
      const some = data.features.subarray(0, 2 * data.sets.train.length);
      expect((await counting(() => population.predict(some, data.sets.train.length))).submit).toBeGreaterThanOrEqual(
        least,
      );
      // Of the first submit nothing is measured yet.
      const steps = Math.floor(mostWork(engine) / stepWork(settings));
      expect(steps).toBeLessThan(8);
      expect((await counting(() => population.train(2 * steps))).submit).toBe(2);
    },
  );
});

describe('evaluation', () => {
  it('adds up windows when rows are many, and knows a set without rows', async () => {
    const engine = await fixedEngine();
    const many = { ...problem, hidden: [700], trials: 2, rows: 9001, outputs: 2 };
    const data = makeData(many);
    const settings = makePopulation(many);
    const gpu = await engine.createPopulation(data, settings);
    const [ours, theirs] = [
      await gpu.evaluate('train'),
      await (await reference.createPopulation(data, settings)).evaluate('train'),
    ];
    expect(ours.map(({ rows }) => rows)).toEqual([7200, 7200]);
    ours.forEach(({ loss, squared_error, absolute_error }, trial) => {
      expect(difference([loss], [theirs[trial].loss])).toBeLessThanOrEqual(1e-5);
      expect(difference(squared_error, theirs[trial].squared_error)).toBeLessThanOrEqual(1e-5);
      expect(difference(absolute_error, theirs[trial].absolute_error)).toBeLessThanOrEqual(1e-5);
    });
    expect((await gpu.evaluate('test')).map(({ rows, loss }) => [rows, loss])).toEqual([
      [0, Number.NaN],
      [0, Number.NaN],
    ]);
  });
});
