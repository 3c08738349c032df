/**
 * Rows as programs have them, objects or arrays, as a table. Cells are numbers, texts, booleans and dates; null, undefined, NaN
 * and '' are missing. A column of numbers alone is one of numbers, any other one of text, as when it is read from a file.
 */
import type { Preprocessing } from '../data/prepare/dataset.ts';
import { cellAt } from '../data/table/columns.ts';
import type { Column, Table } from '../data/table/table.ts';
import { library } from '../messages/en/library.ts';
import { preparing } from '../messages/en/tables/preparing.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { dateText } from './date-text.ts';

/** What a cell may be. */
export type CellValue = number | bigint | string | boolean | Date | null | undefined;

/** Objects by the names of their columns, or arrays (typed ones too), whose columns `header` names. */
export type Rows = readonly object[];

/** How rows that are arrays are read. */
export interface RowOptions {
  /**
   * Names of the columns of arrays: true where the first array has them. Without it they are column_1, column_2, ..., and for
   * a model the columns that it has learned from, in their order, with the target behind them where that is asked for.
   */
  header?: readonly string[] | boolean;
}

/** The columns of a model: with targets where rows are to have answers. */
export interface ModelColumns {
  features: Preprocessing['features'];
  targets?: Preprocessing['targets'];
}

/** The table of rows, or the table that was given. */
export function tableOf(input: Table | Rows, options: RowOptions = {}, model?: ModelColumns): Table {
  return Array.isArray(input) ? tableOfRows(input, options, model) : (input as Table);
}

/** @throws InputError naming the row, and the column */
function tableOfRows(rows: Rows, { header }: RowOptions, model?: ModelColumns): Table {
  const isHeader = header === true;
  const [first] = rows;
  const isList = first !== undefined && isArray(first);
  if (isHeader && !isList) throw new InputError(message(library, 'header_absent'), 'header');
  const names = Array.isArray(header) ? header : isHeader ? Array.from(first as ArrayLike<unknown>) : undefined;
  checkHeader(names);
  const own = isHeader ? rows.slice(1) : rows;
  const table = {
    source: 'input',
    rows: own.length,
    columns: [] as Column[],
    rowsBefore: isHeader ? 1 : 0,
    notices: [],
  };
  const cells = isList ? cellsOfArrays(table, own, names ?? usualNames(own[0], model)) : cellsOfObjects(table, own);
  const steps = new Map(model?.features.map((step) => [step.column, step]));
  for (const [name, values] of cells) table.columns.push(columnOf(table, name, values, steps.get(name)));
  return table;
}

type Step = Preprocessing['features'][number];

function isArray(row: unknown): row is ArrayLike<unknown> {
  return Array.isArray(row) || (ArrayBuffer.isView(row) && 'length' in row);
}

function usualNames(row: object, model: ModelColumns | undefined): string[] {
  if (!model) return Array.from(row as ArrayLike<unknown>, (_, index) => `column_${index + 1}`);
  return [...model.features, ...(model.targets ?? [])].map(({ column }) => column);
}

function checkHeader(names: readonly unknown[] | undefined): asserts names is string[] | undefined {
  const odd = names?.findIndex((name, at) => typeof name !== 'string' || name === '' || names.indexOf(name) !== at);
  if (names === undefined || odd === undefined || odd < 0) return;
  const name = typeof names[odd] === 'string' ? JSON.stringify(names[odd]) : kindOf(names[odd]);
  throw new InputError(message(library, 'header_name', { name, column: odd + 1 }), 'header');
}

function cellsOfArrays(table: Table, rows: Rows, names: readonly string[]): Map<string, unknown[]> {
  const columns = names.map(() => Array<unknown>(rows.length));
  rows.forEach((row, index) => {
    const values = row as unknown;
    if (!isArray(values)) throw badRow(table, index, row, true);
    if (values.length !== names.length) {
      const about = { ...place(table, index), count: values.length, names };
      throw new InputError(message(library, 'row_length', about), 'rows');
    }
    for (let column = 0; column < names.length; column++) columns[column][index] = values[column];
  });
  return new Map(names.map((name, column) => [name, columns[column]]));
}

