/** The normal distribution's quantiles. */
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../src/util/statistics/normal.ts';

describe('normalQuantile', () => {
  // Python's statistics.NormalDist().inv_cdf, another implementation of the same distribution.
  it.each([
    [1e-300, -37.0471],
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.1, -1.2815515655446008],
    [0.25, -0.6744897501960817],
    [0.5, 0],
    [0.975, 1.9599639845400536],
    [0.999, 3.090232306167813],
  ])('of %d is %d', (share, value) => {
    expect(normalQuantile(share)).toBeCloseTo(value, share === 1e-300 ? 4 : 13);
  });

  it('of no share or all is infinite', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
