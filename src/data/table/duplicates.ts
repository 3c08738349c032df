/**
 * Rows that are the same as an earlier row, cell by cell. Each row is hashed column by column, so that columns are read in
 * order; rows of equal hash are compared, so that the count is exact.
 */
import { hash } from '../../util/random.ts';
import type { Column } from './table.ts';

export interface Duplicates {
  /** Rows that an earlier row equals. */
  count: number;
  /** The first few of them, as row numbers of the table from 0. */
  examples: { row: number; sameAs: number }[];
}

export function duplicateRows(columns: readonly Column[], rows: number, mostExamples = 5): Duplicates {
  const hashes = rowHashes(columns, rows);
  // Open addressing: a slot has 1 + the row that came first, or 0; at most half of the slots are taken.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
  const found: Duplicates = { count: 0, examples: [] };
  for (let row = 0; row < rows; row++) {
    let slot = hashes[row] & (slots.length - 1);
    while (slots[slot] !== 0) {
      const earlier = slots[slot] - 1;
      if (hashes[earlier] === hashes[row] && sameCells(columns, earlier, row)) {
        found.count += 1;
        if (found.examples.length < mostExamples) found.examples.push({ row, sameAs: earlier });
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] === 0) slots[slot] = row + 1;
  }
  return found;
}

function rowHashes(columns: readonly Column[], rows: number): Uint32Array {
  const hashes = new Uint32Array(rows);
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  for (const column of columns) {
    if (column.kind === 'text') {
      for (let row = 0; row < rows; row++) hashes[row] = hash((hashes[row] + column.codes[row] + 1) >>> 0);
      continue;
    }
    for (let row = 0; row < rows; row++) {
      // Adding zero makes minus zero zero, which it equals. Every NaN is a missing cell, whatever its bits.
      const value = column.values[row];
      number[0] = Number.isNaN(value) ? Number.MAX_VALUE : value + 0;
      hashes[row] = hash((hash((hashes[row] + halves[0]) >>> 0) + halves[1] + 1) >>> 0);
    }
  }
  return hashes;
}

function sameCells(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column.kind === 'text') return column.codes[a] === column.codes[b];
    const [first, second] = [column.values[a], column.values[b]];
    return first === second || (Number.isNaN(first) && Number.isNaN(second));
  });
}
