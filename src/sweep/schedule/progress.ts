/** The progress of a sweep as a whole, and the status of each of its trials. */
import type { EpochRecord, TrialProgress } from '../../train/progress.ts';
import type { StopReason } from '../../train/stopping.ts';
import type { TrialSpec } from '../definition/trial-specs.ts';
import { primaryMetric } from '../results/leaderboard.ts';
import type { TrialResult } from '../results/types.ts';
import type { SweepPopulation } from './scheduler.ts';
import { stopRateOf } from './time-left.ts';

/** How far a sweep is. */
export interface SweepProgress {
  /** Trials of the sweep. */
  trials: number;
  /** Those of them that have ended. */
  ended: number;
  /** Epochs trained, all trials together; those that stop early count as done, those that are interrupted do not. */
  epochs: number;
  /** Epochs asked for, all trials together. */
  ofEpochs: number;
  /** The best validation metric of any trial so far: which, and its value. */
  best?: { name: string; value: number };
  /** Since the sweep began. */
  seconds: number;
  /** Seconds that it still takes, as far as that can be told; undefined before anything has trained. */
  left?: number;
}

/** The status of one trial. */
export interface TrialStatus {
  /** Index in the results. */
  place: number;
  /** Index of its configuration. */
  configuration: number;
  /** A record of each epoch. */
  history: readonly EpochRecord[];
  /** Why it ended; undefined while it has not. */
  stopped: StopReason | undefined;
}

/** The status of every trial, in the order of the results. */
export function trialStatuses(
  specs: readonly TrialSpec[],
  ended: readonly (TrialResult | undefined)[],
  populations: readonly SweepPopulation[],
): TrialStatus[] {
  const live = new Map(
    populations.flatMap(({ specs: own, run }) => own.map(({ place }, index) => [place, run.trials[index]] as const)),
  );
  return specs.map(({ place, configuration }) => {
    const result = ended[place];
    const trial = live.get(place);
    const stopped = result?.stopped ?? trial?.outcome?.stopped;
    return { place, configuration, history: result?.history ?? trial?.history ?? [], stopped };
  });
}

/** A trial of a population that has not ended. */
export type LiveTrial = Pick<TrialProgress, 'history' | 'outcome'> & { trial: { training: { epochs: number } } };

/** @param left seconds, where rules stop so many trials for each epoch trained */
export function sweepProgress(
  specs: readonly TrialSpec[],
  ended: readonly TrialResult[],
  live: readonly LiveTrial[],
  seconds: number,
  left: (stopRate: number) => number | undefined,
): SweepProgress {
  const ofEpochs = specs.reduce((sum, { trial }) => sum + trial.training.epochs, 0);
  const interrupted = ended.filter(({ stopped }) => stopped === 'interrupted');
  const missing = interrupted.length > 0 ? missingEpochs(specs, interrupted) : 0;
  const stopRate = stopRateOf([
    ...ended.map(({ epochs_run: epochs, stopped }) => ({ epochs, stopped })),
    ...live.map(({ history, outcome }) => ({ epochs: history.length, stopped: outcome?.stopped })),
  ]);
  return {
    trials: specs.length,
    ended: ended.length - interrupted.length + live.filter(hasEnded).length,
    epochs: ofEpochs - missing - live.reduce((sum, trial) => sum + trial.trial.training.epochs - epochsDone(trial), 0),
    ofEpochs,
    best: bestMetric([
      ...ended.map(({ metrics }) => metrics.validation),
      ...live.map(({ history }) => history.at(-1)?.validation),
    ]),
    seconds,
    left: left(stopRate),
  };
}

function missingEpochs(specs: readonly TrialSpec[], trials: readonly TrialResult[]): number {
  const asked = new Map(specs.map(({ configuration, trial }) => [configuration, trial.training.epochs]));
  return trials.reduce((sum, { cell, epochs_run }) => sum + (asked.get(cell) ?? epochs_run) - epochs_run, 0);
}

/** Those that stop early count as done; those that are interrupted may go on. */
export function epochsDone(live: LiveTrial): number {
  return hasEnded(live) ? live.trial.training.epochs : live.history.length;
}

function hasEnded({ outcome }: LiveTrial): boolean {
  return outcome !== undefined && outcome.stopped !== 'interrupted';
}

function bestMetric(metrics: readonly Parameters<typeof primaryMetric>[0][]): SweepProgress['best'] {
  let best: SweepProgress['best'];
  for (const own of metrics) {
    if (!own) continue;
    const { name, large } = primaryMetric(own);
    const value = (own as unknown as Record<string, number>)[name];
    if (!best || (large ? value > best.value : value < best.value)) best = { name, value };
  }
  return best;
}
