/** The losses of a run in words and as a table, for the chart that draws them. */
import { html, type TemplateResult } from 'lit';
import { readingAt } from '../charts/overlay-drawing.ts';
import type { Overlay } from '../charts/overlays.ts';
import { text } from '../i18n/text.ts';
import { type Cell, count, duration, figure } from '../shared/format.ts';
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

interface ReadWith {
  smoothing: number;
  changes: readonly LiveChange[];
  overlays: readonly Overlay[];
  /** Where the epoch lies on the axis of the overlays. */
  at: number;
}

/** All series at an epoch, and what was changed in it. */
export function lossReading(
  { train, validation, smoothTrain, smoothValidation, records }: History,
  epoch: number,
  { smoothing, changes, overlays, at }: ReadWith,
): TemplateResult {
  const index = epoch - 1;
  const both = (raw: number | null, smooth: number | null) =>
    smoothing === 0 ? figure(raw) : text.run.smoothed({ raw: figure(raw), smooth: figure(smooth) });
  const others = overlays.flatMap(({ name, loss }) => {
    const reading = readingAt(loss, at);
    return reading === undefined ? [] : [`${name} ${reading}`];
  });
  const changed = changes.filter((change) => change.epoch === epoch).map(changeInWords);
  const when = text.run.epochAndTime({ epoch: count(epoch), time: duration(records[index].seconds) });
  return html`${when} <b>${text.common.training} ${both(train[index], smoothTrain[index])}</b>
    ${validation[index] === null ? '' : html`<b>${text.common.validation} ${both(validation[index], smoothValidation[index])}</b>`}
    ${others.join('; ')} ${changed.join('; ')}`;
}

/** Epoch, seconds, and both losses. */
export function lossRows({ epochs, train, validation, records }: History): Cell[][] {
  return epochs.map((epoch, index) => [epoch, records[index].seconds, train[index], validation[index]]);
}
