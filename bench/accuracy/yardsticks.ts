/** What peers reach on a split: those stored with the table, and of the yardsticks what is not, computed here. */
import { formulaName, linearName, priorName } from './compare.ts';
import type { Peers } from './folder.ts';
import { linearOf, priorOf } from './linear.ts';
import { metricsOf } from './metrics.ts';
import type { Measured } from './results.ts';
import type { SplitCells } from './split.ts';
import type { BenchTable, Predictions } from './tables.ts';

/** The yardsticks that are not stored, by name. Each is computed when it is called. */
export function missingYardsticks(
  stored: Peers,
  table: BenchTable,
  split: number,
  cells: SplitCells,
): Map<string, () => Measured> {
  const problem = { ...table, train: cells.train, test: cells.test };
  const { expected } = table;
  const all: [string, () => Predictions][] = [
    [priorName, () => priorOf(problem)],
    [linearName, () => linearOf(problem)],
    ...(expected
      ? [[formulaName, () => testRowsOf(expected, table.splits[split])] as [string, () => Predictions]]
      : []),
  ];
  const isStored = (name: string) => stored[name]?.some((one) => one.table === table.name && one.split === split);
  return new Map(
    all
      .filter(([name]) => !isStored(name))
      .map(([name, predict]) => [name, () => measured(predict, table, split, cells)]),
  );
}

function testRowsOf({ classes, rows }: Predictions, testRows: readonly number[]): Predictions {
  return { classes, rows: testRows.map((row) => rows[row]) };
}

function measured(predict: () => Predictions, table: BenchTable, split: number, { truth }: SplitCells): Measured {
  const began = performance.now();
  const predictions = predict();
  const wall = (performance.now() - began) / 1000;
  return { table: table.name, split, metrics: metricsOf(table.task, truth, predictions), wall, cpu: wall };
}
