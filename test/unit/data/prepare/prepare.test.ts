/** From table to data set: the features, the scaling, and what is refused. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../../../src/data/prepare/split.ts';
import { problemOf, range, scaleOf, tableOf, textsOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

const shares = (train: number, validation: number, test: number, seed = 10) => ({ train, validation, test, seed });

describe('prepare', () => {
  const table = tableOf({
    a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    y: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
    b: range(10).map((i) => i * i),
  });

  it('makes features of every other column, in the order of the table', () => {
    const settings = { scaling: 'none', clip_predictions: true, split: { train: 1 } } as const;
    const data = prepare(table, { target: 'y', types: { a: 'integer' }, ...settings });
    expect(data).toMatchObject({ rows: 10, columns: 2, outputs: 1, notices: [] });
    expect([...data.features.subarray(0, 4)]).toEqual([1, 0, 2, 1]);
    expect([...data.targets]).toEqual([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]);
    expect(data.preprocessing).toEqual({
      version: 4,
      task: 'regression',
      scaling: 'none',
      features: [
        {
          column: 'a',
          kind: 'number',
          missing: { value: 5.5, indicator: false },
          range: { least: 1, largest: 10 },
          encoding: { kind: 'scale', offset: 0, scale: 1 },
        },
        {
          column: 'b',
          kind: 'number',
          missing: { value: 20.5, indicator: false },
          range: { least: 0, largest: 81 },
          encoding: { kind: 'scale', offset: 0, scale: 1 },
        },
      ],
      targets: [
        {
          column: 'y',
          kind: 'number',
          log: false,
          range: { least: 1, largest: 9 },
          limits: { least: expect.closeTo(0.2, 12), largest: 9.8 },
          offset: 0,
          scale: 1,
        },
      ],
      dropped: [],
    });
  });

  it('standardizes with the mean and the population deviation of the training rows', () => {
    const data = prepare(table, { target: 'y', types: { a: 'integer' }, split: { train: 1 } });
    const a = scaleOf(data.preprocessing.features);
    expect(a.offset).toBeCloseTo(5.5, 14);
    expect(a.scale).toBeCloseTo(Math.sqrt(8.25), 14);
    expect(data.features[0]).toBe(Math.fround(-4.5 / Math.sqrt(8.25)));
    const y = scaleOf(data.preprocessing.targets);
    expect(y.offset).toBeCloseTo(3.9, 14);
    expect(y.scale).toBeCloseTo(Math.sqrt(5.49), 14);
  });

  // That other rows change nothing of what is fitted is a property of all types of columns: fitted.test.ts.
  it('gives the training rows mean 0 and deviation 1', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const values = fc.array(fc.tuple(value, value), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.nat(), (pairs, seed) => {
        const columns = { x: pairs.map(([x], row) => x + row * 1e3), y: pairs.map(([, y], row) => y - row * 1e3) };
        const settings = { target: 'y', split: { train: 0.5, validation: 0.25, test: 0.25, seed } };
        const data = prepare(tableOf(columns), settings);
        for (const scaled of [data.features, data.targets]) {
          const train = Float64Array.from(data.sets.train, (row) => scaled[row]);
          const mean = train.reduce((sum, v) => sum + v, 0) / train.length;
          const variance = train.reduce((sum, v) => sum + (v - mean) ** 2, 0) / train.length;
          expect(Math.abs(mean)).toBeLessThan(1e-5);
          expect(Math.abs(variance - 1)).toBeLessThan(1e-4);
        }
      }),
      { seed: 10 },
    );
  });

  it('keeps digits where the offset is large, and range where values are', () => {
    const far = prepare(tableOf({ x: range(10).map((i) => 1e12 + i), y: range(10) }), {
      target: 'y',
      split: { train: 1 },
    });
    expect(scaleOf(far.preprocessing.features, 0).offset).toBe(1e12 + 4.5);
    expect(scaleOf(far.preprocessing.features, 0).scale).toBeCloseTo(Math.sqrt(8.25), 12);
    const long = tableOf({ x: range(1000).map((i) => 1e12 + i), y: range(1000) });
    expect(scaleOf(prepare(long, { target: 'y', split: { train: 1 } }).preprocessing.features, 0).offset).toBe(
      1e12 + 499.5,
    );
    for (const size of [1e-200, 1e300]) {
      const extreme = prepare(tableOf({ x: range(10).map((i) => i * size), y: range(10) }), {
        target: 'y',
        split: { train: 1 },
      });
      expect(scaleOf(extreme.preprocessing.features, 0).scale / size).toBeCloseTo(Math.sqrt(8.25), 12);
      expect(extreme.features[9]).toBeCloseTo(4.5 / Math.sqrt(8.25), 6);
    }
  });

  it('leaves a constant column out and says so', () => {
    const withConstant = tableOf({ c: range(10).fill(7), x: range(10), y: range(10).map((i) => i * i) });
    const data = prepare(withConstant, { target: 'y' });
    expect(data.columns).toBe(1);
    expect(data.preprocessing.dropped).toEqual([{ column: 'c', reason: 'constant on the training rows' }]);
    expect(textsOf(data.notices)).toEqual(['Column "c" is left out: it is 7 in every training row.']);
    expect(prepare(withConstant, { target: 'y', scaling: 'none' })).toMatchObject({ columns: 2, notices: [] });
  });

  it('judges a column constant by the training rows alone', () => {
    const { train, validation, test } = splitRows(10, shares(0.6, 0.2, 0.2));
    const almost = range(10).map((row) => ([...validation, ...test].includes(row) ? row : 0));
    expect(train.every((row) => almost[row] === 0)).toBe(true);
    const data = prepare(tableOf({ c: almost, x: range(10), y: range(10) }), { target: 'y' });
    expect(data.preprocessing.dropped.map(({ column }) => column)).toEqual(['c']);
  });

  it('notes parts that got no rows', () => {
    expect(
      prepare(tableOf({ x: [1, 2, 3], y: [3, 1, 2] }), {
        target: 'y',
        split: { train: 0.5, validation: 0.25, test: 0.25 },
      }).notices.map(({ text }) => text),
    ).toEqual(['There are too few rows for a test set.']);
  });

  it.each([
    [
      'unknown target',
      () => prepare(table, { target: 'bb' }),
      'target: table.csv has no column "bb", only a, y, b (did you mean b?).',
      'target',
    ],
    [
      'target nothing like a column',
      () => prepare(table, { target: 'price' }),
      'target: table.csv has no column "price", only a, y, b.',
      'target',
    ],
    [
      'constant target',
      () => prepare(tableOf({ x: [1, 2, 3, 4], y: [5, 5, 5, 5] }), { target: 'y' }),
      'target: column "y" of table.csv is 5 in every training row, so there is nothing to learn; choose another target.',
      'target',
    ],
    [
      'target alone',
      () => prepare(tableOf({ y: [1, 2, 3, 4] }), { target: 'y' }),
      'table.csv: has no column to predict "y" from; give at least one other column whose values differ between rows.',
      undefined,
    ],
    [
      'constant features only',
      () => prepare(tableOf({ x: [1, 1, 1, 1], y: [1, 2, 3, 4] }), { target: 'y' }),
      'table.csv: has no column to predict "y" from; give at least one other column whose values differ between rows.',
      undefined,
    ],
    [
      'one row',
      () => prepare(tableOf({ x: [1], y: [2] }), { target: 'y' }),
      'table.csv: has too few rows to train on (1); give at least 2 training rows.',
      undefined,
    ],
    [
      'too large for float32',
      () => prepare(tableOf({ x: [1, 1e39, 3, 4], y: [1, 2, 3, 4] }), { target: 'y', scaling: 'none' }),
      'table.csv, row 3, column "x": 1e+39 is too far from the other values; correct the cell or leave the row out.',
      'x',
    ],
    [
      'not finite',
      () => prepare(tableOf({ x: [1, 2, 3, 4], y: [1, 2, Number.POSITIVE_INFINITY, 4] }), { target: 'y' }),
      'table.csv, row 4, column "y": Infinity is not a finite number; correct the cell or leave the row out.',
      'y',
    ],
    [
      'column of another length',
      () => prepare({ ...tableOf({ x: [1, 2], y: [1, 2] }), rows: 3 }, { target: 'y' }),
      'table.csv, column "x": has 2 values; the table has 3 rows.',
      'x',
    ],
    [
      'bad setting',
      () => prepare(table, { target: 'y', scaling: 'unit' as 'none' }),
      'scaling: "unit" is not known; choose standardize, min_max or none (default standardize).',
      'scaling',
    ],
  ])('refuses: %s', (_, work, message, where) => {
    const error = problemOf(work);
    expect(error.message).toBe(message);
    expect(error.where).toBe(where);
  });

  it('names a training value as well as any other when it is too far out', () => {
    const data = (at: number) =>
      prepare(tableOf({ x: range(10).map((row) => (row === at ? 1e60 : row)), y: range(10) }), { target: 'y' });
    const { train, test } = splitRows(10, shares(0.6, 0.2, 0.2));
    expect(problemOf(() => data(test[0])).message).toContain(`row ${test[0] + 2}, column "x": 1e+60 is too far`);
    // Among the training rows it makes the scale itself large, so it fits.
    expect(data(train[0]).features.every(Number.isFinite)).toBe(true);
  });
});
