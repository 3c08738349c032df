/** The losses of a run in words and as a table, for the chart that draws them. */
import { msg, str } from '@lit/localize';
import type { LossName } from '../spec/settings.ts';
import { figure } from './format.ts';
import { changeInWords, type History, type LiveChange } from './history.ts';

const mostRows = 25;

export function stopLabel(stopped: string): string {
  const labels: Record<string, string> = {
    epochs: msg('end'),
    early_stopping: msg('early stopping'),
    loss_plateau: msg('loss plateau'),
    diverged: msg('diverged'),
    interrupted: msg('interrupted'),
  };
  return labels[stopped] ?? stopped;
}

/** What the axis measures. */
export function lossTitle(loss: LossName): string {
  const titles: Record<LossName, string> = {
    mse: msg('mean squared error'),
    half_mse: msg('half the mean squared error'),
    mae: msg('mean absolute error'),
    huber: msg('Huber loss'),
    binary_cross_entropy: msg('binary cross-entropy (nats)'),
    softmax_cross_entropy: msg('softmax cross-entropy (nats)'),
    perceptron: msg('perceptron loss'),
  };
  return titles[loss];
}

export function lossesInWords(
  { last, best, epochs }: History,
  title: string,
  liveChanges: readonly LiveChange[],
): string {
  if (!last) return msg('Losses: no epoch trained yet');
  const losses =
    last.validation_loss === null
      ? msg(str`training loss ${figure(last.train_loss)}`)
      : msg(str`training loss ${figure(last.train_loss)}, validation loss ${figure(last.validation_loss)}`);
  const changes = liveChanges.map(changeInWords).join('; ');
  return [
    msg(str`Losses (${title}) over ${epochs.length} epochs: ${losses} at the last, best at epoch ${epochs[best]}.`),
    changes && msg(str`Changed: ${changes}.`),
    msg('Arrow keys read single epochs.'),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Epoch, seconds, and both losses; of a long run evenly spaced epochs. */
export function lossRows({ epochs, train, validation, records }: History): string[][] {
  const every = Math.max(1, Math.ceil(epochs.length / mostRows));
  const count = Math.ceil(epochs.length / every);
  // The last one is always there.
  const shown = Array.from({ length: count }, (_, row) => epochs.length - 1 - (count - 1 - row) * every);
  return shown.map((index) => [
    String(epochs[index]),
    figure(records[index].seconds),
    figure(train[index]),
    figure(validation[index]),
  ]);
}
