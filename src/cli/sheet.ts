/**
 * A CSV file as it was typed, for a command that gives it back. `readCsv` makes numbers of all columns; here the columns
 * that a model does not ask for may hold anything, and every cell is kept to the letter.
 */
import Papa from 'papaparse';
import { readCsv } from '../data/csv.ts';
import type { Table } from '../data/table.ts';
import { decodeText } from '../data/text.ts';
import type { Input } from './files.ts';

export interface Sheet {
  source: string;
  delimiter: string;
  header: string[];
  /** Every row below the header that is not blank. */
  records: string[][];
  /** All rows of the file, as read. */
  all: string[][];
}

const blank = (record: readonly string[]) => record.every((cell) => cell.trim() === '');

export async function readSheet({ source, bytes }: Input): Promise<Sheet> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const text = decodeText(Buffer.concat(chunks), source).replace(/^\ufeff/, '');
  const lines = text.replace(/\r\n?/g, '\n');
  const { meta } = Papa.parse(lines, {
    newline: '\n',
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', '\t', '|', ';'],
    preview: 10,
  });
  const { data: all, errors } = Papa.parse<string[]>(lines, { newline: '\n', delimiter: meta.delimiter });
  // A cell that is never closed swallows rows: no sheet can be made of that, and readCsv says where it is.
  if (errors.some(({ type }) => type === 'Quotes')) await readCsv(text, { source });
  const [header = [], ...records] = all.filter((record) => !blank(record));
  return { source, delimiter: meta.delimiter, header: header.map((name) => name.trim()), records, all };
}

/**
 * The columns named, as numbers. The others become 0, so that `readCsv` has its say about everything else in the file,
 * with the row numbers that a spreadsheet shows.
 */
export function tableOf({ source, all, header }: Sheet, names: readonly string[]): Promise<Table> {
  const wanted = header.map((name) => names.includes(name));
  let below = false;
  const reduced = all.map((record) => {
    if (blank(record)) return [''];
    if (below) return record.map((cell, index) => (wanted[index] === false ? '0' : cell));
    below = true;
    return record;
  });
  return readCsv([...sheetText(reduced, ',')].join(''), { source });
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
