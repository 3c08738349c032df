/** What the trials of each combination say together, best first. */
import type { RowSet } from '../engine/engine.ts';
import { groupBy } from '../engine/group-by.ts';
import type { Metrics } from '../train/metrics.ts';
import { type Spread, spreadOf } from './statistics.ts';
import type { TrialResult } from './sweep.ts';

export interface Leader {
  settings: Record<string, unknown>;
  /** Trials: seeds times folds. */
  n: number;
  /** Those of them that diverged. */
  diverged: number;
  metrics: Record<RowSet, Record<string, Spread>>;
}

/** The metric that decides, and whether it is to be large. */
export function deciding(metrics: Metrics | null | undefined): { name: string; large: boolean } {
  return metrics && 'accuracy' in metrics ? { name: 'accuracy', large: true } : { name: 'rmse', large: false };
}

/** By the mean on validation rows, or on training rows where there are none; what cannot be said comes last. */
export function leaderboardOf(trials: readonly TrialResult[]): Leader[] {
  const set = trials.some(({ metrics }) => metrics.validation) ? 'validation' : 'train';
  const { name, large } = deciding(trials[0]?.metrics[set]);
  const leaders = groupBy(trials, ({ cell }) => cell).map(
    (own): Leader => ({
      settings: own[0].settings,
      n: own.length,
      diverged: own.filter(({ stopped }) => stopped === 'diverged').length,
      metrics: { train: spreads(own, 'train'), validation: spreads(own, 'validation'), test: spreads(own, 'test') },
    }),
  );
  const rank = (leader: Leader) => {
    const mean = leader.metrics[set][name]?.mean ?? Number.NaN;
    if (Number.isNaN(mean)) return Number.POSITIVE_INFINITY;
    return large ? -mean : mean;
  };
  return leaders.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** Of every metric that is a number. */
function spreads(trials: TrialResult[], set: RowSet): Record<string, Spread> {
  const all = trials.flatMap(({ metrics }) => metrics[set] ?? []);
  if (all.length === 0) return {};
  const names = Object.entries(all[0]).flatMap(([name, value]) => (typeof value === 'number' ? [name] : []));
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(all.map((metrics) => (metrics as unknown as Record<string, number>)[name]))]),
  );
}
