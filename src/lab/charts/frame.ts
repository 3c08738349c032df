/** The frame of a plot: light grid, few ticks, axis titles. Everything in CSS pixels. */
import { axisTicks, crisp, place, type Scale, type Tick } from '../../util/axis.ts';
import { clipped, clippedApart } from './clip.ts';
import type { Surface } from './pen.ts';
import type { Zoom } from './zoom.ts';

export interface Frame {
  x: Scale;
  y: Scale;
  /** What the axes span where all of the plot is seen. */
  whole: Zoom;
  /** Names that are shortened, and where they are. */
  short: ShortName[];
}

export interface ShortName {
  whole: string;
  left: number;
  top: number;
  width: number;
}

/** Of a line of text. */
export const nameHeight = 16;

export interface FrameSettings {
  x: [number, number];
  y: [number, number];
  xTitle: string;
  yTitle: string;
  yLog?: boolean;
  /** Only whole numbers are marked. */
  xWhole?: boolean;
  /** Ticks in place of round numbers, where the axis is of names. */
  xTicks?: Tick[];
  /** Where there is no data yet: a frame without numbers. */
  bare?: boolean;
  /** Room to the right for names at line ends, where they need more than charts that line up have. */
  end?: number;
  /** Room between ticks of the y axis. */
  tickHeight?: number;
}

/** Room for tick labels to the left; more where they need it. The same for all charts, so that they line up. */
export const axisWidth = 52;
/** Room to the right for labels at line ends. */
export const endWidth = (width: number): number => (width < 480 ? 68 : 88);

export function drawFrame({ context, palette, width, height, zoom }: Surface, settings: FrameSettings): Frame {
  const { bare = false, yLog: log = false, end = endWidth(width), tickHeight = 44 } = settings;
  const top = 24;
  const bottom = height - 40;
  const whole: Zoom = { x: settings.x, y: settings.y };
  const seen = zoom ?? whole;
  const yTicks = axisTicks(...seen.y, bottom - top, tickHeight, { log });
  context.font = palette.label;
  const widths = bare ? [] : yTicks.map(({ label }) => context.measureText(label).width);
  const left = Math.ceil(Math.max(axisWidth - 8, ...widths)) + 8;
  const x: Scale = { low: seen.x[0], high: seen.x[1], from: left, to: width - end };
  const y: Scale = { low: seen.y[0], high: seen.y[1], from: bottom, to: top, log };
  const each = width < 480 ? 48 : 96;
  const xTicks = settings.xTicks ?? axisTicks(...seen.x, x.to - x.from, each, { whole: settings.xWhole });
  const frame = { x, y, whole, short: [] };

  context.lineWidth = 1;
  context.strokeStyle = palette.grid;
  context.beginPath();
  for (const { at } of yTicks) {
    context.moveTo(x.from, crisp(place(y, at)));
    context.lineTo(x.to, crisp(place(y, at)));
  }
  for (const { at } of xTicks) {
    context.moveTo(crisp(place(x, at)), y.from);
    context.lineTo(crisp(place(x, at)), y.to);
  }
  context.stroke();

  if (!bare) labelTicks({ context, palette, width, height }, frame, xTicks, yTicks, settings.xTicks !== undefined);
  nameAxes({ context, palette, width, height }, frame, settings);
  return frame;
}

/** @param named whether the ticks across are names, which may have to be shortened */
function labelTicks({ context, palette }: Surface, frame: Frame, xTicks: Tick[], yTicks: Tick[], named: boolean): void {
  const { x, y } = frame;
  context.fillStyle = palette.inkLight;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const { at, label } of yTicks) context.fillText(label, x.from - 8, place(y, at));
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const labels = xTicks.map(({ label }) => label);
  const room = roomFor(xTicks, x);
  const names = named ? clippedApart(context, labels, room) : labels;
  xTicks.forEach(({ at, label }, index) => {
    context.fillText(names[index], place(x, at), y.from + 6);
    if (names[index] === label) return;
    frame.short.push({ whole: label, left: place(x, at) - room / 2, top: y.from + 4, width: room });
  });
}

function nameAxes({ context, palette, width, height }: Surface, frame: Frame, { xTitle, yTitle }: FrameSettings): void {
  const { to } = frame.x;
  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  writeName(context, frame, yTitle, 0, 12, width - 8);
  context.textAlign = 'right';
  // One that is longer than the axis may go on below the names at line ends.
  const right = context.measureText(xTitle).width > to ? width : to;
  writeName(context, frame, xTitle, right, height - 6, right);
}

/** A name in as much room as there is, on a line that begins or ends at a place; noted where it is shortened. */
export function writeName(
  context: Surface['context'],
  frame: Pick<Frame, 'short'>,
  whole: string,
  at: number,
  baseline: number,
  room: number,
): void {
  const name = clipped(context, whole, room);
  context.fillText(name, at, baseline);
  if (name === whole) return;
  const top = context.textBaseline === 'middle' ? baseline - nameHeight / 2 : baseline - 12;
  frame.short.push({ whole, left: context.textAlign === 'right' ? at - room : at, top, width: room });
}

/** Of a name below the axis: up to its neighbours'. */
function roomFor([first, second]: readonly Tick[], x: Scale): number {
  return second === undefined ? x.to - x.from : Math.abs(place(x, second.at) - place(x, first.at)) - 8;
}
