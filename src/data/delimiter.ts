/** What separates the cells of a file, guessed from its first rows. */
import { isBlank } from './cells.ts';
import { firstRecords } from './records.ts';

/** In order of preference where nothing else speaks for one. */
const delimiters = [',', '\t', '|', ';'];

const looked = 100;

/** Digits with anything that separates thousands or decimals. */
const numberLike = /^[+-]?(\d[\d.,' ]*|[.,]\d+)(e[+-]?\d+)?$/i;

interface Trial {
  delimiter: string;
  /** Cells of the first record. */
  width: number;
  /** Quotes that make no sense with this delimiter. */
  broken: boolean;
  /** Share of records as wide as the first. */
  even: number;
  /** Share of cells that may be numbers. */
  numbers: number;
}

/**
 * The delimiter that cuts all rows into as many cells as the first, and best into numbers: 1,5;2,5 is two numbers by the
 * semicolon and only two of three cells by the comma.
 */
export async function guessDelimiter(sample: string, whole: boolean): Promise<string> {
  const all = await Promise.all(delimiters.map((delimiter) => tried(delimiter, sample, whole)));
  const trials = all.filter(({ width }) => width > 1);
  const [best] = trials.sort(
    (a, b) => Number(a.broken) - Number(b.broken) || b.even - a.even || b.numbers - a.numbers || b.width - a.width,
  );
  if (best) return best.delimiter;
  // One column, so nothing separates; but a comma in it is a decimal comma if anything.
  const { data } = await firstRecords(sample, ';', whole, looked);
  const below = data.filter((record) => !isBlank(record));
  const commas = below.slice(1).filter((cells) => cells.length === 1 && /^\s*[+-]?\d*,\d+\s*$/.test(cells[0]));
  return commas.length > 0 ? ';' : ',';
}

async function tried(delimiter: string, sample: string, whole: boolean): Promise<Trial> {
  const { data, errors } = await firstRecords(sample, delimiter, whole, looked);
  const records = data.filter((record) => !isBlank(record));
  const width = records[0]?.length ?? 0;
  const cells = records.flat().filter((cell) => cell.trim() !== '');
  return {
    delimiter,
    width,
    broken: errors.some(({ type, row }) => type === 'Quotes' && (row ?? 0) < data.length),
    even: records.filter((record) => record.length === width).length / records.length,
    numbers: cells.filter((cell) => numberLike.test(cell.trim())).length / Math.max(1, cells.length),
  };
}
