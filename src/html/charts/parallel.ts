/**
 * Many settings and what came of them: each combination is a line across an axis for every setting, to the metric. On a
 * narrow page the axes lie flat and the lines run down.
 */
import { curveBumpX, curveBumpY, line } from 'd3-shape';
import { tickValues } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { figure } from '../../util/format.ts';
import { html, type Markup, markup } from '../escape.ts';
import { scaleOf, usualRange, wantsLog } from './frame.ts';
import { drawing, fitted, rounded, type Size } from './svg.ts';

export interface ParallelAxis {
  name: string;
  /** One for each combination, best first: numbers on a scale, words in their order. */
  values: (number | string)[];
}

export interface Parallel {
  label: string;
  settings: ParallelAxis[];
  metric: { name: string; values: number[]; large: boolean };
}

interface Placed {
  name: string;
  /** From 0 to 1, by combination. */
  at: number[];
  ticks: { at: number; text: string }[];
}

/** Numbers of more kinds than this have a scale; fewer stand at even distances. */
const mostSteps = 6;
const shares = 5;

export function drawParallel({ label, settings, metric }: Parallel, size: Size): Markup {
  const axes = [...settings.map(placedSetting), placedMetric(metric)];
  const flat = size.width < 400;
  const [from, to] = flat ? [18, size.height - 26] : [8, size.width - 74];
  const [low, high] = flat ? [12, size.width - 12] : [size.height - 14, 30];
  const along = (index: number) => from + ((to - from) * index) / Math.max(1, axes.length - 1);
  const across = (share: number) => low + (high - low) * share;
  const point = (index: number, share: number): [number, number] =>
    flat ? [across(share), along(index)] : [along(index), across(share)];
  const path = line()
    .digits(1)
    .curve(flat ? curveBumpY : curveBumpX);
  const order = metric.values.map((_, index) => index).reverse();
  const lines = order.map((combination) => {
    const d = path(axes.map(({ at }, index) => point(index, at[combination]))) ?? '';
    const share = shares - Math.floor((shares * combination) / metric.values.length);
    return html`<path class="path share-${share}${combination === 0 ? ' first' : ''}" d="${markup(d)}"/>`;
  });
  const room = flat ? size.width - 24 : (to - from) / Math.max(1, axes.length - 1) - 8;
  const frame = axes.map(({ name, ticks }, index) => {
    const [x0, y0] = point(index, 0);
    const [x1, y1] = point(index, 1);
    const title = flat
      ? html`<text class="halo" x="0" y="${rounded(y0 - 8)}">${fitted(name, room)}</text>`
      : index === axes.length - 1
        ? html`<text class="title" x="${size.width}" y="12" text-anchor="end">${fitted(name, room)}</text>`
        : html`<text class="title" x="${rounded(Math.max(0, x0 - 6))}" y="12">${fitted(name, room)}</text>`;
    const texts = ticks.map(({ at, text }) => {
      const [x, y] = point(index, at);
      const anchor = !flat ? 'start' : at < 0.1 ? 'start' : at > 0.9 ? 'end' : 'middle';
      return html`<text class="halo" x="${rounded(flat ? x : x + 7)}" y="${rounded(flat ? y + 15 : y + 4)}" text-anchor="${anchor}">${fitted(text, flat ? 90 : Math.max(48, room - 12))}</text>`;
    });
    return html`${title}<path class="upright" d="M${rounded(x0)} ${rounded(y0)}L${rounded(x1)} ${rounded(y1)}"/>${texts}`;
  });
  const [x, y] = point(axes.length - 1, axes[axes.length - 1].at[0]);
  return drawing(size, label, [
    ...lines,
    ...frame,
    html`<circle class="ring t-model" cx="${rounded(x)}" cy="${rounded(y)}" r="4"/>`,
  ]);
}

function placedSetting({ name, values }: ParallelAxis): Placed {
  const kinds = [...new Set(values)];
  const numbers = kinds.every((value) => typeof value === 'number');
  if (numbers && kinds.length > mostSteps) {
    const own = values as number[];
    const log = wantsLog([own]);
    return { name, ...onScale(own, extent([own], 0, log), log, false) };
  }
  if (numbers) (kinds as number[]).sort((a, b) => a - b);
  const step = (value: number | string) =>
    kinds.length === 1 ? 0.5 : 0.04 + (0.92 * kinds.indexOf(value)) / (kinds.length - 1);
  // A little apart, best in the middle of its place, so that lines on the same value can be told apart.
  const spread = Math.min(0.07, 0.3 / kinds.length);
  return {
    name,
    at: values.map((value, index) => step(value) + spread * (((index * 0.618) % 1) - 0.5)),
    ticks: kinds
      .filter((_, index) => index % Math.ceil(kinds.length / 12) === 0)
      .map((value) => ({ at: step(value), text: String(value) })),
  };
}

/** Best on top. */
function placedMetric({ name, values, large }: Parallel['metric']): Placed {
  const log = wantsLog([usualRange(values)]);
  const range = usualRange(values, log);
  const placed = onScale(values, range, log, !large);
  const beyond = values.some((value) => value < range[0] || value > range[1]);
  const ticks = placed.ticks.map(({ at, text }) => ({
    at,
    text: beyond && at === 0 ? `${large ? '≤' : '≥'} ${text}` : text,
  }));
  return { name, at: placed.at, ticks };
}

function onScale(
  values: number[],
  range: [number, number],
  log: boolean,
  turned: boolean,
): Pick<Placed, 'at' | 'ticks'> {
  const scale = turned ? scaleOf({ range, log }, 1, 0) : scaleOf({ range, log }, 0, 1);
  const clamp = (value: number) => (Number.isFinite(scale(value)) ? Math.min(1, Math.max(0, scale(value))) : 0);
  const inner = tickValues(...range, 4, { log });
  const ends = range.map((value) => ({ at: scale(value), text: bare(value) }));
  const between = inner
    .map((value) => ({ at: scale(value), text: bare(value) }))
    .filter(({ at }) => ends.every((end) => Math.abs(end.at - at) > 0.15));
  const kept = between.length > 5 ? between.filter((_, index) => index % Math.ceil(between.length / 5) === 0) : between;
  return { at: values.map(clamp), ticks: [...ends, ...kept] };
}

/** Without the zeros that a setting would not be written with. */
function bare(value: number): string {
  const text = figure(value);
  return text.includes('.') && !text.includes('×') ? text.replace(/\.?0+$/, '') : text;
}
