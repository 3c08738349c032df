/**
 * HTML to records: the largest table of a page. Many sites offer such pages as .xls files. Cells that span rows or columns
 * are repeated, as pandas does it.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { info } from '../../table/notices.ts';
import type { Unread } from './records.ts';

interface Cell {
  text: string;
  head: boolean;
  columns: number;
  rows: number;
}

const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z\d]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|[^<]+|</gi;

/** A span beyond this is a mistake. */
const longestSpan = 1000;
/** A few tags may span millions of cells. */
const mostCells = 10_000_000;
/** Characters: a page is looked through as a whole. */
const longestPage = 2 ** 28;

export async function htmlRecords(portions: AsyncIterable<string>, source: string, skip: number): Promise<Unread> {
  let text = '';
  for await (const portion of portions) {
    text += portion;
    if (text.length > longestPage) throw new InputError(message(reading, 'html_too_long', { source }));
  }
  const room = { cells: mostCells };
  const tables = tablesIn(text).map((rows) => spread(rows, room, source));
  const countCells = ({ records }: Spread) => records.reduce((sum, { length }) => sum + length, 0);
  const largest = tables.reduce<Spread | undefined>(
    (best, table) => (best && countCells(best) >= countCells(table) ? best : table),
    undefined,
  );
  if (!largest || largest.records.length === 0) {
    throw new InputError(message(reading, 'html_without_table', { source }));
  }
  const notices = tables.length > 1 ? [info(message(reading, 'html_largest_table', { count: tables.length }))] : [];
  const { records, header } = largest;
  return { kind: 'html', delimiter: ',', blocks: only(), header: (header && skip === 0) || undefined, notices };

  async function* only() {
    yield { records: records.map((record, row) => (row < skip ? [] : record)), row: 0 };
  }
}

/** The rows of every table, in the order in which they end. */
function tablesIn(text: string): Cell[][][] {
  const done: Cell[][][] = [];
  const open: { rows: Cell[][]; cell: Cell | undefined }[] = [];
  let silent: string | undefined;
  for (const [all, end, name, attributes] of text.matchAll(token)) {
    const tag = name?.toLowerCase();
    if (silent !== undefined) {
      if (end && tag === silent) silent = undefined;
      continue;
    }
    if (tag === 'script' || tag === 'style') silent = tag;
    if (tag === 'table') {
      if (!end) open.push({ rows: [], cell: undefined });
      else done.push(open.pop()?.rows ?? []);
      continue;
    }
    const table = open.at(-1);
    if (!table) continue;
    if (tag === 'tr' || tag === 'td' || tag === 'th') {
      table.cell = undefined;
      if (end) continue;
      if (tag === 'tr' || table.rows.length === 0) table.rows.push([]);
      if (tag === 'tr') continue;
      table.cell = { text: '', head: tag === 'th', columns: span('colspan'), rows: span('rowspan') };
      table.rows.at(-1)?.push(table.cell);
    } else if (table.cell && !all.startsWith('<!--')) {
      table.cell.text += tag ? (breaks.has(tag) ? ' ' : '') : withoutEntities(all);
    }

    function span(attribute: string): number {
      const given = new RegExp(`\\b${attribute}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes)?.[1];
      return Math.min(longestSpan, Math.max(1, Number(given ?? 1)));
    }
  }
  // A file that was cut short has its last table still open.
  for (const { rows } of open.reverse()) done.push(rows);
  return done.filter((rows) => rows.length > 0);
}

/** Tags that part words. */
const breaks = new Set(['br', 'p', 'div', 'li', 'tr']);

interface Spread {
  records: string[][];
  /** Whether the first record comes of header cells alone: several such rows become one. */
  header: boolean;
}

/** @param room for the cells of all tables @throws InputError where there is not enough */
function spread(rows: Cell[][], room: { cells: number }, source: string): Spread {
  const records: string[][] = [];
  const grid: Cell[][] = rows.map(() => []);
  rows.forEach((cells, row) => {
    let column = 0;
    for (const cell of cells) {
      while (grid[row][column]) column += 1;
      room.cells -= Math.min(cell.rows, rows.length - row) * cell.columns;
      if (room.cells < 0) throw new InputError(message(reading, 'html_too_large', { source, cells: mostCells }));
      for (let down = 0; down < cell.rows && row + down < rows.length; down += 1) {
        for (let right = 0; right < cell.columns; right += 1) grid[row + down][column + right] = cell;
      }
    }
  });
  const texts = grid.map((cells) => Array.from(cells, (cell) => cell?.text.replace(/\s+/g, ' ').trim() ?? ''));
  const heads = grid.findIndex((cells) => cells.length === 0 || cells.some((cell) => !cell?.head));
  if (heads > 0) {
    const width = Math.max(...texts.slice(0, heads).map(({ length }) => length));
    const names = Array.from({ length: width }, (_, column) => {
      const parts = texts.slice(0, heads).map((row) => row[column] ?? '');
      return [...new Set(parts.filter((part) => part !== ''))].join(' ');
    });
    records.push(names);
  }
  records.push(...texts.slice(Math.max(0, heads)));
  return { records, header: heads > 0 };
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (all, decimal, hexadecimal, name) => {
    if (name) return entities[name.toLowerCase()] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
