/** The buffers of a record batch of Arrow, where they are packed: each behind its length. */
import { decompress as unpackZstd } from 'fzstd';
import { lz4Frame } from './lz4.ts';
import type { Room } from './room.ts';

/** Arrow's CompressionType. */
const codecs = [lz4Frame, (packed: Uint8Array, length: number) => unpackZstd(packed, new Uint8Array(length))];

/** @throws Error for what is no such buffer, InputError for what is too large */
export function unpackBuffer(codec: number, buffer: Uint8Array, room: Room): Uint8Array {
  if (buffer.length === 0) return buffer;
  const length = Number(new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength).getBigInt64(0, true));
  const packed = buffer.subarray(8);
  // What would not get smaller is left as it is.
  if (length === -1) return packed;
  room.unpack(length);
  return codecs[codec](packed, length);
}
