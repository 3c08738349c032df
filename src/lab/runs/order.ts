/** Runs as rows of a list: one for each run or each group of seeds, in the order that was asked for. */
import { metricFacts } from '../../spec/metric-facts.ts';
import type { StoredRun } from '../protocol/runs.ts';
import type { Score } from '../shared/scores.ts';
import { type Spread, seedGroups, seedsIn, spreadOf } from './compare.ts';

/** `newest`, `name`, `seconds`, `epochs`, or a score by its key. */
export type SortKey = string;

export interface Row {
  /** A run's id, or a group's key. */
  id: string;
  runs: StoredRun[];
}

/** Groups of seeds where that is wished and there is more than one seed. */
export function rowsOf(runs: readonly StoredRun[], grouped: boolean): Row[] {
  const groups = grouped ? seedGroups(runs).filter((group) => seedsIn(group.runs) > 1) : [];
  const members = new Set(groups.flatMap((group) => group.runs));
  return [
    ...groups.map(({ key, runs: together }): Row => ({ id: key, runs: together })),
    ...runs.filter((run) => !members.has(run)).map((run): Row => ({ id: run.id, runs: [run] })),
  ];
}

/** Of runs that have ended well enough to have a figure. */
export function scoreOf({ runs }: Row, { key }: Pick<Score, 'key'>): Spread | undefined {
  return spreadOf(runs.map(({ scores }) => scores[key]).filter((value) => Number.isFinite(value)));
}

/** The run that is open first, where it keeps its place while it trains; then those that are pinned. */
export function ordered(
  rows: readonly Row[],
  by: SortKey,
  open: string | undefined,
  names: ReadonlyMap<string, string>,
): Row[] {
  const rank = ({ runs }: Row) =>
    runs.some(({ id }) => id === open) ? 0 : runs.some(({ mark }) => mark.pinned) ? 1 : 2;
  return [...rows].sort((a, b) => rank(a) - rank(b) || compare(a, b, by, names));
}

function compare(a: Row, b: Row, by: SortKey, names: ReadonlyMap<string, string>): number {
  const newest = Math.max(...b.runs.map(({ created }) => created)) - Math.max(...a.runs.map(({ created }) => created));
  if (by === 'newest') return newest;
  if (by === 'name') {
    const name = ({ runs }: Row) => names.get(runs[0].id) ?? '';
    return name(a).localeCompare(name(b), undefined, { numeric: true }) || newest;
  }
  const figure = (row: Row) =>
    by === 'seconds' || by === 'epochs'
      ? spreadOf(row.runs.map((run) => run[by]))?.mean
      : scoreOf(row, { key: by })?.mean;
  const [left, right] = [figure(a), figure(b)];
  // What has no such figure comes last, whichever way the others go.
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined) || newest;
  return (metricFacts[by]?.better === 'higher' ? right - left : left - right) || newest;
}
