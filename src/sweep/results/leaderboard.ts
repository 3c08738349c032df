/** Ranks the configurations of a sweep by the mean of the primary metric over their trials. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { RowSet } from '../../engine/engine.ts';
import type { EpochMetrics, Metrics } from '../../model/metrics.ts';
import { metricFacts } from '../../spec/metric-facts.ts';
import { groupBy } from '../../util/arrays.ts';
import { type Spread, spreadOf } from '../../util/statistics/statistics.ts';
import type { LeaderboardEntry, TrialResult } from './types.ts';
import { withVersusBest } from './versus-best.ts';

/** The metric that ranks trials, and whether larger is better. */
export function primaryMetric(metrics: Metrics | EpochMetrics | null | undefined): { name: string; large: boolean } {
  return metrics && 'accuracy' in metrics ? { name: 'accuracy', large: true } : { name: 'rmse', large: false };
}

/** The primary metric as a cost (smaller is better), on validation rows, or on training rows where there are none. */
export function trialCost({ train, validation }: TrialResult['metrics']): number {
  const metrics = validation ?? train;
  const { name, large } = primaryMetric(metrics);
  const value = (metrics as unknown as Record<string, number> | null)?.[name] ?? Number.NaN;
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return large ? -value : value;
}

/** What ranks a sweep: the primary metric on validation rows, or on training rows where there are none. */
export function rankedBy(trials: readonly TrialResult[]): {
  set: 'validation' | 'train';
  name: string;
  large: boolean;
} {
  const set = trials.some(({ metrics }) => metrics.validation) ? 'validation' : 'train';
  return { set, ...primaryMetric(trials[0]?.metrics[set]) };
}

/** The same before there are trials. @param folds what they train on */
export function rankingOf(folds: readonly DataSet[]): { set: RowSet; name: string; large: boolean } {
  const set = folds.some(({ sets }) => sets.validation.length > 0) ? 'validation' : 'train';
  const isRegression = folds[0].preprocessing.task === 'regression';
  return { set, ...(isRegression ? { name: 'rmse', large: false } : { name: 'accuracy', large: true }) };
}

/** The mean of a metric as a cost; undefined means come last. */
export function costOf(
  { metrics }: LeaderboardEntry,
  { set, name, large }: { set: RowSet; name: string; large: boolean },
): number {
  const mean = metrics[set][name]?.mean ?? Number.NaN;
  if (Number.isNaN(mean)) return Number.POSITIVE_INFINITY;
  return large ? -mean : mean;
}

/**
 * Best first, by the mean on validation rows, or on training rows where there are none. Undefined means come last, and
 * configurations that successive halving stopped come after all others. Each is compared with the first.
 */
export function buildLeaderboard(trials: readonly TrialResult[]): LeaderboardEntry[] {
  const by = rankedBy(trials);
  const { set, name } = by;
  const entries = groupBy(trials, ({ cell }) => cell).map(
    (own): LeaderboardEntry => ({
      cell: own[0].cell,
      settings: own[0].settings,
      n: own.length,
      diverged: own.filter(({ stopped }) => stopped === 'diverged').length,
      halved: own.filter(({ stopped }) => stopped === 'halving').length,
      metrics: { train: spreads(own, 'train'), validation: spreads(own, 'validation'), test: spreads(own, 'test') },
      versus_best: null,
    }),
  );
  const logLoss = { set, name: 'log_loss', large: false };
  const compare = (a: number, b: number) => (a === b ? 0 : a - b);
  const eliminated = ({ halved }: LeaderboardEntry) => Number(halved > 0);
  entries.sort(
    (a, b) =>
      eliminated(a) - eliminated(b) ||
      compare(costOf(a, by), costOf(b, by)) ||
      // Equal accuracies: the smaller log loss wins.
      compare(costOf(a, logLoss), costOf(b, logLoss)),
  );
  return withVersusBest(entries, trials, set, name);
}

/** Mean and spread of every numeric metric. */
function spreads(trials: TrialResult[], set: RowSet): Record<string, Spread> {
  const all = trials.flatMap(({ metrics }) => metrics[set] ?? []);
  if (all.length === 0) return {};
  const names = Object.entries(all[0]).flatMap(([name, value]) => (typeof value === 'number' ? [name] : []));
  return Object.fromEntries(
    names.map((name) => {
      const values = all.map((metrics) => (metrics as unknown as Record<string, number>)[name]);
      return [name, spreadOf(values, metricFacts[name]?.range)];
    }),
  );
}
