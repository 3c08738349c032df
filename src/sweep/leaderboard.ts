/** What the trials of each combination say together, best first. */
import type { RowSet } from '../engine/engine.ts';
import type { EpochMetrics, Metrics } from '../model/metrics.ts';
import { metricFacts } from '../spec/metric-facts.ts';
import { groupBy } from '../util/arrays.ts';
import { type Spread, spreadOf } from '../util/statistics.ts';
import type { TrialResult } from './sweep.ts';

export interface Leader {
  /** Which combination, by its place in the grid. */
  cell: number;
  settings: Record<string, unknown>;
  /** Trials: seeds times folds. */
  n: number;
  /** Those of them that diverged. */
  diverged: number;
  /** Those of them that did not go on from a rung of successive halving. */
  halved: number;
  metrics: Record<RowSet, Record<string, Spread>>;
}

/** The metric that decides, and whether it is to be large. */
export function deciding(metrics: Metrics | EpochMetrics | null | undefined): { name: string; large: boolean } {
  return metrics && 'accuracy' in metrics ? { name: 'accuracy', large: true } : { name: 'rmse', large: false };
}

/** What a trial is chosen by, the smaller the better: on validation rows, or on training rows where there are none. */
export function costOf({ train, validation }: TrialResult['metrics']): number {
  const metrics = validation ?? train;
  const { name, large } = deciding(metrics);
  const value = (metrics as unknown as Record<string, number> | null)?.[name] ?? Number.NaN;
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return large ? -value : value;
}

/**
 * By the mean on validation rows, or on training rows where there are none; what cannot be said comes last, and what did
 * not go on from a rung of successive halving after all that did.
 */
export function leaderboardOf(trials: readonly TrialResult[]): Leader[] {
  const set = trials.some(({ metrics }) => metrics.validation) ? 'validation' : 'train';
  const { name, large } = deciding(trials[0]?.metrics[set]);
  const leaders = groupBy(trials, ({ cell }) => cell).map(
    (own): Leader => ({
      cell: own[0].cell,
      settings: own[0].settings,
      n: own.length,
      diverged: own.filter(({ stopped }) => stopped === 'diverged').length,
      halved: own.filter(({ stopped }) => stopped === 'halving').length,
      metrics: { train: spreads(own, 'train'), validation: spreads(own, 'validation'), test: spreads(own, 'test') },
    }),
  );
  const cost = ({ metrics }: Leader, metric: string, large: boolean) => {
    const mean = metrics[set][metric]?.mean ?? Number.NaN;
    if (Number.isNaN(mean)) return Number.POSITIVE_INFINITY;
    return large ? -mean : mean;
  };
  const apart = (a: number, b: number) => (a === b ? 0 : a - b);
  const out = ({ halved }: Leader) => Number(halved > 0);
  return leaders.sort(
    (a, b) =>
      out(a) - out(b) ||
      apart(cost(a, name, large), cost(b, name, large)) ||
      // As right as each other: who is surer of what is right, where there are classes.
      apart(cost(a, 'log_loss', false), cost(b, 'log_loss', false)),
  );
}

/** Of every metric that is a number. */
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
