/**
 * Which records of a file are rows of its table: the first one that is not blank names the columns, where the file has
 * names at all; blank ones are no rows; every other one has no more cells than there are columns.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { withoutApostrophe } from '../../../util/csv.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { isBlank, trimCell } from '../../table/cells.ts';
import { type Notice, warning } from '../../table/notices.ts';
import type { OpenRecords } from '../records/open-records.ts';
import { type Block, refuseWide } from '../records/records.ts';

export interface ShapedBlock {
  /** The rows of the table; cells that are empty at the end of one may be lacking. */
  rows: string[][];
  /** What each record of the block is. */
  roles: ('blank' | 'header' | 'row')[];
  /** How many cells each record had. */
  widths: number[];
}

export interface RowShaper {
  /** The names as they stand in the file; undefined until the first record that is not blank. */
  header(): readonly string[] | undefined;
  /** Rows of the file before the first row of data. */
  rowsBefore(): number;
  /** @throws InputError for a row with too many cells, and for more short rows than may be */
  take(block: Block): ShapedBlock;
  /** About rows that were too short. */
  notices(): Notice[];
  /** @throws InputError where there was no row at all */
  refuseEmpty(rows: number): void;
}

export function rowShaper(
  { settings, format, names }: Pick<OpenRecords, 'settings' | 'format' | 'names'>,
  source: string,
): RowShaper {
  const { max_short_rows } = settings;
  const hasHeaderRow = format.header && !names;
  /** Rows of the file with fewer cells than the header. */
  const short: number[] = [];
  /** The first of them that looks like a comment. */
  let remark: number | undefined;
  let header: readonly string[] | undefined;
  /** Rows have at least so many cells: only those of nameless columns at the end may be left out. */
  let narrowest = 0;
  let rowsBefore = 0;

  function begin(record: string[], row: number): readonly string[] {
    const first = names ?? record.map((cell) => (format.header ? nameIn(cell) : ''));
    narrowest = format.header ? first.findLastIndex((name) => name !== '') + 1 : record.length;
    rowsBefore = hasHeaderRow ? row + 1 : row;
    header = first;
    return first;
  }

  function nameIn(cell: string): string {
    return format.kind === 'csv' ? withoutApostrophe(trimCell(cell)) : trimCell(cell);
  }

  /** Empty cells may be missing, or too many, at the end of a row; a few rows may lack others as well. */
  function complete(record: string[], row: number, width: number): void {
    const tooMany = record.length > width && !isBlank(record.slice(width));
    // An object has no value for a key that others have, and a sheet no cell at the end of a row that holds nothing.
    const ends = format.kind !== 'xlsx' && !(names && format.kind === 'json');
    const tooFew = ends && record.length < narrowest;
    if (tooMany || (tooFew && max_short_rows === 0)) {
      throw new InputError(
        message(reading, 'row_width', { source, row: row + 1, cells: record.length, header: format.header, width }),
      );
    }
    if (tooFew) short.push(row + 1);
    if (tooFew && record[0].startsWith('#')) remark ??= row + 1;
    if (short.length > max_short_rows) {
      throw new InputError(
        message(reading, 'rows_short', {
          source,
          most: max_short_rows,
          header: format.header,
          width,
          rows: short.slice(0, 3),
        }),
        'max_short_rows',
      );
    }
  }

  return {
    header: () => header,
    rowsBefore: () => rowsBefore,
    take({ records, row }) {
      const shaped: ShapedBlock = { rows: [], roles: [], widths: [] };
      for (let index = 0; index < records.length; index += 1) {
        const record = records[index];
        shaped.widths.push(record.length);
        if (isBlank(record)) {
          shaped.roles.push('blank');
          continue;
        }
        const begins = !header;
        const { length } = header ?? begin(record, row + index);
        refuseWide(length, source);
        if (begins && hasHeaderRow) {
          shaped.roles.push('header');
          continue;
        }
        if (record.length !== length) complete(record, row + index, length);
        shaped.roles.push('row');
        shaped.rows.push(record);
      }
      return shaped;
    },
    notices() {
      const notices: Notice[] = [];
      if (short.length > 0) {
        notices.push(warning(message(reading, 'rows_completed', { rows: short, header: format.header })));
      }
      if (remark !== undefined) {
        notices.push(warning(message(reading, 'row_like_comment', { row: remark })));
      }
      return notices;
    },
    refuseEmpty(rows) {
      if (!header) throw new InputError(message(reading, 'file_empty', { source }));
      if (rows === 0) throw new InputError(message(reading, 'file_without_rows', { source }));
    },
  };
}
