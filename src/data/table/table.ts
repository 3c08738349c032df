/**
 * A table in memory: named columns of equal length, in typed arrays, as they were read. What a column means (a number, a
 * category, a date) is `types.ts`; what training makes of it is `prepare.ts`.
 */
import type { ReadingSettings } from '../../spec/reading-settings.ts';
import type { Notice } from './notices.ts';
import type { NumberFormat } from './numbers.ts';
import type { Unit } from './quantity.ts';

/** A column of numbers, one for each row; NaN where the cell is missing. */
export interface NumberColumn {
  /** As the header has it. */
  name: string;
  /** Tells it from a column of text. */
  kind: 'number';
  /** [row], in float64. */
  values: Float64Array;
  /** What the cells have around their numbers, and how many have it; the values are in this unit. */
  unit?: Unit;
  /** How many cells have the unit, and one of them. */
  withUnit?: { count: number; example: string };
  /** Cells whose numbers are negative as they stand in brackets: how many, and one of them. */
  inBrackets?: { count: number; example: string };
  /** How the cells with the unit write their numbers, where that is not 1234.5. */
  numbers?: NumberFormat;
  /** A unit of cells that count as missing, as another was expected. */
  otherUnit?: Unit;
  /**
   * Cells that are no numbers among many that are: they count as missing. How many, and a few with their rows of the
   * table.
   */
  invalid?: { count: number; examples: { row: number; text: string }[] };
  /**
   * Cells that hold infinity: they count as missing, and are no `invalid` ones. How many, and the first with its row.
   */
  infinite?: { count: number; first: { row: number; text: string } };
  /** Texts that were taken for "no value here", such as NA. */
  markers?: Marker[];
}

/** How many cells have a text that marks them as missing. */
export interface Marker {
  /** The text, such as NA. */
  text: string;
  /** Cells that have it. */
  count: number;
}

/** Text by its distinct values: `codes[row]` is 0 where the cell is missing, else 1 + the index of its text in `levels`. */
export interface TextColumn {
  /** As the header has it. */
  name: string;
  /** Tells it from a column of numbers. */
  kind: 'text';
  /** [row]: 0 where the cell is missing, else 1 + the index of its text in `levels`. */
  codes: Uint32Array;
  /** Each text once. */
  levels: string[];
  /** How numbers in its texts are written, where that is not 1234.5. */
  numbers?: NumberFormat;
  /** Texts that were taken for "no value here", such as NA. */
  markers?: Marker[];
}

/** A named column of a table: of numbers, or of text. */
export type Column = NumberColumn | TextColumn;

export type TableKind = 'csv' | 'json' | 'html' | 'arff' | 'arrow' | 'parquet' | 'xlsx';

/** How the file was read. Every guess can be given instead (see `readCsv`); the table's notices say which were not certain. */
export interface TableFormat {
  /** What the file is. */
  kind: TableKind;
  /** Of its text, such as `utf-8` or `cp949`. */
  encoding: string;
  /** A blank for any number of them; a comma for formats that have no delimiter. */
  delimiter: string;
  /** Whether the first row has the names. */
  header: boolean;
  /** The decimal sign of its numbers. */
  decimal: '.' | ',';
  /** What stands between thousands; empty where nothing does. */
  thousands: string;
  /** Whether it was packed. */
  gzip: boolean;
}

/** A table in memory, as `readCsv` and `generate` make it: named columns of equal length. */
export interface Table {
  /** Where it came from, for messages: a file name, or "pasted text". */
  source: string;
  /** Rows of data, without the header and blank ones. */
  rows: number;
  /** In the order of the file; names are unique. */
  columns: Column[];
  /** Rows of the file before the first row of data: 1 for a header in the first row. */
  rowsBefore: number;
  /** Blank rows of the file after that, as 0-based numbers counted from there, rising: they are not rows of the table. */
  blank?: Uint32Array;
  /** Absent for a table that was not read from text. */
  format?: TableFormat;
  /** What was asked for, where the table was read from a file. */
  reading?: ReadingSettings;
  /** What reading guessed or did that a person should know. */
  notices: Notice[];
}

/** How rows of the table are numbered in its file. */
export type RowNumbering = Pick<Table, 'rowsBefore' | 'blank'>;

/** The row of the file, as a spreadsheet numbers it, of a row of the table. */
export function fileRow({ rowsBefore, blank }: RowNumbering, row: number): number {
  let place = row;
  for (const skipped of blank ?? []) {
    if (skipped > place) break;
    place += 1;
  }
  return rowsBefore + place + 1;
}

export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] === 0;
}

/** A cell as text; '' where it is missing. */
export function textOf(column: Column, row: number): string {
  if (column.kind === 'text') return column.codes[row] === 0 ? '' : column.levels[column.codes[row] - 1];
  return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
}
