/**
 * Rows above a table: a title, a date, remarks that begin with #. Spreadsheets export them with the table, and the names
 * stand below them.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { message } from '../../../util/message.ts';
import { info, type Notice } from '../../table/notices.ts';
import { numberLike } from './delimiter.ts';

export interface Titles {
  /** Rows at the top that are left out, blank ones among them. */
  rows: number;
  /** Whether the names below them stand behind a #, as NumPy writes them. */
  marked: boolean;
}

/** So far down the table may begin. */
const mostRows = 20;

const none: Titles = { rows: 0, marked: false };

/** @param records the first of a file, blank ones among them */
export function titleRows(records: readonly string[][]): Titles {
  const filled = records.map((record) => record.filter((cell) => cell.trim() !== '').length);
  const widths = filled.filter((count) => count > 0).sort((a, b) => a - b);
  const typical = widths[widths.length >> 1] ?? 0;
  const top = records.findIndex((record, index) => filled[index] >= typical && !isMarked(record));
  if (typical < 2 || top < 1 || top > mostRows) return none;
  const topHasNumbers = records[top].some((cell) => numberLike.test(cell.trim()));
  const above = records.slice(0, top);

  const names = above.findLastIndex((_, index) => filled[index] > 0);
  if (names < 0) return none;
  if (isMarked(records[names]) && topHasNumbers) {
    const cells = withoutMark(records[names]);
    const count = cells.filter((cell) => cell.trim() !== '').length;
    if (count === typical && above.slice(0, names).every(isTitle)) return { rows: names, marked: true };
  }
  // A column may be called #.
  if (records[names][0].trim() === '#' && filled[names] >= typical) return none;
  return above.every(isTitle) ? { rows: top, marked: false } : none;

  function isTitle(record: string[], index: number): boolean {
    if (filled[index] === 0 || isMarked(record)) return true;
    if (numberLike.test(record[0].trim())) return false;
    if (record.length === 1) return true;
    const isSparse = filled[index] === 1 ? typical > 2 : filled[index] * 2 <= typical;
    return isSparse && !topHasNumbers;
  }
}

function isMarked([first = '']: readonly string[]): boolean {
  return first.trimStart().startsWith('#');
}

function withoutMark([first, ...others]: readonly string[]): string[] {
  const cell = first.replace(/^\s*#\s*/, '');
  return cell === '' ? others : [cell, ...others];
}

export type LeftOut = { leftOut: number } & Pick<Titles, 'marked'>;

/** Rows that are left out become blank, so that the others keep their numbers. */
export function leaveOut(records: string[][], row: number, { leftOut, marked }: LeftOut): string[][] {
  for (let index = 0; index < records.length && row + index <= leftOut; index += 1) {
    if (row + index < leftOut) records[index] = [];
    else if (marked) records[index] = withoutMark(records[index]);
  }
  return records;
}

export function titleNotices(records: readonly string[][], { rows, marked }: Titles): Notice[] {
  const titles = records.slice(0, rows).flatMap((record, index) => {
    const text = record.join(' ').trim();
    return text === '' ? [] : [{ text, row: index + 1 }];
  });
  const notices = marked ? [info(message(reading, 'header_marked'))] : [];
  if (titles.length === 0) return notices;
  const [{ text, row }] = titles;
  const above =
    titles.length === 1
      ? message(reading, 'row_above_table', { row, text })
      : message(reading, 'rows_above_table', { row, last: titles[titles.length - 1].row, text });
  return [info(above), ...notices];
}
