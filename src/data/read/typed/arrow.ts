/** Arrow's files and streams, Feather 2 among them, to records; decoded by flechette. */
import {
  type Column,
  CompressionType,
  type DataType,
  setCompressionCodec,
  type Table,
  Type,
  tableFromIPC,
} from '@uwdata/flechette';
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { info } from '../../table/notices.ts';
import { type Block, refuseWide, type Unread } from '../records/records.ts';
import { unpackBuffer } from './arrow-buffers.ts';
import { checkArrow } from './arrow-check.ts';
import { decoded } from './damaged.ts';
import { blockRows, type Room } from './room.ts';
import { cellText, decimalText, timeText } from './values.ts';

/** @throws InputError */
export function arrowRecords(bytes: Uint8Array, room: Room, source: string): Unread {
  const table = decoded('arrow', source, () => {
    const table = tableOf(bytes, room);
    for (const { data } of table.children) for (const batch of data) checkLength(batch);
    return table;
  });
  const { fields } = table.schema;
  refuseWide(fields.length, source);
  const texts = fields.map(({ type }) => textOf(type.typeId === Type.Dictionary ? type.dictionary : type));
  const kept = fields.flatMap((_, index) => (texts[index] ? [index] : []));
  const left = fields.filter((_, index) => !texts[index]).map(({ name }) => name ?? '');
  if (kept.length === 0) throw new InputError(message(binaryFiles, 'columns_none_typed', { source }));
  room.expect(table.numRows, kept.length);
  const cells = kept.map((index) => ({ text: texts[index] ?? cellText, values: table.getChildAt(index) }));
  return {
    kind: 'arrow',
    delimiter: ',',
    names: kept.map((index) => fields[index].name ?? ''),
    notices: left.length > 0 ? [info(message(binaryFiles, 'columns_untyped', { columns: left }))] : [],
    blocks: room.bounded(blocks()),
  };

  async function* blocks(): AsyncGenerator<Block> {
    const columns = cells.map(({ text, values }) => ({ text, values: values[Symbol.iterator]() }));
    const together = blockRows(columns.length);
    for (let row = 0; row < table.numRows; row += together) {
      const length = Math.min(together, table.numRows - row);
      const records = decoded('arrow', source, () =>
        Array.from({ length }, () => columns.map(({ text, values }) => text(values.next().value))),
      );
      yield { records, row };
    }
  }
}

/** @throws what flechette throws, and InputError */
function tableOf(bytes: Uint8Array, room: Room): Table {
  checkArrow(bytes, room);
  for (const codec of [CompressionType.LZ4_FRAME, CompressionType.ZSTD]) {
    setCompressionCodec(codec, {
      // Its length stands before it.
      decode: (packed) =>
        unpackBuffer(codec, new Uint8Array(packed.buffer, packed.byteOffset - 8, packed.length + 8), room),
      encode: () => {
        throw new Error('nothing is written');
      },
    });
  }
  return tableFromIPC(bytes, { useBigInt: true, useDate: true, useDecimalInt: true });
}

/** A batch that is longer than its values would go on with none, or with all that others have. */
function checkLength({ type, length, values, offsets }: Column<unknown>['data'][number]): void {
  const { typeId } = type;
  const held = offsets?.length ? offsets.length - 1 : (values?.length ?? Number.POSITIVE_INFINITY);
  const perValue =
    typeId === Type.Bool
      ? 1 / 8
      : typeId === Type.Utf8View
        ? 16
        : typeId === Type.Decimal
          ? Math.max(1, type.bitWidth / 64)
          : 1;
  if (length > held / perValue) throw new Error('a column of fewer values than rows');
}

/** How values of a type are written; undefined for those that are no value of a cell. */
function textOf(type: DataType): ((value: unknown) => string) | undefined {
  switch (type.typeId) {
    case Type.Null:
    case Type.Bool:
    case Type.Int:
    case Type.Float:
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
    case Type.Date:
    case Type.Timestamp:
    case Type.Duration:
      return cellText;
    case Type.Decimal:
      return (value) => (value === null ? '' : decimalText(value as bigint, type.scale));
    case Type.Time: {
      const perSecond = 1000 ** type.unit;
      return (value) => (value === null ? '' : timeText(Number(value) / perSecond));
    }
    default:
      return undefined;
  }
}
