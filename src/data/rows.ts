/**
 * Records to a table: which row names the columns, which rows are blank, and whether each has a cell for every column.
 */
import { InputError } from '../spec/errors.ts';
import { counted, shown, some } from '../spec/words.ts';
import { type Builder, type BuiltColumn, columnBuilder } from './builder.ts';
import { isBlank, tidy } from './cells.ts';
import { namesOf } from './header.ts';
import { info, type Notice, warning } from './notices.ts';
import type { NumberFormat } from './numbers.ts';
import type { Block } from './records.ts';
import type { Table, TableFormat } from './table.ts';

/** @throws InputError for a row with too many or too few cells, and where there are no rows */
export async function tableOf(
  blocks: AsyncIterable<Block>,
  source: string,
  format: TableFormat & NumberFormat,
  guesses: readonly Notice[],
  missing: readonly string[],
): Promise<Table> {
  const blank: number[] = [];
  let builder: Builder | undefined;
  let header: string[] = [];
  /** Rows have at least so many cells: only those of nameless columns at the end may be left out. */
  let narrowest = 0;
  let rowsBefore = 0;

  function begin(record: string[], row: number): void {
    header = format.header ? record.map(tidy) : record.map(() => '');
    narrowest = format.header ? header.findLastIndex((name) => name !== '') + 1 : record.length;
    rowsBefore = format.header ? row + 1 : row;
    builder = columnBuilder(header.length, format, missing);
  }

  for await (const { records, row } of blocks) {
    const kept: string[][] = [];
    for (let index = 0; index < records.length; index += 1) {
      const record = records[index];
      if (isBlank(record)) {
        if (builder) blank.push(row + index - rowsBefore);
        continue;
      }
      if (!builder) {
        begin(record, row + index);
        if (format.header) continue;
      }
      if (record.length !== header.length) complete(record, row + index);
      kept.push(record);
    }
    builder?.add(kept);
  }

  /** Empty cells may be missing, or too many, at the end of a row. */
  function complete(record: string[], row: number): void {
    const width = header.length;
    const tooMany = record.length > width && !isBlank(record.slice(width));
    if (tooMany || record.length < narrowest) {
      throw new InputError(
        `${source}, row ${row + 1}: has ${counted(record.length, 'cell')}, but the ${format.header ? 'header' : 'first row'} has ${width}; correct the row, and put quotes around a cell that contains the delimiter.`,
      );
    }
    while (record.length < width) record.push('');
  }

  if (!builder) throw new InputError(`${source} is empty; give a header row with column names and rows of numbers.`);
  const rows = builder.rows();
  if (rows === 0) throw new InputError(`${source} has a header row and nothing below it; add rows of numbers.`);
  const { columns, notices } = finished(builder, header, format);
  return {
    source,
    rows,
    columns,
    rowsBefore,
    ...(blank.length > 0 ? { blank: Uint32Array.from(blank) } : {}),
    format,
    notices: [...guesses, ...notices],
  };
}

function finished(builder: Builder, header: readonly string[], format: TableFormat & NumberFormat) {
  let width = header.length;
  while (header[width - 1] === '' && builder.isEmpty(width - 1)) width -= 1;
  const { names, notices } = namesOf(header.slice(0, width));
  if (!format.header)
    notices[0] = info(`The first row holds no names; the columns are called ${some(names.map(shown), 5)}.`);
  if (width < header.length) {
    const dropped = counted(header.length - width, 'column');
    notices.push(
      info(`${dropped} at the end without a name or a value ${width + 1 < header.length ? 'are' : 'is'} left out.`),
    );
  }
  const built = builder.finish(names);
  const coded = built.filter(({ code }) => code !== undefined);
  if (coded.length > 0) {
    notices.push(
      info(
        `Numbers with needless zeros in front, such as ${shown(coded[0].code ?? '')}, are codes; text because of them: ${some(
          coded.map(({ column }) => shown(column.name)),
          5,
        )}.`,
      ),
    );
  }
  return { columns: built.map(({ column }) => column), notices: [...notices, ...unreadCommas(built, format)] };
}

/** Decimal commas that come after the rows by which the format was guessed. */
function unreadCommas(built: readonly BuiltColumn[], { decimal, delimiter }: TableFormat): Notice[] {
  if (decimal === ',' || delimiter === ',') return [];
  for (const { column } of built) {
    const texts =
      column.kind === 'text' ? column.levels.slice(0, 20) : (column.odd?.examples ?? []).map(({ text }) => text);
    const comma = texts.find((text) => /^[+-]?\d+,\d+$/.test(text));
    if (comma)
      return [
        warning(
          `Column ${shown(column.name)} has cells such as ${shown(comma)} that are not read as numbers; if they are, give decimal "," or thousands ",".`,
          { column: column.name },
        ),
      ];
  }
  return [];
}
