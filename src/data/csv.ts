/**
 * Reads any table of separated values: bytes -> text -> records -> cells -> columns, in portions, so that neither the whole
 * text nor its cells are ever in memory. The same code runs in a page, a worker and Node. What the first rows do not
 * settle is guessed, said in `format`, and can be given; what cannot be read is refused with the row as a spreadsheet
 * numbers it.
 */
import { InputError } from '../spec/errors.ts';
import { isBlank, missingMarkers } from './cells.ts';
import { WrongEncoding } from './decoders.ts';
import { guessDelimiter } from './delimiter.ts';
import type { Notice } from './notices.ts';
import { type NumberFormat, numberReader } from './numbers.ts';
import { fallbackEncoding, openText } from './open.ts';
import { type Block, evenText, firstRecords, recordBlocks, type TextForm, usualBlock } from './records.ts';
import { tableOf } from './rows.ts';
import { guessHeader, guessNumberFormat } from './sniff.ts';
import { beginning, type CsvInput, continued, nameOf, portion, type Watch } from './source.ts';
import type { Table, TableFormat } from './table.ts';

/** Rows that guesses go by, where the first portion has so many. */
const looked = 2000;

/** Rows that guesses need at least, and the characters that are gone through for them at most. */
const leastLines = 3;
const largestSample = 2 ** 22;

export interface CsvOptions extends Watch {
  /** What messages call the input; by default the file's name, or "text". */
  source?: string;
  /** Whether the first row holds the column names. */
  header?: boolean;
  /** What separates cells: comma, tab, bar and semicolon are told apart, others have to be given. */
  delimiter?: string;
  decimal?: NumberFormat['decimal'];
  /** What separates thousands: '' (nothing), comma, point, blank or apostrophe. */
  thousands?: NumberFormat['thousands'];
  /** A name that TextDecoder knows: UTF-8, marked UTF-16, EUC-KR and windows-1252 are told apart. */
  encoding?: string;
  /** Texts that say "no value here" instead of `missingMarkers`; an empty cell always does. */
  missing?: readonly string[];
  /** Bytes of the input, where that is known and the input is no `Blob`, which knows its own. */
  size?: number;
  /** Called now and then with the bytes read (characters, of a string), and with all of them where that is known. */
  progress?: (bytes: number, total?: number) => void;
  /** Called now and then with the rows of the file read so far, the header and blank ones among them. */
  counting?: (rows: number) => void;
  /** Stops the reading. */
  signal?: AbortSignal;
  /** Characters parsed at a time; the table does not depend on it. */
  blockSize?: number;
}

/**
 * A table from text, a file (`File`, `Blob`), a stream of bytes or a function that opens one; gzip is unpacked.
 *
 * - Blanks around cells and blank rows do not matter; line ends within cells become \n.
 * - A column is one of numbers where at least 95 % of its cells are, or all but one of up to 20; the others are `odd`, and
 *   missing. Any other column is text, and so is one with codes such as 007; numbers in it are written as the language
 *   writes them (1.50 is "1.5"). A column without any value is one of numbers. Percent and currency signs make text.
 * - Names that are missing or double are made up, with a notice; columns at the end that have neither name nor values are
 *   left out.
 *
 * A function or a file is read again where bytes far down do not fit the encoding that the first ones have; a stream cannot
 * be, and the message asks for `encoding`.
 * @throws InputError naming source, row and column, and how to mend it; the signal's reason (an AbortError, unless it was
 * given another) where that stops the reading; and what the stream itself throws
 */
export async function readCsv(input: CsvInput, options: CsvOptions = {}): Promise<Table> {
  const source = options.source ?? nameOf(input);
  let encoding: string | undefined;
  for (;;) {
    try {
      return await readOnce(input, { ...options, source }, encoding);
    } catch (error) {
      if (!(error instanceof WrongEncoding)) throw error;
      encoding = await fallbackEncoding(error.message, input, { ...options, source });
    }
  }
}

