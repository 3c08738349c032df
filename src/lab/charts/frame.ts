/** The frame of a plot on a canvas: light grid, few ticks, axis titles. Everything in CSS pixels. */
import { clipped, clippedApart } from './clip.ts';
import type { Palette } from './palette.ts';
import { place, type Scale, tickLabels, ticks } from './scale.ts';

export interface Frame {
  x: Scale;
  y: Scale;
}

export interface FrameSettings {
  width: number;
  height: number;
  x: [number, number];
  y: [number, number];
  xTitle: string;
  yTitle: string;
  /** Ticks in place of round numbers, where the axis is not a plain one. */
  yTicks?: { at: number; label: string }[];
  xTicks?: { at: number; label: string }[];
  /** Where there is no data yet: a frame without numbers. */
  bare?: boolean;
  /** Room to the right for names at line ends, where they need more than charts that line up have. */
  end?: number;
}

/** Room for tick labels to the left; more where they need it. The same for all charts, so that they line up. */
export const axisWidth = 52;
/** Room to the right for labels at line ends. */
export const endWidth = (width: number): number => (width < 480 ? 68 : 88);

const tickHeight = 44;
const mostTicks = 7;

export function drawFrame(context: CanvasRenderingContext2D, palette: Palette, settings: FrameSettings): Frame {
  const { width, height } = settings;
  const top = 24;
  const bottom = height - 40;
  const yTicks = settings.yTicks?.map(({ at }) => at) ?? ticks(...settings.y, ticksIn(bottom - top, tickHeight));
  const yLabels = settings.bare ? [] : (settings.yTicks?.map(({ label }) => label) ?? tickLabels(yTicks));
  context.font = palette.label;
  const left = Math.ceil(Math.max(axisWidth - 8, ...yLabels.map((text) => context.measureText(text).width))) + 8;
  const x: Scale = {
    low: settings.x[0],
    high: settings.x[1],
    from: left,
    to: width - (settings.end ?? endWidth(width)),
  };
  const y: Scale = { low: settings.y[0], high: settings.y[1], from: bottom, to: top };
  const xTicks =
    settings.xTicks?.map(({ at }) => at) ?? ticks(...settings.x, ticksIn(x.to - x.from, width < 480 ? 48 : 96));

  context.lineWidth = 1;
  context.strokeStyle = palette.grid;
  context.beginPath();
  for (const value of yTicks) {
    const at = crisp(place(y, value));
    context.moveTo(x.from, at);
    context.lineTo(x.to, at);
  }
  for (const value of xTicks) {
    const at = crisp(place(x, value));
    context.moveTo(at, y.from);
    context.lineTo(at, y.to);
  }
  context.stroke();

  context.fillStyle = palette.inkLight;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  yTicks.forEach((value, index) => {
    context.fillText(yLabels[index] ?? '', x.from - 8, place(y, value));
  });
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const xLabels = settings.bare ? [] : (settings.xTicks?.map(({ label }) => label) ?? tickLabels(xTicks));
  const names = settings.xTicks ? clippedApart(context, xLabels, roomFor(xTicks, x)) : xLabels;
  xTicks.forEach((value, index) => {
    context.fillText(names[index] ?? '', place(x, value), y.from + 6);
  });

  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(clipped(context, settings.yTitle, width - 8), 0, 12);
  context.textAlign = 'right';
  context.fillText(clipped(context, settings.xTitle, x.to - x.from), x.to, height - 6);
  return { x, y };
}

/** Of a name below the axis: up to its neighbours'. */
function roomFor(ticks: readonly number[], x: Scale): number {
  const [first, second] = ticks;
  return second === undefined ? x.to - x.from : Math.abs(place(x, second) - place(x, first)) - 8;
}

function ticksIn(pixels: number, each: number): number {
  return Math.min(mostTicks, Math.max(3, pixels / each));
}

/** Half pixels, so that a line of one pixel is one pixel wide. */
function crisp(at: number): number {
  return Math.round(at - 0.5) + 0.5;
}
