/**
 * Lines with bands, points and marks in a frame: losses, fits, predicted against actual and residuals are all this. Colours
 * are classes, so that one drawing serves light, dark and paper; dashes and shapes are the second cue. Lines are named
 * where they end.
 */
import { area, line } from 'd3-shape';
import { html, type Markup, markup } from '../escape.ts';
import { type Axis, type Frame, frameOf } from './frame.ts';
import { drawing, fitted, rounded, type Size, widthOf } from './svg.ts';

/** What a colour means; further runs have `run-1` to `run-6`. */
export type Tone = 'model' | 'validation' | 'test' | 'points' | 'faint' | 'light' | 'error' | `run-${number}`;

export interface Series {
  /** Written where the line ends; none where empty. */
  name: string;
  tone: Tone;
  dash?: string;
  /** For what is only there to compare with. */
  thin?: boolean;
  xs: ArrayLike<number>;
  ys: ArrayLike<number>;
  band?: { low: ArrayLike<number>; high: ArrayLike<number> };
}

export interface Dots {
  /** Named above the plot. */
  name: string;
  tone: Tone;
  shape: 'round' | 'square' | 'cross';
  xs: ArrayLike<number>;
  ys: ArrayLike<number>;
}

export interface Plot {
  /** The text alternative. */
  label: string;
  x: Axis;
  y: Axis;
  series: Series[];
  dots?: Dots[];
  /** Vertical lines, named at the top. */
  uprights?: { x: number; label: string; dash?: boolean }[];
  /** Around a point of a line. */
  ring?: { x: number; y: number; tone: Tone };
}

/** Dashes of further runs, in the order of their colours. */
export const dashes = ['', '7 3', '2 3', '9 3 2 3', '14 4', '4 2 1 2'];

export function drawPlot(plot: Plot, size: Size): Markup {
  const names = plot.series.filter(({ name }) => name).map(({ name }) => name);
  const end = names.length > 0 ? Math.min(0.32 * size.width, Math.max(...names.map(widthOf)) + 10) : 12;
  const frame = frameOf(size, plot.x, plot.y, end);
  const { box } = frame;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const dots = plot.dots ?? [];
  // An svg within the svg clips without an id.
  return drawing(size, plot.label, [
    frame.axes,
    ...(plot.uprights ?? []).map((mark) => upright(mark, frame)),
    html`<svg x="${box.left}" y="${box.top}" width="${width}" height="${height}" viewBox="${box.left} ${box.top} ${width} ${height}">${plot.series.map(
      (series) => band(series, frame, plot),
    )}${dots.map((own) => points(own, frame))}${plot.series.map((series) => curve(series, frame, plot))}</svg>`,
    ...(plot.ring ? [ring(plot.ring, frame)] : []),
    ...endLabels(plot, frame, end),
    legend(dots, frame, size),
  ]);
}

function usable(value: number, { log }: Axis): boolean {
  return Number.isFinite(value) && (!log || value > 0);
}

function curve({ tone, dash, thin, xs, ys }: Series, { x, y }: Frame, plot: Plot): Markup {
  const path = line<number>()
    .digits(1)
    .defined((_, index) => usable(ys[index], plot.y))
    .x((_, index) => x(xs[index]))
    .y((_, index) => y(ys[index]))(xs as number[]);
  const style = dash ? html` stroke-dasharray="${dash}"` : '';
  return html`<path class="line ${thin ? 'thin ' : ''}t-${tone}"${style} d="${markup(path ?? '')}"/>`;
}

function band({ tone, xs, band }: Series, { x, y, box }: Frame, plot: Plot): Markup {
  if (!band) return html``;
  const path = area<number>()
    .digits(1)
    .defined((_, index) => Number.isFinite(band.low[index]) && usable(band.high[index], plot.y))
    .x((_, index) => x(xs[index]))
    .y0((_, index) => (usable(band.low[index], plot.y) ? y(band.low[index]) : box.bottom))
    .y1((_, index) => y(band.high[index]))(xs as number[]);
  return html`<path class="band t-${tone}" d="${markup(path ?? '')}"/>`;
}

