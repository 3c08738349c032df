/**
 * A CSV file as it was typed, for whoever gives it back: `readCsv` says what the columns hold, and beside it every cell is
 * kept to the letter.
 */
import Papa from 'papaparse';
import { isBlank } from './cells.ts';
import type { CsvOptions } from './csv-options.ts';
import { joinedBytes } from './join.ts';
import { withRecords } from './open-records.ts';
import type { Block } from './records.ts';
import { tableOf } from './rows.ts';
import type { Table } from './table.ts';

/** A file that is read from. */
export interface SheetInput {
  /** What messages call it. */
  source: string;
  bytes: AsyncIterable<Uint8Array>;
}

export interface Sheet {
  source: string;
  delimiter: string;
  header: string[];
  /** Every row below the header that is not blank, as they are in `table`. */
  records: string[][];
  table: Table;
}

/** @throws InputError as `readCsv`; the signal's reason where that stops the reading */
export async function readSheet({ source, bytes }: SheetInput, options: CsvOptions): Promise<Sheet> {
  const reading = { ...options, source };
  const all = await collected(bytes);
  return withRecords(
    () => only(all),
    reading,
    async (opened) => {
      const records: string[][] = [];
      const blocks = kept(opened.blocks, records);
      const table = await tableOf({ ...opened, blocks }, source);
      const { delimiter, header } = opened.format;
      const first = opened.names ?? (header ? records.shift() : undefined);
      if (records.length !== table.rows)
        throw new Error(`${source}: ${records.length} rows were read as ${table.rows}`);
      const names = first?.map((name) => name.trim()) ?? table.columns.map(({ name }) => name);
      return { source, delimiter: delimiter === ' ' ? '\t' : delimiter, header: names, records, table };
    },
  );
}

/** The records that are not blank, to the letter. */
async function* kept(blocks: AsyncIterable<Block>, records: string[][]): AsyncGenerator<Block> {
  for await (const block of blocks) {
    for (const record of block.records) if (!isBlank(record)) records.push([...record]);
    yield block;
  }
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return joinedBytes(parts);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Rows as CSV text, in parts of some thousand rows. */
export function* sheetText(rows: Iterable<(string | number)[]>, delimiter: string): Generator<string> {
  const newline = '\n';
  let part: (string | number)[][] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < 5000) continue;
    yield Papa.unparse(part, { delimiter, newline }) + newline;
    part = [];
  }
  if (part.length > 0) yield Papa.unparse(part, { delimiter, newline }) + newline;
}
