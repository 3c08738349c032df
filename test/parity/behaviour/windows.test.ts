/** Predictions and evaluations of more rows than fit at once. */
import { describe, expect, it } from 'vitest';
import { makeData, makePopulation } from '../support/cases.ts';
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
