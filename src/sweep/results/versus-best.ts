/**
 * Which configurations of a leaderboard are told apart from its best one, and which are ties.
 *
 * Trials of the same seed and fold share their initial parameters and rows, so each configuration is compared with the best one
 * by the differences within these pairs, whose mean has a t interval. Over folds its variance is (1/n + 1/(folds - 1)) s^2 instead
 * of s^2/n, since folds share training rows: the corrected resampled t test (Nadeau & Bengio 2003, "Inference for the generalization
 * error"; for repeated folds Bouckaert & Frank 2004). With one split, the differences are those of its validation rows alone.
 *
 * The best of many is partly the luckiest. The intervals therefore hold all together with 95 %: each of m has 1 - 0.05/m
 * (Bonferroni). The truly best configuration is left out only if one of its m comparisons errs, whichever configuration
 * came out best, so that with at least 95 % it is the first or a tie: the claim of multiple comparisons with the best (Hsu
 * 1996, chapter 4). Holm's steps would lose that, since the configuration that they compare with was chosen by the same values, and have
 * no intervals; Dunnett's quantiles want one variance for all, and learning rates differ in just that.
 */
import type { RowSet } from '../../engine/engine.ts';
import type { Metrics } from '../../model/metrics.ts';
import { meanSd, type PairedDifference, tQuantile } from '../../util/statistics/statistics.ts';
import type { LeaderboardEntry, TrialResult } from './types.ts';

/** Chance that any of the intervals leaves out its difference. */
const familyError = 0.05;

/** The best has none, nor has a configuration that halving stopped early or that has no score. */
export function withVersusBest(
  ranked: readonly LeaderboardEntry[],
  trials: readonly TrialResult[],
  set: RowSet,
  metric: string,
): LeaderboardEntry[] {
  const scores = scoresByCell(trials, set, metric);
  const [best, ...others] = ranked;
  const own = best && scores.get(best.cell);
  const differences = new Map<number, number[]>();
  if (own && best.halved === 0) {
    for (const { cell, halved } of others) {
      const of = halved === 0 ? differencesOf(scores.get(cell), own) : [];
      if (of.length > 0 && of.every(Number.isFinite)) differences.set(cell, of);
    }
  }
  const tested = [...differences.values()].filter(hasSpread).length;
  const folds = new Set(trials.map(({ fold }) => fold)).size;
  return ranked.map((entry) => {
    const of = differences.get(entry.cell);
    return { ...entry, versus_best: of ? pairedDifference(of, folds, familyError / tested) : null };
  });
}

/** @param error chance that the interval leaves out the mean */
export function pairedDifference(differences: readonly number[], folds: number, error: number): PairedDifference {
  const n = differences.length;
  const { mean, sd } = meanSd(differences);
  if (!hasSpread(differences)) {
    return { n, mean, low: mean, high: mean, told_apart: n > 1 && mean === 0 ? false : null };
  }
  const shared = folds > 1 ? 1 / (folds - 1) : 0;
  const half = tQuantile(1 - error / 2, n - 1) * sd * Math.sqrt(1 / n + shared);
  return { n, mean, low: mean - half, high: mean + half, told_apart: Math.abs(mean) > half };
}

/** Of what differences of equal accuracies differ by rounding. */
const roundingError = 1e-9;

/** One pair, or pairs that are all alike (as accuracies of few rows can be), say nothing of chance. */
function hasSpread(differences: readonly number[]): boolean {
  const [low, high] = [Math.min(...differences), Math.max(...differences)];
  return high - low > roundingError * Math.max(Math.abs(low), Math.abs(high));
}

type ScoreByPair = ReadonlyMap<string, number>;

function scoresByCell(trials: readonly TrialResult[], set: RowSet, metric: string): Map<number, ScoreByPair> {
  const scores = new Map<number, Map<string, number>>();
  for (const { cell, seed, fold, metrics } of trials) {
    const own = scores.get(cell) ?? new Map<string, number>();
    own.set(`${seed} ${fold}`, metricOf(metrics[set], metric));
    scores.set(cell, own);
  }
  return scores;
}

function differencesOf(scores: ScoreByPair | undefined, best: ScoreByPair): number[] {
  return [...(scores ?? [])].flatMap(([pair, score]) => {
    const other = best.get(pair);
    return other === undefined ? [] : [score - other];
  });
}

function metricOf(metrics: Metrics | null, name: string): number {
  return (metrics as unknown as Record<string, number> | null)?.[name] ?? Number.NaN;
}
