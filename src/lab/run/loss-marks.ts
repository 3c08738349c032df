/** What is marked on the loss curves: the best epoch, the stop, changes of settings, and what each line is. */
import { place } from '../../util/axis.ts';
import type { Frame } from '../charts/frame.ts';
import { dashedLine, heightOf } from '../charts/lines.ts';
import type { Surface } from '../charts/pen.ts';
import type { LossColumns } from './loss-drawing.ts';

export interface LossMarks {
  /** The epoch of the lowest loss, where on the axis it is. */
  best: { at: number; epoch: number; label: string } | undefined;
  /** Where the run stopped and why, once it has. */
  stop: { at: number; epoch: number; label: string } | undefined;
  /** Epochs in which a setting was changed, oldest first. */
  changes: { at: number; label: string }[];
  training: string;
  validation: string;
}

export function drawLossMarks(surface: Surface, frame: Frame, columns: LossColumns, marks: LossMarks): void {
  const { context, palette, width } = surface;
  const { x, y } = frame;
  context.font = palette.label;
  context.textBaseline = 'alphabetic';
  context.fillStyle = context.strokeStyle = palette.inkLight;

  // Where the top row is taken by labels: from, to.
  const taken: [number, number][] = [];
  let [stopAt, lowered] = [x.to, false];
  if (marks.stop && isSeen(x, marks.stop.at)) {
    const stop = upright(surface, frame, marks.stop.at, []);
    const beside = context.measureText(marks.stop.label).width + 8 < width - stop;
    context.textAlign = beside ? 'left' : 'right';
    context.fillText(marks.stop.label, stop + (beside ? 6 : -6), y.to + 10);
    taken.push(beside ? [stop, Number.POSITIVE_INFINITY] : besideLine(surface, marks.stop.label, stop, false));
    stopAt = stop;
    lowered = !beside;
  }
  if (marks.best && marks.stop && marks.best.epoch !== marks.stop.epoch && isSeen(x, marks.best.at)) {
    const { label } = marks.best;
    const best = upright(surface, frame, marks.best.at, [3, 3]);
    const fits = best + context.measureText(label).width + 12 < stopAt;
    context.textAlign = fits ? 'left' : 'right';
    context.fillText(label, best + (fits ? 6 : -6), y.to + (lowered ? 26 : 10));
    if (!lowered) taken.push(besideLine(surface, label, best, fits));
  }
  drawChanges(
    surface,
    frame,
    marks.changes.map(({ at, label }) => ({ label, x: Math.round(place(x, at)) + 0.5 })),
    taken,
  );
  if (marks.best) ring(surface, frame, columns, marks.best.at);
  nameLines(surface, frame, columns, marks);
}

function isSeen({ low, high }: Frame['x'], at: number): boolean {
  return at >= low && at <= high;
}

/** Where a label to the right or left of a line lies. */
function besideLine({ context }: Surface, label: string, x: number, right: boolean): [number, number] {
  const width = context.measureText(label).width + 12;
  return right ? [x, x + width] : [x - width, x];
}

/** A tick at the top for each change, and what it changed to where there is room: the newest have the first claim. */
function drawChanges(
  surface: Surface,
  { x, y }: Frame,
  changes: { x: number; label: string }[],
  taken: [number, number][],
): void {
  const { context } = surface;
  context.lineWidth = 1;
  const places = changes.filter((change) => change.x >= x.from && change.x <= x.to);
  context.beginPath();
  for (const change of places) {
    context.moveTo(change.x, y.to);
    context.lineTo(change.x, y.to + 14);
  }
  context.stroke();
  for (const { label, x: at } of places.toReversed()) {
    const free = ([from, to]: [number, number]) =>
      from >= x.from && to <= x.to && !taken.some((other) => from < other[1] && to > other[0]);
    const right = [true, false].find((side) => free(besideLine(surface, label, at, side)));
    if (right === undefined) continue;
    context.textAlign = right ? 'left' : 'right';
    context.fillText(label, at + (right ? 6 : -6), y.to + 10);
    taken.push(besideLine(surface, label, at, right));
  }
}

/** A vertical line at a time. Returns where it is. */
function upright({ context }: Surface, { x, y }: Frame, at: number, dash: number[]): number {
  const left = Math.round(place(x, at)) + 0.5;
  dashedLine(context, [left, y.to], [left, y.from], dash);
  return left;
}

/** Around the point of the best epoch: on the validation curve, or the training curve where there is none. */
function ring(
  { context, palette }: Surface,
  { x, y }: Frame,
  { at, train, validation }: LossColumns,
  best: number,
): void {
  const index = at.indexOf(best);
  const top = heightOf(y, validation[index] ?? train[index]);
  if (index < 0 || top === undefined || !isSeen(x, best) || top < y.to || top > y.from) return;
  context.strokeStyle = validation[index] === null ? palette.model : palette.validation;
  context.fillStyle = palette.paper;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(place(x, best), top, 3.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

const lineHeight = 14;

/** Names where the smoothed lines end, pushed apart where they would overlap. */
function nameLines({ context, palette }: Surface, { x, y }: Frame, columns: LossColumns, marks: LossMarks): void {
  const index = columns.at.findLastIndex((at) => at <= x.high);
  if (index < 0) return;
  const last = columns.at[index];
  const ends = [
    { name: marks.training, colour: palette.model, losses: columns.smoothTrain },
    { name: marks.validation, colour: palette.validationText, losses: columns.smoothValidation },
  ].flatMap(({ name, colour, losses }) => {
    const top = heightOf(y, losses[index]);
    return top === undefined || top < y.to - lineHeight || top > y.from + lineHeight ? [] : [{ name, colour, top }];
  });
  // Close together they keep their order, lest they change places at every epoch.
  if (ends.length === 2 && Math.abs(ends[1].top - ends[0].top) < lineHeight) {
    const lowest = Math.min((ends[0].top + ends[1].top) / 2 + lineHeight / 2, y.from - 2);
    [ends[0].top, ends[1].top] = [lowest - lineHeight, lowest];
  }
  // Below the name of the stop, which has the same place.
  let free = marks.stop && isSeen(x, marks.stop.at) ? y.to + 22 : y.to;
  for (const end of ends.toSorted((a, b) => a.top - b.top)) {
    end.top = Math.max(end.top, free);
    free = end.top + lineHeight;
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { name, colour, top } of ends) {
    context.fillStyle = colour;
    context.fillText(name, place(x, last) + 6, top);
  }
}
