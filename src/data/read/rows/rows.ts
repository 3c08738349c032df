/** Records to a table: the rows that `rowShaper` takes for such, as columns, and what there is to say about them. */
import { reading } from '../../../messages/en/tables/reading.ts';
import { message } from '../../../util/message.ts';
import { missingMarkers } from '../../table/cells.ts';
import { info, type Notice, warning } from '../../table/notices.ts';
import { losesDigits, type NumberFormat } from '../../table/numbers.ts';
import type { Table, TableFormat } from '../../table/table.ts';
import type { OpenRecords } from '../records/open-records.ts';
import type { Block } from '../records/records.ts';
import { type Builder, type BuiltColumn, columnBuilder } from './builder.ts';
import { type Names, uniqueNames } from './header.ts';
import { rowShaper, type ShapedBlock } from './row-shaper.ts';

/** @throws InputError for a row with too many cells, for more short rows than may be, and where there are no rows */
export async function buildTable(opened: Omit<OpenRecords, 'close'>, source: string): Promise<Table> {
  const { settings, format, notices: read } = opened;
  const shaper = rowShaper(opened, source);
  const blank: number[] = [];
  let builder: Builder | undefined;
  for await (const block of opened.blocks) {
    const { rows, roles } = shaper.take(block);
    const header = shaper.header();
    if (!header) continue;
    for (const row of blankRows(block, roles, shaper.rowsBefore())) blank.push(row);
    builder ??= columnBuilder(header.length, format, settings.missing ?? missingMarkers, source);
    builder.widen(header.length);
    builder.add(rows);
  }
  shaper.refuseEmpty(builder?.rows() ?? 0);
  if (!builder) throw new Error(`${source}: rows without columns`);
  const { columns, notices } = finished(builder, shaper.header() ?? [], format);
  return {
    source,
    rows: builder.rows(),
    columns,
    rowsBefore: shaper.rowsBefore(),
    ...(blank.length > 0 ? { blank: Uint32Array.from(blank) } : {}),
    format,
    reading: settings,
    notices: [...read, ...notices, ...shaper.notices()],
  };
}

/** Blank rows of a block, counted from the first row of data; those above it do not count. */
export function* blankRows({ row }: Block, roles: ShapedBlock['roles'], rowsBefore: number): Generator<number> {
  for (const [index, role] of roles.entries()) {
    const place = row - rowsBefore + index;
    if (role === 'blank' && place >= 0) yield place;
  }
}

/** The names of columns, made up where the file has none. */
export function columnNames(header: readonly string[], format: TableFormat): Names {
  const { names, notices } = uniqueNames(header);
  if (!format.header) notices[0] = info(message(reading, 'columns_called', { names }));
  return { names, notices };
}

function finished(builder: Builder, header: readonly string[], format: TableFormat & NumberFormat) {
  let width = header.length;
  while (header[width - 1] === '' && builder.isEmpty(width - 1)) width -= 1;
  const { names, notices } = columnNames(header.slice(0, width), format);
  if (width < header.length) {
    notices.push(info(message(reading, 'columns_dropped', { count: header.length - width })));
  }
  const built = builder.finish(names);
  return {
    columns: built.map(({ column }) => column),
    notices: [...notices, ...codesAsText(built), ...unreadCommas(built, format)],
  };
}

function codesAsText(built: readonly BuiltColumn[]): Notice[] {
  const coded = built.flatMap(({ column, code }) => (code === undefined ? [] : [{ name: column.name, code }]));
  return [false, true].flatMap((long) => {
    const found = coded.filter(({ code }) => losesDigits(code) === long);
    if (found.length === 0) return [];
    const said = long ? 'long_codes_as_text' : 'codes_as_text';
    return [info(message(reading, said, { example: found[0].code, columns: found.map(({ name }) => name) }))];
  });
}

/** Decimal commas that come after the rows by which the format was guessed. */
function unreadCommas(built: readonly BuiltColumn[], { decimal, delimiter }: TableFormat): Notice[] {
  if (decimal === ',' || delimiter === ',') return [];
  for (const { column } of built) {
    const texts =
      column.kind === 'text' ? column.levels.slice(0, 20) : (column.invalid?.examples ?? []).map(({ text }) => text);
    const comma = texts.find((text) => /^[+-]?\d+,\d+$/.test(text));
    if (comma)
      return [
        warning(message(reading, 'commas_unread', { column: column.name, text: comma }), { column: column.name }),
      ];
  }
  return [];
}
