/**
 * When a trial ends. The decision uses its epoch records alone, so it cannot depend on how the work was sliced.
 */
import type { Trial } from '../spec/settings.ts';

export type StopReason = 'epochs' | 'early_stopping' | 'loss_plateau' | 'diverged' | 'interrupted' | 'halving';

export interface Losses {
  train_loss: number;
  validation_loss: number | null;
  /** Whether all parameters were finite numbers at the end of the epoch; losses alone do not tell. */
  finite: boolean;
}

export interface StopDecision {
  stopped: StopReason | undefined;
  /** Index into `history` of the epoch with the lowest monitored loss so far. */
  best: number;
}

/**
 * Whether the trial stops after the epochs in `history` (at least one, newest last). `bestBefore` is the `best` returned for
 * the epochs before the newest; without it all epochs are scanned again.
 */
export function checkStopping(
  history: readonly Losses[],
  training: Trial['training'],
  bestBefore?: number,
): StopDecision {
  const { early_stopping, loss_plateau, epochs } = training;
  const last = history.length - 1;
  let best = bestBefore ?? 0;
  for (let i = bestBefore === undefined ? 1 : last; i <= last; i++) {
    const loss = monitoredLoss(history[i], early_stopping?.monitor);
    const lowest = monitoredLoss(history[best], early_stopping?.monitor);
    if (loss < lowest - (early_stopping?.min_delta ?? 0) || Number.isNaN(lowest)) best = i;
  }
  const stopped = (): StopReason | undefined => {
    if (!allFinite(history[last])) return 'diverged';
    if (early_stopping && last - best >= early_stopping.patience) return 'early_stopping';
    if (loss_plateau && last > 0) {
      const change = Math.abs(history[last].train_loss - history[last - 1].train_loss);
      if (change <= loss_plateau.tolerance) return 'loss_plateau';
    }
    return history.length >= epochs ? 'epochs' : undefined;
  };
  return { stopped: stopped(), best };
}

/** The validation loss where there is one, unless the training loss is asked for; NaN for an epoch that diverged. */
function monitoredLoss(losses: Losses, monitor?: 'validation_loss' | 'train_loss'): number {
  if (!allFinite(losses)) return Number.NaN;
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
): string {
  switch (stopped) {
    case 'epochs':
      return `Trained all ${training.epochs} epochs.`;
    case 'early_stopping': {
      const watched = validated && training.early_stopping?.monitor === 'validation_loss' ? 'validation' : 'training';
      const epochs = training.early_stopping?.patience;
      return `Stopped after epoch ${epoch}: ${epochs} epochs without a better ${watched} loss.`;
    }
    case 'loss_plateau':
      return `Stopped after epoch ${epoch}: the training loss changed by no more than ${training.loss_plateau?.tolerance}.`;
    case 'halving':
      return `Stopped after epoch ${epoch}: other combinations of the sweep did better.`;
    case 'interrupted':
      return `Interrupted in epoch ${epoch}.`;
    case 'diverged':
      return (
        `Diverged in epoch ${epoch}: the loss or a parameter is no longer a finite number. The learning rate ` +
        `${training.optimizer.learning_rate} is probably too large; try ${Number((training.optimizer.learning_rate / 10).toPrecision(2))}, or check ` +
        `that the columns are scaled. ${kept > 0 ? `The parameters of epoch ${kept} are kept.` : 'The initial parameters are kept.'}`
      );
  }
}
