/** Finding a column, and naming a cell in a message, the same everywhere. */

import { type Cell, tables } from '../../messages/en/tables/tables.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { nearest } from '../../util/nearest.ts';
import { firstAtLeast, runsOf, sortedValues } from '../../util/statistics/sorted.ts';
import { type Column, fileRow, type Table } from './table.ts';
import { numbersOfText } from './units.ts';

/** @throws InputError listing the columns there are; `where` is the column's name unless given. */
export function findColumn(table: Table, name: string, where = name): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  const columns = table.columns.map((column) => column.name);
  const setting = where === name ? '' : where;
  const near = nearest(name, columns);
  throw new InputError(
    message(tables, 'column_unknown', { setting, source: table.source, column: name, columns, near }),
    where,
  );
}

/** Where a cell stands, as messages mention it: with the row as a spreadsheet numbers it. */
export function cellAt(table: Table, row: number, column: string): Cell {
  return { source: table.source, row: fileRow(table, row), column };
}

/** The numbers of a column, read from its text, units and all, where it is one of text; NaN where a cell is missing or none. */
export function numbersOf(column: Column): Float64Array {
  return column.kind === 'number' ? column.values : numbersOfText(column).values;
}

/** The value of each row of a text column, from one for each of its levels; NaN where the cell is missing. */
export function byCode(codes: Uint32Array, ofLevel: readonly number[]): Float64Array<ArrayBuffer> {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = codes[row] === 0 ? Number.NaN : ofLevel[codes[row] - 1];
  return values;
}

/**
 * A whole number for each row, the same where the cells are the same: 0 where missing, else at least 1. For groups and
 * classes. Codes of numbers are in the order of the numbers.
 */
export function codeRows(column: Column): Uint32Array {
  if (column.kind === 'text') return column.codes;
  const { values } = runsOf(sortedValues(column.values));
  const codes = new Uint32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row];
    if (!Number.isNaN(value)) codes[row] = 1 + firstAtLeast(values, value);
  }
  return codes;
}
