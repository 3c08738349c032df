/**
 * The pages of a Parquet column, one after another. hyparquet decodes them; it trusts their counts and lengths, so these are
 * checked first: a run that says it goes on for two billion values would fill the memory.
 */
import { gunzipSync } from 'fflate';
import { decompress as unpackZstd } from 'fzstd';
import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { readVarInt } from 'hyparquet/src/thrift.js';
import { lz4Block } from './lz4.ts';
import type { ParquetType } from './parquet-types.ts';
import type { Room } from './room.ts';

type ColumnDecoder = Parameters<typeof convert>[1];
type DataPage = ReturnType<typeof readDataPage>;

const compressors: Compressors = {
  GZIP: (packed, length) => gunzipSync(packed, { out: new Uint8Array(length) }),
  ZSTD: (packed, length) => unpackZstd(packed, new Uint8Array(length)),
  LZ4_RAW: lz4Block,
};

const packings = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(compressors)]);

/** Headers are not longer; what is lies about a length within it. */
const longestHeader = 16_384;
/** Some writers fill the last run of a page with so many values that do not count. */
const padding = 512;

/** @throws Error, as all of it does, for what is no such column */
export function* columnPages(
  bytes: Uint8Array,
  column: ColumnMetaData,
  schemaPath: SchemaTree[],
  type: ParquetType,
  rows: number,
  room: Room,
): Generator<DecodedArray> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 0 && end <= bytes.length)) throw new Error('a column past the end');
  if (!packings.has(column.codec)) throw new Error(`packed with ${column.codec}`);
  const { element } = type;
  const decoder: ColumnDecoder = {
    pathInSchema: column.path_in_schema,
    type: column.type,
    element,
    schemaPath,
    codec: 'UNCOMPRESSED',
    parsers: DEFAULT_PARSERS,
    utf8: false,
  };
  let dictionary: DecodedArray | undefined;
  let left = rows;
  for (let at = start; left > 0 && at < end; ) {
    const reader = { view: viewOf(bytes.subarray(at, Math.min(end, at + longestHeader))), offset: 0 };
    const header = parquetHeader(reader);
    const from = at + reader.offset;
    at = from + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0 && at <= end)) throw new Error('a page past the end');
    room.unpack(header.uncompressed_page_size);
    const packed = bytes.subarray(from, at);
    if (header.dictionary_page_header) {
      const { num_values } = header.dictionary_page_header;
      room.expect(num_values, 1);
      const page = decompressPage(packed, header.uncompressed_page_size, column.codec, compressors);
      const values = readPlain({ view: viewOf(page), offset: 0 }, column.type, num_values, element.type_length);
      dictionary = convert(values, decoder);
      continue;
    }
    const about = header.data_page_header ?? header.data_page_header_v2;
    // An index of pages.
    if (!about) continue;
    if (!(about.num_values >= 0 && about.num_values <= left)) throw new Error('a page of more values than rows');
    const decode = header.data_page_header ? dataPage : dataPageV2;
    const page = decode(packed, header, column, decoder, room);
    const values = convertWithDictionary(page.dataPage, dictionary, about.encoding, decoder);
    left -= about.num_values;
    yield page.definitionLevels?.length ? spread(values, page.definitionLevels) : values;
  }
}

type DecodePage = (
  packed: Uint8Array,
  header: PageHeader,
  column: ColumnMetaData,
  decoder: ColumnDecoder,
  room: Room,
) => DataPage;

const dataPage: DecodePage = (packed, header, { codec, type }, decoder, room) => {
  const about = header.data_page_header;
  if (!about) throw new Error('no data page');
  const page = decompressPage(packed, header.uncompressed_page_size, codec, compressors);
  const count = about.num_values;
  let at = 0;
  let present = count;
  if (isOptional(decoder)) {
    at = 4 + viewOf(page).getUint32(0, true);
    present = countPresent(page.subarray(4, at), count);
  }
  const values = page.subarray(at);
  // No bits at all stand for zeros.
  const isIndexed = about.encoding.endsWith('_DICTIONARY') && values[0] === 0;
  if (!isIndexed) checkValues(values, about.encoding, type, present, room);
  return readDataPage(page, about, decoder);
};

