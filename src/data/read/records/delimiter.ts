/** What separates the cells of a file, guessed from its first rows. */
import { isBlank } from '../../table/cells.ts';
import { tabbed } from './lines.ts';
import { firstRecords } from './records.ts';

/** In order of preference where nothing else speaks for one. */
const delimiters = [',', '\t', '|', ';'];

const looked = 100;

/** Digits with anything that separates thousands or decimals. */
export const numberLike = /^[+-]?(\d[\d.,' ]*|[.,]\d+)(e[+-]?\d+)?$/i;

interface Trial {
  delimiter: string;
  /** Cells of most records. */
  width: number;
  /** Quotes that make no sense with this delimiter. */
  broken: boolean;
  /** Share of records that are so wide. */
  even: number;
  /** Share of cells that may be numbers. */
  numbers: number;
}

/**
 * The delimiter that cuts all rows into equally many cells, and best into numbers: 1,5;2,5 is two numbers by the semicolon
 * and only two of three cells by the comma.
 */
export async function guessDelimiter(sample: string, whole: boolean): Promise<string> {
  if (await isDecimalColumn(sample, whole)) return ';';
  const all = await Promise.all(delimiters.map((delimiter) => tried(delimiter, sample, whole)));
  const trials = all.filter(({ width }) => width > 1);
  const [best] = trials.sort(
    (a, b) => Number(a.broken) - Number(b.broken) || b.even - a.even || b.numbers - a.numbers || b.width - a.width,
  );
  if (best) return best.delimiter;
  return (await areBlanks(sample, whole)) ? ' ' : ',';
}

/** One column, so nothing separates, and a comma in it is a decimal comma. */
async function isDecimalColumn(sample: string, whole: boolean): Promise<boolean> {
  const { data } = await firstRecords(sample, ';', whole, looked);
  const [first, ...below] = data.filter((record) => !isBlank(record));
  return (
    below.length > 0 &&
    first.length === 1 &&
    !first[0].includes(',') &&
    below.some(([cell]) => cell.includes(',')) &&
    below.every((cells) => cells.length === 1 && /^\s*[+-]?\d*(?:,\d+)?\s*$/.test(cells[0]))
  );
}

async function tried(delimiter: string, sample: string, whole: boolean): Promise<Trial> {
  const { data, errors } = await firstRecords(sample, delimiter, whole, looked);
  const records = data.filter((record) => !isBlank(record));
  const width = commonWidth(records);
  const cells = records.flat().filter((cell) => cell.trim() !== '');
  return {
    delimiter,
    width,
    broken: errors.some(({ type, row }) => type === 'Quotes' && (row ?? 0) < data.length),
    even: records.filter((record) => record.length === width).length / records.length,
    numbers: cells.filter((cell) => numberLike.test(cell.trim())).length / Math.max(1, cells.length),
  };
}

/** Cells of most records, and of the earlier where as many have others: a title above the table does not count. */
function commonWidth(records: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let common = records[0]?.length ?? 0;
  for (const [width, count] of counts) if (count > (counts.get(common) ?? 0)) common = width;
  return common;
}

/** Whether blanks part all rows into equally many cells, with numbers in two columns at least: words have blanks too. */
async function areBlanks(sample: string, whole: boolean): Promise<boolean> {
  const { data } = await firstRecords(tabbed(sample), '\t', whole, looked);
  const records = data.filter((record) => !isBlank(record) && !record[0].startsWith('#'));
  const width = records[0]?.length ?? 0;
  if (width < 2 || records.some(({ length }) => length !== width)) return false;
  const below = records.length > 1 ? records.slice(1) : records;
  const numeric = records[0].filter((_, index) => below.every((record) => numberLike.test(record[index]))).length;
  // 1 234 567 is one number.
  const isGrouped = records.every((record) =>
    record.every((cell, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(cell)),
  );
  return numeric > 1 && !isGrouped;
}