/** Each a path of its own: points that overlap have to darken. */
function points({ tone, shape, xs, ys }: Dots, { x, y, box }: Frame): Markup {
  const size = rounded(Math.min((box.right - box.left) / 32, 6, Math.max(3, 90 / Math.sqrt(xs.length))));
  const arm = rounded(size / 2.4);
  let paths = '';
  for (let index = 0; index < xs.length; index++) {
    const [left, top] = [rounded(x(xs[index])), rounded(y(ys[index]))];
    if (!Number.isFinite(left) || !Number.isFinite(top)) continue;
    paths +=
      shape === 'cross'
        ? `<path d="M${rounded(left - arm)} ${rounded(top - arm)}l${2 * arm} ${2 * arm}m0-${2 * arm}l-${2 * arm} ${2 * arm}"/>`
        : `<path d="M${left} ${top}h0"/>`;
  }
  return html`<g class="dots ${shape} t-${tone}" stroke-width="${shape === 'cross' ? 1.4 : size}">${markup(paths)}</g>`;
}

function upright({ x: at, label, dash }: { x: number; label: string; dash?: boolean }, { x, box }: Frame): Markup {
  const place = Math.round(x(at) - 0.5) + 0.5;
  // To the left where there is room, so that it stays clear of names at line ends.
  const left = place - box.left > widthOf(label) + 8;
  return html`<path class="upright" d="M${place} ${box.top}V${box.bottom}"${dash ? html` stroke-dasharray="3 3"` : ''}/><text class="note" x="${place + (left ? -6 : 6)}" y="${box.top + (dash ? 24 : 10)}" text-anchor="${left ? 'end' : 'start'}">${label}</text>`;
}

function ring({ x: at, y: value, tone }: NonNullable<Plot['ring']>, { x, y }: Frame): Markup {
  const [left, top] = [rounded(x(at)), rounded(y(value))];
  if (!Number.isFinite(left) || !Number.isFinite(top)) return html``;
  return html`<circle class="ring t-${tone}" cx="${left}" cy="${top}" r="4"/>`;
}

const labelHeight = 14;

/** Pushed apart where they would overlap, in the order of their lines. */
function endLabels({ series, y: axis }: Plot, { x, y, box }: Frame, end: number): Markup[] {
  const ends = series.flatMap(({ name, tone, xs, ys }) => {
    let last = ys.length - 1;
    while (last >= 0 && !usable(ys[last], axis)) last -= 1;
    if (last < 0 || !name) return [];
    const top = Math.min(box.bottom, Math.max(box.top + 6, y(ys[last])));
    return [{ name, tone, left: Math.min(box.right, x(xs[last])) + 6, top }];
  });
  ends.sort((a, b) => a.top - b.top);
  // Each pair gives way by half, until nothing does.
  for (let round = 0; round < 10 * ends.length; round++) {
    for (let index = 1; index < ends.length; index++) {
      const lacking = labelHeight - (ends[index].top - ends[index - 1].top);
      if (lacking <= 0) continue;
      ends[index - 1].top = Math.max(box.top + 6, ends[index - 1].top - lacking / 2);
      ends[index].top = Math.min(box.bottom, Math.max(ends[index].top, ends[index - 1].top + labelHeight));
    }
  }
  return ends.map(
    ({ name, tone, left, top }) =>
      html`<text class="end t-${tone}" x="${rounded(left)}" y="${rounded(top + 4)}">${fitted(name, end - 6)}</text>`,
  );
}

/** Names of points, which have no ends: in a row above the plot, from the right. */
function legend(dots: Dots[], { box }: Frame, size: Size): Markup {
  if (dots.length < 2) return html``;
  let right = Math.max(box.right, size.width - 12);
  const items = dots.toReversed().map(({ name, tone, shape }) => {
    const left = right - widthOf(name) - 14;
    right = left - 12;
    const sign =
      shape === 'cross' ? markup(`M${rounded(left)} 5.5l5 5m0-5l-5 5`) : markup(`M${rounded(left + 2.5)} 8h0`);
    return html`<g class="dots ${shape} t-${tone}" stroke-width="${shape === 'cross' ? 1.6 : 6}"><path d="${sign}"/></g><text class="note" x="${rounded(left + 11)}" y="12">${name}</text>`;
  });
  return html`<g>${items}</g>`;
}
