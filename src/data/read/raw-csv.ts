/**
 * Reads a table for writing it back with columns added: block by block, the original text of every row together with the
 * parsed columns that a model reads. The kinds of those are known in advance, so nothing is guessed from cells, and memory
 * holds one block at a time.
 */

import { quoted, quotedText } from '../../util/csv.ts';
import { missingMarkers } from '../table/cells.ts';
import type { Notice } from '../table/notices.ts';
import type { Column, Table } from '../table/table.ts';
import type { CsvInput } from './bytes/source.ts';
import type { CsvOptions } from './csv-options.ts';
import { type OpenRecords, withSettledRecords } from './records/open-records.ts';
import type { Block, TextForm } from './records/records.ts';
import { columnBuilder } from './rows/builder.ts';
import { type RowShaper, rowShaper, type ShapedBlock } from './rows/row-shaper.ts';
import { blankRows, columnNames } from './rows/rows.ts';

export interface RawCsv {
  source: string;
  /** The names of all columns. */
  names: string[];
  /** How rows are written. */
  delimiter: string;
  decimal: '.' | ',';
  form: TextForm;
  /** Names that stand in no row of the file, as the first row. */
  header?: string;
  /** @param kinds of the columns that are read, by name */
  blocks(kinds: ReadonlyMap<string, Column['kind']>): AsyncGenerator<RawCsvBlock>;
  /** The tables of these blocks, for whoever gives nothing back. */
  tables(kinds: ReadonlyMap<string, Column['kind']>): AsyncGenerator<Table>;
  /**
   * Holds columns as a whole, which are read as `readCsv` reads them. To be called before the blocks are gone through: the
   * table that it returns is there after that, once.
   */
  gather(names: readonly string[]): () => Table;
  /** About the file; all of them once its blocks have been gone through. */
  notices(): Notice[];
}

export interface RawCsvBlock {
  /** Every row of the file in order, without its line end. */
  lines: RawCsvLine[];
  /** The rows of the table among them, in the columns that were asked for. */
  table: Table;
}

export interface RawCsvLine {
  role: 'blank' | 'header' | 'row';
  /** Of a row and of the header: as many cells as there are columns. */
  text: string;
  cells: readonly string[];
}

/** @throws InputError as `readCsv`; the signal's reason where that stops the reading */
export function withRawCsv<Result>(
  input: CsvInput,
  options: CsvOptions & { source: string },
  use: (csv: RawCsv) => Promise<Result>,
): Promise<Result> {
  const { source } = options;
  return withSettledRecords(input, options, async (opened) => {
    const shaper = rowShaper(opened, source);
    const shapedBlocks = shapedFrom(opened, shaper);
    const first = await beginning(shapedBlocks, opened.names !== undefined);
    shaper.refuseEmpty(first.reduce((rows, { shaped }) => rows + shaped.rows.length, 0));
    const { names, notices } = columnNames(shaper.header() ?? [], opened.format);
    const { delimiter, decimal } = opened.format;
    // Any number of blanks are one mark, and a tab is one as well.
    const mark = delimiter === ' ' ? '\t' : delimiter;
    const gathered: Gathered[] = [];
    const placesOf = <Kind>(kinds: ReadonlyMap<string, Kind>) =>
      new Map(
        names.flatMap((name, index) => {
          const kind = kinds.get(name);
          return kind ? [[index, kind] as const] : [];
        }),
      );
    const taken = (one: Shaped): Shaped => {
      for (const { add } of gathered) add(one);
      return one;
    };
    async function* all(): AsyncGenerator<Shaped> {
      for (const one of first.splice(0)) yield taken(one);
      for await (const one of shapedBlocks) yield taken(one);
    }
    return use({
      source,
      names,
      delimiter: mark,
      decimal,
      form: { ...opened.form, bom: opened.form.bom || !['utf-8', 'text'].includes(opened.format.encoding) },
      header: opened.names && names.map((name) => quotedText(name, mark)).join(mark),
      async *blocks(kinds) {
        const places = placesOf(kinds);
        for await (const { block, shaped } of all()) {
          yield {
            lines: toLines(block, shaped, names, mark, opened.format.kind === 'csv' ? quoted : quotedText),
            table: tableOfBlock(opened, source, block, shaped, names, places),
          };
        }
      },
      async *tables(kinds) {
        const places = placesOf(kinds);
        for await (const { block, shaped } of all()) yield tableOfBlock(opened, source, block, shaped, names, places);
      },
      gather(wanted) {
        const places = placesOf(new Map(wanted.map((name) => [name, 'guessed' as const])));
        const one = gatheredColumns(opened, source, shaper, names, places);
        gathered.push(one);
        return one.table;
      },
      notices: () => [...opened.notices, ...notices, ...shaper.notices()],
    });
  });
}

