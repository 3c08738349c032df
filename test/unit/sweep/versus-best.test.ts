/** Configurations are told apart from the best by paired differences, and ties are said to be ties. */
import { describe, expect, it } from 'vitest';
import { buildLeaderboard } from '../../../src/sweep/results/leaderboard.ts';
import type { TrialResult } from '../../../src/sweep/results/types.ts';
import { pairedDifference } from '../../../src/sweep/results/versus-best.ts';
import { normalAt } from '../../../src/util/random.ts';
import { meanOf } from '../../../src/util/statistics/statistics.ts';

type Stopped = TrialResult['stopped'];

/** @param rmse of each configuration, by seed and then fold */
function trialsOf(rmse: readonly (readonly number[])[], folds = 1, stopped: Stopped = 'epochs'): TrialResult[] {
  return rmse.flatMap((values, cell) =>
    values.map((value, index) => ({
      cell,
      settings: { 'training.l2': cell },
      seed: Math.floor(index / folds),
      fold: folds > 1 ? index % folds : null,
      metrics: { train: null, validation: { rmse: value } as unknown as TrialResult['metrics']['train'], test: null },
      epochs_run: 1,
      stopped,
      history: [],
    })),
  );
}

const standing = (trials: TrialResult[]) => buildLeaderboard(trials).map(({ versus_best }) => versus_best?.told_apart);

describe('the difference from the best', () => {
  // Student (1908), "The probable error of a mean": hours of sleep gained by ten patients with each of two drugs.
  const [first, second] = [
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
  ];

  it("has the interval of R's t.test(extra ~ group, data = sleep, paired = TRUE)", () => {
    const difference = buildLeaderboard(trialsOf([first, second]))[1].versus_best;
    expect(difference).toMatchObject({ n: 10, told_apart: true });
    expect(difference?.mean).toBeCloseTo(1.58, 12);
    expect(difference?.low).toBeCloseTo(0.7001142, 7);
    expect(difference?.high).toBeCloseTo(2.4598858, 7);
  });

  it('pairs by seed and fold, whatever the order', () => {
    const trials = trialsOf([first, second]);
    expect(buildLeaderboard([...trials].reverse())[1].versus_best?.low).toBeCloseTo(0.7001142, 7);
    // Seeds differ by far more than configurations do: unpaired intervals would overlap.
    const seeds = [1, 5, 9, 13, 17];
    const better = seeds.map((seed, index) => seed + 0.1 + 0.01 * index);
    expect(standing(trialsOf([seeds, better]))).toEqual([undefined, true]);
  });

  it('is wider over folds, by the correction of Nadeau and Bengio', () => {
    const differences = [0.1, 0.3, 0.2, 0.4, 0.1];
    const plain = pairedDifference(differences, 1, 0.05);
    const folds = pairedDifference(differences, 5, 0.05);
    expect((folds.high - folds.low) / (plain.high - plain.low)).toBeCloseTo(Math.sqrt((1 / 5 + 1 / 4) / (1 / 5)), 12);
    expect(plain.told_apart).toBe(true);
    expect(folds.told_apart).toBe(false);
  });

  it('widens with the number of comparisons', () => {
    const best = [1, 1, 1, 1];
    const near = [1.1, 1.2, 1.15, 1.3];
    expect(standing(trialsOf([best, near]))).toEqual([undefined, true]);
    const many = Array.from({ length: 20 }, (_, index) => near.map((value, seed) => value + index + 0.01 * seed));
    expect(standing(trialsOf([best, near, ...many]))[1]).toBe(false);
  });

  it('cannot be told from one pair, nor from differences that are all alike', () => {
    expect(standing(trialsOf([[1], [2]]))).toEqual([undefined, null]);
    expect(
      standing(
        trialsOf([
          [0.8, 0.7],
          [0.9, 0.8],
        ]),
      ),
    ).toEqual([undefined, null]);
    expect(
      standing(
        trialsOf([
          [0.8, 0.7],
          [0.8, 0.7],
        ]),
      ),
    ).toEqual([undefined, false]);
  });

  it('leaves out what halving stopped, and what has no score', () => {
    const scored = trialsOf([
      [1, 1.2],
      [1.1, 1.2],
      [Number.NaN, 1],
    ]);
    expect(standing(scored)).toEqual([undefined, false, undefined]);
    const early = trialsOf([
      [1, 1.2],
      [1.1, 1.2],
    ]).map((trial) => (trial.cell === 1 ? { ...trial, stopped: 'halving' as const } : trial));
    expect(standing(early)).toEqual([undefined, undefined]);
  });

  it('has the truly best among best and ties in 95 % of sweeps, and finds what is far off', () => {
    // 400 sweeps of 8 configurations with 5 seeds: one is best by little, one far off, and seeds share their luck.
    const sweeps = 400;
    let held = 0;
    const found: number[] = [];
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const draw = (index: number) => normalAt(sweep, index);
      const rmse = Array.from({ length: 8 }, (_, cell) =>
        Array.from({ length: 5 }, (_, seed) => {
          const offset = cell === 0 ? -0.05 : cell === 7 ? 12 : 0;
          return 20 + offset + draw(seed) + (1 + 0.2 * cell) * draw(100 + 10 * cell + seed);
        }),
      );
      const board = buildLeaderboard(trialsOf(rmse));
      const best = board.findIndex(({ cell }) => cell === 0);
      held += Number(best === 0 || board[best].versus_best?.told_apart === false);
      found.push(Number(board.find(({ cell }) => cell === 7)?.versus_best?.told_apart === true));
    }
    expect(held / sweeps).toBeGreaterThanOrEqual(0.95);
    expect(meanOf(found)).toBeGreaterThan(0.5);
  });
});
