/**
 * Reads any table: bytes -> text -> records -> cells -> columns, in portions, so that neither the whole text nor its
 * cells are ever in memory. Only the bytes of Arrow, Parquet and Excel files are held, as they become records without a text.
 * The same code runs in a page, a worker and Node. What the first rows do not settle is guessed, said in a notice, and can be
 * given; what cannot be read is refused with the row as a spreadsheet numbers it.
 */

import type { Table } from '../table/table.ts';
import type { CsvInput } from './bytes/source.ts';
import type { CsvOptions } from './csv-options.ts';

export type { CsvOptions };

/**
 * A table from text, a file (`File`, `Blob`), a stream of bytes or a function that opens one; gzip is unpacked.
 *
 * - Besides separated values: JSON (a list of objects or of lists, or one after another), HTML with a table, ARFF. Objects
 *   within a row become columns such as "address.city"; lists within a row are text.
 * - Workbooks of Excel (.xlsx), Parquet and Arrow, told by their first bytes; what reads them is loaded with the first.
 * - Blanks around cells and blank rows do not matter; line ends within cells become \n.
 * - A column is one of numbers where at least 95 % of its cells are, or all but one of up to 20; the others are `invalid`, and
 *   missing. Any other column is text, and so is one with codes such as 007; numbers in it are written as the language
 *   writes them (1.50 is "1.5"). A column without any value is one of numbers. One
 *   unit may stand around them ($1,234.50, 12%, 35,062원): the column keeps it.
 * - Names that are missing or double are made up, with a notice; columns at the end that have neither name nor values are
 *   left out.
 *
 * A function or a file is read again where bytes far down do not fit the encoding that the first ones have; a stream cannot
 * be, and the message asks for `encoding`.
 * @param input text, a file, or a stream of bytes
 * @param options how to read it, where the guess is not right, and whom to tell
 * @throws InputError naming source, row and column, and how to mend it; the signal's reason (an AbortError, unless it was
 * given another) where that stops the reading; and what the stream itself throws
 * @example
 * ```ts
 * const table = await readCsv('x;y\n1;0,5\n2;0,7\n');
 * console.log(table.rows, table.columns[1].values); // 2 Float64Array(2) [ 0.5, 0.7 ]
 * ```
 */
export async function readCsv(input: CsvInput, options: CsvOptions = {}): Promise<Table> {
  // Who trains on numbers loads no reader.
  const [{ withRecords }, { buildTable }] = await Promise.all([
    import('./records/open-records.ts'),
    import('./rows/rows.ts'),
  ]);
  const reading = { ...options, source: options.source ?? inputName(input) };
  return withRecords(input, reading, (opened) => buildTable(opened, reading.source));
}

function inputName(input: CsvInput): string {
  return input instanceof Blob && 'name' in input ? String(input.name) : 'text';
}
