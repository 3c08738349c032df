/**
 * Columns that give the target away: the same values, a straight line of them, or a code for each class. Whoever trains
 * with such a column learns nothing about rows whose target is not known yet, since then the column is not known either.
 */
import { tables } from '../../messages/en/tables/tables.ts';
import type { ColumnType } from '../../spec/data-settings.ts';
import { type Message, message } from '../../util/message.ts';
import { byCode, numbersOf } from './columns.ts';
import { critical, type Notice } from './notices.ts';
import type { Column } from './table.ts';

/** A straight line of the target has a correlation beyond this; below, a good feature may. */
const asGoodAsLine = 0.9999;
/** Rows that have both values; of fewer, a line or a code may be chance. */
const leastRows = 10;

const sampledRows = 4096;
const farFromLine = 0.9;

export interface Candidate {
  column: Column;
  type: ColumnType;
}

/**
 * A notice if a column that is trained on gives the target away. One that does not is mostly known after a few rows.
 * @param classes whether the target is predicted as one of a few classes, not as a number
 */
export function leakNotices(candidate: Candidate, target: Candidate, classes: boolean): Notice[] {
  const leak = describeLeak(candidate, target, classes);
  if (leak === undefined) return [];
  const { name: column } = candidate.column;
  return [critical(leak, { topic: 'leak', column, fix: { setting: 'ignore', column } })];
}

function describeLeak({ column, type }: Candidate, target: Candidate, classes: boolean): Message | undefined {
  if (type === 'identifier' || type === 'text') return undefined;
  const about = { column: column.name };
  if (equals(column, target.column)) return message(tables, 'leak_equal', about);
  if (classes) {
    return oneToOne(column, target.column) ? message(tables, 'leak_codes', about) : undefined;
  }
  if (!isNumber(type) || !isNumber(target.type)) return undefined;
  const [values, targets] = [numbersOf(column), numbersOf(target.column)];
  // Of a million rows a few thousand tell what is far from a line: looking at all takes a tenth of preparing them.
  const every = Math.floor(values.length / sampledRows);
  if (every > 1 && Math.abs(correlation(values, targets, every)) < farFromLine) return undefined;
  const r = correlation(values, targets);
  if (!(Math.abs(r) > asGoodAsLine)) return undefined;
  return message(tables, 'leak_scaled', { ...about, correlation: Number(r.toFixed(6)) });
}

function isNumber(type: ColumnType): boolean {
  return type === 'number' || type === 'integer';
}

/** Whether two columns are the same in every row that has both. */
function equals(a: Column, b: Column): boolean {
  if (a.kind === 'number' && b.kind === 'number') return sameValues(a.values, b.values);
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
  );
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  let both = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row] === b[row]) both += 1;
    else if (!Number.isNaN(a[row]) && !Number.isNaN(b[row])) return false;
  }
  return both >= leastRows;
}

/** True if each value of one goes with one value of the other, both ways, and there are several. */
function oneToOne(a: Column, b: Column): boolean {
  const [valuesA, valuesB] = [rowKeys(a), rowKeys(b)];
  const toB = new Map<number, number>();
  const toA = new Map<number, number>();
  let both = 0;
  for (let row = 0; row < valuesA.length; row++) {
    const [valueA, valueB] = [valuesA[row], valuesB[row]];
    if (isGap(a, valueA) || isGap(b, valueB)) continue;
    both += 1;
    const [other, back] = [toB.get(valueA), toA.get(valueB)];
    if (other === undefined && back === undefined) {
      toB.set(valueA, valueB);
      toA.set(valueB, valueA);
    } else if (other !== valueB || back !== valueA) return false;
  }
  return toA.size > 1 && both >= leastRows;
}

/** A number for each row, the same where the cells are the same. */
function rowKeys(column: Column): Float64Array | Uint32Array {
  return column.kind === 'number' ? column.values : column.codes;
}

function isGap({ kind }: Column, key: number): boolean {
  return kind === 'number' ? Number.isNaN(key) : key === 0;
}

/** Pearson's, over the rows that have both, or every so many of them; NaN where there is none. */
function correlation(a: Float64Array, b: Float64Array, every = 1): number {
  let rows = 0;
  let [meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  // Welford's way, in one pass without the cancellation of sums of squares.
  for (let row = 0; row < a.length; row += every) {
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
  return rows >= leastRows ? Math.min(1, Math.max(-1, r)) : Number.NaN;
}
