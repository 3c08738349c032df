/**
 * A CSV file as it was typed, for whoever gives it back: `readCsv` says what the columns hold, and beside it every cell is
 * kept to the letter.
 */
import Papa from 'papaparse';
import { isBlank } from './cells.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { joinedBytes } from './join.ts';
import { recordBlocks, usualBlock } from './records.ts';
import { gunzip, isGzip, textPortions } from './source.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

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
  const text = decodeText(await unpacked(bytes, source), source, options.encoding);
  const table = await readCsv(text, { ...options, source });
  const { delimiter = ',', header = true } = table.format ?? {};
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const records: string[][] = [];
  for await (const block of recordBlocks(
    textPortions(lines, { signal: options.signal }),
    delimiter,
    source,
    usualBlock,
  )) {
    for (const record of block.records) if (!isBlank(record)) records.push(record);
  }
  const first = header ? records.shift()?.map((name) => name.trim()) : undefined;
  if (records.length !== table.rows) throw new Error(`${source}: ${records.length} rows were read as ${table.rows}`);
  return { source, delimiter, header: first ?? table.columns.map(({ name }) => name), records, table };
}

async function unpacked(bytes: AsyncIterable<Uint8Array>, source: string): Promise<Uint8Array> {
  const all = await collected(bytes);
  if (!isGzip(all)) return all;
  return collected(gunzip(only(all), source));
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
