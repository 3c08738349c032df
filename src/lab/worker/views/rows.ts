/** Rows of the table as they were read, for what a plot shows of them. */
import { unitOfStep, withUnit } from '../../../data/table/quantity.ts';
import { fileRow, isMissing, type Table, textOf } from '../../../data/table/table.ts';
import type { RowsView } from '../../protocol/views.ts';

/** @param places of the rows in the table */
export function rowsOf(table: Table, places: readonly number[]): RowsView {
  const units = table.columns.map(unitOfStep);
  return {
    columns: table.columns.map(({ name }) => name),
    rows: places.map((row) => ({
      number: fileRow(table, row),
      cells: table.columns.map((column, index) => {
        if (isMissing(column, row)) return null;
        const plain = column.kind === 'number' && !units[index];
        return plain ? column.values[row] : withUnit(textOf(column, row), units[index]);
      }),
    })),
  };
}
