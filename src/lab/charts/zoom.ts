/** The part of a plot that is looked at: made larger, smaller and moved in shares of the whole axes, logarithmic or not. */
import { place, type Scale, valueAt } from '../../util/axis.ts';
import type { Frame } from './frame.ts';

type Range = [number, number];

/** In values of the axes. */
export interface Zoom {
  x: Range;
  y: Range;
}

/** In CSS pixels of the plot. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** No axis is stretched further. */
const leastSpan = 1e-5;
/** What is nearly all of an axis is all of it. */
const all = 1 - 1e-6;
/** A box that is thinner than this leaves an axis as it is. */
const thin = 16;

/** The part within a box; undefined where the box is too small to be meant. */
export function zoomInto(frame: Frame, { left, top, width, height }: Box): Zoom | undefined {
  if (width < thin && height < thin) return undefined;
  const { x, y } = frame;
  const part: Zoom = { x: [x.low, x.high], y: [y.low, y.high] };
  if (width >= thin) part.x = kept(x, frame.whole.x, [left, left + width]);
  if (height >= thin) part.y = kept(y, frame.whole.y, [top + height, top]);
  return part;
}

/**
 * The part after two points of the plot, or fingers on it, have moved: the values under their middle stay under it.
 * @param factor by which the part is stretched
 * @returns undefined for the whole plot
 */
export function zoomBy(frame: Frame, factor: number, from: Point, to: Point = from): Zoom | undefined {
  const moved = (scale: Scale, whole: Range, before: number, after: number) =>
    kept(scale, whole, [before + (scale.from - after) / factor, before + (scale.to - after) / factor]);
  const { x, y, whole } = frame;
  const part = { x: moved(x, whole.x, from.x, to.x), y: moved(y, whole.y, from.y, to.y) };
  return isWhole(x, whole.x, part.x) && isWhole(y, whole.y, part.y) ? undefined : part;
}

export interface Point {
  x: number;
  y: number;
}

/** Moved by shares of what is seen. */
export function zoomMoved(frame: Frame, right: number, up: number): Zoom | undefined {
  const { x, y } = frame;
  const middle = middleOf(frame);
  return zoomBy(frame, 1, middle, { x: middle.x - right * (x.to - x.from), y: middle.y - up * (y.to - y.from) });
}

export function middleOf({ x, y }: Frame): Point {
  return { x: (x.from + x.to) / 2, y: (y.from + y.to) / 2 };
}

/** Between two pixels, within the whole axis. */
function kept(scale: Scale, whole: Range, pixels: Range): Range {
  const unit = unitScale(scale, whole);
  const [low, high] = pixels.map((at) => place(unit, valueAt(scale, at)));
  const span = Math.min(1, Math.max(leastSpan, high - low));
  const from = Math.min(1 - span, Math.max(0, (low + high - span) / 2));
  return [valueAt(unit, from), valueAt(unit, from + span)];
}

function isWhole(scale: Scale, whole: Range, [low, high]: Range): boolean {
  const unit = unitScale(scale, whole);
  return place(unit, high) - place(unit, low) > all;
}

/** From 0 to 1 along the whole axis. */
function unitScale({ log }: Scale, [low, high]: Range): Scale {
  return { low, high, from: 0, to: 1, log };
}
