/**
 * LZ4, which Arrow and Parquet are packed with: blocks of literals and of repetitions (lz4_Block_format.md), and frames of
 * them (lz4_Frame_format.md), in which a block may repeat what earlier ones hold.
 */

/** @throws Error for bytes that are no block of so many */
export function lz4Block(packed: Uint8Array, length: number): Uint8Array {
  const unpacked = new Uint8Array(length);
  if (unpackBlock(packed, unpacked, 0) !== length) throw new Error('LZ4 block of another length');
  return unpacked;
}

const magic = 0x184d2204;

/** @throws Error for bytes that are no frame of so many */
export function lz4Frame(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== magic) throw new Error('no LZ4 frame');
  const flags = view.getUint8(4);
  const blockChecksum = (flags & 0x10) > 0 ? 4 : 0;
  const unpacked = new Uint8Array(length);
  // Two bytes of flags, the length and the dictionary where the flags say so, and a checksum.
  let at = 7 + ((flags & 0x08) > 0 ? 8 : 0) + ((flags & 0x01) > 0 ? 4 : 0);
  let done = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const size = word & 0x7fffffff;
    if (size > packed.length - at) throw new Error('LZ4 block past the end');
    const block = packed.subarray(at, at + size);
    if (word >>> 31 === 0) done = unpackBlock(block, unpacked, done);
    else {
      unpacked.set(block, done);
      done += size;
    }
    at += size + blockChecksum;
  }
  if (done !== length) throw new Error('LZ4 frame of another length');
  return unpacked;
}

/** @returns where the unpacked bytes end */
function unpackBlock(packed: Uint8Array, unpacked: Uint8Array, start: number): number {
  let at = 0;
  let done = start;
  while (at < packed.length) {
    const token = packed[at];
    at += 1;
    const literals = lengthOf(token >> 4);
    if (literals > packed.length - at || literals > unpacked.length - done)
      throw new Error('LZ4 literals past the end');
    unpacked.set(packed.subarray(at, at + literals), done);
    at += literals;
    done += literals;
    // The last sequence has no repetition.
    if (at === packed.length) break;
    const offset = packed[at] | (packed[at + 1] << 8);
    at += 2;
    const repeated = lengthOf(token & 15) + 4;
    if (!(offset > 0 && offset <= done) || repeated > unpacked.length - done)
      throw new Error('LZ4 offset out of range');
    // It may overlap with what it makes.
    for (const end = done + repeated; done < end; done += 1) unpacked[done] = unpacked[done - offset];
  }
  return done;

  function lengthOf(first: number): number {
    let length = first;
    for (let byte = first === 15 ? 255 : 0; byte === 255; length += byte) {
      if (at >= packed.length) throw new Error('LZ4 length past the end');
      byte = packed[at];
      at += 1;
    }
    return length;
  }
}
