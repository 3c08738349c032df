/**
 * Columns that give the target away: the same values, a straight line of them, or a code for each class. Whoever trains
 * with such a column learns nothing about rows whose target is not known yet, since then the column is not known either.
 */
import type { ColumnType } from '../spec/data-settings.ts';
import { byCode, numbersOf } from './columns.ts';
import { codesOf } from './sorted.ts';
import type { Column } from './table.ts';

/** A straight line of the target has a correlation beyond this; below, a good feature may. */
const asGoodAsLine = 0.9999;
/** Rows that have both values; of fewer, a line or a code may be chance. */
const leastRows = 10;

export interface Candidate {
  column: Column;
  type: ColumnType;
  distinct: number;
}

/**
 * A sentence if a column that could be trained on gives the target away.
 * @param classes whether the target is predicted as one of a few classes, not as a number
 */
export function leakOf(candidate: Candidate, target: Candidate, classes: boolean): string | undefined {
  const { column } = candidate;
  const name = `Column ${JSON.stringify(column.name)}`;
  const advice = 'leave it out unless it is known before the target is';
  if (equals(column, target.column)) return `${name} equals the target in every row; ${advice}.`;
  if (classes) {
    const leaks = candidate.distinct === target.distinct && oneToOne(codesOf(column), codesOf(target.column));
    return leaks ? `${name} has a value of its own for each class of the target; ${advice}.` : undefined;
  }
  if (!isNumber(candidate.type) || !isNumber(target.type)) return undefined;
  const r = correlation(numbersOf(column), numbersOf(target.column));
  if (Math.abs(r) <= asGoodAsLine) return undefined;
  return `${name} is the target on another scale (their correlation is ${Number(r.toFixed(6))}); ${advice}.`;
}

function isNumber(type: ColumnType): boolean {
  return type === 'number' || type === 'integer';
}

/** Whether two columns are the same in every row that has both, of all rows or of those given. */
export function equals(a: Column, b: Column, rows?: Uint32Array): boolean {
  if (a.kind === 'number' && b.kind === 'number') return sameValues(a.values, b.values, rows);
  if (a.kind === 'number' || b.kind === 'number') return false;
  // The same text may have one number in one column and another in the other, or be in one alone.
  const inB = new Map(b.levels.map((text, index) => [text, index]));
  return sameValues(
    byCode(
      a.codes,
      a.levels.map((text) => inB.get(text) ?? -1),
    ),
    byCode(
      b.codes,
      b.levels.map((_, index) => index),
    ),
    rows,
  );
}

function sameValues(a: Float64Array, b: Float64Array, rows?: Uint32Array): boolean {
  const count = rows?.length ?? a.length;
  let both = 0;
  for (let index = 0; index < count; index++) {
    const row = rows ? rows[index] : index;
    if (a[row] === b[row]) both += 1;
    else if (!Number.isNaN(a[row]) && !Number.isNaN(b[row])) return false;
  }
  return both >= leastRows;
}

/** True if each code of one goes with one code of the other, both ways, and there are several. */
function oneToOne(a: Uint32Array, b: Uint32Array): boolean {
  const toB = new Map<number, number>();
  const toA = new Map<number, number>();
  let both = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row] === 0 || b[row] === 0) continue;
    both += 1;
    const [other, back] = [toB.get(a[row]), toA.get(b[row])];
    if (other === undefined && back === undefined) {
      toB.set(a[row], b[row]);
      toA.set(b[row], a[row]);
    } else if (other !== b[row] || back !== a[row]) return false;
  }
  return toA.size > 1 && both >= leastRows;
}

/** Pearson's, over the rows that have both; 0 where there is none. */
function correlation(a: Float64Array, b: Float64Array): number {
  let rows = 0;
  let [meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  // Welford's way, in one pass without the cancellation of sums of squares.
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row], b[row]];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    rows += 1;
    const fromA = x - meanA;
    const fromB = y - meanB;
    meanA += fromA / rows;
    meanB += fromB / rows;
    squaresA += fromA * (x - meanA);
    squaresB += fromB * (y - meanB);
    products += fromA * (y - meanB);
  }
  const r = products / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
  return rows >= leastRows && Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : 0;
}
