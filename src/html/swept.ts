/** What a sweep's report is made from, and the words and numbers that its parts share. */
import { intervalMethods } from '../messages/en/command-line/summary.ts';
import { figure } from '../util/format.ts';
import type { PairedDifference, Spread } from '../util/statistics/statistics.ts';
import { count } from '../util/thousands.ts';
import type { RowSetName } from './picture.ts';
import type { ScoresBySet } from './scores.ts';

export interface SweptEpoch {
  number: number;
  train_loss: number;
  validation_loss: number | null;
}

export interface SweptTrial {
  cell: number;
  settings: Record<string, unknown>;
  seed: number;
  fold: number | null;
  metrics: ScoresBySet;
  epochs_run: number;
  stopped: string;
  history: readonly SweptEpoch[];
}

export interface SweptLeader {
  cell: number;
  settings: Record<string, unknown>;
  n: number;
  diverged: number;
  /** Trials that successive halving did not let go on. */
  halved?: number;
  metrics: Record<RowSetName, Record<string, Spread>>;
  versus_best: PairedDifference | null;
}

/** Stands beside what is not told apart from the best. */
export const tieMark = '≈';

export function isTie({ versus_best }: Pick<SweptLeader, 'versus_best'>): boolean {
  return versus_best?.told_apart === false;
}

/** How many are compared with the best, not told apart from it, and cannot be told. */
export interface TieCounts {
  compared: number;
  tied: number;
  untold: number;
}

export function countTies(leaders: readonly Pick<SweptLeader, 'versus_best'>[]): TieCounts {
  const compared = leaders.flatMap(({ versus_best }) => versus_best ?? []);
  const count = (told: boolean | null) => compared.filter(({ told_apart }) => told_apart === told).length;
  return { compared: compared.length, tied: count(false), untold: count(null) };
}

/** What the best are chosen by. */
export interface Deciding {
  set: RowSetName;
  name: string;
  large: boolean;
  /** Trials were scored on test rows. */
  tested: boolean;
}

export function decidingOf(trials: readonly SweptTrial[]): Deciding {
  const set = trials.some(({ metrics }) => metrics.validation) ? 'validation' : 'train';
  const classes = trials.some(({ metrics }) => metrics[set] && 'accuracy' in metrics[set]);
  return {
    set,
    name: classes ? 'accuracy' : 'rmse',
    large: classes,
    tested: trials.some(({ metrics }) => metrics.test),
  };
}

export function scoreOf(scores: ScoresBySet[RowSetName], name: string): number {
  return (scores as unknown as Record<string, number> | null)?.[name] ?? Number.NaN;
}

/** Paths that vary, and what to call them: their last word where that is clear. */
export function variedOf(leaders: readonly Pick<SweptLeader, 'settings'>[]): { path: string; name: string }[] {
  const paths = Object.keys(leaders[0]?.settings ?? {});
  const short = (path: string) => {
    const bare = path.replace(/\.kind$/, '');
    return bare.slice(bare.lastIndexOf('.') + 1);
  };
  return paths.map((path) => {
    const clear = paths.filter((other) => short(other) === short(path)).length === 1;
    return { path, name: (clear ? short(path) : path).replaceAll('_', ' ') };
  });
}

export function wordOf(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.map(wordOf).join('-') : 'none';
  if (typeof value === 'object' && value !== null) {
    const { kind, ...others } = value as Record<string, unknown>;
    const rest = Object.entries(others).map(([name, own]) => `${name} ${wordOf(own)}`);
    return [kind, ...rest].filter((part) => part !== undefined).join(' ');
  }
  return value === undefined ? '–' : String(value);
}

/** "relu, adam, 8", or what a sweep without varied settings has. */
export function shortWords(settings: Record<string, unknown>): string {
  return Object.values(settings).map(wordOf).join(', ') || 'the base settings';
}

/** "activation relu, batch size 8" */
export function longWords(settings: Record<string, unknown>, varied: { path: string; name: string }[]): string {
  return varied.map(({ path, name }) => `${name} ${wordOf(settings[path])}`).join(', ') || 'the base settings';
}

/** "0.104 ± 0.003" */
export function plusMinus(spread: Pick<Spread, 'n' | 'mean' | 'sd'> | undefined): string {
  if (!spread || !Number.isFinite(spread.mean)) return '–';
  if (spread.n > 1 && spread.sd === 0 && Number.isInteger(spread.mean)) return count(spread.mean);
  return spread.n > 1 && Number.isFinite(spread.sd)
    ? `${figure(spread.mean)} ± ${figure(spread.sd, 2)}`
    : figure(spread.mean);
}

export function range({ low, high }: Pick<Spread, 'low' | 'high'>): string {
  return `${figure(low)} to ${figure(high)}`;
}

/** How the intervals of several means were found: "Student's t", "bootstrap" or both; empty where there are none. */
export function methodWords(spreads: readonly (Spread | undefined)[]): string {
  return (['t', 'bootstrap'] as const)
    .filter((method) => spreads.some((spread) => spread?.interval === method))
    .map((method) => intervalMethods[method])
    .join(', or by ');
}

export function groupedByCell(trials: readonly SweptTrial[]): Map<number, SweptTrial[]> {
  const groups = new Map<number, SweptTrial[]>();
  for (const trial of trials) {
    const own = groups.get(trial.cell);
    if (own) own.push(trial);
    else groups.set(trial.cell, [trial]);
  }
  return groups;
}
