/** Sentences that a data set tells a person, whether it came from a table or from arrays. */
import type { DataSettings } from '../spec/data-settings.ts';
import { shown } from '../spec/words.ts';
import type { RowSets } from './dataset.ts';
import { fileRow, type Table } from './table.ts';

/** Parts that were asked for and got no row. */
export function emptyParts(sets: RowSets, split: DataSettings['split']): string[] {
  return (['validation', 'test'] as const)
    .filter((part) => split[part] > 0 && sets[part].length === 0)
    .map((part) => `There are too few rows for a ${part} set.`);
}

/** Cells that are no numbers, in columns that are used. */
export function oddCells(table: Table, used: string[]): string[] {
  const names = new Set(used);
  return table.columns.flatMap((column) => {
    if (column.kind !== 'number' || !column.odd?.count || !names.has(column.name)) return [];
    const { count, examples } = column.odd;
    const named = examples.slice(0, 3).map(({ row, text }) => `${shown(text)} in row ${fileRow(table, row)}`);
    const cells =
      count === 1
        ? '1 cell is no number and counts'
        : `${count.toLocaleString('en-US')} cells are no numbers and count`;
    return [`Column ${JSON.stringify(column.name)}: ${cells} as missing, such as ${named.join(', ')}.`];
  });
}
