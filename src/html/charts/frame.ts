/** The frame of a plot: scales, light grid, few ticks, axis titles. Units are those of the drawing. */

import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { extent } from '../../util/extent.ts';
import { count, figure, grouped } from '../../util/format.ts';
import { html, type Markup } from '../escape.ts';
import { fitted, rounded, type Size, widthOf } from './svg.ts';

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Axis {
  title: string;
  range: [number, number];
  log?: boolean;
  /** Only whole numbers are marked, as for epochs. */
  whole?: boolean;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Frame {
  x: Scale;
  y: Scale;
  box: Box;
  /** Grid, tick labels and titles. */
  axes: Markup;
}

/** @param end room to the right, for labels at line ends */
export function frameOf(size: Size, xAxis: Axis, yAxis: Axis, end: number): Frame {
  const [top, bottom] = [yAxis.title ? 24 : 8, size.height - (xAxis.title ? 38 : 20)];
  const y = scaleOf(yAxis, [bottom, top]);
  const yTicks = ticksOf(y, yAxis, (bottom - top) / 44);
  const yLabels = labelsOf(y, yAxis, yTicks);
  const box: Box = {
    left: Math.ceil(Math.max(28, ...yLabels.map(widthOf))) + 8,
    right: size.width - Math.max(12, end),
    top,
    bottom,
  };
  const x = scaleOf(xAxis, [box.left, box.right]);
  const xTicks = ticksOf(x, xAxis, (box.right - box.left) / (size.width < 200 ? 48 : size.width < 400 ? 64 : 96));
  const xLabels = labelsOf(x, xAxis, xTicks);
  const axes = html`<g class="grid">${yTicks.map((value) => html`<path d="M${box.left} ${crisp(y(value))}H${box.right}"/>`)}${xTicks.map(
    (value) => html`<path d="M${crisp(x(value))} ${box.top}V${box.bottom}"/>`,
  )}</g><g class="ticks">${yTicks.map(
    (value, index) =>
      html`<text x="${box.left - 8}" y="${rounded(y(value) + 4)}" text-anchor="end">${yLabels[index]}</text>`,
  )}${xTicks.map(
    (value, index) =>
      html`<text x="${rounded(x(value))}" y="${box.bottom + 16}" text-anchor="middle">${xLabels[index]}</text>`,
  )}</g><text class="title" x="0" y="12">${fitted(yAxis.title, size.width)}</text><text class="title" x="${box.right}" y="${size.height - 4}" text-anchor="end">${fitted(xAxis.title, box.right)}</text>`;
  return { x, y, box, axes };
}

function scaleOf({ range, log }: Axis, pixels: [number, number]): Scale {
  return log ? scaleLog(range, pixels) : scaleLinear(range, pixels);
}

function ticksOf(scale: Scale, { log, whole, range }: Axis, wanted: number): number[] {
  const most = Math.min(7, Math.max(2, wanted));
  if (!log) return scale.ticks(most).filter((value) => !whole || Number.isInteger(value));
  const decades = Math.log10(range[1] / range[0]);
  const powers = scale.ticks(10).filter((value) => isPower(value));
  if (powers.length > most) return powers.filter((_, index) => index % Math.ceil(powers.length / most) === 0);
  if (decades > 2 && powers.length > 2) return powers;
  const finer = scale.ticks(10).filter((value) => [1, 2, 5].includes(Number(value.toExponential()[0])));
  return finer.length > most + 2 ? powers : finer;
}

function isPower(value: number): boolean {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;
}

/** Four digits stay together, since they may be years. */
function labelsOf(scale: Scale, { log, whole }: Axis, ticks: number[]): string[] {
  if (whole) return ticks.map(count);
  if (log) return ticks.map((value) => figure(value, 1));
  const size = Math.max(...ticks.map(Math.abs), 0);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return ticks.map((value) => figure(value, 2));
  const format = scale.tickFormat(ticks.length);
  return ticks.map((value) => {
    const text = format(value).replaceAll(',', '');
    return text.startsWith('−') ? `−${grouped(text.slice(1), 5)}` : grouped(text, 5);
  });
}

/** Half pixels, so that a line of one pixel is one pixel wide. */
function crisp(at: number): number {
  return Math.round(at - 0.5) + 0.5;
}

/**
 * The range of what is worth telling apart, for values best first: a few that are far off, such as those of trials that
 * diverged, would leave no room for the others. What lies beyond is drawn at the end.
 */
export function usualRange(values: readonly number[], log = false): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 4) return extent([finite], 0, log);
  const [best, usual] = [finite[0], finite[Math.floor(0.75 * (finite.length - 1))]];
  const limit = Math.abs(usual - best) * 4;
  return extent([finite.filter((value) => Math.abs(value - best) <= limit)], 0, log);
}

/** Whether values span so much that a logarithmic axis shows more of them. */
export function wantsLog(lists: Iterable<ArrayLike<number>>, times = 20): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const values of lists) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (!Number.isFinite(value)) continue;
      if (value <= 0) return false;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high / low > times;
}
