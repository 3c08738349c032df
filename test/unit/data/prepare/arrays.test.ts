/** A data set from plain arrays instead of a table: numbers, weights and classes. */
import { describe, expect, it } from 'vitest';
import { inverseTargets } from '../../../../src/data/prepare/preprocessing.ts';
import { prepare } from '../../../../src/library/prepare.ts';
import { problemOf, scaleOf, valuesOf } from '../../../support/data/tables.ts';

describe('row weights', () => {
  const arrays = { features: Float32Array.of(1, 2, 3, 4), rows: 4, columns: 1, targets: Float32Array.of(2, 3, 5, 7) };
  it('are those of training rows, and 1 of rows held out', () => {
    const weights = Float32Array.of(4, 0, 2, 0.5);
    const all = prepare({ ...arrays, weights }, { scaling: 'none', split: { train: 1 } });
    expect(all.weights).toEqual(weights);
    const { weights: own, sets } = prepare({ ...arrays, weights }, { scaling: 'none' });
    expect(sets.train.length).toBe(2);
    expect([...(own ?? [])]).toEqual(Array.from(weights, (weight, row) => (sets.train.includes(row) ? weight : 1)));
    expect(prepare(arrays, { scaling: 'none' }).weights).toBeUndefined();
  });

  it.each([
    [Float32Array.of(1, 2), /^weights: /],
    [Float32Array.of(1, -1, 1, 1), /^weights, data row 2: -1 is not a weight; give 0 or more\.$/],
    [Float32Array.of(1, 1, Number.NaN, 1), /^weights, data row 3: NaN is not a weight/],
  ])('that are none are refused: %s', (weights, sentence) => {
    expect(() => prepare({ ...arrays, weights }, { scaling: 'none' })).toThrow(sentence);
  });
});

describe('prepare with arrays', () => {
  const arrays = {
    features: Float32Array.of(1, 2, 3, 4, 5, 6),
    rows: 3,
    columns: 2,
    targets: Float32Array.of(7, 8, 10),
  };

  it('leaves values alone when scaling is none', () => {
    const data = prepare(arrays, { scaling: 'none', split: { train: 1 } });
    expect(data.features).toBe(arrays.features);
    expect(data.targets).toBe(arrays.targets);
    expect(data.sets).toEqual({
      train: Uint32Array.of(0, 1, 2),
      validation: new Uint32Array(),
      test: new Uint32Array(),
    });
    expect(data.preprocessing.features.map(({ column }) => column)).toEqual(['x1', 'x2']);
    expect(data.preprocessing.targets).toEqual([{ column: 'y', kind: 'number', log: false, offset: 0, scale: 1 }]);
  });

  it('takes a single row, and constants, when scaling is none', () => {
    const one = { features: Float32Array.of(1), rows: 1, columns: 1, targets: Float32Array.of(1) };
    expect(prepare(one, { scaling: 'none' }).sets.train).toEqual(Uint32Array.of(0));
    expect(problemOf(() => prepare(one)).message).toMatch(/^arrays: has too few rows/);
  });

  it('standardizes otherwise, and names several targets', () => {
    const targets = Float32Array.of(7, 1, 8, 2, 10, 4);
    const data = prepare({ ...arrays, targets, outputs: 2 }, { split: { train: 1 } });
    expect(data.outputs).toBe(2);
    expect(data.preprocessing.targets.map(({ column }) => column)).toEqual(['y1', 'y2']);
    expect(scaleOf(data.preprocessing.features, 1).offset).toBeCloseTo(4, 14);
    expect(data.features[1]).toBe(Math.fround(-2 / Math.sqrt(8 / 3)));
    const back = inverseTargets(data.preprocessing, data.targets, 3);
    expect(back.map(({ name }) => name)).toEqual(['predicted_y1', 'predicted_y2']);
    valuesOf(back[1]).forEach((value, row) => {
      expect(value).toBeCloseTo([1, 2, 4][row], 6);
    });
  });

  it.each([
    ['features', { features: new Float32Array(5) }, 'features: has 5 values; 3 rows of 2 make 6.'],
    ['targets', { targets: new Float32Array(4) }, 'targets: has 4 values; 3 rows of 1 make 3.'],
    ['rows', { rows: 0 }, 'rows: 0 is not a whole number of at least 1.'],
    ['outputs', { outputs: 1.5 }, 'outputs: 1.5 is not a whole number of at least 1.'],
    [
      'x2',
      { features: Float32Array.of(1, 2, 3, Number.NaN, 5, 6) },
      'arrays, data row 2, column "x2": NaN is not a finite number; correct it or leave the row out.',
    ],
  ])('refuses wrong %s', (where, change, message) => {
    const error = problemOf(() => prepare({ ...arrays, ...change }, { scaling: 'none' }));
    expect(error.message).toBe(message);
    expect(error.where).toBe(where);
  });
});

describe('arrays of classes', () => {
  const features = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
  it('are 0 or 1 for two, and one target for each of more', () => {
    const two = prepare(
      { features, rows: 12, columns: 1, targets: Float32Array.from({ length: 12 }, (_, i) => i % 2) },
      { task: 'classification', class_weights: 'balanced' },
    );
    expect(two.preprocessing).toMatchObject({ task: 'binary', targets: [{ kind: 'classes', classes: ['0', '1'] }] });
    expect([...two.targets.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect(two.weights?.length).toBe(12);
    const targets = Float32Array.from({ length: 36 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
    const three = prepare(
      { features, rows: 12, columns: 1, targets, outputs: 3 },
      { task: 'classification', scaling: 'none' },
    );
    expect(three.preprocessing).toMatchObject({ task: 'multiclass', targets: [{ classes: ['y1', 'y2', 'y3'] }] });
    expect(three.targets).toBe(targets);
  });

  it.each([
    [{ targets: Float32Array.of(0, 1, 2), outputs: 1 }, 'targets, data row 3: is 2; for classification give 0 or 1.'],
    [
      { targets: Float32Array.of(1, 0, 0, 0, 1, 1, 0, 0, 1), outputs: 3 },
      'targets, data row 2: is 0, 1, 1; for classification give 1 for its class and 0 for the others.',
    ],
    [
      { targets: new Float32Array(6), outputs: 2 },
      'outputs: two classes are one target of 0 or 1, not two; give one output.',
    ],
  ])('are refused where they are none: %o', (given, message) => {
    const arrays = { features: features.slice(0, 3), rows: 3, columns: 1, ...given };
    expect(problemOf(() => prepare(arrays, { task: 'classification' })).message).toBe(message);
  });

  it('cannot be split by a column', () => {
    const arrays = { features, rows: 12, columns: 1, targets: features };
    expect(problemOf(() => prepare(arrays, { split: { group: 'x1' } })).message).toBe(
      'split.group: arrays have no column to split by; prepare a table.',
    );
  });
});
