import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import { InputError, RunError } from '../../../src/util/errors.ts';
import { uniformAt } from '../../../src/util/random.ts';

const engine = await requestEngine({ kind: 'cpu', threads: 1 });
const plan = { folds: 3, held_out: 1 / 3, max_rows: 1000, max_width: 32, trials: 2, epochs: 40, packs: 3 };

/** y = sin(2 pi a) + 2 b^2, and a column that says nothing. */
const curved = await readCsv(
  [
    'a,b,noise,y',
    ...Array.from({ length: 150 }, (_, row) => {
      const [a, b, noise] = [0, 1, 2].map((column) => uniformAt(5, 3 * row + column));
      return [a, b, noise, Math.sin(2 * Math.PI * a) + 2 * b * b].join(',');
    }),
  ].join('\n'),
);

describe('fit', () => {
  it('finds an ensemble that is better than a linear model, and says so', async () => {
    const result = await fitModel(engine, curved, { target: 'y', plan });
    const { metrics, linear, model, verdict } = result;
    if (!('rmse' in metrics) || !linear || !('rmse' in linear)) throw new Error('not the metrics of numbers');
    expect(metrics.rmse).toBeLessThan(0.7 * linear.rmse);
    expect(verdict.map(({ code }) => code)).toEqual(['better_than_linear', expect.stringMatching(/^more_rows/)]);
    expect(model.members.length % 3).toBe(0);
    expect(model.members.length).toBeLessThanOrEqual(32);
    expect(model.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
    expect(result.plan).toMatchObject({ packs: 3, last_epochs: 0 });
    // Every pack reported.
    expect(result.progress).toHaveLength(3);
  });

  it('says which members see numbers in pieces: the others have one weight for all of them', async () => {
    const seen = new Set<string>();
    for (const packs of [1, 2]) {
      const { data, model, inputs } = await fitModel(engine, curved, { target: 'y', plan: { ...plan, packs } });
      const [step] = data.preprocessing.features;
      if (step.kind !== 'number' || step.encoding.kind !== 'piecewise_linear') throw new Error('no pieces');
      const { edges } = step.encoding;
      const widths = edges.slice(1).map((edge, piece) => edge - edges[piece]);
      const found = model.members.map(({ parameters }) => {
        const slopes = widths.map((width, piece) => parameters[piece] / width);
        const one = slopes.every((slope) => Math.abs(slope - slopes[0]) < 1e-4 * Math.abs(slopes[0]));
        return one ? 'values' : 'pieces';
      });
      expect(inputs).toEqual(found);
      for (const own of found) seen.add(own);
    }
    expect([...seen].sort()).toEqual(['pieces', 'values']);
    const scaled = await fitModel(engine, curved, { target: 'y', plan, numeric: 'scale' });
    expect(new Set(scaled.inputs)).toEqual(new Set(['values']));
  });

  it('has a linear model that learns what is linear', async () => {
    const lines = Array.from({ length: 150 }, (_, row) => {
      const [a, b] = [uniformAt(6, 2 * row), uniformAt(6, 2 * row + 1)];
      return [a, b, 2 * a - b].join(',');
    });
    const { linear } = await fitModel(engine, await readCsv(['a,b,y', ...lines].join('\n')), { target: 'y', plan });
    if (!linear || !('r2' in linear)) throw new Error('not the metrics of numbers');
    expect(linear.r2).toBeGreaterThan(0.99);
  });

  it('counts networks that were cut off before an epoch on every fold as none, not as diverged', async () => {
    const cut = { ...plan, packs: 1, last_epochs: 1 };
    const { networks, diverged, notices } = await fitModel(engine, curved, { target: 'y', plan: cut });
    expect({ networks, diverged, notices }).toEqual({ networks: 9, diverged: 0, notices: [] });
  });

  it('repeats what a clock cut off, to the last bit', async () => {
    const clocked = await fitModel(engine, curved, { target: 'y', minutes: 0.02 });
    const again = await fitModel(engine, curved, { target: 'y', plan: clocked.plan });
    expect(again.metrics).toEqual(clocked.metrics);
    expect(again.model.members).toEqual(clocked.model.members);
    expect(again.plan).toEqual(clocked.plan);
  });

  it('predicts classes by name, and says which are never predicted', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => {
      const kind = row % 12 === 0 ? 'rare' : row % 2 === 0 ? 'even' : 'odd';
      return `${row % 2},${uniformAt(9, row)},${kind}`;
    });
    const table = await readCsv(['parity,noise,kind', ...rows].join('\n'));
    const result = await fitModel(engine, table, { target: 'kind', plan });
    expect(result.verdict.map(({ code }) => code)).toContain('classes_missed');
    const [predicted] = result.model.predict(table);
    expect(predicted).toMatchObject({ name: 'predicted_kind', levels: ['even', 'odd', 'rare'] });
  });

  it('says that columns without information are not useful', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${uniformAt(1, row)},${uniformAt(2, row)}`);
    const { verdict } = await fitModel(engine, await readCsv(['x,y', ...rows].join('\n')), { target: 'y', plan });
    expect(verdict[0].code).toMatch(/no_better_than_baseline|even_with_linear/);
  });

  it('keeps the rows of a test part out, and scores them', async () => {
    const { test, model } = await fitModel(engine, curved, {
      target: 'y',
      plan,
      split: { train: 0.6, validation: 0.2, test: 0.2 },
    });
    expect(test?.rows).toBe(30);
    // Nine of ten, on 30 rows.
    expect(test?.intervals?.coverage).toBeGreaterThan(0.7);
    expect(model.preprocessing.task).toBe('regression');
  });

  it('keeps what it has found when the device is lost', async () => {
    let populations = 0;
    const losing: Engine = {
      ...engine,
      createPopulation: async (...given) => {
        populations += 1;
        if (populations > 2 * plan.folds) throw new RunError('The device was lost.');
        return engine.createPopulation(...given);
      },
    };
    const { model, notices } = await fitModel(losing, curved, { target: 'y', plan });
    expect(model.members.length).toBeGreaterThan(0);
    expect(notices.map(({ text }) => text)).toContainEqual(expect.stringContaining('The device was lost.'));
  });

  it('fails with the device where nothing was found', async () => {
    const losing: Engine = { ...engine, createPopulation: () => Promise.reject(new RunError('The device was lost.')) };
    await expect(fitModel(losing, curved, { target: 'y', plan })).rejects.toThrow('The device was lost.');
  });

  it('ends with the best so far when it is told to', async () => {
    const abort = new AbortController();
    const result = await fitModel(engine, curved, {
      target: 'y',
      minutes: 60,
      signal: abort.signal,
      progress: () => abort.abort(),
    });
    expect(result.progress).toHaveLength(1);
    expect(result.model.members.length).toBeGreaterThan(0);
  });

  it.each([
    ['ten rows', 10, 2],
    ['a class with one row', 30, 1],
  ])('takes %s', async (_, count, rare) => {
    const rows = Array.from({ length: count }, (_, row) => `${row},${row < rare ? 'a' : 'b'}`);
    const { model } = await fitModel(engine, await readCsv(['x,kind', ...rows].join('\n')), { target: 'kind', plan });
    expect(model.members.length).toBeGreaterThan(0);
  });

  it('takes columns of categories alone', async () => {
    const rows = Array.from({ length: 80 }, (_, row) => `${'abcd'[row % 4]},${'xy'[row % 2]},${row % 4}.5`);
    const { metrics } = await fitModel(engine, await readCsv(['one,two,y', ...rows].join('\n')), { target: 'y', plan });
    if (!('r2' in metrics)) throw new Error('not the metrics of numbers');
    expect(metrics.r2).toBeGreaterThan(0.9);
  });

  it('refuses fewer than ten rows in a sentence', async () => {
    const rows = Array.from({ length: 9 }, (_, row) => `${row},${row}.5`);
    const table = await readCsv(['x,y', ...rows].join('\n'), { source: 'few.csv' });
    const refused = fitModel(engine, table, { target: 'y', plan });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow('few.csv: 9 rows with a target can train; fit needs 10');
  });
});
