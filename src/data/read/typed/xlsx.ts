/** A sheet of an Excel workbook to records; hucre reads its rows as they are unpacked. Formulas count by the value they had. */
import { type CellValue, type StreamRow, streamXlsxRows } from 'hucre/xlsx';
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { info, type Notice } from '../../table/notices.ts';
import type { Reading } from '../csv-options.ts';
import { type Block, cellsTogether, looked, rowsTogether, type Unread } from '../records/records.ts';
import { leaveOut, titleNotices, titleRows } from '../records/titles.ts';
import { damaged, decoded } from './damaged.ts';
import type { Room } from './room.ts';
import { cellText, timeText } from './values.ts';
import { sheetsIn } from './workbook.ts';

/** What Excel has of them. */
const mostRows = 1_048_576;

/** @throws InputError */
export async function xlsxRecords(bytes: Uint8Array, room: Room, options: Reading): Promise<Unread> {
  const { source, skip, comment, header } = options;
  const sheets = decoded('xlsx', source, () => sheetsIn(bytes, room, source));
  const names = sheets.map(({ name }) => name);
  const sheet = options.sheet ?? (sheets.find(({ hidden }) => !hidden) ?? sheets[0]).name;
  if (!names.includes(sheet)) {
    throw new InputError(message(binaryFiles, 'sheet_unknown', { source, sheet, sheets: names }), 'sheet');
  }
  const notices: Notice[] = [];
  const others = sheets.filter(({ name, hidden }) => name !== sheet && !hidden).map(({ name }) => name);
  if (options.sheet === undefined && others.length > 0) {
    notices.push(info(message(binaryFiles, 'sheet_chosen', { sheet, sheets: others })));
  }
  const blocks = room.bounded(blocksOf(sheetRows(bytes, sheet, source), source, comment));
  const first = await firstBlocks(blocks);
  const records = first.flatMap((block) => block.records);
  for (let row = 0; row < Math.min(skip ?? 0, records.length); row += 1) records[row] = [];
  const titles = skip === undefined && header !== false ? titleRows(records) : { rows: 0, marked: false };
  notices.push(...titleNotices(records, titles));
  const leftOut = { leftOut: titles.rows, marked: titles.marked };
  leaveOut(records, 0, leftOut);
  // Cells at the end of a row that hold nothing are not in the file.
  const width = Math.max(0, ...records.map(({ length }) => length));
  const top = records.find((record) => record.length > 0);
  while (top && top.length < width) top.push('');
  return { kind: 'xlsx', delimiter: ',', notices, blocks: all() };

  async function* all(): AsyncGenerator<Block> {
    if (records.length > 0) yield { records, row: 0 };
    for await (const block of blocks) {
      for (let row = 0; row < block.records.length && block.row + row < (skip ?? 0); row += 1) block.records[row] = [];
      yield block;
    }
  }
}

/** As many as guesses go by. */
async function firstBlocks(blocks: AsyncGenerator<Block>): Promise<Block[]> {
  const first: Block[] = [];
  for (let rows = 0, cells = 0; rows < looked && cells < cellsTogether; ) {
    const { done, value } = await blocks.next();
    if (done) break;
    first.push(value);
    rows += value.records.length;
    for (const { length } of value.records) cells += length;
  }
  return first;
}

/** @throws InputError */
async function* sheetRows(bytes: Uint8Array, sheet: string, source: string): AsyncGenerator<StreamRow> {
  const rows = streamXlsxRows(bytes, { sheet });
  try {
    for (;;) {
      const { done, value } = await rows.next().catch((error: unknown) => {
        throw damaged('xlsx', source, error);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await rows.return(undefined);
  }
}

/** Rows that hold nothing may lack in the file; they keep the others at their places. */
async function* blocksOf(
  rows: AsyncIterable<StreamRow>,
  source: string,
  comment: string | undefined,
): AsyncGenerator<Block> {
  let records: string[][] = [];
  let done = 0;
  let cells = 0;
  for await (const { index, values } of rows) {
    if (!(index >= done + records.length && index < mostRows)) {
      throw damaged('xlsx', source, new Error(`row ${index + 1} out of order`));
    }
    while (done + records.length < index) {
      records.push([]);
      if (records.length === rowsTogether) yield* full();
    }
    const record = values.map(textOf);
    while (record.at(-1) === '') record.pop();
    records.push(comment !== undefined && record[0]?.trimStart().startsWith(comment) ? [] : record);
    cells += record.length;
    if (records.length === rowsTogether || cells >= cellsTogether) yield* full();
  }
  if (records.length > 0) yield { records, row: done };

  function* full(): Generator<Block> {
    yield { records, row: done };
    done += records.length;
    records = [];
    cells = 0;
  }
}

/** What newer versions of Excel say where a formula has no value. */
const newErrors = /^#(?:SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!|GETTING_DATA)$/;
/** The day that a time without a day is of. */
const dayZero = Date.UTC(1899, 11, 31);
const day = 86_400_000;

function textOf(value: CellValue): string {
  if (value instanceof Date) {
    const since = value.getTime() - dayZero;
    if (since >= 0 && since < day) return timeText(since / 1000);
  }
  const text = cellText(value);
  return text.startsWith('#') && newErrors.test(text) ? '#N/A' : text;
}
