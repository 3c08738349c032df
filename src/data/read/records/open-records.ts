/**
 * Any table as records, whatever the format of the file: opened, decoded, told by its first rows, and given on in blocks.
 * Who wants columns goes on with `buildTable`; who gives rows back takes the blocks as they are.
 */

import { reading } from '../../../messages/en/tables/reading.ts';
import type { ReadingSettings } from '../../../spec/reading-settings.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { isBlank, missingMarkers } from '../../table/cells.ts';
import type { Notice } from '../../table/notices.ts';
import { type NumberFormat, numberReader } from '../../table/numbers.ts';
import type { TableFormat } from '../../table/table.ts';
import { WrongEncoding } from '../bytes/decoders.ts';
import { fallbackEncoding, type OpenText, type OpenTyped, openTable } from '../bytes/open.ts';
import { type CsvInput, continued, isRepeatable, readSample } from '../bytes/source.ts';
import { type CsvOptions, checkReading, type Reading } from '../csv-options.ts';
import { detectKind } from './kinds.ts';
import {
  type Block,
  cellsTogether,
  evenText,
  looked,
  type RecordSource,
  refuseWide,
  type TextForm,
  type Unread,
} from './records.ts';
import { separatedRecords } from './separated.ts';
import { guessHeader, guessNumberFormat } from './sniff.ts';

/** A table whose format is settled and whose records are still to come. */
export interface OpenRecords {
  /** What was asked for. */
  settings: ReadingSettings;
  format: TableFormat & NumberFormat;
  form: TextForm;
  /** Every row of the file in order; those that are not of the table are blank. The first other one is the header, if any. */
  blocks: AsyncGenerator<Block>;
  /** Where names stand elsewhere than in a row: they may become more while blocks are read. */
  names?: readonly string[];
  /** They too. */
  notices: Notice[];
  close: () => Promise<void>;
}

/**
 * @param fallback the encoding to go by instead of the first bytes, once they have proved misleading
 * @throws InputError as `readCsv`; WrongEncoding, also from the blocks, where `fallbackEncoding` knows more
 */
