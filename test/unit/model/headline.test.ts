/** Which score a model is judged by first, and from when on it is better than no model. */
import { describe, expect, it } from 'vitest';
import { type ClassMetrics, classMetrics } from '../../../src/model/class-metrics.ts';
import { headlineName } from '../../../src/model/headline.ts';
import { usefulnessOf } from '../../../src/model/usefulness.ts';

/** Of so many rows of each class, the given share of each is right. */
function classes(rows: number[], recalls = rows.map(() => 1)): ClassMetrics {
  const actual = rows.flatMap((count, index) => Array<number>(count).fill(index));
  const chosen = rows.flatMap((count, index) =>
    Array.from({ length: count }, (_, row) => (row < recalls[index] * count ? index : (index + 1) % rows.length)),
  );
  return classMetrics(rows.map(String), {
    actual: Uint32Array.from(actual),
    chosen: Uint32Array.from(chosen),
    probabilities: new Float64Array(actual.length * rows.length).fill(1 / rows.length),
  });
}

describe('the headline', () => {
  it.each([
    [[50, 50], 'accuracy'],
    [[80, 20], 'accuracy'],
    [[81, 20], 'balanced_accuracy'],
    [[40, 40, 40, 9], 'balanced_accuracy'],
    // A class without rows is none.
    [[50, 50, 0], 'accuracy'],
  ])('of %s rows is the %s', (rows, name) => {
    expect(headlineName(classes(rows))).toBe(name);
  });

  it('of numbers is the RMSE', () => {
    expect(headlineName({ mse: 1, rmse: 1, mae: 1, r2: 0 })).toBe('rmse');
  });
});

describe('a gain over the baseline', () => {
  const judged = (own: ClassMetrics, base: ClassMetrics, rows: number, name: 'accuracy' | 'balanced_accuracy') =>
    usefulnessOf(own, base, rows, name)?.is;

  it('is one beyond the interval of Wilson', () => {
    const base = classes([60, 40], [1, 0]);
    // 0.69 of 100: from 0.594; 0.71: from 0.615.
    expect(judged(classes([60, 40], [0.75, 0.6]), base, 100, 'accuracy')).toBe('unsure');
    expect(judged(classes([60, 40], [0.75, 0.65]), base, 100, 'accuracy')).toBe('useful');
    expect(judged(base, base, 100, 'accuracy')).toBe('useless');
  });

  // sqrt(chi-squared(0.025, n) / n): 0.159 of 2 rows, 0.570 of 10, 0.862 of 100.
  it.each([
    [1, 0.01, 'unsure'],
    [2, 0.2, 'unsure'],
    [10, 0.55, 'useful'],
    [10, 0.59, 'unsure'],
    [100, 0.85, 'useful'],
    [100, 0.87, 'unsure'],
    [100, 1, 'useless'],
  ])('of %i rows of numbers is one beyond the interval of their RMSE: %f is %s', (rows, own, is) => {
    const rmse = (value: number) => ({ mse: value ** 2, rmse: value, mae: value, r2: 0 });
    expect(usefulnessOf(rmse(own), rmse(1), rows, 'rmse')?.is).toBe(is);
  });

  it('of balanced accuracy goes by the rows of the rarest class', () => {
    const base = classes([900, 10], [1, 0]);
    // One of ten found is chance; four of ten are not.
    expect(judged(classes([900, 10], [1, 0.1]), base, 910, 'balanced_accuracy')).toBe('unsure');
    expect(judged(classes([900, 10], [1, 0.4]), base, 910, 'balanced_accuracy')).toBe('useful');
  });
});
