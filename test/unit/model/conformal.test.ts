/** Intervals hold for the share of new rows that they promise. */
import { describe, expect, it } from 'vitest';
import { conformalResiduals, defaultLevel, fewestRows, halfWidth } from '../../../src/model/conformal.ts';
import { intervalsAt, scoreIntervals } from '../../../src/model/intervals.ts';
import { createModel } from '../../../src/model/model.ts';
import { normalAt } from '../../../src/util/random.ts';
import { contentsOf } from '../../support/models/safetensors.ts';

const f32 = (...values: number[]) => Float32Array.from(values);

/** Rows of noise that is skewed, and larger for some rows than for others. */
function noisy(rows: number, seed: number) {
  const outputs = new Float32Array(rows);
  const targets = Float32Array.from({ length: rows }, (_, row) => {
    const size = 0.2 + Math.abs(normalAt(seed, row, 0));
    return size * Math.exp(normalAt(seed, row, 1));
  });
  return { outputs, targets };
}

/** Share of rows within the interval. */
function coverage(residuals: number[], level: number, { outputs, targets }: ReturnType<typeof noisy>): number {
  const limit = halfWidth(residuals, level);
  const within = targets.filter((target, row) => Math.abs(target - outputs[row]) <= limit);
  return within.length / targets.length;
}

