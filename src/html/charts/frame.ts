/** The frame of a plot: scales, light grid, few ticks, axis titles. Units are those of the drawing. */
import { axisTicks, crisp, place } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { html, type Markup } from '../escape.ts';
import { fitted, rounded, type Size, widthOf } from './svg.ts';

/** Pixels of a value. */
export type Scale = (value: number) => number;

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
  const yTicks = axisTicks(...yAxis.range, bottom - top, 44, yAxis);
  const box: Box = {
    left: Math.ceil(Math.max(28, ...yTicks.map(({ label }) => widthOf(label)))) + 8,
    right: size.width - Math.max(12, end),
    top,
    bottom,
  };
  const [x, y] = [scaleOf(xAxis, box.left, box.right), scaleOf(yAxis, bottom, top)];
  const each = size.width < 200 ? 48 : size.width < 400 ? 64 : 96;
  const xTicks = axisTicks(...xAxis.range, box.right - box.left, each, xAxis);
  const axes = html`<g class="grid">${yTicks.map(({ at }) => html`<path d="M${box.left} ${crisp(y(at))}H${box.right}"/>`)}${xTicks.map(
    ({ at }) => html`<path d="M${crisp(x(at))} ${box.top}V${box.bottom}"/>`,
  )}</g><g class="ticks">${yTicks.map(
    ({ at, label }) => html`<text x="${box.left - 8}" y="${rounded(y(at) + 4)}" text-anchor="end">${label}</text>`,
  )}${xTicks.map(
    ({ at, label }) => html`<text x="${rounded(x(at))}" y="${box.bottom + 16}" text-anchor="middle">${label}</text>`,
  )}</g><text class="title" x="0" y="12">${fitted(yAxis.title, size.width)}</text><text class="title" x="${box.right}" y="${size.height - 4}" text-anchor="end">${fitted(xAxis.title, box.right)}</text>`;
  return { x, y, box, axes };
}

/** Where a value of the range lies between two ends in pixels. */
export function scaleOf({ range: [low, high], log }: Pick<Axis, 'range' | 'log'>, from: number, to: number): Scale {
  return (value) => place({ low, high, from, to, log }, value);
}

/**
 * The range of what is worth telling apart, for values best first: a few that are far off, such as those of trials that
 * diverged, would leave no room for the others. What lies beyond is drawn at the end.
 */
export function usualRange(values: readonly number[], log = false): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 4) return extent([finite], 0, log);
  const [best, usual] = [finite[0], finite[Math.floor(0.75 * (finite.length - 1))]];
  // Where most are the same, the others are what is worth telling apart.
  const limit = Math.abs(usual - best) * 4 || Number.POSITIVE_INFINITY;
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
