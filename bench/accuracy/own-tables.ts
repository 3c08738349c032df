/** The tables that the project has: its samples, and what is generated. Splits are drawn with one fixed seed. */
import { join } from 'node:path';
import samples from '../../data/samples.json' with { type: 'json' };
import { generatedTables } from './generated.ts';
import { seededSplits } from './split.ts';
import { type BenchTable, type Cells, columnOf, readCells, type Task } from './tables.ts';

/** Of fewer rows none are held out: truth tables. */
const fewestRows = 100;
const testShare = 0.3;
const drawn = { share: testShare, count: 3, seed: 17 };

export function ownTables(root: string): BenchTable[] {
  const shown = samples.filter(({ rows }) => rows >= fewestRows);
  return [
    ...shown.map((sample): BenchTable => {
      const { name, target, file, settings } = sample;
      const cells = readCells(join(root, 'data', file));
      const task = sample.task as Task;
      const time = 'data' in settings && settings.data && 'split' in settings.data ? settings.data.split : undefined;
      return {
        name,
        task,
        target,
        source: sample.source,
        categorical: [],
        // Digits are classes that look like numbers, which nobody can tell from the cells.
        options: task === 'classification' && columnOf(cells, target).every(isNumber) ? ['--task', task] : [],
        splits:
          time && 'time' in time && time.time ? [latestRows(cells, time.time)] : seededSplits(cells.rows.length, drawn),
        read: () => cells,
      };
    }),
    ...generatedTables().map(
      ({ cells, ...table }): BenchTable => ({
        ...table,
        categorical: [],
        options: [],
        splits: seededSplits(cells.rows.length, drawn),
        read: () => cells,
      }),
    ),
  ];
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));

/** Days next to each other are alike: the last ones are predicted from those before. */
function latestRows(cells: Cells, column: string): number[] {
  const times = columnOf(cells, column);
  const byTime = times.map((_, row) => row).sort((a, b) => (times[a] < times[b] ? -1 : 1));
  return byTime.slice(Math.round((1 - testShare) * times.length)).sort((a, b) => a - b);
}
