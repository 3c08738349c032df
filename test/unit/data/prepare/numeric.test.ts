/** What numbers and dates become under each setting of `numeric`, and the way back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureStep, NumericEncoding } from '../../../../src/data/prepare/dataset.ts';
import { fitNumeric, pieceEdges } from '../../../../src/data/prepare/fit-numeric.ts';
import { decodeValue, encodeValue, type NumericStep, numericWidth } from '../../../../src/data/prepare/numeric.ts';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { applyFeatures, checkPreprocessing } from '../../../../src/data/prepare/preprocessing.ts';
import { formatIso } from '../../../../src/data/table/dates.ts';
import { type DataSettingsInput, type NumericName, numericNames } from '../../../../src/spec/data-settings.ts';
import { type Cell, problemOf, range, tableOf, targetTable, textsOf } from '../../../support/data/tables.ts';

const everyRow = { target: 'y', split: { train: 1 } } as const satisfies DataSettingsInput;
const fitted = (values: number[], numeric: NumericName): NumericEncoding =>
  fitNumeric(Float64Array.from(values), Float64Array.from(values).sort(), { numeric, scaling: 'standardize' });

function encoded(encoding: NumericEncoding, value: number): number[] {
  const features = new Float32Array(numericWidth(encoding));
  encodeValue(encoding, value, features, 0);
  return [...features];
}
const first = (encoding: NumericEncoding, values: number[]) => values.map((value) => encoded(encoding, value)[0]);

function isClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at], 6);
  });
}

describe('robust', () => {
  it('is the distance from the median in interquartile ranges, drawn in to 3', () => {
    // Quartiles 2, 3 and 4.
    const encoding = fitted([1, 2, 3, 4, 5], 'robust');
    expect(encoding).toEqual({ kind: 'robust', offset: 3, scale: 2 });
    const z = (value: number) => value / Math.sqrt(1 + (value / 3) ** 2);
    isClose(first(encoding, [3, 5, 9, 1, 303]), [0, z(1), z(3), z(-1), z(150)]);
    expect(first(encoding, [1e308, -1e308])).toEqual([3, -3]);
  });

  it('takes half of the whole range where the quartiles are equal, and is 0 where all values are', () => {
    expect(fitted([0, 0, 0, 0, 0, 0, 8], 'robust')).toEqual({ kind: 'robust', offset: 0, scale: 4 });
    const same = fitted([7, 7, 7], 'robust');
    expect(first(same, [7])).toEqual([0]);
  });
});

describe('quantile', () => {
  // QuantileTransformer(n_quantiles=10, output_distribution='normal') of scikit-learn 1.9.1, but for the outermost values,
  // which it has at 5.2.
  it('is the quantile of the normal distribution, of tied values their middle, as in scikit-learn', () => {
    const encoding = fitted([1, 2, 2, 2, 3, 5, 8, 13, 21, 34], 'quantile');
    isClose(
      first(encoding, [1, 2, 3, 5, 8, 13, 21, 34]),
      [-3.1, -0.76470967, -0.1397103, 0.1397103, 0.4307273, 0.76470967, 1.22064035, 3.1],
    );
    isClose(
      first(encoding, [1.5, 2.5, 4, 20, 30, -100, 1e300]),
      [-1.59321882, -0.28221615, 0, 1.15034938, 1.82252035, -3.1, 3.1],
    );
  });

  it('keeps 200 quantiles of more values', () => {
    const encoding = fitted(
      range(1000).map((i) => i * i),
      'quantile',
    );
    expect(encoding).toMatchObject({ kind: 'quantile', quantiles: { length: 200 } });
    isClose(first(encoding, [10, 5000.5, 250_000, 990_000]), [-2.87935796, -1.47008068, 0.00123934767, 2.65050155]);
  });
});

describe('piecewise_linear', () => {
  it('is how far the value is through each piece between quantiles', () => {
    const encoding = fitted(range(17), 'piecewise_linear');
    expect(encoding).toEqual({ kind: 'piecewise_linear', edges: [0, 4, 8, 12, 16] });
    expect(encoded(encoding, 9)).toEqual([0.5, 0.5, -0.25, -0.5]);
    expect(encoded(encoding, 8)).toEqual([0.5, 0.5, -0.5, -0.5]);
    expect(encoded(encoding, -99)).toEqual([-0.5, -0.5, -0.5, -0.5]);
    expect(encoded(encoding, 99)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('has as many pieces as the root of the number of values, 16 at most', () => {
    const pieces = (count: number) => pieceEdges(Float64Array.from(range(count))).length - 1;
    expect([2, 10, 99, 100, 255, 256, 100_000].map(pieces)).toEqual([1, 3, 9, 10, 15, 16, 16]);
  });

  it('has an edge at each of a few values', () => {
    const few = range(300).map((i) => [0, 1, 5, 7.5][i % 4]);
    expect(pieceEdges(Float64Array.from(few).sort())).toEqual([0, 1, 5, 7.5]);
    expect(pieceEdges(Float64Array.of(3, 3, 3))).toEqual([3]);
    expect(pieceEdges(Float64Array.of(-1, -1, 1))).toEqual([-1, 1]);
  });

  it('takes a value that many rows have for one piece, and gives the others the rest', () => {
    // 16 pieces of 62 rows: the zeros count 62 times, so that all but 4 or 5 pieces are of the 200 others.
    const mostlyZero = [...range(800).fill(0), ...range(200, 1)];
    const edges = pieceEdges(Float64Array.from(mostlyZero));
    expect(edges.slice(0, 3)).toEqual([0, 4.25, 20.5625]);
    expect(edges).toHaveLength(14);
    expect(edges.at(-1)).toBe(200);
    const between = edges.slice(2).map((edge, at) => edge - edges[at + 1]);
    for (const width of between) expect(width).toBeCloseTo(261 / 16, 9);
  });

  it('names the pieces by their ends, in as many digits as keep them apart', () => {
    const table = targetTable(range(16), {
      near: range(16).map((i) => 1e6 + i / 8),
      day: range(16).map((i) => `2024-03-${String(i + 1).padStart(2, '0')}`),
    });
    const names = prepare(table, { ...everyRow, numeric: 'piecewise_linear' }).featureNames;
    expect(names.slice(4)).toEqual([
      'near from 1000000 to 1000000.5',
      'near from 1000000.5 to 1000000.9',
      'near from 1000000.9 to 1000001.4',
      'near from 1000001.4 to 1000001.9',
      'day from 2024-03-01 to 2024-03-04',
      'day from 2024-03-04 to 2024-03-08',
      'day from 2024-03-08 to 2024-03-12',
      'day from 2024-03-12 to 2024-03-16',
      'day, sine of the week',
      'day, cosine of the week',
    ]);
  });
});

describe('ties', () => {
  it('are one edge and no distance, whatever their digits', () => {
    const tied = [...range(40).map(() => 0.1), ...range(40).map(() => 192.70000000000002), 200.3];
    expect(fitted(tied, 'robust')).toMatchObject({ scale: 192.70000000000002 - 0.1 });
    expect(
      fitted(
        range(80).map(() => 192.70000000000002),
        'robust',
      ),
    ).toMatchObject({ scale: 1 });
    const many = range(400).flatMap((i) => new Array<number>(1 + (i % 3) * 20).fill(i / 7));
    const { quantiles } = fitted(many, 'quantile') as { quantiles: number[] };
    expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    const share = new Set(
      many.map((value) => quantiles.filter((own) => Math.abs(own - value) < 1e-9 && own !== value)),
    );
    expect([...share].flat()).toEqual([]);
  });
});

describe('numbers under any setting', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const values = fc.array(value, { minLength: 2, maxLength: 60 });
  const unscaled = fc.constantFrom(...numericNames.filter((name) => name !== 'scale'));

  it('rise with the number, are within 3.1, and finite however far it is', () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(values, any, any, unscaled, (own, a, b, numeric) => {
        const encoding = fitted(own, numeric);
        const low = encoded(encoding, Math.min(a, b));
        encoded(encoding, Math.max(a, b)).forEach((feature, at) => {
          expect(feature).toBeGreaterThanOrEqual(low[at]);
          expect(Math.max(-low[at], feature)).toBeLessThanOrEqual(Math.fround(3.1));
        });
      }),
      { seed: 10 },
    );
  });

  it('can be told from their features', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 20 }), unscaled, (own, numeric) => {
        const [least, largest] = [Math.min(...own), Math.max(...own)];
        const encoding = fitted(own, numeric);
        const step = { column: 'x', kind: 'number', encoding, range: { least, largest } } as NumericStep;
        for (const number of own) expect(decodeValue(step, encoded(encoding, number))).toBeCloseTo(number, 2);
      }),
      { seed: 10 },
    );
    const far = { kind: 'number', encoding: fitted([1, 2, 3, 4, 1e9], 'robust'), range: { least: 1, largest: 1e9 } };
    expect(decodeValue(far as NumericStep, [3])).toBe(1e9);
  });

  it('are the same for the rows of training and for the same rows read again, from a file too', () => {
    const cell = fc.option(value, { freq: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, value), { minLength: 12, maxLength: 60 }), unscaled, (rows, numeric) => {
        const x: Cell[] = rows.map(([x]) => x);
        const table = targetTable(range(rows.length), {
          x: [0.25, 2.5, ...x.slice(2)],
          day: rows.map(([, day]) => formatIso(Math.round(day / 1e5))),
        });
        const data = prepare(table, { target: 'y', numeric, types: { x: 'number', day: 'date' } });
        const read = checkPreprocessing(JSON.parse(JSON.stringify(data.preprocessing)));
        expect(applyFeatures(read, table).features).toEqual(data.features);
        expect(data.features.every(Number.isFinite)).toBe(true);
        expect(data.featureNames).toHaveLength(data.columns);
        expect(new Set(data.featureNames).size).toBe(data.columns);
      }),
      { seed: 10, numRuns: 60 },
    );
  });

  it('that are missing take the value put in their place, and the indicator follows the pieces', () => {
    const table = tableOf({ x: [...range(24), null], y: range(25) });
    const data = prepare(table, { ...everyRow, numeric: 'piecewise_linear' });
    expect(data.featureNames.at(-1)).toBe('x is missing');
    expect(data.columns).toBe(5);
    const rows = applyFeatures(data.preprocessing, tableOf({ x: [11.5, null] })).features;
    expect([...rows.subarray(5, 9)]).toEqual([...rows.subarray(0, 4)]);
    expect([rows[4], rows[9]]).toEqual([0, 1]);
    const [step] = data.preprocessing.features as Extract<FeatureStep, { kind: 'number' }>[];
    expect(step.encoding).toMatchObject({ edges: [0, 5.75, 11.5, 17.25, 23] });
  });

  it.each(numericNames)('that are all the same are left out (%s), unless gaps tell rows apart', (numeric) => {
    const table = targetTable(range(12), { same: range(12).fill(7) });
    expect(prepare(table, { ...everyRow, numeric }).preprocessing.dropped).toEqual([
      { column: 'same', reason: 'constant on the training rows' },
    ]);
    const gaps = targetTable(range(12), { same: range(12).map((i) => (i % 2 ? 7 : null)) });
    const data = prepare(gaps, { ...everyRow, numeric });
    const own = numeric === 'piecewise_linear' ? ['same is missing'] : ['same', 'same is missing'];
    expect(data.featureNames.slice(-own.length)).toEqual(own);
    const rows = [0, 1].map((row) =>
      data.features.subarray((row + 1) * data.columns - own.length, (row + 1) * data.columns),
    );
    expect(rows.map((row) => [...row])).toEqual([own.map((name) => Number(name !== 'same')), own.map(() => 0)]);
  });

  it('keep an outlier within bounds, except where they are scaled', () => {
    const table = targetTable(range(12), { x: [...range(11), 1e12] });
    for (const numeric of ['robust', 'quantile', 'piecewise_linear'] as const) {
      const { features } = prepare(table, { ...everyRow, numeric });
      expect(Math.max(...features.map(Math.abs))).toBeLessThanOrEqual(Math.fround(3.1));
      const data = prepare(table, { ...everyRow, numeric });
      const { findings } = applyFeatures(data.preprocessing, tableOf({ x: [1e300] }));
      expect(textsOf(findings.notices)).toHaveLength(1);
    }
    const infinite = tableOf({ x: [Number.POSITIVE_INFINITY] }, 'new.csv');
    const { preprocessing } = prepare(table, { ...everyRow, numeric: 'robust' });
    expect(problemOf(() => applyFeatures(preprocessing, infinite)).where).toBe('x');
  });
});

describe('a file with an encoding that cannot be', () => {
  const { preprocessing } = prepare(targetTable(range(30)), { ...everyRow, numeric: 'quantile' });
  const withEncoding = (encoding: unknown) => ({
    ...preprocessing,
    features: [{ ...preprocessing.features[0], encoding }],
  });
  it.each([
    [{ kind: 'quantile', quantiles: [1, 1, 2] }, true],
    [{ kind: 'quantile', quantiles: [] }, false],
    [{ kind: 'quantile', quantiles: [2, 1] }, false],
    [{ kind: 'piecewise_linear', edges: [1, 2] }, true],
    [{ kind: 'piecewise_linear', edges: [1, 1] }, false],
    [{ kind: 'robust', offset: 0, scale: 0 }, false],
    [{ kind: 'cosine' }, false],
  ])('is told: %j', (encoding, legal) => {
    if (legal) expect(checkPreprocessing(withEncoding(encoding)).features).toHaveLength(1);
    else expect(problemOf(() => checkPreprocessing(withEncoding(encoding))).where).toMatch(/^features\.0\.encoding/);
  });
});