/** Columns in the order in which rows first have them. */
function cellsOfObjects(table: Table, rows: Rows): Map<string, unknown[]> {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row: unknown, index) => {
    if (typeof row !== 'object' || row === null || isArray(row) || row instanceof Date) throw badRow(table, index, row);
    for (const [name, value] of Object.entries(row)) {
      let cells = columns.get(name);
      if (!cells) {
        cells = Array<unknown>(rows.length);
        columns.set(name, cells);
      }
      cells[index] = value;
    }
  });
  return columns;
}

function badRow(table: Table, index: number, row: unknown, lists = false): InputError {
  const mixed = typeof row === 'object' && row !== null && isArray(row) !== lists;
  const about = place(table, index);
  return new InputError(
    mixed ? message(library, 'rows_mixed', about) : message(library, 'row_of_kind', { ...about, kind: kindOf(row) }),
    'rows',
  );
}

/** Rows are counted from 1, a header among them. */
function place({ source, rowsBefore }: Table, index: number): { source: string; row: number } {
  return { source, row: rowsBefore + index + 1 };
}

/** @param step what a model makes of the column */
function columnOf(table: Table, name: string, cells: readonly unknown[], step: Step | undefined): Column {
  const values = new Float64Array(table.rows).fill(Number.NaN);
  let texts: Uint32Array | undefined;
  const codeOf = new Map<string, number>();
  const put = (row: number, text: string) => {
    texts ??= new Uint32Array(table.rows);
    let code = codeOf.get(text);
    if (code === undefined) {
      code = codeOf.size + 1;
      codeOf.set(text, code);
    }
    texts[row] = code;
  };
  for (let row = 0; row < table.rows; row++) {
    const cell = cellOf(table, row, name, cells[row]);
    if (typeof cell === 'number') values[row] = cell;
    else if (cell !== undefined) put(row, typeof cell === 'string' ? cell : textOf(cell, step));
  }
  if (!texts) return { name, kind: 'number', values };
  // Numbers among texts are texts.
  for (let row = 0; row < table.rows; row++) if (!Number.isNaN(values[row])) put(row, String(values[row]));
  return { name, kind: 'text', codes: texts, levels: [...codeOf.keys()] };
}

/** Undefined where the cell is missing. @throws InputError about what is no value */
function cellOf(
  table: Table,
  row: number,
  column: string,
  cell: unknown,
): number | string | boolean | Date | undefined {
  switch (typeof cell) {
    case 'number':
      if (Number.isFinite(cell)) return cell;
      if (Number.isNaN(cell)) return undefined;
      throw new InputError(
        message(preparing, 'cell_not_finite', { ...cellAt(table, row, column), value: cell }),
        column,
      );
    case 'bigint':
      // As text, where a number would be another one.
      return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
    case 'string':
      return cell.trim() === '' ? undefined : cell;
    case 'boolean':
    case 'undefined':
      return cell;
    default:
      if (cell === null) return undefined;
      if (cell instanceof Date && !Number.isNaN(cell.getTime())) return cell;
      throw new InputError(
        message(library, 'cell_of_kind', { ...cellAt(table, row, column), kind: kindOf(cell) }),
        column,
      );
  }
}

/** As the column was written in training: true is "yes" where it had yes and no. */
function textOf(cell: boolean | Date, step: Step | undefined): string {
  if (cell instanceof Date) return dateText(cell, step?.kind === 'date' ? step.format : undefined);
  if (step?.kind === 'boolean') return cell ? step.truth : step.falsehood;
  return String(cell);
}

/** The name of its type. */
function kindOf(value: unknown): string {
  if (value instanceof Date) return 'invalid Date';
  if (value === null) return 'null';
  return isArray(value) ? 'array' : typeof value;
}
