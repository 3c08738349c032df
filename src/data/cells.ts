/**
 * Cells to columns: what a cell of text means. Numbers are all there is so far; other kinds of column belong here.
 */
import { InputError } from '../spec/errors.ts';
import type { Column } from './table.ts';

/** Decimal numbers as people and programs write them: 12, -.5, +3., 1e5. Not hexadecimal, not "Infinity". */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** True for a decimal number that float64 can hold. */
export function isNumber(cell: string): boolean {
  return decimal.test(cell) && Number.isFinite(Number(cell));
}

/**
 * A column of numbers.
 * @param rowNumbers of each cell, as a spreadsheet shows them, for messages
 * @throws InputError about the first cell that is no number
 */
export function columnOf(name: string, cells: string[], rowNumbers: number[], source: string): Column {
  const values = new Float64Array(cells.length);
  cells.forEach((cell, index) => {
    if (!isNumber(cell)) {
      const place = `${source}, row ${rowNumbers[index]}, column ${JSON.stringify(name)}`;
      throw new InputError(`${place}: ${problem(cell, cells)}.`, name);
    }
    values[index] = Number(cell);
  });
  return { name, values };
}

function problem(cell: string, column: string[]): string {
  if (cell === '') return 'the cell is empty; fill it in or delete the row';
  const shown = JSON.stringify(cell.length > 40 ? `${cell.slice(0, 37)}...` : cell);
  if (decimal.test(cell)) return `${shown} is too large a number; correct the cell or delete the row`;
  if (!column.some(isNumber)) {
    return `${shown} is not a number, nor is any other cell of the column; only columns of numbers can be used, so delete the column or code it as numbers`;
  }
  if (/^[+-]?\d+,\d+$/.test(cell)) return `${shown} is not a number; write decimals with a point and no other commas`;
  return `${shown} is not a number; correct the cell or delete the row`;
}
