/** Small tables for the tests of this folder. */
import type { BenchTable, Cells } from '../../../../bench/accuracy/tables.ts';

const table = (name: string, task: BenchTable['task'], cells: Cells): BenchTable => ({
  name,
  task,
  target: 'target',
  source: `${name}, made for tests`,
  categorical: [],
  options: [],
  splits: [[0, 1]],
  read: () => cells,
});

const rows = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
export const numbers = table('numbers', 'regression', {
  names: ['x', 'target'],
  rows: rows.map((x) => [String(x), String(1000 + 2 * x)]),
});
export const classes = table('classes', 'classification', {
  names: ['target', 'x'],
  rows: rows.map((x) => [x < 20 ? 'low, or so' : 'high', String(x)]),
});
