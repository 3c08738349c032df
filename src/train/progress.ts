/**
 * How one trial of a run stands: its records, what they say of it, and what becomes of its parameters when it ends.
 */
import type { DataSet } from '../data/dataset.ts';
import type { Population } from '../engine/engine.ts';
import { checkTrial } from '../spec/check.ts';
import type { EpochMetrics } from './metrics.ts';
import { explain, judge, type StopReason } from './stopping.ts';
import { numbersOf, type ResolvedTrial, resolved } from './trials.ts';

export interface EpochRecord {
  /** 1 for the first pass over the training rows. */
  number: number;
  /** Steps trained since the start. */
  steps: number;
  /** Mean over the epoch's rows of the loss before each update, in the units trained in (scaled targets). */
  train_loss: number;
  /** The same loss over the validation rows at the end of the epoch; null where there are none. */
  validation_loss: number | null;
  /** Whether all parameters were finite numbers at the end of the epoch. */
  finite: boolean;
  /** In the target's own units; null where there are no validation rows. */
  validation: EpochMetrics | null;
  /** Seconds of training since the start, pauses left out. */
  seconds: number;
}

/** What may be changed while a run trains. */
export interface LiveChanges {
  learning_rate?: number;
  momentum?: number;
  weight_decay?: number;
  l1?: number;
  l2?: number;
  /** `undefined`, where it is named, switches clipping off. */
  clip_norm?: number;
}

export interface Outcome {
  stopped: StopReason;
  epochs_run: number;
  /** The epoch with the lowest monitored loss, counted from 1; 0 when no epoch was finished. */
  best_epoch: number;
  /** The epoch whose parameters are kept; 0 for the initial ones, the last finished one where an epoch was interrupted. */
  kept_epoch: number;
  /** One sentence for people. */
  explanation: string;
}

/** One trial of a run: its settings, its records so far, and how it ended once it has. */
export interface TrialProgress {
  trial: ResolvedTrial;
  readonly history: EpochRecord[];
  /** Index into `history` of the epoch with the lowest monitored loss. */
  best: number;
  outcome: Outcome | undefined;
  /** What was changed while it trained, and in which epoch. */
  readonly changes: ({ epoch: number } & LiveChanges)[];
  /** The learning rate as it is now, before the schedule: plateaus and live changes move it. */
  learning_rate: number;
  /** Index into `history` of the last epoch that the plateau schedule counts from. */
  plateau_since: number;
}

export function progressOf(trial: ResolvedTrial): TrialProgress {
  const { learning_rate } = trial.training.optimizer;
  return { trial, history: [], best: 0, outcome: undefined, changes: [], learning_rate, plateau_since: 0 };
}

export function addRecord(progress: TrialProgress, record: EpochRecord): void {
  progress.history.push(record);
  progress.best = judge(progress.history, progress.trial.training, progress.best).best;
}

/**
 * Ends a trial whose records say so, and remembers its parameters while they are worth it. `index` is its number in the
 * population.
 */
export function judgeTrial(progress: TrialProgress, population: Population, index: number): void {
  const { history, best } = progress;
  const { training } = progress.trial;
  const { stopped } = judge(history, training, best);
  const last = history.length - 1;
  const keepsBest = training.early_stopping?.restore_best ?? false;
  if (stopped !== 'diverged' && (!keepsBest || best === last)) population.keep([index]);
  if (!stopped) {
    reduceOnPlateau(progress, population, index);
    return;
  }
  if (keepsBest || stopped === 'diverged') population.restore([index]);
  population.stop(index);
  const goodEpochs = stopped === 'diverged' ? last : last + 1;
  const kept = keepsBest ? Math.min(best + 1, goodEpochs) : goodEpochs;
  progress.outcome = {
    stopped,
    epochs_run: history.length,
    best_epoch: history[best].number,
    kept_epoch: kept,
    explanation: explain(stopped, history[last].number, training, {
      validated: history[last].validation_loss !== null,
      kept,
    }),
  };
}

/** Lowers the learning rate when enough epochs have brought nothing better, counted from the end of the warm-up. */
function reduceOnPlateau(progress: TrialProgress, population: Population, index: number): void {
  const { schedule } = progress.trial.training;
  if (schedule.kind !== 'reduce_on_plateau') return;
  const last = progress.history.length - 1;
  progress.plateau_since = Math.max(progress.plateau_since, progress.best, Math.ceil(schedule.warmup));
  if (last - progress.plateau_since < schedule.plateau) return;
  progress.plateau_since = last;
  progress.learning_rate *= schedule.factor;
  population.configure(index, { learning_rate: progress.learning_rate });
}

/** @throws InputError when a changed number is out of range, or the population was not made for it */
export function changeTrial(
  progress: TrialProgress,
  changes: LiveChanges,
  population: Population,
  index: number,
  data: DataSet,
): void {
  const { training } = progress.trial;
  const { learning_rate, momentum, weight_decay, l1, l2 } = changes;
  const optimizer = { ...training.optimizer, ...withoutUndefined({ learning_rate, momentum, weight_decay }) };
  const clipping = 'clip_norm' in changes ? { clip_norm: changes.clip_norm } : {};
  const changed = { ...training, ...withoutUndefined({ l1, l2 }), ...clipping, optimizer };
  const checked = resolved(checkTrial({ ...progress.trial, training: changed }), data.preprocessing.task);
  // What plateaus have made of the learning rate stays, unless it is the learning rate that is changed.
  const rate = learning_rate ?? progress.learning_rate;
  population.configure(index, { ...numbersOf(checked, data.sets.train.length), learning_rate: rate });
  progress.trial = checked;
  progress.learning_rate = rate;
  progress.changes.push({ epoch: progress.history.length + 1, ...changes });
}

/** Only what was given: `undefined` would overwrite. */
function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Value>;
}

/** Ends a trial from outside: in the middle of an epoch, or at the end of one. */
export function endTrial(
  progress: TrialProgress,
  population: Population,
  index: number,
  stopped: 'interrupted' | 'halving',
): void {
  const { history, best } = progress;
  const { training } = progress.trial;
  const restores = training.early_stopping?.restore_best && history.length > 0;
  if (restores) population.restore([index]);
  population.stop(index);
  progress.outcome = {
    stopped,
    epochs_run: history.length,
    best_epoch: history.length > 0 ? history[best].number : 0,
    kept_epoch: restores ? history[best].number : history.length,
    explanation: explain(stopped, history.length + (stopped === 'interrupted' ? 1 : 0), training),
  };
}
