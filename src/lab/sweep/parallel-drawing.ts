/** Draws parallel coordinates, the best combination on top; the axis of the metric is the key of the colours too. */
import { axisTicks, crisp, type Tick } from '../../util/axis.ts';
import { clipped, clippedApart } from '../charts/clip.ts';
import { along, cssOf, rgb } from '../charts/colour.ts';
import { type Frame, nameHeight } from '../charts/frame.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import type { Pen, Surface } from '../charts/pen.ts';
import type { Mark, Readings } from '../charts/readings.ts';
import { type Parallel, type ParallelAxis, shareOn } from './parallel.ts';

/** Room for the names of the axes above, in one row or two, and for half a label below. */
const topOf = (rows: number): number => 14 + rows * nameHeight;
const below = 12;
/** From an axis to its labels. */
const apart = 7;
/** Labels closer together than this would lie on each other. */
const labelHeight = 15;
const keyWidth = 6;
/** Further away than this nobody means a line. */
const reach = 24;

export function drawParallel(surface: Surface, parallel: Parallel, selected: number | undefined): Drawn {
  const { context, palette, width, height } = surface;
  const { axes, cells, shares } = parallel;
  context.font = palette.label;
  const ticks = axes.map((axis) => ticksOf(axis, height - topOf(2) - below));
  const left = 8;
  const right = width - roomRight(surface, axes[axes.length - 1], ticks[axes.length - 1]);
  const step = (right - left) / (axes.length - 1);
  const tooWide = ({ title }: ParallelAxis) => context.measureText(title).width > step - apart;
  const rows = axes.slice(0, -1).some(tooWide) ? 2 : 1;
  const top = topOf(rows);
  const frame: Frame = {
    x: { low: 0, high: axes.length - 1, from: left, to: right },
    y: { low: 0, high: 1, from: height - below, to: top },
    whole: { x: [0, axes.length - 1], y: [0, 1] },
    short: [],
  };
  const heightOn = (axis: ParallelAxis, value: number) =>
    height - below - shareOn(axis, value) * (height - below - top);
  const lines = cells.map((_, line): Mark[] =>
    axes.map((axis, index) => ({ x: left + index * step, y: heightOn(axis, axis.values[line]) })),
  );

  const stops = palette.shares.map(rgb);
  const chosen = selected === undefined ? -1 : cells.indexOf(selected);
  context.lineJoin = 'round';
  for (let line = lines.length - 1; line >= 0; line--) {
    if (line !== chosen) strokeThrough(context, lines[line], cssOf(along(stops, shares[line])), 1.5);
  }
  if (chosen >= 0) {
    strokeThrough(context, lines[chosen], palette.ink, 5);
    strokeThrough(context, lines[chosen], cssOf(along(stops, shares[chosen])), 2.5);
  }

  axes.forEach((axis, index) => {
    const x = left + index * step;
    const isMetric = index === axes.length - 1;
    if (isMetric) drawKey(surface, frame, x, parallel.large);
    else
      strokeThrough(
        context,
        [
          { x: crisp(x), y: top },
          { x: crisp(x), y: height - below },
        ],
        palette.inkLight,
        1,
      );
    const end = index + rows < axes.length ? x + rows * step : width;
    nameAxis(surface, frame, axis.title, { x, y: 12 + (index % rows) * nameHeight }, end - x - apart);
    const marked = ticks[index].map(({ at, label }) => ({ y: heightOn(axis, at), label }));
    // A part of a number would be another number.
    const most = axis.named ? step - apart - 4 : Number.POSITIVE_INFINITY;
    labelAxis(surface, frame, marked, x + apart + (isMetric ? keyWidth : 0), most);
  });
  return { frame, readings: lineReadings(frame, lines, parallel) };
}

/** Those that have room, from the lower end up. */
function ticksOf(axis: ParallelAxis, pixels: number): Tick[] {
  const { low, high, log, ticks = axisTicks(low, high, pixels, 44, { log }) } = axis;
  let free = Number.NEGATIVE_INFINITY;
  return ticks.filter(({ at }) => {
    const from = shareOn(axis, at) * pixels;
    if (from < free) return false;
    free = from + labelHeight;
    return true;
  });
}

/** For the name of the metric and its labels. */
function roomRight({ context, width }: Surface, { title }: ParallelAxis, ticks: readonly Tick[]): number {
  const wide = (text: string) => context.measureText(text).width;
  const labels = ticks.map(({ label }) => apart + keyWidth + wide(label));
  return Math.min(Math.ceil(Math.max(wide(title) + apart, ...labels)) + 4, Math.floor(width / 3));
}

function strokeThrough(context: Pen, points: readonly Mark[], colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const [index, { x, y }] of points.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}

/** The colours of the lines, along the axis of the metric. */
function drawKey({ context, palette }: Surface, { y }: Frame, x: number, large: boolean): void {
  const gradient = context.createLinearGradient(0, y.from, 0, y.to);
  const colours = large ? palette.shares : [...palette.shares].reverse();
  for (const [index, colour] of colours.entries()) gradient.addColorStop(index / (colours.length - 1), colour);
  context.fillStyle = gradient;
  context.fillRect(x, y.to, keyWidth, y.from - y.to);
}

function nameAxis({ context, palette }: Surface, { short }: Frame, title: string, { x, y }: Mark, room: number): void {
  const name = clipped(context, title, room);
  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(name, x, y);
  if (name !== title) short.push({ whole: title, left: x, top: y - 12, width: room });
}

/** On a wash of paper, so that they are read where lines run behind them. */
function labelAxis(
  { context, palette }: Surface,
  { short }: Frame,
  ticks: readonly { y: number; label: string }[],
  x: number,
  room: number,
): void {
  context.textBaseline = 'middle';
  const names = clippedApart(
    context,
    ticks.map(({ label }) => label),
    room,
  );
  ticks.forEach(({ y, label }, index) => {
    const name = names[index];
    context.globalAlpha = 0.9;
    context.fillStyle = palette.paper;
    context.fillRect(x - 2, y - labelHeight / 2, context.measureText(name).width + 4, labelHeight);
    context.globalAlpha = 1;
    context.fillStyle = palette.ink;
    context.fillText(name, x, y);
    if (name !== label) short.push({ whole: label, left: x, top: y - nameHeight / 2, width: room });
  });
}

/** The nearest line is meant; of lines on each other the best. Keys go from the best to the worst. */
function lineReadings({ x, y }: Frame, lines: readonly Mark[][], { cells, words }: Parallel): Readings {
  return {
    count: lines.length,
    at: (px, py) => {
      if (px < x.from - reach || px > x.to + reach || py < y.to - reach || py > y.from + reach) return undefined;
      let [best, distance] = [-1, reach];
      for (const [line, points] of lines.entries()) {
        const own = distanceTo(points, { x: px, y: py });
        if (own < distance - 1e-6) [best, distance] = [line, own];
      }
      return best < 0 ? undefined : best;
    },
    find: (cell) => {
      const line = cells.indexOf(cell);
      return line < 0 ? undefined : line;
    },
    // The words stand beside the metric.
    read: (line) => ({
      marks: [...lines[line]].reverse(),
      joined: true,
      lines: words(line),
      behind: () => [cells[line]],
    }),
  };
}

function distanceTo(points: readonly Mark[], { x, y }: Mark): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(a.x + share * dx - x, a.y + share * dy - y));
  }
  return least;
}