interface Shaped {
  block: Block;
  shaped: ShapedBlock;
}

async function* shapedFrom({ blocks }: OpenRecords, shaper: RowShaper): AsyncGenerator<Shaped> {
  for await (const block of blocks) yield { block, shaped: shaper.take(block) };
}

/** Blocks until there is a row of the table; all, where every row may bring more columns. */
async function beginning(blocks: AsyncGenerator<Shaped>, whole: boolean): Promise<Shaped[]> {
  const first: Shaped[] = [];
  for (;;) {
    const { done, value } = await blocks.next();
    if (done) return first;
    first.push(value);
    if (!whole && value.shaped.rows.length > 0) return first;
  }
}

interface Gathered {
  add(block: Shaped): void;
  table(): Table;
}

function gatheredColumns(
  { settings, format }: OpenRecords,
  source: string,
  shaper: RowShaper,
  names: readonly string[],
  places: ReadonlyMap<number, 'guessed'>,
): Gathered {
  const builder = columnBuilder(names.length, format, settings.missing ?? missingMarkers, source, places);
  const blank: number[] = [];
  return {
    add({ block, shaped }) {
      builder.add(shaped.rows);
      for (const row of blankRows(block, shaped.roles, shaper.rowsBefore())) blank.push(row);
    },
    table: () => ({
      source,
      rows: builder.rows(),
      columns: builder.finish(names).map(({ column }) => column),
      rowsBefore: shaper.rowsBefore(),
      ...(blank.length > 0 ? { blank: Uint32Array.from(blank) } : {}),
      notices: [],
    }),
  };
}

function tableOfBlock(
  { settings, format }: OpenRecords,
  source: string,
  { row }: Block,
  { rows, roles }: ShapedBlock,
  names: readonly string[],
  kinds: ReadonlyMap<number, Column['kind']>,
): Table {
  const builder = columnBuilder(names.length, format, settings.missing ?? missingMarkers, source, kinds);
  builder.add(rows);
  const others = roles.flatMap((role, index) => (role === 'row' ? [] : [index]));
  return {
    source,
    rows: rows.length,
    columns: builder.finish(names).map(({ column }) => column),
    rowsBefore: row,
    ...(others.length > 0 ? { blank: Uint32Array.from(others) } : {}),
    notices: [],
  };
}

function toLines(
  { records, text }: Block,
  { roles, widths }: ShapedBlock,
  names: readonly string[],
  delimiter: string,
  write: (cell: string, delimiter: string) => string,
): RawCsvLine[] {
  const typed = text === undefined ? undefined : typedLines(text, records);
  const width = names.length;
  return records.map((record, index) => {
    const role = roles[index];
    const line = typed?.[index];
    if (role === 'blank') return { role, text: line ?? '', cells: record };
    // Cells that are lacking, or empty ones too many, would put what is added into other columns.
    if (line !== undefined && widths[index] <= width) {
      return { role, text: line + delimiter.repeat(width - widths[index]), cells: record };
    }
    const cells = Array.from({ length: width }, (_, column) => record[column] ?? '');
    return { role, text: cells.map((cell) => write(cell, delimiter)).join(delimiter), cells };
  });
}

/** The text of each record; undefined where the two do not match, as below a title of several lines. */
function typedLines(text: string, records: readonly string[][]): string[] | undefined {
  const hasQuotes = text.includes('"');
  let at = 0;
  const lines = records.map((record) => {
    let ends = 1;
    if (hasQuotes) for (const cell of record) if (cell.includes('\n')) ends += cell.split('\n').length - 1;
    let end = at - 1;
    for (; ends > 0 && end < text.length; ends -= 1) {
      end = text.indexOf('\n', end + 1);
      if (end < 0) end = text.length;
    }
    const line = text.slice(at, end);
    at = end + 1;
    return line;
  });
  return at >= text.length ? lines : undefined;
}
