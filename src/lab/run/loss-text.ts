/** The losses of a run in words and as a table, for the chart that draws them. */
import { text } from '../i18n/text.ts';
import { type Cell, figure } from '../shared/format.ts';
import { changeInWords, type History, type LiveChange } from '../trainer/history.ts';

export function stopLabel(stopped: string): string {
  const labels: Record<string, string> = { ...text.run.stops, diverged: text.common.diverged };
  return labels[stopped] ?? stopped;
}

export function lossesInWords(
  { last, best, epochs }: History,
  title: string,
  liveChanges: readonly LiveChange[],
): string {
  if (!last) return text.run.noLossesYet;
  const losses =
    last.validation_loss === null
      ? text.run.trainingLoss(figure(last.train_loss))
      : text.run.bothLosses({ train: figure(last.train_loss), validation: figure(last.validation_loss) });
  const changes = liveChanges.map(changeInWords).join('; ');
  return [
    text.run.lossesSummary({ title, epochs: epochs.length, losses, best: epochs[best] }),
    changes && text.run.changed(changes),
    text.run.arrowKeysReadEpochs,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Epoch, seconds, and both losses. */
export function lossRows({ epochs, train, validation, records }: History): Cell[][] {
  return epochs.map((epoch, index) => [epoch, records[index].seconds, train[index], validation[index]]);
}
