/** Lines and points in the frame of a plot. */
import { place } from '../../util/axis.ts';
import type { Frame } from './frame.ts';
import type { Pen } from './pen.ts';

type Values = ArrayLike<number | null>;

/** A line through what is finite, and on a log axis above zero; whole where something is missing if `bridged`. */
export function strokeLine(context: Pen, { x, y }: Frame, xs: ArrayLike<number>, ys: Values, bridged = false): void {
  context.lineJoin = 'round';
  context.beginPath();
  let drawn = false;
  for (let index = 0; index < xs.length; index++) {
    const top = heightOf(y, ys[index]);
    if (top === undefined) {
      drawn &&= bridged;
      continue;
    }
    if (drawn) context.lineTo(place(x, xs[index]), top);
    else context.moveTo(place(x, xs[index]), top);
    drawn = true;
  }
  context.stroke();
}

/** Where a value lies; undefined where it has no place. */
export function heightOf(y: Frame['y'], value: number | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  const top = place(y, value);
  return Number.isFinite(top) ? top : undefined;
}

/** Each a path of its own: overlapping points have to darken, which one path for all would not do. */
export function fillPoints(
  context: Pen,
  { x, y }: Frame,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  radius: number,
): void {
  for (let index = 0; index < xs.length; index++) {
    context.beginPath();
    context.arc(place(x, xs[index]), place(y, ys[index]), radius, 0, 2 * Math.PI);
    context.fill();
  }
}

/** What is drawn next stays within the frame, up to `restore`. */
export function clipTo(context: Pen, { x, y }: Frame, right = x.to): void {
  context.save();
  context.beginPath();
  context.rect(x.from, y.to, right - x.from, y.from - y.to);
  context.clip();
}

export function dashedLine(context: Pen, from: [number, number], to: [number, number], dash: number[] = [4, 4]): void {
  context.lineWidth = 1;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}
