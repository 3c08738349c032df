/**
 * Reads comma-separated text into a table: bytes -> text -> records -> cells -> columns. The same code runs in a page, a
 * worker and Node. Whatever cannot be read is refused with the row as a spreadsheet numbers it, never guessed at.
 */
import Papa from 'papaparse';
import { InputError } from '../spec/errors.ts';
import { columnOf, isNumber } from './cells.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

/** What papaparse guesses among: comma, tab, bar, semicolon. */
const delimiters = [',', '\t', '|', ';'];

/** Records as they stand in the file, all as wide as the header. */
interface Cells {
  header: string[];
  records: string[][];
  /** The row of each record as a spreadsheet shows it; the first row of the file is 1. */
  rowNumbers: number[];
}

/**
 * A table from CSV text, a file (`File`, `Blob`) or a stream of bytes. The first row names the columns; the delimiter
 * is detected; blanks around cells, empty lines and a byte order mark do not matter. All cells have to be finite
 * decimal numbers.
 * @param options.source what messages call the input; by default the file's name, or "text".
 * @throws InputError naming source, row and column, and how to mend it.
 */
export async function readCsv(
  input: string | Blob | AsyncIterable<Uint8Array>,
  options: { source?: string } = {},
): Promise<Table> {
  const source = options.source ?? (input instanceof Blob && 'name' in input ? String(input.name) : 'text');
  const text = typeof input === 'string' ? input : decodeText(await bytesOf(input), source);
  const { header, records, rowNumbers } = cellsOf(text.replace(/^\ufeff/, ''), source);
  const columns = header.map((name, index) =>
    columnOf(
      name,
      records.map((record) => record[index]),
      rowNumbers,
      source,
    ),
  );
  return { source, rows: records.length, columns };
}

async function bytesOf(input: Blob | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (input instanceof Blob) return new Uint8Array(await input.arrayBuffer());
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function cellsOf(text: string, source: string): Cells {
  const lines = text.replace(/\r\n?/g, '\n');
  if (lines.includes('\0')) {
    throw new InputError(`${source} is not a text file; save the table as CSV (comma-separated values) first.`);
  }
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter: delimiterOf(lines), newline: '\n' });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw new InputError(
      `${source}, row ${(broken.row ?? 0) + 1}: a quote (") that opens a cell is never closed properly; close it before the next delimiter, or double quotes that belong to the text.`,
    );
  }
  const all = data.map((record, index) => ({ cells: record.map(tidy), row: index + 1 }));
  const [first, ...others] = all.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!first) throw new InputError(`${source} is empty; give a header row with column names and rows of numbers.`);
  checkHeader(first.cells, first.row, source);
  if (others.length === 0) {
    throw new InputError(`${source} has a header row and nothing below it; add rows of numbers.`);
  }
  const width = first.cells.length;
  for (const { cells, row } of others) {
    if (cells.length !== width) {
      throw new InputError(
        `${source}, row ${row}: has ${counted(cells.length, 'cell')}, but the header has ${width}; correct the row, and put quotes around a cell that contains the delimiter.`,
      );
    }
  }
  return {
    header: first.cells,
    records: others.map(({ cells }) => cells),
    rowNumbers: others.map(({ row }) => row),
  };
}

/** papaparse's guess from the first rows; where it has none, whatever cuts the header into most cells. */
function delimiterOf(lines: string): string {
  const start = { newline: '\n', skipEmptyLines: 'greedy', delimitersToGuess: delimiters } as const;
  const guess = Papa.parse(lines, { ...start, preview: 10 });
  if (guess.errors.every(({ code }) => code !== 'UndetectableDelimiter')) return guess.meta.delimiter;
  const widths = delimiters.map((delimiter) => {
    const header = Papa.parse<string[]>(lines, { ...start, delimiter, preview: 1 }).data[0];
    return header?.length ?? 0;
  });
  return delimiters[widths.indexOf(Math.max(...widths))];
}

/** Without blanks around it; quotes after a blank, as in `x, "y"`, are no part of the cell either. */
function tidy(cell: string): string {
  return (/^\s+"(.*)"\s*$/s.exec(cell)?.[1] ?? cell).trim();
}

function checkHeader(header: string[], row: number, source: string): void {
  if (header.every(isNumber)) {
    throw new InputError(
      `${source}, row ${row}: holds numbers where the column names should be; add a header row, such as ${header.map((_, index) => (index === header.length - 1 ? 'y' : header.length === 2 ? 'x' : `x${index + 1}`)).join(',')}.`,
    );
  }
  header.forEach((name, index) => {
    if (name === '') {
      throw new InputError(
        `${source}, row ${row}: column ${index + 1} has no name; name it in the header row or delete the column.`,
      );
    }
    const before = header.indexOf(name);
    if (before < index) {
      throw new InputError(
        `${source}, row ${row}: columns ${before + 1} and ${index + 1} are both named ${JSON.stringify(name)}; give each column a name of its own.`,
        name,
      );
    }
  });
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
