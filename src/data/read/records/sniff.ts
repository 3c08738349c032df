/**
 * What the first rows of a file tell about the rest: how numbers are written and whether the first row holds names. Guesses
 * that could as well be otherwise are said in a sentence each.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { type Message, message } from '../../../util/message.ts';
import { trimCell } from '../../table/cells.ts';
import { type Notice, warning } from '../../table/notices.ts';
import {
  isCode,
  isInfinite,
  isNumberColumn,
  type NumberFormat,
  numberFormats,
  numberReader,
  type ReadNumber,
} from '../../table/numbers.ts';
import { splitQuantity } from '../../table/quantity.ts';

/** Each column's cells that are not missing, and not infinite, without blanks around them. */
function presentCells(records: readonly string[][], width: number, missing: ReadonlySet<string>): string[][] {
  const columns = Array.from({ length: width }, (): string[] => []);
  for (const record of records) {
    for (let index = 0; index < Math.min(width, record.length); index += 1) {
      const cell = trimCell(record[index]);
      if (cell !== '' && !missing.has(cell) && !isInfinite(cell)) columns[index].push(cell);
    }
  }
  return columns;
}

interface Score {
  format: NumberFormat;
  read: ReadNumber;
  /** Whether each column is one of numbers in this format. */
  numeric: boolean[];
  columns: number;
  cells: number;
}

/**
 * The number format that makes numbers of most columns, then of most cells, then the simplest. A separator of thousands has
 * to fit every cell of a column that looks like a number.
 * @param given what the person said about it
 */
export function guessNumberFormat(
  records: readonly string[][],
  delimiter: string,
  missing: ReadonlySet<string>,
  given: Partial<NumberFormat>,
): { format: NumberFormat; notices: Notice[] } {
  const width = records[0]?.length ?? 0;
  // The first row counts as far as it may be data.
  const head = (records[0] ?? []).map((cell) => (/^[+-]?[\d.,][\d.,' ]*$/.test(trimCell(cell)) ? cell : ''));
  const columns = presentCells([head, ...records.slice(1)], width, missing);
  const scores = candidates(delimiter, given).map((format) => scoreFormat(format, columns));
  const better = (a: Score, b: Score) => a.columns - b.columns || a.cells - b.cells;
  const best = scores.reduce((left, right) => (better(right, left) > 0 ? right : left));
  for (const other of scores) {
    if (other === best || better(other, best) < 0) continue;
    const example = columns
      .filter((_, index) => other.numeric[index] || best.numeric[index])
      .flat()
      .find((cell) => !Object.is(best.read(cell), other.read(cell)));
    if (example === undefined) continue;
    return { format: best.format, notices: [warning(differentlyRead(example, best, other))] };
  }
  return { format: best.format, notices: [] };
}

function candidates(delimiter: string, given: Partial<NumberFormat>): NumberFormat[] {
  const possible = numberFormats.filter(
    ({ decimal, thousands }) =>
      (given.decimal === undefined ? decimal === '.' || delimiter !== ',' : decimal === given.decimal) &&
      (given.thousands === undefined || thousands === given.thousands),
  );
  // 1,234 is a decimal number where semicolons leave the comma to decimals.
  const rank = ({ decimal, thousands }: NumberFormat) => Number(decimal === '.' && thousands === ',');
  return delimiter === ';' ? possible.sort((a, b) => rank(a) - rank(b)) : possible;
}

function scoreFormat(format: NumberFormat, columns: readonly string[][]): Score {
  const read = numberReader(format);
  let cells = 0;
  const numeric = columns.map((column) => {
    const texts = column.filter((cell) => Number.isNaN(read(cell)));
    const numbers = column.length - texts.length;
    if (numbers === 0 || !isNumberColumn(numbers, texts.length)) return false;
    if (texts.some((cell) => isCode(cell) || misfits(cell, format))) return false;
    if (format.thousands === '.' && column.every(isAddress)) return false;
    cells += numbers;
    return true;
  });
  return { format, read, numeric, columns: numeric.filter(Boolean).length, cells };
}

/** 192.168.100.200: an address of the internet, though its points could separate thousands. */
function isAddress(cell: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(cell) && cell.split('.').every((part) => Number(part) <= 255);
}

/** Digits and separators that are no number in the format, such as 12,34 where commas separate thousands. */
function misfits(cell: string, { thousands }: NumberFormat): boolean {
  return thousands !== '' && cell.includes(thousands) && /^[+-]?\d[\d.,' ]*$/.test(cell);
}

function differentlyRead(text: string, best: Score, other: Score): Message {
  const readNumber = ({ read }: Score) => (Number.isNaN(read(text)) ? null : read(text));
  const { decimal, thousands } = other.format;
  return message(reading, 'number_format', {
    text,
    value: readNumber(best),
    other: readNumber(other),
    decimal,
    thousands,
  });
}

/**
 * Whether the first record holds names: it does where names stand over numbers, and does not where numbers do.
 */
export function guessHeader(
  records: readonly string[][],
  read: ReadNumber,
  missing: ReadonlySet<string>,
): { header: boolean; notices: Notice[] } {
  const [first = [], ...others] = records;
  const width = first.length;
  const heads = first.map(trimCell);
  const isNumber = (cell: string) => !Number.isNaN(read(cell));
  const named = heads.map((head) => head !== '' && !missing.has(head) && !isNumber(head) && !isInfinite(head));
  if (others.length === 0) return { header: named.some(Boolean) || !heads.some(isNumber), notices: [] };
  const below = presentCells(others, width, missing);
  const numeric = below.map((cells) => {
    const numbers = cells.filter((cell) => isNumber(cell) || splitQuantity(cell)?.unit).length;
    return numbers > 0 && isNumberColumn(numbers, cells.length - numbers);
  });
  const names = heads.filter((_, index) => numeric[index] && named[index]).length;
  const numbers = heads.filter((head, index) => numeric[index] && isNumber(head)).length;
  if (names > 0 && numbers === 0) return { header: true, notices: [] };
  if (names === 0 && numbers > 0) {
    const isNew = (head: string, index: number) => named[index] && !below[index].includes(head);
    if (!heads.some(isNew)) return { header: false, notices: [] };
    return {
      header: false,
      notices: [warning(message(reading, 'header_of_numbers'))],
    };
  }
  const header = names >= numbers;
  return {
    header,
    notices: [warning(message(reading, names > 0 ? 'header_mixed' : 'header_unclear', { header }))],
  };
}
