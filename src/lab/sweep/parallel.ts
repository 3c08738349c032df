/** Axes and lines of parallel coordinates: an axis for each setting that varies and one for the metric, a line for each combination. */

import { longWords, plusMinus, variedOf, wordOf } from '../../html/swept.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import type { Tick } from '../../util/axis.ts';
import type { Spread } from '../../util/statistics/statistics.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { count } from '../shared/format.ts';

export interface ParallelAxis {
  title: string;
  low: number;
  high: number;
  log: boolean;
  /** Names, or values that are few; round numbers without. */
  ticks?: Tick[];
  /** Ticks are names, which may be shortened. */
  named?: boolean;
  /** Where each line crosses it. */
  values: number[];
}

export interface Parallel {
  /** The metric is the last. */
  axes: ParallelAxis[];
  /** Of each line its combination; the best first. */
  cells: number[];
  /** From the worst, 0, to the best, 1, as far apart as on the axis of the metric. */
  shares: number[];
  /** The best end of the metric's axis is the upper one. */
  large: boolean;
  words: (line: number) => string[];
  /** Combinations that have no score. */
  left: number;
}

export interface NamedSetting {
  path: string;
  title: string;
  log: boolean;
}

export interface NamedMetric {
  title: string;
  of: (leader: LeaderboardEntry) => Spread | undefined;
}

/** More values than this are marked by round numbers. */
const mostValues = 8;
/** A metric that spans more than this is drawn on a log axis: a combination that went wrong would press the others together. */
const wideRange = 30;

export function parallelOf(
  plan: Pick<SweepPlan, 'cells' | 'deciding'>,
  leaders: readonly LeaderboardEntry[],
  settings: readonly NamedSetting[],
  metric: NamedMetric,
): Parallel {
  const meanOf = (leader: LeaderboardEntry) => metric.of(leader)?.mean ?? Number.NaN;
  const drawn = leaders.filter((leader) => Number.isFinite(meanOf(leader)));
  const { large } = plan.deciding;
  const own = metricAxis(metric.title, drawn.map(meanOf));
  const varied = variedOf(leaders);
  return {
    axes: [...settings.map((setting) => settingAxis(setting, plan.cells, drawn)), own],
    cells: drawn.map(({ cell }) => cell),
    shares: own.values.map((value) => (large ? shareOn(own, value) : 1 - shareOn(own, value))),
    large,
    words: (line) => [
      `${leaders.indexOf(drawn[line]) + 1}. ${longWords(drawn[line].settings, varied)}`,
      `${metric.title} ${plusMinus(metric.of(drawn[line]))}`,
    ],
    left: plan.cells.length - drawn.length,
  };
}

/** From 0 at the lower end of an axis to 1 at the upper one. */
export function shareOn({ low, high, log }: Pick<ParallelAxis, 'low' | 'high' | 'log'>, value: number): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** It spans what is tried, whether it has a score yet or not. */
function settingAxis(
  { path, title, log }: NamedSetting,
  cells: SweepPlan['cells'],
  drawn: readonly LeaderboardEntry[],
): ParallelAxis {
  const tried = distinct(cells.map((cell) => cell[path]));
  const numbers = tried.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  const allNumbers = numbers.length === tried.length;
  if (allNumbers) numbers.sort((a, b) => a - b);
  // A log axis has no place for 0, as where one value means off.
  if (allNumbers && (!log || numbers[0] > 0)) {
    const ticks = numbers.length > mostValues ? undefined : numbers.map((at) => ({ at, label: digitsOf(at) }));
    const values = drawn.map(({ settings }) => settings[path] as number);
    return { title, low: numbers[0], high: numbers[numbers.length - 1], log, ticks, values };
  }
  // Numbers rise, names are read from above.
  const names = allNumbers ? numbers.map(wordOf) : tried.map(wordOf).reverse();
  const values = drawn.map(({ settings }) => names.indexOf(wordOf(settings[path])));
  const ticks = names.map((label, at) => ({ at, label }));
  return { title, low: 0, high: Math.max(1, names.length - 1), log: false, ticks, named: !allNumbers, values };
}

function metricAxis(title: string, values: number[]): ParallelAxis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(low < high)) {
    const middle = values[0] ?? 0.5;
    return { title, low: middle - 0.5, high: middle + 0.5, log: false, values };
  }
  return { title, low, high, log: low > 0 && high / low > wideRange, values };
}

/** As it was given; of one that was worked out three digits tell it from the others. */
function digitsOf(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(3)));
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [wordOf(value), value])).values()];
}
