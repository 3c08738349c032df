/** Further runs behind the current one: a dashed line each, with a band of one standard deviation for a group of seeds. */
import { figure } from '../shared/format.ts';
import { type Curve, dashes, overlayColours } from './overlays.ts';
import type { Palette } from './palette.ts';

export interface Place {
  x(value: number): number;
  y(value: number): number;
}

const bandAlpha = 0.16;
const lineWidth = 1.75;

/** Whole, whatever was drawn before; the caller clips. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  palette: Palette,
  curve: Curve,
  slot: number,
  place: Place,
): void {
  const colour = palette.runs[overlayColours[slot]];
  context.save();
  if (curve.sd) {
    context.globalAlpha = bandAlpha;
    context.fillStyle = colour;
    context.fill(bandPath(curve, curve.sd, place));
    context.globalAlpha = 1;
  }
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.lineJoin = 'round';
  context.setLineDash([...dashes[slot]]);
  context.stroke(linePath(curve, place));
  context.restore();
}

function linePath({ at, mean }: Curve, place: Place): Path2D {
  const path = new Path2D();
  let drawn = false;
  for (let index = 0; index < at.length; index++) {
    const value = mean[index];
    const y = value === null ? Number.NaN : place.y(value);
    if (!Number.isFinite(y)) drawn = false;
    else if (drawn) path.lineTo(place.x(at[index]), y);
    else {
      path.moveTo(place.x(at[index]), y);
      drawn = true;
    }
  }
  return path;
}

/** Where the lower edge has no place, as on a log axis, the band ends at the line. */
function bandPath({ at, mean }: Curve, sd: readonly (number | null)[], place: Place): Path2D {
  const path = new Path2D();
  const upper: [number, number][] = [];
  const lower: [number, number][] = [];
  const flush = () => {
    if (upper.length > 1) {
      const [[x, y], ...rest] = [...upper, ...lower.reverse()];
      path.moveTo(x, y);
      for (const [left, top] of rest) path.lineTo(left, top);
      path.closePath();
    }
    upper.length = 0;
    lower.length = 0;
  };
  for (let index = 0; index < at.length; index++) {
    const [middle, spread] = [mean[index], sd[index]];
    const centre = middle === null ? Number.NaN : place.y(middle);
    if (middle === null || spread === null || !Number.isFinite(centre)) {
      flush();
      continue;
    }
    const x = place.x(at[index]);
    const below = place.y(middle - spread);
    upper.push([x, place.y(middle + spread)]);
    lower.push([x, Number.isFinite(below) ? below : centre]);
  }
  flush();
  return path;
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
export function readingAt({ at, mean }: Curve, place: number): string | undefined {
  let nearest = -1;
  for (let index = 0; index < at.length; index++) {
    if (nearest < 0 || Math.abs(at[index] - place) < Math.abs(at[nearest] - place)) nearest = index;
  }
  const value = mean[nearest];
  return nearest < 0 || value === null || place > at[at.length - 1] ? undefined : figure(value);
}
