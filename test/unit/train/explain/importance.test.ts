/** Permutation importance and partial dependence of functions whose answers are known. */

import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../../../src/data/prepare/dataset.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { partialDependence } from '../../../../src/train/explain/dependence.ts';
import { permutationImportance } from '../../../../src/train/explain/importance.ts';
import type { Predict } from '../../../../src/train/explain/question.ts';
import { normalAt } from '../../../../src/util/random.ts';
import { scaleOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

/** y = 3 a, and b does not matter; c is a level. */
async function table(rows = 400): Promise<DataSet> {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [a, b] = [10 * normalAt(1, i), normalAt(2, i)];
    return `${a.toFixed(4)},${b.toFixed(4)},${['low', 'high'][i % 2]},${(3 * a).toFixed(4)}`;
  });
  const csv = await readCsv(`a,b,c,y\n${lines.join('\n')}\n`, { source: 'table.csv' });
  return prepare(csv, { target: 'y' });
}

/** The function itself, in scaled units: both a and y are standardized, so that y = a. */
const exact =
  (columns: number, ofRow: (features: Float32Array) => number): Predict =>
  async (features, rows) =>
    Float32Array.from({ length: rows }, (_, row) => ofRow(features.subarray(row * columns, (row + 1) * columns)));

describe('permutation importance', () => {
  it('is of the column that matters, in units of the target, and 0 of the others', async () => {
    const data = await table();
    const done: number[] = [];
    const importance = await permutationImportance({
      data,
      loss: 'mse',
      predict: exact(data.columns, ([a]) => a),
      progress: (share) => done.push(share),
    });
    expect(importance).toMatchObject({
      set: 'validation',
      metric: 'rmse',
      repeats: 5,
      rows: data.sets.validation.length,
    });
    const [first, ...others] = importance.columns;
    expect(first.column).toBe('a');
    // Two independent draws of y, whose standard deviation is 30, differ by sqrt(2) times that.
    expect(first.mean).toBeGreaterThan(30);
    expect(first.mean).toBeLessThan(55);
    expect(first.sd).toBeGreaterThan(0);
    expect(others.map(({ mean, sd }) => [mean, sd])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(done.at(-1)).toBe(1);
    expect(done.length).toBe(15);
  });

  it('of classes is the accuracy that is lost', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, i) => `${normalAt(1, i).toFixed(4)},${normalAt(1, i) > 0 ? 'up' : 'down'}`,
    );
    const data = prepare(await readCsv(`a,y\n${lines.join('\n')}\n`, { source: 'table.csv' }), { target: 'y' });
    const step = data.preprocessing.targets[0];
    const sign = step.kind === 'classes' && step.classes[1] === 'up' ? 1 : -1;
    const { offset, scale } = scaleOf(data.preprocessing.features);
    const predict = exact(1, ([a]) => sign * (a * scale + offset));
    const { metric, baseline, columns } = await permutationImportance({ data, loss: 'binary_cross_entropy', predict });
    expect([metric, baseline]).toEqual(['accuracy', 1]);
    expect(columns[0].mean).toBeGreaterThan(0.35);
    expect(columns[0].mean).toBeLessThan(0.65);
  });

  it('ends where it is cancelled', async () => {
    const data = await table();
    const cancel = new AbortController();
    let asked = 0;
    const predict: Predict = async (_, rows) => {
      if (++asked === 3) cancel.abort();
      return new Float32Array(rows);
    };
    await expect(permutationImportance({ data, loss: 'mse', predict, signal: cancel.signal })).rejects.toThrow(/abort/);
    expect(asked).toBe(3);
  });
});

describe('partial dependence', () => {
  it('of a number is the function, in original units', async () => {
    const data = await table();
    const found = await partialDependence({ data, loss: 'mse', predict: exact(data.columns, ([a]) => a) }, 'a');
    expect([found.levels, found.labels, found.curves.length]).toEqual([false, null, 1]);
    const [{ name, mean, low, high }] = found.curves;
    expect(name).toBe('y');
    found.at.forEach((a, i) => {
      expect(mean[i]).toBeCloseTo(3 * a, 1);
      // Nothing else matters, so that all rows answer alike.
      expect(high[i] - low[i]).toBeCloseTo(0, 3);
    });
  });

  it('of levels has one place each', async () => {
    const data = await table();
    const last = data.columns - 1;
    const predict = exact(data.columns, (row) => row[last]);
    const found = await partialDependence({ data, loss: 'mse', predict }, 'c');
    expect(found.levels).toBe(true);
    expect([...(found.labels ?? [])].sort()).toEqual(['high', 'low']);
    expect(found.curves[0].mean[1]).toBeGreaterThan(found.curves[0].mean[0]);
  });

  it('of a column that is not learned from is refused', async () => {
    const data = await table();
    const predict: Predict = async (_, rows) => new Float32Array(rows);
    await expect(partialDependence({ data, loss: 'mse', predict }, 'z')).rejects.toThrow(/no column "z"/);
  });
});
