/** Further runs behind the current one: a dashed line each, with a band of one standard deviation for a group of seeds. */
import { place } from '../../util/axis.ts';
import { count, figure } from '../shared/format.ts';
import type { Frame } from './frame.ts';
import { heightOf, strokeLine } from './lines.ts';
import { type Curve, dashes, type Overlay, overlayColours } from './overlays.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import { columnReadings, type Readings } from './readings.ts';

const bandAlpha = 0.16;
const lineWidth = 1.75;

/** Whole, whatever was drawn before; the caller clips. */
export function drawOverlay(context: Pen, palette: Palette, curve: Curve, slot: number, frame: Frame): void {
  const colour = palette.runs[overlayColours[slot]];
  context.save();
  if (curve.sd) {
    context.globalAlpha = bandAlpha;
    context.fillStyle = colour;
    fillBand(context, curve, curve.sd, frame);
    context.globalAlpha = 1;
  }
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.setLineDash([...dashes[slot]]);
  strokeLine(context, frame, curve.at, curve.mean);
  context.restore();
}

/** Where the lower edge has no place, as on a log axis, the band ends at the line. */
function fillBand(context: Pen, { at, mean }: Curve, sd: readonly (number | null)[], { x, y }: Frame): void {
  const upper: [number, number][] = [];
  const lower: [number, number][] = [];
  context.beginPath();
  const flush = () => {
    if (upper.length > 1) {
      const [[left, top], ...rest] = [...upper, ...lower.reverse()];
      context.moveTo(left, top);
      for (const corner of rest) context.lineTo(...corner);
      context.closePath();
    }
    upper.length = 0;
    lower.length = 0;
  };
  for (let index = 0; index < at.length; index++) {
    const [middle, spread] = [mean[index], sd[index]];
    const centre = middle === null ? Number.NaN : place(y, middle);
    if (middle === null || spread === null || !Number.isFinite(centre)) {
      flush();
      continue;
    }
    const left = place(x, at[index]);
    const below = place(y, middle - spread);
    upper.push([left, place(y, middle + spread)]);
    lower.push([left, Number.isFinite(below) ? below : centre]);
  }
  flush();
  context.fill();
}

/** The largest value drawn, for the axis; -Infinity where there is nothing. */
export function highest(curves: readonly Curve[]): number {
  return Math.max(...curves.flatMap(({ mean }) => Array.from(mean, (value) => value ?? Number.NEGATIVE_INFINITY)));
}

/** The smallest above zero, for a log axis. */
export function lowestAboveZero(curves: readonly Curve[]): number {
  const values = curves.flatMap(({ mean }) => Array.from(mean, (value) => value ?? 0));
  return Math.min(...values.filter((value) => value > 0));
}

/** What a curve reads at a place; undefined past its end. */
export function readingAt(curve: Curve, place: number): string | undefined {
  const value = valueNear(curve, place);
  return value === undefined ? undefined : figure(value);
}

function valueNear({ at, mean }: Curve, place: number): number | undefined {
  let nearest = -1;
  for (let index = 0; index < at.length; index++) {
    if (nearest < 0 || Math.abs(at[index] - place) < Math.abs(at[nearest] - place)) nearest = index;
  }
  const value = mean[nearest];
  return nearest < 0 || value === null || place > at[at.length - 1] ? undefined : value;
}

/** All curves at the epochs of the one that has most. */
export function overlayReadings(frame: Frame, overlays: readonly Overlay[], axis: string): Readings {
  const at = overlays.map(({ loss }) => loss.at).reduce((a, b) => (b.length > a.length ? b : a), []);
  return columnReadings(
    Array.from(at, (epoch) => place(frame.x, epoch)),
    [frame.x.from, frame.x.to],
    (index) => {
      const known = overlays.flatMap(({ name, loss }) => {
        const value = valueNear(loss, at[index]);
        return value === undefined ? [] : [{ name, value }];
      });
      return {
        marks: known.flatMap(({ value }) => {
          const y = heightOf(frame.y, value);
          return y === undefined ? [] : [{ x: place(frame.x, at[index]), y }];
        }),
        lines: [`${axis} ${count(at[index])}`, ...known.map(({ name, value }) => `${name} ${figure(value)}`)],
      };
    },
  );
}
