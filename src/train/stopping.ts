/**
 * When a trial ends. The decision uses its epoch records alone, so it cannot depend on how the work was sliced.
 */
import { training as messages } from '../messages/en/training/training.ts';
import type { Trial } from '../spec/settings.ts';
import { type Message, message } from '../util/message.ts';

export const stopReasons = [
  'epochs',
  'early_stopping',
  'loss_plateau',
  'diverged',
  'interrupted',
  'halving',
  'refit',
] as const;
/**
 * Why a trial ended: all `epochs` are done; `early_stopping` or `loss_plateau` applied; its numbers `diverged`; it was
 * `interrupted` by `stop`, a signal or leaving the loop; other trials of a sweep were better (`halving`); a `refit` has
 * trained as long as its run.
 */
export type StopReason = (typeof stopReasons)[number];

export interface Losses {
  train_loss: number;
  validation_loss: number | null;
  /** Whether all parameters were finite numbers at the end of the epoch; losses alone do not tell. */
  finite: boolean;
  /** In the place of the loss that is monitored, where the caller has a metric of its own. */
  monitored?: number;
}

export interface StopDecision {
  stopped: StopReason | undefined;
  /** Index into `history` of the epoch with the lowest monitored loss so far. */
  best: number;
}

/**
 * Whether the trial stops after the epochs in `history` (at least one, newest last). `bestBefore` is the `best` returned for
 * the epochs before the newest; without it all epochs are scanned again. A refit ends after `refitEpochs`, and by no rule.
 */
export function checkStopping(
  history: readonly Losses[],
  training: Trial['training'],
  bestBefore?: number,
  refitEpochs?: number,
): StopDecision {
  const { loss_plateau, epochs } = training;
  const early_stopping = training.early_stopping || undefined;
  const last = history.length - 1;
  let best = bestBefore ?? 0;
  for (let i = bestBefore === undefined ? 1 : last; i <= last; i++) {
    const loss = monitoredLoss(history[i], early_stopping?.monitor);
    const lowest = monitoredLoss(history[best], early_stopping?.monitor);
    if (loss < lowest - (early_stopping?.min_delta ?? 0) || Number.isNaN(lowest)) best = i;
  }
  const stopped = (): StopReason | undefined => {
    if (!allFinite(history[last])) return 'diverged';
    if (refitEpochs !== undefined) return history.length >= refitEpochs ? 'refit' : undefined;
    if (early_stopping && last - best >= early_stopping.patience) return 'early_stopping';
    if (loss_plateau && last > 0) {
      const change = Math.abs(history[last].train_loss - history[last - 1].train_loss);
      if (change <= loss_plateau.tolerance) return 'loss_plateau';
    }
    return history.length >= epochs ? 'epochs' : undefined;
  };
  return { stopped: stopped(), best };
}

/** The epoch that a trial with these records keeps, unless it diverged; 0 where there are none. */
export function keptEpoch(history: readonly Losses[], training: Trial['training']): number {
  if (history.length === 0) return 0;
  const { restore_best } = training.early_stopping || { restore_best: false };
  return restore_best ? checkStopping(history, training).best + 1 : history.length;
}

/** The validation loss where there is one, unless the training loss is asked for; NaN for an epoch that diverged. */
function monitoredLoss(losses: Losses, monitor?: 'validation_loss' | 'train_loss'): number {
  if (!allFinite(losses)) return Number.NaN;
  if (losses.monitored !== undefined) return losses.monitored;
  return monitor === 'train_loss' ? losses.train_loss : (losses.validation_loss ?? losses.train_loss);
}

function allFinite({ train_loss, validation_loss, finite }: Losses): boolean {
  return finite && Number.isFinite(train_loss) && (validation_loss === null || Number.isFinite(validation_loss));
}

/**
 * For people: what happened, where, and what to do.
 * @param validated there were validation rows to watch @param kept epoch whose parameters are kept, 0 for the initial ones
 */
export function explainStop(
  stopped: StopReason,
  epoch: number,
  training: Trial['training'],
  { validated = true, kept = 0 }: { validated?: boolean; kept?: number } = {},
): Message {
  switch (stopped) {
    case 'epochs':
      return message(messages, 'ended_epochs', { epochs: training.epochs });
    case 'early_stopping': {
      const { monitor = 'validation_loss', patience = 0 } = training.early_stopping || {};
      const watched = validated && monitor === 'validation_loss' ? 'validation' : 'training';
      return message(messages, 'ended_early', { epoch, epochs: patience, watched });
    }
    case 'loss_plateau':
      return message(messages, 'ended_plateau', { epoch, tolerance: training.loss_plateau?.tolerance ?? 0 });
    case 'refit':
      return message(messages, 'ended_refit', { epoch });
    case 'halving':
      return message(messages, 'ended_halving', { epoch });
    case 'interrupted':
      return message(messages, 'ended_interrupted', { epoch });
    case 'diverged': {
      const rate = training.optimizer.learning_rate;
      return message(messages, 'ended_diverged', { epoch, rate, lower: Number((rate / 10).toPrecision(2)), kept });
    }
  }
}
