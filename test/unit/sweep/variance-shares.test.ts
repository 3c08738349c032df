/** The share of each setting is its main effect: known functions have theirs, and noise has none. */
import { describe, expect, it } from 'vitest';
import { type ScoredConfiguration, varianceShares } from '../../../src/sweep/results/variance-shares.ts';
import { normalAt, uniformAt } from '../../../src/util/random.ts';
import { meanOf } from '../../../src/util/statistics/statistics.ts';

const shareOf = (shares: ReturnType<typeof varianceShares>, path: string) =>
  shares?.find((own) => own.path === path)?.share ?? Number.NaN;

/** Every combination of the values. */
function grid(values: Record<string, unknown[]>, cost: (settings: Record<string, never>) => number) {
  const all = Object.entries(values).reduce<Record<string, unknown>[]>(
    (sofar, [path, options]) => sofar.flatMap((one) => options.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
  return all.map((settings): ScoredConfiguration => ({ settings, cost: cost(settings as never) }));
}

/** Draws of a, b, ... uniform from 0 to 1. */
function draws(count: number, names: string[], seed: number, cost: (values: number[], draw: number) => number) {
  return Array.from({ length: count }, (_, draw): ScoredConfiguration => {
    const values = names.map((_, index) => uniformAt(seed, draw * names.length + index));
    return {
      settings: Object.fromEntries(names.map((name, index) => [name, values[index]])),
      cost: cost(values, draw),
    };
  });
}

describe('variance shares', () => {
  it('are the main effects of a grid, whatever the values are', () => {
    const levels = [-1, 0, 1];
    const words: Record<string, number> = { relu: -1, tanh: 0, elu: 1 };
    const shares = varianceShares(
      grid({ a: levels, b: Object.keys(words), c: [[8], [16, 16]] }, ({ a, b }) => 5 + 2 * a + words[b]),
      [],
    );
    expect(shares?.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(shareOf(shares, 'a')).toBeCloseTo(0.8, 9);
    expect(shareOf(shares, 'b')).toBeCloseTo(0.2, 9);
    expect(shareOf(shares, 'c')).toBeCloseTo(0, 9);
  });

  it('leave interplay out', () => {
    // Half of the variance is a's, half a product's, of which the three degrees of freedom of the residual see a part as chance.
    const signs = [-1, 1];
    const shares = varianceShares(
      grid({ a: signs, b: signs, c: signs, d: signs }, ({ a, b, c }) => a + b * c),
      [],
    );
    expect(shareOf(shares, 'a')).toBeCloseTo(0.5 - 0.5 / 11, 9);
    expect(shareOf(shares, 'b')).toBe(0);
  });

  it("are the Sobol' indices of Ishigami's function for draws (0.3139, 0.4424, 0)", () => {
    const angle = (uniform: number) => Math.PI * (2 * uniform - 1);
    const all = draws(2000, ['x1', 'x2', 'x3'], 3, ([u, v, w]) => {
      const [x, y, z] = [u, v, w].map(angle);
      return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
    });
    const shares = varianceShares(all, ['x1', 'x2', 'x3']);
    expect(Math.abs(shareOf(shares, 'x1') - 0.3139)).toBeLessThan(0.04);
    expect(Math.abs(shareOf(shares, 'x2') - 0.4424)).toBeLessThan(0.04);
    expect(shareOf(shares, 'x3')).toBeLessThan(0.02);
  });

  it('are right on average for 20 draws of two settings, each with a grid', () => {
    const seeds = Array.from({ length: 300 }, (_, seed) => seed);
    const found = seeds.map((seed) => {
      const all = draws(20, ['a', 'b'], seed, ([a, b]) => 3 * a + 1.5 * b).flatMap(({ settings, cost }) =>
        [-0.5, 0, 0.5].map((c) => ({ settings: { ...settings, c }, cost: cost + c })),
      );
      return varianceShares(all, ['a', 'b']);
    });
    // Variances 9/12, 2.25/12 and 1/6. Four bins leave a 16th of a slope's variance within them.
    const whole = 9 / 12 + 2.25 / 12 + 1 / 6;
    const mean = (path: string) => meanOf(found.map((shares) => shareOf(shares, path)));
    expect(Math.abs(mean('a') - 9 / 12 / whole)).toBeLessThan(0.08);
    expect(Math.abs(mean('b') - 2.25 / 12 / whole)).toBeLessThan(0.04);
    expect(Math.abs(mean('c') - 1 / 6 / whole)).toBeLessThan(0.04);
  });

  it('are about nothing for noise', () => {
    const seeds = Array.from({ length: 300 }, (_, seed) => seed);
    const ofGrid = seeds.map((seed) => {
      let at = 0;
      const all = grid({ a: [1, 2, 3], b: [1, 2, 3], c: [1, 2, 3] }, () => normalAt(seed, at++));
      return varianceShares(all, []);
    });
    const ofDraws = seeds.map((seed) =>
      varianceShares(
        draws(30, ['a', 'b', 'c'], seed, (_, at) => normalAt(seed + 999, at)),
        ['a', 'b', 'c'],
      ),
    );
    for (const path of ['a', 'b', 'c']) {
      expect(meanOf(ofGrid.map((shares) => shareOf(shares, path)))).toBeLessThan(0.05);
      expect(meanOf(ofDraws.map((shares) => shareOf(shares, path)))).toBeLessThan(0.06);
    }
  });

  it('lie within 0 and 1 and add up to 1 at most, whatever comes', () => {
    for (let seed = 0; seed < 300; seed++) {
      const uniform = (index: number) => uniformAt(seed, index, 7);
      const names = ['a', 'b', 'c', 'd'].slice(0, 2 + Math.floor(3 * uniform(0)));
      const count = 3 + Math.floor(40 * uniform(1));
      const all = draws(count, names, seed, (values, draw) => {
        const wild = uniform(100 + draw);
        return wild < 0.05
          ? Number.NaN
          : wild < 0.1
            ? 1e17
            : values[0] * uniform(2) + values[1] + normalAt(seed, draw) * uniform(3);
      }).map(({ settings, cost }, draw) => ({
        // Some overlap, and some have few values.
        settings: { ...settings, b: uniform(4) < 0.3 ? settings.a : Math.round(4 * uniform(200 + draw)) },
        cost,
      }));
      const shares = varianceShares(all, uniform(5) < 0.5 ? names : ['a', 'c']) ?? [];
      for (const { share } of shares) expect(share).toSatisfy((value: number) => value >= 0 && value <= 1);
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it('are not hidden by one configuration that went wrong', () => {
    const all = grid({ a: [1, 2, 3, 4], b: [1, 2, 3] }, ({ a, b }) => (a === 4 && b === 3 ? 1e12 : a + 0.1 * b));
    expect(shareOf(varianceShares(all, []), 'a')).toBeGreaterThan(0.5);
  });

  it('are not given where they cannot be told', () => {
    expect(
      varianceShares(
        grid({ a: [1, 2, 3] }, ({ a }) => a),
        [],
      ),
    ).toBeUndefined();
    expect(
      varianceShares(
        grid({ a: [1, 2], b: [1, 2] }, () => 3),
        [],
      ),
    ).toBeUndefined();
    expect(
      varianceShares(
        draws(4, ['a', 'b', 'c'], 1, ([a]) => a),
        ['a', 'b', 'c'],
      ),
    ).toBeUndefined();
    expect(varianceShares([], [])).toBeUndefined();
  });
});
