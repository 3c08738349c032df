/** Tables from plain cells, and what is refused: for the tests of everything that begins with a table. */
import { expect } from 'vitest';
import type { Preprocessing } from '../../../src/data/prepare/dataset.ts';
import type { Notice, Severity } from '../../../src/data/table/notices.ts';
import type { Column, Table } from '../../../src/data/table/table.ts';
import { InputError } from '../../../src/util/errors.ts';

/** A number, a text, or null where it is missing. */
export type Cell = number | string | null;

export const repeat = (cells: Cell[], times: number): Cell[] => Array.from({ length: times }, () => cells).flat();
export const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => index + from);

/** A column of cells: all numbers make one of numbers, any text one of text. */
export function columnOf(cells: Cell[], name = 'c'): Column {
  if (cells.every((cell) => typeof cell !== 'string')) {
    return { name, kind: 'number', values: Float64Array.from(cells, (cell) => cell ?? Number.NaN) };
  }
  const levels = [...new Set(cells.filter((cell) => cell !== null).map(String))];
  const codes = Uint32Array.from(cells, (cell) => (cell === null ? 0 : levels.indexOf(String(cell)) + 1));
  return { name, kind: 'text', codes, levels };
}

/** A table with a header row, as if read from a file. */
export function tableOf(columns: Record<string, Cell[]>, source = 'table.csv'): Table {
  const all = Object.entries(columns).map(([name, cells]) => columnOf(cells, name));
  return { source, rows: Object.values(columns)[0].length, columns: all, rowsBefore: 1, notices: [] };
}

/** One feature of noise, and a target. */
export function targetTable(y: Cell[], others: Record<string, Cell[]> = {}): Table {
  return tableOf({ x: y.map((_, row) => Math.sin(row * 1.3)), ...others, y });
}

export function valuesOf(column: Column): Float64Array {
  if (column.kind !== 'number') throw new Error(`${column.name} is text`);
  return column.values;
}

/** The scale of a feature or a target that is a number. */
export function scaleOf(steps: Preprocessing['features'] | Preprocessing['targets'], index = 0) {
  const step = steps[index];
  const fitted = 'encoding' in step ? step.encoding : step;
  if (!('scale' in fitted)) throw new Error(`${step.column} is not scaled`);
  return fitted;
}

/** What is said where this work is refused. */
export function problemOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).not.toContain('\n');
    return error as InputError;
  }
  throw new Error('nothing was refused');
}

/** What notices say, of one severity or of all. */
export function textsOf(notices: readonly Notice[], severity?: Severity): string[] {
  return notices.filter((notice) => !severity || notice.severity === severity).map(({ text }) => text);
}
