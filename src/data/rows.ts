/**
 * Records to a table: which row names the columns, which rows are blank, and whether each has a cell for every column.
 */
import { InputError } from '../spec/errors.ts';
import { counted, shown, some } from '../spec/words.ts';
import { type Builder, type BuiltColumn, columnBuilder } from './builder.ts';
import { isBlank, missingMarkers, tidy } from './cells.ts';
import { namesOf } from './header.ts';
import { info, type Notice, warning } from './notices.ts';
import type { NumberFormat } from './numbers.ts';
import type { OpenRecords } from './open-records.ts';
import type { Table, TableFormat } from './table.ts';

/** @throws InputError for a row with too many cells, for more short rows than may be, and where there are no rows */
export async function tableOf(
  { settings, format, blocks, names, notices: read }: Omit<OpenRecords, 'close'>,
  source: string,
): Promise<Table> {
  const { missing = missingMarkers, max_short_rows } = settings;
  const blank: number[] = [];
  /** Rows of the file with fewer cells than the header. */
  const short: number[] = [];
  /** The first of them that looks like a comment. */
  let remark: number | undefined;
  let builder: Builder | undefined;
  let header: readonly string[] = [];
  /** Rows have at least so many cells: only those of nameless columns at the end may be left out. */
  let narrowest = 0;
  let rowsBefore = 0;
  const hasHeaderRow = format.header && !names;

  function begin(record: string[], row: number): void {
    header = names ?? (format.header ? record.map(tidy) : record.map(() => ''));
    narrowest = format.header ? header.findLastIndex((name) => name !== '') + 1 : record.length;
    rowsBefore = hasHeaderRow ? row + 1 : row;
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
        if (hasHeaderRow) continue;
      }
      if (record.length !== header.length) complete(record, row + index);
      kept.push(record);
    }
    builder?.widen(header.length);
    builder?.add(kept);
  }

  /** Empty cells may be missing, or too many, at the end of a row; a few rows may lack others as well. */
  function complete(record: string[], row: number): void {
    const width = header.length;
    const top = format.header ? 'header' : 'first row';
    const tooMany = record.length > width && !isBlank(record.slice(width));
    // An object has no value for a key that others have.
    const tooFew = record.length < narrowest && !(names && format.kind === 'json');
    if (tooMany || (tooFew && max_short_rows === 0)) {
      throw new InputError(
        `${source}, row ${row + 1}: has ${counted(record.length, 'cell')}, but the ${top} has ${width}; correct the row, and put quotes around a cell that contains the delimiter.`,
      );
    }
    if (tooFew) short.push(row + 1);
    if (tooFew && record[0].startsWith('#')) remark ??= row + 1;
    if (short.length > max_short_rows) {
      throw new InputError(
        `${source}: more than ${counted(max_short_rows, 'row')} ${max_short_rows === 1 ? 'has' : 'have'} fewer cells than the ${top}, which has ${width}, such as rows ${some(short.slice(0, 3).map(String), 3)}; correct them, or give a greater max_short_rows.`,
        'max_short_rows',
      );
    }
    while (record.length < width) record.push('');
  }

  if (!builder) throw new InputError(`${source} is empty; give a header row with column names and rows of numbers.`);
  const rows = builder.rows();
  if (rows === 0) throw new InputError(`${source} has a header row and nothing below it; add rows of numbers.`);
  const { columns, notices } = finished(builder, header, format);
  if (short.length > 0) {
    const which = short.length === 1 ? `Row ${short[0]} has` : `Rows ${some(short.map(String), 10)} have`;
    notices.push(
      warning(
        `${which} fewer cells than the ${format.header ? 'header' : 'first row'}; what is lacking counts as missing.`,
      ),
    );
  }
  if (remark !== undefined) {
    notices.push(warning(`Row ${remark} begins with #, and is read as data; if it is a comment, give comment "#".`));
  }
  return {
    source,
    rows,
    columns,
    rowsBefore,
    ...(blank.length > 0 ? { blank: Uint32Array.from(blank) } : {}),
    format,
    reading: settings,
    notices: [...read, ...notices],
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
