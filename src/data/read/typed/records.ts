/**
 * Tables whose cells have types, as records of text like any other table's: what a column is gets found from its cells, so that
 * the same table is the same in every format. The libraries that read a format are loaded with its first file.
 */

import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { breather } from '../../../util/yielding.ts';
import type { TypedKind } from '../bytes/signatures.ts';
import type { Reading } from '../csv-options.ts';
import type { Block, Unread } from '../records/records.ts';
import { roomFor } from './room.ts';
import { wholeFile } from './whole-file.ts';

/** @throws InputError for what is damaged, too large, or not in the file */
export async function typedRecords(
  kind: TypedKind,
  portions: AsyncIterable<Uint8Array>,
  options: Reading,
): Promise<Unread> {
  const { source, signal } = options;
  if (kind !== 'xlsx' && options.sheet !== undefined) throw noSheet(source);
  if (kind !== 'xlsx' && options.skip) throw new InputError(message(reading, 'nothing_to_skip', { source }), 'skip');
  const bytes = await wholeFile(portions, source);
  const room = roomFor(bytes.length, source);
  const unread = await open();
  return { ...unread, blocks: paced(unread.blocks) };

  async function open(): Promise<Unread> {
    if (kind === 'arrow') return (await import('./arrow.ts')).arrowRecords(bytes, room, source);
    if (kind === 'parquet') return (await import('./parquet.ts')).parquetRecords(bytes, room, source);
    return (await import('./xlsx.ts')).xlsxRecords(bytes, room, options);
  }

  /** Nothing of a decoded table waits for its file: the event loop gets its turns between blocks. */
  async function* paced(blocks: AsyncIterable<Block>): AsyncGenerator<Block> {
    const breathe = breather(signal);
    for await (const block of blocks) {
      yield block;
      await breathe();
    }
  }
}

/** What is said where a sheet is asked for, and the file is no workbook. */
export function noSheet(source: string): InputError {
  return new InputError(message(binaryFiles, 'sheet_none', { source }), 'sheet');
}