describe('residuals', () => {
  it('are absolute errors, rising, of each target', () => {
    const calibration = conformalResiduals(f32(0, 10, 0, 10, 0, 10), f32(3, 10, -1, 12, 2, 4), 2);
    expect(calibration).toMatchObject({
      kind: 'conformal',
      rows: 3,
      residuals: [
        [1, 2, 3],
        [0, 2, 6],
      ],
    });
  });

  it('give the k-th smallest, k = ceil((n + 1) level), and nothing beyond the last', () => {
    const residuals = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(halfWidth(residuals, 0.9)).toBe(9);
    expect(halfWidth(residuals, 0.8)).toBe(8);
    expect(halfWidth(residuals, 0.75)).toBe(8);
    expect(halfWidth(residuals, 0.7)).toBe(7);
    expect(halfWidth(residuals, 0.001)).toBe(1);
    expect(halfWidth(residuals, 0.91)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])('need as many rows as a level asks for: %d', (level) => {
    const rows = fewestRows(level);
    const residuals = Array.from({ length: rows }, (_, index) => index);
    expect(halfWidth(residuals, level)).toBe(rows - 1);
    expect(halfWidth(residuals.slice(1), level)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are 999 where rows are more, and lose no level by it', () => {
    for (const rows of [1000, 1001, 5000, 123_457]) {
      const { outputs, targets } = noisy(rows, 3);
      const [thinned] = conformalResiduals(outputs, targets, 1).residuals;
      const all = Array.from(targets, Math.abs).sort((a, b) => a - b);
      expect(thinned).toHaveLength(999);
      for (const level of [0.05, 0.5, 0.8, 0.9, 0.95, 0.99]) {
        const place = all.indexOf(halfWidth(thinned, level)) + 1;
        expect(place).toBeGreaterThanOrEqual(Math.ceil((rows + 1) * level - 1e-6));
        expect(place).toBeLessThanOrEqual((rows + 1) * (level + 0.001) + 1);
      }
    }
  });
});

describe('over 200 random splits', () => {
  it.each([
    [0.9, 60],
    [0.8, 60],
    [0.9, 400],
    [0.95, 400],
    [0.5, 1200],
  ])('intervals of %d from %d rows hold for as many new rows, within 2 points', (level, rows) => {
    let sum = 0;
    for (let split = 0; split < 200; split++) {
      const old = noisy(rows, 1000 + split);
      const calibration = conformalResiduals(old.outputs, old.targets, 1);
      sum += coverage(calibration.residuals[0], level, noisy(200, 5000 + split));
    }
    expect(Math.abs(sum / 200 - level)).toBeLessThan(0.02);
  });

  it('the coverage that is said is that of new rows, within 2 points', () => {
    let [told, found] = [0, 0];
    for (let split = 0; split < 200; split++) {
      const old = noisy(150, 1000 + split);
      const calibration = conformalResiduals(old.outputs, old.targets, 1);
      told += calibration.coverage / 200;
      found += coverage(calibration.residuals[0], defaultLevel, noisy(200, 5000 + split)) / 200;
    }
    expect(Math.abs(told - found)).toBeLessThan(0.02);
  });
});

describe('a model with residuals', () => {
  const plain = contentsOf(2, [3], 1);
  const calibration = conformalResiduals(
    new Float32Array(19),
    Float32Array.from({ length: 19 }, (_, i) => i + 1),
    1,
  );
  const model = createModel({ ...plain, calibration });
  const table = {
    source: 'rows.csv',
    rows: 2,
    rowsBefore: 0,
    notices: [],
    columns: ['x0', 'x1', 'y0'].map((name, index) => ({
      name,
      kind: 'number' as const,
      values: Float64Array.of(0.5, 2 * index),
    })),
  };
  const answers = (options = {}) =>
    Object.fromEntries(
      model.predict(table, options).map((column) => [column.name, column.kind === 'number' ? [...column.values] : []]),
    );

  it('answers with an interval in the units of the target', () => {
    const step = { ...plain.preprocessing.targets[0], offset: 100, scale: 10 };
    const scaled = createModel({ ...model, preprocessing: { ...model.preprocessing, targets: [step] } });
    const [own, low, high] = scaled.predict(table);
    expect([own, low, high].map(({ name }) => name)).toEqual(['predicted_y0', 'low_y0', 'high_y0']);
    if (own.kind !== 'number' || low.kind !== 'number' || high.kind !== 'number') throw new Error('no numbers');
    for (const row of [0, 1]) {
      expect(high.values[row] - own.values[row]).toBeCloseTo(180, 4);
      expect(own.values[row] - low.values[row]).toBeCloseTo(180, 4);
    }
  });

  it('takes logarithms back, so that an interval of positive numbers stays positive', () => {
    const step = { column: 'y0', kind: 'number' as const, log: true, offset: 3, scale: 0.1 };
    const logs = createModel({ ...model, preprocessing: { ...model.preprocessing, targets: [step] } });
    const [own, low, high] = logs.predict(table).map((column) => (column.kind === 'number' ? column.values[0] : 0));
    expect(Math.log1p(high) - Math.log1p(own)).toBeCloseTo(1.8, 5);
    expect(Math.log1p(own) - Math.log1p(low)).toBeCloseTo(1.8, 5);
  });

  it('answers at any level that its rows allow, and says which it cannot', () => {
    const nine = answers();
    const half = answers({ level: 0.5 });
    expect(nine.high_y0[0] - nine.predicted_y0[0]).toBeCloseTo(18, 5);
    expect(half.high_y0[0] - half.predicted_y0[0]).toBeCloseTo(10, 5);
    expect(() => answers({ level: 0.99 })).toThrow(
      'Intervals that hold 99 % of answers need the errors of 99 rows; this model has those of 19, enough for 95 %.',
    );
    expect(() => answers({ level: 90 })).toThrow('90 is no level of an interval');
    expect(() => createModel(plain).predict(table, { level: 0.9 })).toThrow('This model has no intervals');
    const few = { ...calibration, residuals: [[1, 2]], rows: 2 };
    expect(createModel({ ...plain, calibration: few }).predict(table)).toHaveLength(1);
  });

  it('scores its intervals', () => {
    const intervals = intervalsAt(model, 0.5);
    if (!intervals) throw new Error('no intervals');
    // Half widths of 10 in scaled units; the step of the target has a scale of 1.
    expect(scoreIntervals(model, intervals, f32(0, 0, 0, 0), f32(9, -10, 11, 300))).toEqual({
      level: 0.5,
      coverage: 0.5,
      mean_width: 20,
    });
    const { rows, intervals: scores } = model.evaluate(table);
    expect(rows).toBe(2);
    expect(scores).toMatchObject({ level: 0.9, coverage: 1 });
    expect(createModel(plain).evaluate(table)).not.toHaveProperty('intervals');
  });
});
