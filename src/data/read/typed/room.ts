/** How much may become of a file: a few bytes can say that there are a billion cells, or a gigabyte of zeros. */
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { harmless, mostRatio } from '../bytes/source.ts';
import { type Block, cellsTogether, rowsTogether } from '../records/records.ts';

export interface Room {
  /** Takes bytes that are unpacked. @throws InputError where too many have been */
  unpack(bytes: number): void;
  /** @throws InputError for more rows and columns than may come of the file */
  expect(rows: number, columns: number): void;
  /** The same blocks, as long as they have no more characters, and cells, than may be. @throws InputError */
  bounded(blocks: AsyncIterable<Block>): AsyncGenerator<Block>;
}

/** Rows of a block, of so many columns. */
export function blockRows(columns: number): number {
  return Math.max(1, Math.min(rowsTogether, Math.floor(cellsTogether / columns)));
}

/** @param size bytes of the file */
export function roomFor(size: number, source: string): Room {
  const most = Math.max(harmless, mostRatio * size);
  let unpacked = 0;
  return {
    unpack(bytes) {
      unpacked += bytes;
      // A count that a file lies about may be no number either.
      if (!(bytes >= 0 && unpacked <= most)) refuse();
    },
    expect(rows, columns) {
      if (!(rows >= 0 && rows * Math.max(1, columns) <= most)) refuse();
    },
    async *bounded(blocks) {
      let characters = 0;
      for await (const block of blocks) {
        for (const record of block.records) {
          characters += record.length + 1;
          for (const cell of record) characters += cell.length;
          if (characters > most) refuse();
        }
        yield block;
      }
    },
  };

  function refuse(): never {
    throw new InputError(message(binaryFiles, 'typed_bomb', { source, most: mostRatio }));
  }
}
