/** Parquet to records: the columns side by side, each by its pages, so that no more than a page of each is decoded at a time. */
import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet';
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { info } from '../../table/notices.ts';
import { type Block, refuseWide, type Unread } from '../records/records.ts';
import { decoded } from './damaged.ts';
import { columnPages } from './parquet-pages.ts';
import { type ParquetType, typeOf } from './parquet-types.ts';
import { blockRows, type Room } from './room.ts';

interface ReadColumn {
  leaf: SchemaTree;
  /** Which of those in a group: groups within columns have several. */
  place: number;
  type: ParquetType;
}

/** @throws InputError */
export function parquetRecords(bytes: Uint8Array, room: Room, source: string): Unread {
  const { metadata, schema } = decoded('parquet', source, () => {
    refuseLongNumbers(bytes);
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    return { metadata, schema: parquetSchema(metadata) };
  });
  refuseWide(schema.children.length, source);
  let place = 0;
  const columns = schema.children.flatMap((leaf): ReadColumn[] => {
    const type = typeOf(leaf);
    const column = { leaf, place };
    place += countLeaves(leaf);
    return type ? [{ ...column, type }] : [];
  });
  const names = columns.map(({ leaf }) => nameOf(leaf));
  const left = schema.children.filter((leaf) => !typeOf(leaf)).map(nameOf);
  if (columns.length === 0) throw new InputError(message(binaryFiles, 'columns_none_typed', { source }));
  room.expect(Number(metadata.num_rows), columns.length);
  return {
    kind: 'parquet',
    delimiter: ',',
    names,
    notices: left.length > 0 ? [info(message(binaryFiles, 'columns_untyped', { columns: left }))] : [],
    blocks: room.bounded(blocksOf(bytes, metadata, schema, columns, room, source)),
  };
}

/** A damaged file may have none. */
function nameOf({ element }: SchemaTree): string {
  return element.name ?? '';
}

function countLeaves({ children }: SchemaTree): number {
  return children.length === 0 ? 1 : children.reduce((sum, child) => sum + countLeaves(child), 0);
}

async function* blocksOf(
  bytes: Uint8Array,
  metadata: FileMetaData,
  schema: SchemaTree,
  columns: readonly ReadColumn[],
  room: Room,
  source: string,
): AsyncGenerator<Block> {
  const together = blockRows(columns.length);
  let row = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const texts = decoded('parquet', source, () => {
      room.expect(row + rows, columns.length);
      return columns.map((column) => columnTexts(bytes, group, schema, column, rows, room));
    });
    for (let done = 0; done < rows; done += together) {
      const length = Math.min(together, rows - done);
      const records = decoded('parquet', source, () =>
        Array.from({ length }, () => texts.map((column) => column.next().value ?? '')),
      );
      yield { records, row };
      row += length;
    }
  }
}

function* columnTexts(
  bytes: Uint8Array,
  group: RowGroup,
  schema: SchemaTree,
  { leaf, place, type }: ReadColumn,
  rows: number,
  room: Room,
): Generator<string, undefined> {
  const { name } = leaf.element;
  const { meta_data, file_path } = group.columns[place];
  if (!meta_data || file_path || meta_data.path_in_schema[0] !== name) throw new Error(`no column ${name}`);
  let left = rows;
  for (const page of columnPages(bytes, meta_data, [schema, leaf], type, rows, room)) {
    for (const value of page) yield type.text(value);
    left -= page.length;
  }
  if (left !== 0) throw new Error(`${left} rows of ${name} are lacking`);
}

/** Of bytes that go on, each with its first bit: what reads a number of them takes as long as their square. */
const longest = 8192;

/** @throws Error where the description of the table has them */
function refuseLongNumbers(bytes: Uint8Array): void {
  const { buffer, byteOffset, length } = bytes;
  const size = new DataView(buffer, byteOffset, length).getUint32(length - 8, true);
  let run = 0;
  for (let at = Math.max(0, length - 8 - size); at < length; at += 1) {
    run = bytes[at] < 0x80 ? 0 : run + 1;
    if (run > longest) throw new Error('a number of thousands of bytes');
  }
}
