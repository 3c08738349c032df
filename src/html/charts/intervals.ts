/** One row of a dot plot, to stand in a table: the mean, its interval, and each trial behind it. All rows share a scale. */
import { extent } from '../../util/extent.ts';
import { figure } from '../../util/format.ts';
import { html, type Markup, markup } from '../escape.ts';
import { type Scale, scaleOf, usualRange, wantsLog } from './frame.ts';
import { drawing, rounded } from './svg.ts';

export interface Interval {
  mean: number;
  low: number;
  high: number;
  /** Of the single trials. */
  values: number[];
}

const size = { width: 150, height: 18 };
/** More dots would be a blot. */
const mostDots = 60;

export interface IntervalScale {
  at: Scale;
  range: [number, number];
}

/** Of rows that stand together, best first. What is far off is beyond its end. */
export function intervalScale(intervals: readonly Interval[]): IntervalScale {
  const [low, high] = usualRange(intervals.map(({ mean }) => mean));
  const within = intervals.filter(({ mean }) => mean >= low && mean <= high);
  const lists = within.map((own) => [own.low, own.high, ...own.values]);
  const log = wantsLog(lists);
  const range = extent(lists, 0, log);
  return { at: scaleOf({ range, log }, 6, size.width - 6), range };
}

export function intervalRow(
  { mean, low, high, values }: Interval,
  { at: scale }: IntervalScale,
  metric: string,
  first: boolean,
): Markup {
  if (!Number.isFinite(scale(mean))) return html`<span class="light">–</span>`;
  const at = (value: number) => rounded(Math.min(size.width - 2, Math.max(2, scale(value))));
  const beyond = scale(mean) > size.width ? '→' : scale(mean) < 0 ? '←' : '';
  const dots = values.filter((value) => Number.isFinite(scale(value))).slice(0, mostDots);
  const trials = dots.map((value) => `<path d="M${at(value)} 9h0"/>`).join('');
  if (beyond) {
    const [x, anchor] = beyond === '→' ? [size.width, 'end'] : [0, 'start'];
    const label = `${metric} ${figure(mean)}, beyond the scale`;
    return drawing(size, label, html`<text x="${x}" y="13" text-anchor="${anchor}">${beyond}</text>`);
  }
  return drawing(
    size,
    `${metric} ${figure(mean)}, 95 % interval ${figure(low)} to ${figure(high)}`,
    html`<path class="rule" d="M0 9H${size.width}"/><g class="dots round t-points" stroke-width="5">${markup(trials)}</g><path class="line ${first ? 't-model' : 't-ink'}" d="M${at(low)} 9H${at(high)}"/><circle class="mean ${first ? 't-model' : 't-ink'}" cx="${at(mean)}" cy="9" r="4"/>`,
  );
}

/** The scale's ends and middle, for the head of the column. */
export function intervalHead({ range: [low, high] }: IntervalScale): Markup {
  return html`<span class="ends"><span>${figure(low)}</span><span>${figure(high)}</span></span>`;
}
