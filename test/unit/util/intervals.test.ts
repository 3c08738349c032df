/** The spread of values over seeds and folds: its intervals cover the true mean as often as they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalAt, uniformAt } from '../../../src/util/random.ts';
import { quantile } from '../../../src/util/statistics/order-statistics.ts';
import { spreadOf, tQuantile, wilson } from '../../../src/util/statistics/statistics.ts';

describe('quantiles of t', () => {
  // scipy.stats.t.ppf(probability, freedom), scipy 1.10.1, which is exact to about 1e-8.
  it.each([
    [0.9, 1, 3.0776835372],
    [0.9, 2, 1.8856180832],
    [0.9, 29, 1.311433644],
    [0.9, 1000, 1.2823987215],
    [0.975, 1, 12.7062047364],
    [0.975, 2, 4.3026527299],
    [0.975, 3, 3.1824463053],
    [0.975, 4, 2.7764451052],
    [0.975, 5, 2.5705818366],
    [0.975, 9, 2.2621571627],
    [0.975, 10, 2.228138852],
    [0.975, 30, 2.0422724563],
    [0.975, 49, 2.0095752345],
    [0.975, 98, 1.9844674544],
    [0.975, 1000, 1.9623390808],
    [0.995, 1, 63.6567411629],
    [0.995, 2, 9.9248432009],
    [0.995, 10, 3.1692726672],
    [0.995, 49, 2.6799519736],
  ])('are those of scipy: %s with %s degrees of freedom', (probability, freedom, expected) => {
    expect(Math.abs(tQuantile(probability, freedom) - expected)).toBeLessThan(1e-8);
  });
});

describe('the spread of values', () => {
  it('is that of the textbook', () => {
    const { n, mean, sd, low, high, interval } = spreadOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect([n, mean, interval]).toEqual([8, 5, 't']);
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
    // scipy.stats.t.interval(0.95, 7, 5, sem)
    expect(low).toBeCloseTo(3.212512, 6);
    expect(high).toBeCloseTo(6.787488, 6);
  });

  it('holds the mean, and nothing but it for one value or equal ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (values) => {
          const { mean, low, high } = spreadOf(values);
          const slack = 1e-9 * Math.max(...values.map(Math.abs));
          expect(low).toBeLessThanOrEqual(mean + slack);
          expect(high).toBeGreaterThanOrEqual(mean - slack);
        },
      ),
      { seed: 10, numRuns: 50 },
    );
    expect(spreadOf([3])).toEqual({ n: 1, mean: 3, sd: 0, low: 3, high: 3, interval: 'none' });
    expect(spreadOf([3, 3, 3])).toEqual({ n: 3, mean: 3, sd: 0, low: 3, high: 3, interval: 't' });
    expect(spreadOf([1, Number.NaN])).toMatchObject({ mean: Number.NaN, interval: 'none' });
  });

  it('is none where values are equal, however their mean is rounded', () => {
    expect(spreadOf(Array(5).fill(51 / 52))).toMatchObject({ mean: 51 / 52, sd: 0, low: 51 / 52, high: 51 / 52 });
  });

  it('does not go beyond what a metric can be', () => {
    expect(spreadOf([0.9, 1], [0, 1])).toMatchObject({ high: 1 });
    expect(spreadOf([0.1, 0.9], [0, 1])).toMatchObject({ low: 0, high: 1 });
    expect(spreadOf([0.9, 1]).high).toBeGreaterThan(1);
  });

  it('takes quantiles between the order statistics', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantile(Float64Array.of(1, 2, 3, 4), share))).toEqual([1, 1.75, 2.5, 4]);
  });

  it('of equal values is that value, and between two never outside of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, times, share) => {
          const sorted = Float64Array.from(values.flatMap((value) => new Array<number>(times).fill(value))).sort();
          const found = quantile(sorted, share);
          const below = Math.floor(share * (sorted.length - 1));
          expect(found).toBeGreaterThanOrEqual(sorted[below]);
          expect(found).toBeLessThanOrEqual(sorted[Math.min(below + 1, sorted.length - 1)]);
        },
      ),
      { seed: 10 },
    );
  });
});

describe('an interval called 95 %', () => {
  const normal = (index: number) => normalAt(15, index);
  /** Exponential about its mean of 1. */
  const skewed = (index: number) => -Math.log(uniformAt(15, index)) - 1;

  /** How often it holds the mean, which is 0. */
  function coverage(n: number, samples: number, valueAt: (index: number) => number): number {
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const { low, high } = spreadOf(Array.from({ length: n }, (_, i) => valueAt((n * samples + sample) * n + i)));
      if (low <= 0 && 0 <= high) covered += 1;
    }
    return covered / samples;
  }

  const sizes = Array.from({ length: 49 }, (_, index) => index + 2);

  it('covers 95 % of means of 2 to 50 normal values', () => {
    for (const n of sizes) {
      const covered = coverage(n, 4000, normal);
      expect(covered, `n = ${n}`).toBeGreaterThan(0.937);
      expect(covered, `n = ${n}`).toBeLessThan(0.963);
    }
  });

  it('covers nearly as many of skewed ones, the more the more values there are', () => {
    for (const n of sizes) {
      const covered = coverage(n, 2000, skewed);
      expect(covered, `n = ${n}`).toBeGreaterThan(n < 15 ? 0.86 : n < 30 ? 0.89 : 0.91);
      expect(covered, `n = ${n}`).toBeLessThan(0.96);
    }
  });

  it('is bootstrapped where there are many, and covers as much', () => {
    expect(spreadOf(Array.from({ length: 99 }, (_, i) => normal(i))).interval).toBe('t');
    expect(spreadOf(Array.from({ length: 100 }, (_, i) => normal(i))).interval).toBe('bootstrap');
    for (const [valueAt, least] of [
      [normal, 0.93],
      [skewed, 0.92],
    ] as const) {
      const covered = coverage(100, 400, valueAt);
      expect(covered).toBeGreaterThan(least);
      expect(covered).toBeLessThan(0.97);
    }
  });
});

it('gives a share the interval of Wilson', () => {
  // statsmodels.stats.proportion.proportion_confint(90, 100, method='wilson')
  const [low, high] = wilson(0.9, 100);
  expect(low).toBeCloseTo(0.8256343, 6);
  expect(high).toBeCloseTo(0.9447708, 6);
  expect(wilson(1, 10)[1]).toBeCloseTo(1, 12);
});
