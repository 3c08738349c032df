/**
 * Text to records, in blocks of moderate size: the unfinished record at the end of a block is carried over to the next.
 * Rows are counted as a spreadsheet does, a record with line ends in its cells being one.
 */

import type Papa from 'papaparse';
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { Notice } from '../../table/notices.ts';
import type { TableKind } from '../../table/table.ts';

/** Loaded when a text is read, and not by who trains on numbers. */
const loadParser = async () => (await import('papaparse')).default.Parser;

/** No table has such a record; a quote that is never closed makes one. */
export const longestRecord = 16 * 2 ** 20;

/** More are no table that a network could be trained on, and take gigabytes before a row of theirs is read. */
const mostColumns = 100_000;

/** @throws InputError */
export function refuseWide(columns: number, source: string): void {
  if (columns <= mostColumns) return;
  throw new InputError(message(reading, 'columns_too_many', { source, count: columns, most: mostColumns }));
}

/** Characters parsed at a time: the cells of so many stay in a processor's cache until they are read. */
export const usualBlock = 65_536;

/** What papaparse's core parser returns; its types leave that open. */
interface Parsed {
  data: string[][];
  errors: Papa.ParseError[];
  meta: { cursor: number };
}

export interface Block {
  records: string[][];
  /** The 0-based row of the file of the first of them. */
  row: number;
  /** What they were read from, with \n at the end of each; absent where the file is no text of rows. */
  text?: string;
}

/** What is made even in a text, for those who write it again. */
export interface TextForm {
  /** Whether it begins with a byte order mark. */
  bom: boolean;
  /** How most of its first lines end. */
  newline: '\n' | '\r\n' | '\r';
}

/** Rows that guesses go by, where the first portion has so many. */
export const looked = 2000;

/** A table as records, before it is known what its cells mean. */
export interface RecordSource {
  kind: TableKind;
  /** What separates cells; a comma where the format has nothing of the kind. */
  delimiter: string;
  blocks: AsyncGenerator<Block>;
  /** The first records, for guesses. */
  first: string[][];
  /** Whether the first record that is not blank holds the names, where the format says so. */
  header?: boolean;
  /** Where names stand elsewhere than in a record: they may become more while blocks are read. */
  names?: readonly string[];
  /** They too. */
  notices: Notice[];
}

/** What readers of other formats than separated values give. */
export type Unread = Omit<RecordSource, 'first'>;

/** Rows of a block in other formats. */
export const rowsTogether = 1000;
/** Cells of a block that are enough, however few its rows are: each row may be wide, and most of it empty. */
export const cellsTogether = 1_000_000;

/**
 * Every line end as \n, and no byte order mark, however the text is cut.
 * @param form is told what the first portion shows
 * @throws InputError for characters that no text has
 */
export async function* evenText(
  portions: AsyncIterable<string>,
  source: string,
  form?: TextForm,
): AsyncGenerator<string> {
  let first = true;
  let held = '';
  for await (const portion of portions) {
    if (portion === '') continue;
    if (portion.includes('\0')) {
      throw new InputError(message(reading, 'file_not_text', { source }));
    }
    if (first && form) noteForm(form, portion);
    let text = first ? portion.replace(/^\ufeff/, '') : held + portion;
    first = false;
    held = text.endsWith('\r') ? '\r' : '';
    if (held !== '') text = text.slice(0, -1);
    if (text !== '') yield text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  }
  if (held !== '') yield '\n';
}

function noteForm(form: TextForm, text: string): void {
  if (text.startsWith('\ufeff')) form.bom = true;
  // A carriage return at the end may be half of a line end.
  const [both, carriage, feed] = [/\r\n/g, /\r(?!\n)(?!$)/g, /(?<!\r)\n/g].map((end) => text.match(end)?.length ?? 0);
  form.newline = both > 0 && both >= Math.max(carriage, feed) ? '\r\n' : carriage > feed ? '\r' : '\n';
}

/** Records at the start of a text; the last one only where the text is `whole`. */
export async function firstRecords(text: string, delimiter: string, whole: boolean, most: number): Promise<Parsed> {
  const Parser = await loadParser();
  const parser = new Parser({ delimiter, newline: '\n', preview: most });
  return parser.parse(text, 0, !whole) as Parsed;
}

/**
 * All records of a text in blocks; the records do not depend on `blockSize`, the characters that are parsed at a time.
 * @throws InputError for a quote that is never closed, or that ends before its cell does
 */
export async function* recordBlocks(
  portions: AsyncIterable<string>,
  delimiter: string,
  source: string,
  blockSize: number,
): AsyncGenerator<Block> {
  const Parser = await loadParser();
  const parser = new Parser({ delimiter, newline: '\n' });
  let pending = '';
  let wanted = blockSize;
  let row = 0;

  function parse(text: string, last: boolean): Parsed & { broken?: number } {
    const parsed = parser.parse(text, 0, !last) as Parsed;
    const quotes = parsed.errors.filter(({ type }) => type === 'Quotes');
    const finished = quotes.find((error) => (error.row ?? 0) < parsed.data.length);
    // Where a block ends within blanks after a quote, the unfinished record seems broken, once.
    const broken = finished ?? (quotes.length > 1 ? quotes[0] : undefined);
    return broken ? { ...parsed, broken: broken.row ?? 0 } : parsed;
  }

  for await (const portion of portions) {
    pending += portion;
    while (pending.length >= wanted) {
      const text = pending.slice(0, wanted);
      const { data, meta, broken } = parse(text, false);
      // What is wrong with earlier records is said first, wherever the block ends.
      if (data.length > 0) {
        yield { records: broken === undefined ? data : data.slice(0, broken), row, text: text.slice(0, meta.cursor) };
      }
      if (broken !== undefined) throw unclosed(row + broken, source);
      row += data.length;
      const carried = wanted - meta.cursor;
      if (data.length === 0 && carried > longestRecord) throw tooLong(text, row, source);
      pending = pending.slice(meta.cursor);
      // A record longer than a block is tried again at twice the length, not once for every block of it.
      wanted = data.length > 0 ? Math.max(blockSize, carried + 1) : Math.min(2 * wanted, longestRecord + 1);
    }
  }
  if (pending === '') return;
  const { data, broken } = parse(pending, true);
  const afterLast = data.at(-1)?.join('') === '' && pending.endsWith('\n') ? data.length - 1 : data.length;
  yield { records: data.slice(0, broken ?? afterLast), row, text: pending };
  if (broken !== undefined) throw unclosed(row + broken, source);
}

function unclosed(row: number, source: string): InputError {
  return new InputError(message(reading, 'quote_open', { source, row: row + 1 }));
}

function tooLong(text: string, row: number, source: string): InputError {
  if (text.includes('"')) return unclosed(row, source);
  return new InputError(message(reading, 'row_too_long', { source, row: row + 1 }));
}
