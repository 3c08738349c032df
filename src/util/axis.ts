/**
 * Axes, for the page's plots and for those of reports: where a value lies, which values are marked and how the marks are
 * written. Marks are d3's.
 */
import { ticks } from 'd3-array';
import { figure, powerOfTen, scientific } from './format.ts';
import { count, grouped } from './thousands.ts';

export interface Scale {
  low: number;
  high: number;
  /** Where low and high lie, in pixels. */
  from: number;
  to: number;
  log?: boolean;
}

export interface TickSettings {
  log?: boolean;
  /** Only whole numbers are marked, as for epochs. */
  whole?: boolean;
}

export interface Tick {
  at: number;
  label: string;
}

/** More marks than this are not read. */
const mostTicks = 7;

export function place({ low, high, from, to, log }: Scale, value: number): number {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return from + share * (to - from);
}

/** The value at a place: the inverse of `place`. */
export function valueAt({ low, high, from, to, log }: Scale, at: number): number {
  const share = (at - from) / (to - from);
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** The marks of an axis of so many pixels, of which each takes `each`. */
export function axisTicks(
  low: number,
  high: number,
  pixels: number,
  each: number,
  settings: TickSettings = {},
): Tick[] {
  const values = tickValues(low, high, pixels / each, settings);
  const labels = tickLabels(values, settings);
  return values.map((at, index) => ({ at, label: labels[index] }));
}

/** Round values within a range, about `wanted` of them. */
export function tickValues(low: number, high: number, wanted: number, { log, whole }: TickSettings = {}): number[] {
  const most = Math.min(mostTicks, Math.max(2, Math.floor(wanted)));
  if (log) return logTicks(low, high, most);
  return linearTicks(low, high, most).filter((value) => !whole || Number.isInteger(value));
}

/** At most one more than asked for: d3 takes the step that comes nearest, which may be a smaller one. */
function linearTicks(low: number, high: number, most: number): number[] {
  for (let wanted = most; wanted > 1; wanted--) {
    const values = ticks(low, high, wanted);
    if (values.length <= most + 1) return values;
  }
  return ticks(low, high, 1);
}

/** Powers of ten; with 2 and 5 times these where there are few, and as on a linear axis where there are hardly any. */
function logTicks(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const within = (values: number[]) =>
    values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const whole = within(exponents.map((exponent) => Number(`1e${exponent}`)));
  if (whole.length > most) return whole.filter((_, index) => index % Math.ceil(whole.length / most) === 0);
  const finer = within(exponents.flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`))));
  if (finer.length < 3) return linearTicks(low, high, most).filter((value) => value > 0);
  return whole.length > 2 || finer.length > most + 2 ? whole : finer;
}

/** With as many decimals as their step needs; four digits stay together, since they may be years. */
export function tickLabels(values: readonly number[], { log, whole }: TickSettings = {}): string[] {
  const size = Math.max(...values.map(Math.abs), 0);
  if (whole) return values.map(count);
  // Marks that stand where a linear axis has them are written as there.
  if (log && values.every((value) => Number(value.toPrecision(1)) === value)) {
    const far = values.some((value) => value >= 1e6 || value < 1e-4);
    return values.map((value) =>
      far && isPower(value) ? powerOfTen(Math.round(Math.log10(value))) : figure(value, 1),
    );
  }
  if (size >= 1e6 || (size > 0 && size < 1e-3)) {
    return values.map((value) => (value === 0 ? '0' : scientific(value, 2)));
  }
  const step = values.length > 1 ? values[1] - values[0] : values[0] || 1;
  let decimals = 0;
  while (decimals < 12 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals += 1;
  return values.map((value) => {
    const text = Math.abs(value).toFixed(decimals);
    return (value < 0 && Number(text) !== 0 ? '−' : '') + grouped(text, 5);
  });
}

function isPower(value: number): boolean {
  const power = Math.log10(value);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const share = least / power;
  return (share <= 1 + 1e-9 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

/** Half pixels, so that a line of one pixel is one pixel wide. */
export function crisp(at: number): number {
  return Math.round(at - 0.5) + 0.5;
}