export async function openRecords(input: CsvInput, given: Reading, fallback?: string): Promise<OpenRecords> {
  given.signal?.throwIfAborted();
  const settings = checkReading(given);
  const options = { ...given, ...settings };
  const opened = await openTable(input, options, fallback);
  try {
    const form: TextForm = { bom: false, newline: '\n' };
    const records =
      'typed' in opened ? await typedRecords(opened, options, form) : await textRecords(opened, options, form);
    const { kind, delimiter, names } = records;
    for (const { length } of records.first) refuseWide(length, options.source);
    const guessed = guessFormat(records, options);
    records.notices.unshift(...('typed' in opened ? [] : opened.notices), ...guessed.notices);
    // What is no text of its own has its texts in UTF-8.
    const encoding = 'typed' in opened ? 'utf-8' : opened.encoding;
    const format = { kind, encoding, gzip: opened.gzip, delimiter, header: guessed.header, ...guessed.numbers };
    const blocks = counted(records.blocks, options.counting);
    return { settings, format, form, blocks, names, notices: records.notices, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function textRecords({ text, bom }: OpenText, options: Reading, form: TextForm): Promise<RecordSource> {
  form.bom = bom;
  const portions = evenText(text, options.source, form);
  const { parts, sample } = await readSample(portions);
  if (options.sheet !== undefined) throw (await import('../typed/records.ts')).noSheet(options.source);
  return readRecords(continued(parts, portions), sample, options);
}

async function typedRecords({ typed, bytes }: OpenTyped, options: Reading, form: TextForm): Promise<RecordSource> {
  // Excel opens what is made of its workbooks, and takes a text without the mark for one of the machine's own letters.
  form.bom = typed === 'xlsx';
  const { typedRecords } = await import('../typed/records.ts');
  return peeked(typedRecords(typed, bytes, options));
}

/**
 * Opens an input and closes it again. Where bytes do not fit the encoding by which it was first read, it is read again.
 * @throws InputError
 */
export async function withRecords<Result>(
  input: CsvInput,
  options: Reading,
  use: (opened: OpenRecords) => Promise<Result>,
): Promise<Result> {
  let fallback: string | undefined;
  for (;;) {
    try {
      const opened = await openRecords(input, options, fallback);
      try {
        return await use(opened);
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!(error instanceof WrongEncoding)) throw error;
      fallback = await fallbackEncoding(error.message, input, options);
    }
  }
}

/**
 * The same for who cannot begin again, as what was read is given on at once: where the encoding is a guess, all bytes are
 * held against it first, unless they come only once.
 */
export async function withSettledRecords<Result>(
  input: CsvInput,
  options: Reading,
  use: (opened: OpenRecords) => Promise<Result>,
): Promise<Result> {
  const guessed = options.encoding === undefined && typeof input !== 'string' && isRepeatable(input);
  const opened = await openRecords(input, options, guessed ? await settledFallback(input, options) : undefined);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

async function settledFallback(input: CsvInput, { source, signal }: Reading): Promise<string | undefined> {
  let fallback: string | undefined;
  for (;;) {
    const opened = await openTable(input, { source, signal }, fallback);
    try {
      if ('text' in opened) for await (const _ of opened.text);
      return fallback;
    } catch (error) {
      if (!(error instanceof WrongEncoding)) throw error;
      fallback = await fallbackEncoding(error.message, input, { source, signal });
    } finally {
      await opened.close();
    }
  }
}

async function* counted(blocks: AsyncIterable<Block>, counting: CsvOptions['counting']): AsyncGenerator<Block> {
  for await (const block of blocks) {
    yield block;
    counting?.(block.row + block.records.length);
  }
}

/** Formats that are not separated values are rare: what reads them is loaded for them. */
async function readRecords(portions: AsyncGenerator<string>, sample: string, options: Reading): Promise<RecordSource> {
  const { source, skip = 0 } = options;
  const kind = detectKind(sample, source);
  if (kind === 'csv') return separatedRecords(portions, options);
  if (kind === 'html') return peeked((await import('./html-table.ts')).htmlRecords(portions, source, skip));
  if (skip > 0) throw new InputError(message(reading, 'nothing_to_skip', { source }), 'skip');
  if (kind === 'arff') return peeked((await import('./arff.ts')).arffRecords(portions, source));
  return peeked((await import('./json.ts')).jsonRecords(portions, sample, source));
}

/** The first records are taken out for the guesses, and given on with the others. */
async function peeked(opened: Unread | Promise<Unread>): Promise<RecordSource> {
  const source = await opened;
  const parts: Block[] = [];
  let first: string[][] = [];
  for (let cells = 0; first.length < looked && cells < cellsTogether; ) {
    const { done, value } = await source.blocks.next();
    if (done) break;
    parts.push(value);
    for (const { length } of value.records) cells += length;
    first = [...first, ...value.records.slice(0, looked - first.length)];
  }
  return { ...source, first, blocks: continued(parts, source.blocks) };
}

interface Guessed {
  numbers: NumberFormat;
  header: boolean;
  notices: Notice[];
}

function guessFormat(source: RecordSource, options: Reading): Guessed {
  const missing = new Set(options.missing ?? missingMarkers);
  const rows = source.first.filter((record) => !isBlank(record));
  const records = source.names ? [source.names.map(() => ''), ...rows] : rows;
  // Where numbers are written by programs, a comma is no decimal mark.
  const given =
    source.kind === 'csv' || source.kind === 'html' || source.kind === 'arff'
      ? options
      : { decimal: '.' as const, ...options };
  const numbers = guessNumberFormat(records, source.kind === 'csv' ? source.delimiter : '', missing, given);
  const known = source.names ? true : (source.header ?? options.header);
  const guess =
    known === undefined ? guessHeader(records, numberReader(numbers.format), missing) : { header: known, notices: [] };
  return { numbers: numbers.format, header: guess.header, notices: [...numbers.notices, ...guess.notices] };
}