function checkOptions({ delimiter, decimal, thousands, blockSize }: CsvOptions): void {
  if (delimiter !== undefined && (delimiter === '' || /["\r\n\ufeff]/.test(delimiter))) {
    throw new InputError(
      `delimiter: ${JSON.stringify(delimiter)} cannot separate cells; give a comma or the like.`,
      'delimiter',
    );
  }
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') {
    throw new InputError(`decimal: is ${JSON.stringify(decimal)}; give "." or ",".`, 'decimal');
  }
  if (thousands !== undefined && (!['', ',', '.', ' ', "'"].includes(thousands) || thousands === (decimal ?? ''))) {
    throw new InputError(
      `thousands: is ${JSON.stringify(thousands)}; give "", ",", ".", " " or "'", and not the decimal mark.`,
      'thousands',
    );
  }
  if (blockSize !== undefined && !(Number.isInteger(blockSize) && blockSize > 0)) {
    throw new InputError(`blockSize: is ${blockSize}; give a whole number from 1 up.`, 'blockSize');
  }
}

export type Reading = CsvOptions & { source: string };

async function readOnce(input: CsvInput, options: Reading, fallback: string | undefined): Promise<Table> {
  const { blocks, format, notices, close } = await openRecords(input, options, fallback);
  try {
    return await tableOf(blocks, options.source, format, notices, options.missing ?? missingMarkers);
  } finally {
    await close();
  }
}

/** A table whose format is settled and whose records are still to come. */
export interface OpenRecords {
  format: TableFormat & NumberFormat;
  form: TextForm;
  /** Guesses that were not certain. */
  notices: Notice[];
  /** All records of the file, the header and blank ones among them. */
  blocks: AsyncGenerator<Block>;
  close: () => Promise<void>;
}

/**
 * @param fallback the encoding to go by instead of the first bytes, once they have proved misleading
 * @throws InputError as `readCsv`; WrongEncoding, also from the blocks, where `fallbackEncoding` knows more
 */
export async function openRecords(input: CsvInput, options: Reading, fallback?: string): Promise<OpenRecords> {
  options.signal?.throwIfAborted();
  checkOptions(options);
  const { text, encoding, gzip, bom, notices, close } = await openText(input, options, fallback);
  try {
    const form: TextForm = { bom, newline: '\n' };
    const portions = evenText(text, options.source, form);
    const { parts, sample, whole } = await sampleOf(portions);
    const guessed = await formatOf(sample, whole, options);
    const format = { ...guessed.format, encoding, gzip };
    const { source, counting, blockSize = usualBlock } = options;
    const blocks = recordBlocks(continued(parts, portions), format.delimiter, source, blockSize);
    return { format, form, notices: [...notices, ...guessed.notices], blocks: counted(blocks, counting), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* counted(blocks: AsyncIterable<Block>, counting: CsvOptions['counting']): AsyncGenerator<Block> {
  for await (const block of blocks) {
    yield block;
    counting?.(block.row + block.records.length);
  }
}

/** The text that guesses go by: the first portion, or the first rows where they are longer. */
async function sampleOf(portions: AsyncGenerator<string>) {
  const parts = await beginning(portions, portion);
  let text = parts.join('');
  if (text.length < portion) return { parts, sample: text, whole: true };
  let end = 0;
  for (let lines = 0; lines < leastLines; ) {
    const found = text.indexOf('\n', end);
    if (found >= 0) {
      end = found + 1;
      lines += 1;
      continue;
    }
    if (text.length > largestSample) return { parts, sample: text.slice(0, largestSample), whole: false };
    const { done, value } = await portions.next();
    if (done) return { parts, sample: text, whole: true };
    parts.push(value);
    text += value;
  }
  return { parts, sample: text.slice(0, Math.max(end, portion)), whole: false };
}

interface Guessed {
  format: NumberFormat & Pick<TableFormat, 'delimiter' | 'header'>;
  notices: Notice[];
}

async function formatOf(sample: string, whole: boolean, options: Reading): Promise<Guessed> {
  const delimiter = options.delimiter ?? (await guessDelimiter(sample, whole));
  const { data } = await firstRecords(sample, delimiter, whole, looked);
  const records = data.filter((record) => !isBlank(record));
  const missing = new Set(options.missing ?? missingMarkers);
  const numbers = guessNumberFormat(records, delimiter, missing, options);
  const guess =
    options.header === undefined
      ? guessHeader(records, numberReader(numbers.format), missing)
      : { header: options.header, notices: [] };
  return {
    format: { ...numbers.format, delimiter, header: guess.header },
    notices: [...numbers.notices, ...guess.notices],
  };
}