/** Its levels are not packed. */
const dataPageV2: DecodePage = (packed, header, { codec, type }, decoder, room) => {
  const about = header.data_page_header_v2;
  if (!about) throw new Error('no data page');
  const present = about.num_values - about.num_nulls;
  const { repetition_levels_byte_length: before, definition_levels_byte_length: bytes } = about;
  const length = header.uncompressed_page_size - before - bytes;
  if (!(before === 0 && bytes >= 0 && bytes <= packed.length && length >= 0)) throw new Error('levels past the end');
  if (isOptional(decoder) && countPresent(packed.subarray(0, bytes), about.num_values) !== present) {
    throw new Error('other values than levels');
  }
  const rest = packed.subarray(bytes);
  const isPacked = about.is_compressed !== false && length > 0;
  const values = isPacked ? decompressPage(rest, length, codec, compressors) : rest;
  checkValues(values, about.encoding, type, present, room);
  const page = new Uint8Array(bytes + values.length);
  page.set(packed.subarray(0, bytes));
  page.set(values, bytes);
  return readDataPageV2(page, { ...header, data_page_header_v2: { ...about, is_compressed: false } }, decoder);
};

function isOptional({ element }: ColumnDecoder): boolean {
  return element.repetition_type !== 'REQUIRED';
}

function countPresent(bytes: Uint8Array, count: number): number {
  checkRuns(bytes, 1, count);
  const levels = new Array<number>(count);
  readRleBitPackedHybrid({ view: viewOf(bytes), offset: 0 }, 1, levels, bytes.length);
  return levels.reduce((sum, level) => sum + level, 0);
}

function checkValues(page: Uint8Array, encoding: string, type: string, count: number, room: Room): void {
  if (count < 0) throw new Error('fewer values than none');
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    if (count > 0) checkRuns(page.subarray(1), page[0], count);
  } else if (encoding === 'RLE' && type === 'BOOLEAN') {
    checkRuns(page.subarray(4), 1, count);
  } else if (encoding === 'DELTA_BYTE_ARRAY') {
    // Each value may repeat all of the one before it.
    const reader = { view: viewOf(page), offset: 0 };
    for (let list = 0; list < 2; list += 1) {
      const lengths = new Int32Array(count);
      deltaBinaryUnpack(reader, count, lengths);
      for (const length of lengths) room.unpack(length);
    }
  } else if (!sizedEncodings.has(encoding)) throw new Error(`encoding ${encoding}`);
}

/** Whose values are as many as their bytes say. */
const sizedEncodings = new Set(['PLAIN', 'BYTE_STREAM_SPLIT', 'DELTA_BINARY_PACKED', 'DELTA_LENGTH_BYTE_ARRAY']);

/** Values with nothing where there is none. */
function spread(values: DecodedArray, levels: readonly number[]): DecodedArray {
  let next = 0;
  return levels.map((level) => {
    if (level === 0) return undefined;
    next += 1;
    return values[next - 1];
  });
}

/** Runs of one value, or of values of so many bits each, until there are enough. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  if (width > 32) throw new Error('values of more than 32 bits');
  const reader = { view: viewOf(bytes), offset: 0 };
  for (let seen = 0; seen < count && reader.offset < bytes.length; ) {
    const word = readVarInt(reader) >>> 0;
    const length = word & 1 ? (word >>> 1) * 8 : word >>> 1;
    if (length > count - seen + padding) throw new Error('a run of more values than rows');
    reader.offset += word & 1 ? (word >>> 1) * width : (width + 7) >> 3;
    seen += length;
  }
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}
