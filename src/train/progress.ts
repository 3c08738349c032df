/**
 * The state of one trial of a run: its records, the stopping decision, and which parameters it keeps when it ends.
 */
import type { Population } from '../engine/engine.ts';
import type { EpochMetrics } from '../model/metrics.ts';
import { inOrder, type LiveChanges, type MadeChange, type PlannedChange, withChanges } from '../spec/changes.ts';
import { checkTrial } from '../spec/check.ts';
import type { Message, Params } from '../util/message.ts';
import { checkStopping, explainStop, type StopReason } from './stopping.ts';
import { type ResolvedTrial, trainingNumbersOf } from './trials.ts';

/** What is known of an epoch. */
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
  /**
   * In the target's own units, of numbers mostly before predictions are kept within their limits (`epochMetrics`); null where
   * there are no validation rows.
   */
  validation: EpochMetrics | null;
  /** Metrics of the caller's own, over the validation rows. */
  custom?: Record<string, number>;
  /** What early stopping goes by in the place of a loss; the lower the better. */
  monitored?: number;
  /** Seconds of training since the start, pauses left out. */
  seconds: number;
}

/** How a trial ended. */
export interface Outcome {
  /** Why. */
  stopped: StopReason;
  /** Epochs that have a record. */
  epochs_run: number;
  /** The epoch with the lowest monitored loss, counted from 1; 0 when no epoch was finished. */
  best_epoch: number;
  /** The epoch whose parameters are kept; 0 for the initial ones, the last finished one where an epoch was interrupted. */
  kept_epoch: number;
  /** One sentence for people, in English. */
  explanation: string;
  /** What it says, for any language; runs that earlier versions stored do not have it. */
  code?: string;
  /** What the sentence mentions. */
  params?: Params;
}

/** One trial of a run: its settings, its records so far, and how it ended once it has. */
export interface TrialProgress {
  /** Settings as they are now: changes that were made while it trained are in them. */
  trial: ResolvedTrial;
  /** Settings that it began with. */
  initial: ResolvedTrial;
  /** A record of each epoch. */
  readonly history: EpochRecord[];
  /** Index into `history` of the epoch with the lowest monitored loss. */
  best: number;
  /** How it ended; undefined while it has not. */
  outcome: Outcome | undefined;
  /** What was changed while it trained, and when. */
  readonly changes: MadeChange[];
  /** Changes of another run that are still to be repeated, by their steps. */
  planned: PlannedChange[];
  /** The learning rate as it is now, before the schedule: plateaus and live changes move it. */
  learning_rate: number;
  /** The epochs of a refit, which ends after them whatever its settings say. */
  readonly refit_epochs?: number;
  /** Index into `history` of the last epoch that the plateau schedule counts from. */
  plateau_since: number;
}

/** @param planned changes to make at their steps @param refit_epochs of a refit */
export function createProgress(
  trial: ResolvedTrial,
  planned: readonly PlannedChange[] = [],
  refit_epochs?: number,
): TrialProgress {
  const { learning_rate } = trial.training.optimizer;
  return {
    trial,
    initial: trial,
    history: [],
    best: 0,
    outcome: undefined,
    changes: [],
    planned: inOrder(planned),
    learning_rate,
    plateau_since: 0,
    ...(refit_epochs === undefined ? {} : { refit_epochs }),
  };
}

/** Numbers of those that have not ended. */
export function liveTrials(trials: readonly TrialProgress[]): number[] {
  return trials.flatMap(({ outcome }, index) => (outcome ? [] : [index]));
}

export function addRecord(progress: TrialProgress, record: EpochRecord): void {
  progress.history.push(record);
  progress.best = checkStopping(progress.history, progress.trial.training, progress.best).best;
}

/**
 * Applies the stopping rules after an epoch: saves a snapshot of the parameters where they may be kept, and ends the trial
 * where a rule says so. `index` is its number in the population.
 */
export function finishEpoch(progress: TrialProgress, population: Population, index: number): void {
  const { history, best, refit_epochs } = progress;
  const { training } = progress.trial;
  const { stopped } = checkStopping(history, training, best, refit_epochs);
  const last = history.length - 1;
  const keepsBest = keepsBestOf(progress);
  if (stopped !== 'diverged' && (!keepsBest || best === last)) population.saveSnapshot([index]);
  if (!stopped) {
    reduceOnPlateau(progress, population, index);
    return;
  }
  if (keepsBest || stopped === 'diverged') population.restoreSnapshot([index]);
  population.stop(index);
  const goodEpochs = stopped === 'diverged' ? last : last + 1;
  const kept = keepsBest ? Math.min(best + 1, goodEpochs) : goodEpochs;
  progress.outcome = {
    stopped,
    epochs_run: history.length,
    best_epoch: history[best].number,
    kept_epoch: kept,
    ...explained(
      explainStop(stopped, history[last].number, training, {
        validated: history[last].validation_loss !== null,
        kept,
      }),
    ),
  };
}

/** Whether the best epoch's parameters are kept, and not the last one's. */
function keepsBestOf({ trial, refit_epochs }: TrialProgress): boolean {
  return refit_epochs === undefined && Boolean((trial.training.early_stopping || undefined)?.restore_best);
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

/** The settings with some changed; the loss has been decided before. @throws InputError when a number is out of range */
function changedTrial(trial: ResolvedTrial, changes: LiveChanges): ResolvedTrial {
  return checkTrial(withChanges(trial, changes)) as ResolvedTrial;
}

/**
 * Changes a trial between two slices of work, and notes when. What is changed before the first step is an initial setting.
 * @throws InputError when a changed number is out of range, or the population was not made for it
 */
export function changeTrial(
  progress: TrialProgress,
  changes: LiveChanges,
  population: Population,
  index: number,
  { rows, steps, seconds }: { rows: number; steps: number; seconds: number },
): void {
  const changed = changedTrial(progress.trial, changes);
  // What plateaus have made of the learning rate stays, unless it is the learning rate that is changed.
  const rate = changes.learning_rate ?? progress.learning_rate;
  population.configure(index, { ...trainingNumbersOf(changed, rows), learning_rate: rate });
  progress.trial = changed;
  progress.learning_rate = rate;
  const last = progress.changes.at(-1);
  if (steps === 0) progress.initial = changed;
  else if (last?.step === steps) Object.assign(last, changes);
  else progress.changes.push({ epoch: progress.history.length + 1, step: steps, seconds, ...changes });
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
  const restores = keepsBestOf(progress) && history.length > 0;
  if (restores) population.restoreSnapshot([index]);
  population.stop(index);
  progress.outcome = {
    stopped,
    epochs_run: history.length,
    best_epoch: history.length > 0 ? history[best].number : 0,
    kept_epoch: restores ? history[best].number : history.length,
    ...explained(explainStop(stopped, history.length + (stopped === 'interrupted' ? 1 : 0), training)),
  };
}

function explained({ text: explanation, code, params }: Message): Pick<Outcome, 'explanation' | 'code' | 'params'> {
  return { explanation, code, params };
}
