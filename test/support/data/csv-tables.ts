/** Tables as plain values, for the tests of reading. */
import { expect } from 'vitest';
import type { CsvInput } from '../../../src/data/read/bytes/source.ts';
import { type CsvOptions, readCsv } from '../../../src/data/read/csv.ts';
import { type Column, isMissing, type Table, textOf } from '../../../src/data/table/table.ts';
import { InputError } from '../../../src/util/errors.ts';
import type { Cell } from './tables.ts';

function cellsOf(column: Column, rows: number): Cell[] {
  return Array.from({ length: rows }, (_, row) => {
    if (isMissing(column, row)) return null;
    return column.kind === 'number' ? column.values[row] : textOf(column, row);
  });
}

/** Names and cells: numbers, texts, null where missing. */
export function plain({ rows, columns }: Table): Record<string, Cell[]> {
  return Object.fromEntries(columns.map((column) => [column.name, cellsOf(column, rows)]));
}

export async function problemOf(input: CsvInput, options?: CsvOptions): Promise<InputError> {
  const error = await readCsv(input, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain('\n');
  return error as InputError;
}

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const utf8 = (text: string) => new TextEncoder().encode(text);

/** A file of many rows, longer than the portion that guesses go by. */
export function longText(row: string, last: string): string {
  return `x,name\n${`${row}\n`.repeat(Math.ceil(600_000 / (row.length + 1)))}${last}\n`;
}

/** A file of one column; a second keeps its rows from being blank. */
export function fileOf(cells: readonly string[], name = 'price'): string {
  return `${name}\tn\n${cells.map((cell, row) => `${cell}\t${(row * 7) % 11}.5`).join('\n')}\n`;
}
