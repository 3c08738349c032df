/** How far a sweep is. */
import type { EpochRecord, TrialProgress } from '../train/progress.ts';
import type { StopReason } from '../train/stopping.ts';
import { deciding } from './leaderboard.ts';
import type { Group } from './scheduler.ts';
import type { TrialResult } from './sweep.ts';
import type { Entry } from './trial-specs.ts';

export interface SweepProgress {
  trials: number;
  ended: number;
  /** Epochs trained and asked for, all trials together; those that stop early count as done. */
  epochs: number;
  ofEpochs: number;
  /** The best validation metric of any trial so far. */
  best?: { name: string; value: number };
  seconds: number;
}

/** How one trial stands. */
export interface Standing {
  /** By its place in the results. */
  place: number;
  cell: number;
  history: readonly EpochRecord[];
  /** Why it ended; undefined while it has not. */
  stopped: StopReason | undefined;
}

/** Of every trial, in the order of the results. */
export function standingsOf(
  entries: readonly Entry[],
  ended: readonly (TrialResult | undefined)[],
  groups: readonly Group[],
): Standing[] {
  const live = new Map(
    groups.flatMap((group) => group.entries.map(({ place }, index) => [place, group.run.trials[index]] as const)),
  );
  return entries.map(({ place, cell }) => {
    const result = ended[place];
    const trial = live.get(place);
    const stopped = result?.stopped ?? trial?.outcome?.stopped;
    return { place, cell, history: result?.history ?? trial?.history ?? [], stopped };
  });
}

/** @param groups the populations that have not ended */
export function progressOf(
  entries: readonly Entry[],
  ended: readonly TrialResult[],
  groups: readonly Group[],
  seconds: number,
): SweepProgress {
  const live = groups.flatMap(({ run }) => run.trials);
  const ofEpochs = entries.reduce((sum, { trial }) => sum + trial.training.epochs, 0);
  const left = ({ outcome, trial, history }: TrialProgress) => (outcome ? 0 : trial.training.epochs - history.length);
  return {
    trials: entries.length,
    ended: ended.length + live.filter(({ outcome }) => outcome).length,
    epochs: ofEpochs - live.reduce((sum, trial) => sum + left(trial), 0),
    ofEpochs,
    best: bestOf([
      ...ended.map(({ metrics }) => metrics.validation),
      ...live.map(({ history }) => history.at(-1)?.validation),
    ]),
    seconds,
  };
}

function bestOf(metrics: readonly Parameters<typeof deciding>[0][]): SweepProgress['best'] {
  let best: SweepProgress['best'];
  for (const own of metrics) {
    if (!own) continue;
    const { name, large } = deciding(own);
    const value = (own as unknown as Record<string, number>)[name];
    if (!best || (large ? value > best.value : value < best.value)) best = { name, value };
  }
  return best;
}
