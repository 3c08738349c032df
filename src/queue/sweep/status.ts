/** How a sweep on the queue stands, as its submitter tells whoever watches. */
import type { Configuration } from '../../sweep/definition/definition.ts';
import { mostLeaders, mostPoints, type SweepStatus } from '../../sweep/queue-status.ts';
import { buildLeaderboard, rankedBy } from '../../sweep/results/leaderboard.ts';
import type { TrialResult } from '../../sweep/results/types.ts';
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import { spaced } from '../../util/arrays.ts';
import { fileName } from '../published.ts';

export interface SweepFacts {
  /** Its file. */
  table: string;
  target: string;
  configurations: readonly Configuration[];
  /** Of its jobs. */
  priority: number;
}

type Told = Omit<SweepStatus, 'version' | 'at'>;

/**
 * @param trials that have ended, in the order in which they did: by their number it is known whether there are new ones
 * @returns asked again and again
 */
export function sweepStatus({ table, target, configurations, priority }: SweepFacts) {
  const settings = configurations.map((configuration) => configuration.settings);
  const varied = Object.keys(settings[0]).filter(
    (path) => new Set(settings.map((own) => JSON.stringify(own[path]))).size > 1,
  );
  /** What was there before says nothing of how fast this is. */
  let first: number | undefined;
  let scored: { of: number; scores: ReturnType<typeof scoresOf> } | undefined;
  return (state: SweepStatus['state'], progress: SweepProgress, trials: readonly TrialResult[]): Told => {
    const { ended, epochs, ofEpochs, seconds, left } = progress;
    first ??= epochs;
    if (scored?.of !== trials.length) scored = { of: trials.length, scores: scoresOf(trials, settings) };
    const rate = seconds > 0 ? (epochs - first) / seconds : 0;
    const timeLeft = left ?? (rate > 0 ? Math.max(0, ofEpochs - epochs) / rate : undefined);
    return {
      kind: 'sweep',
      table: fileName(table),
      target,
      priority,
      state,
      seconds: Number(seconds.toFixed(1)),
      seconds_left: state === 'training' && timeLeft !== undefined ? Math.round(timeLeft) : null,
      trials: progress.trials,
      ended,
      diverged: trials.filter(({ stopped }) => stopped === 'diverged').length,
      epochs: Math.round(epochs),
      of_epochs: Math.round(ofEpochs),
      combinations: configurations.length,
      varied,
      ...scored.scores,
    };
  };
}

function scoresOf(
  trials: readonly TrialResult[],
  settings: readonly Record<string, unknown>[],
): Pick<SweepStatus, 'metric' | 'best' | 'leaders' | 'points'> {
  if (trials.length === 0) return { metric: null, best: null, leaders: [], points: { ended: [], score: [], cell: [] } };
  const by = rankedBy(trials);
  const { set, name, large } = by;
  /** Of a trial, what ranks it: intervals of many metrics would take their time. */
  const ranking = (metrics: TrialResult['metrics']): TrialResult['metrics'] => {
    const own = metrics[set] as unknown as Record<string, number> | null;
    const kept = own && { [name]: own[name], ...(own.log_loss === undefined ? {} : { log_loss: own.log_loss }) };
    return { train: null, validation: null, test: null, [set]: kept };
  };
  const leaders = buildLeaderboard(
    trials.map((trial) => ({ ...trial, settings: settings[trial.cell], metrics: ranking(trial.metrics) })),
  ).slice(0, mostLeaders);
  const scores = trials.map(({ metrics }) => (metrics[set] as unknown as Record<string, number> | null)?.[name] ?? NaN);
  const finite = scores.flatMap((score, index) => (Number.isFinite(score) ? [index] : []));
  const costAt = (index: number) => (large ? -scores[index] : scores[index]);
  const shown = thinned(finite, costAt, mostPoints);
  const least = finite.reduce((cost, index) => Math.min(cost, costAt(index)), Number.POSITIVE_INFINITY);
  return {
    metric: { set, name, large },
    best: finite.length === 0 ? null : large ? -least : least,
    leaders: leaders.map(({ cell, settings: own, n, diverged, halved, metrics }) => {
      const score = metrics[set][name];
      return { cell, settings: own, n, diverged, halved, score };
    }),
    points: {
      ended: shown.map((index) => index + 1),
      score: shown.map((index) => scores[index]),
      cell: shown.map((index) => trials[index].cell),
    },
  };
}

/** At most so many, evenly spaced, and among them those that were the best when they came. */
export function thinned(indexes: readonly number[], costOf: (index: number) => number, most: number): number[] {
  if (indexes.length <= most) return [...indexes];
  let lowest = Number.POSITIVE_INFINITY;
  const records = indexes.filter((index) => {
    const better = costOf(index) < lowest;
    if (better) lowest = costOf(index);
    return better;
  });
  const kept = new Set([...spaced(indexes, most >> 1), ...spaced(records, most >> 1)]);
  return [...kept].sort((a, b) => a - b);
}
