/** Which rows are held out, and what of them is seen: everything but the target. */
import { lastingKey, shuffled } from '../../src/util/random.ts';
import { type Cells, columnOf } from './tables.ts';

export interface SplitCells {
  /** With the target. */
  train: Cells;
  /** Without it. */
  test: Cells;
  /** The target of the test rows, in their order. */
  truth: string[];
}

/** Test rows of so many splits, drawn without replacement, in ascending order. The same for the same seed, everywhere. */
export function seededSplits(rows: number, { share, count, seed }: { share: number; count: number; seed: number }) {
  const size = Math.round(share * rows);
  return Array.from({ length: count }, (_, split) => {
    const key = lastingKey(seed, split);
    return Array.from({ length: size }, (_, position) => shuffled(position, rows, key)).sort((a, b) => a - b);
  });
}

/** @throws Error where a test row is not in the table */
export function splitCells(cells: Cells, target: string, testRows: readonly number[]): SplitCells {
  const held = new Set(testRows);
  const beyond = testRows.find((row) => !(row in cells.rows));
  if (beyond !== undefined) throw new Error(`test row ${beyond} of a table of ${cells.rows.length} rows`);
  const at = cells.names.indexOf(target);
  const withoutTarget = (row: string[]) => row.filter((_, column) => column !== at);
  const test = { names: cells.names, rows: cells.rows.filter((_, row) => held.has(row)) };
  return {
    train: { names: cells.names, rows: cells.rows.filter((_, row) => !held.has(row)) },
    test: { names: withoutTarget(test.names), rows: test.rows.map(withoutTarget) },
    truth: columnOf(test, target),
  };
}
