// Which rows a step trains on, and their way into panels. The order is that of src/util/random.ts, the hash that of
// src/util/random.ts, here four rows at a time.
import { STREAM_DROPOUT, STREAM_SHUFFLE } from './constants';

@inline
export function hash(value: u32): u32 {
  let x = value;
  x = (x ^ (x >>> 16)) * 0x21f0aaad;
  x = (x ^ (x >>> 15)) * 0x735a2d97;
  return x ^ (x >>> 15);
}

@inline
export function firstKey(seed: u32): u32 {
  return hash(seed ^ 0x9e3779b9);
}

@inline
export function secondKey(first: u32, stream: u32): u32 {
  return hash(hash(first) + stream);
}

function hashAt(seed: u32, stream: u32, index: u32): u32 {
  const first = firstKey(seed);
  return hash(hash(index + first) ^ secondKey(first, stream));
}

export function dropoutKey(seed: u32, step: u32, layer: u32): u32 {
  return hashAt(seed, STREAM_DROPOUT + layer, step);
}

@inline
export function hashes(value: v128): v128 {
  let x = value;
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x21f0aaad));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x735a2d97));
  return v128.xor(x, i32x4.shr_u(x, 15));
}

export function shuffleKey(seed: u32, epoch: u32): u32 {
  return hashAt(seed, STREAM_SHUFFLE, epoch);
}

@inline
function mask(bits: i32): i32 {
  return bits >= 32 ? -1 : (1 << bits) - 1;
}

/** One pass of four positions through the Feistel network over [0, 2^bits). */
function feistel(value: v128, bits: i32, key: u32): v128 {
  let leftBits = bits >>> 1;
  let rightBits = bits - leftBits;
  let left = i32x4.shr_u(value, rightBits);
  let right = v128.and(value, i32x4.splat(mask(rightBits)));
  for (let round: u32 = 0; round < 8; round++) {
    const keyed = v128.xor(right, i32x4.splat((key + round) * 0x9e3779b1));
    const mixed = v128.and(v128.xor(left, hashes(keyed)), i32x4.splat(mask(leftBits)));
    left = right;
    right = mixed;
    const swap = leftBits;
    leftBits = rightBits;
    rightBits = swap;
  }
  return v128.or(i32x4.shl(left, rightBits), right);
}

/** The rows at four positions; those at or beyond `count` come back as they are. */
export function shuffled(positions: v128, count: u32, key: u32): v128 {
  if (count < 2) return positions;
  const bits = max(6, 32 - clz(count - 1));
  const end = i32x4.splat(count);
  let open = v128.lt<u32>(positions, end);
  let value = positions;
  while (v128.any_true(open)) {
    value = v128.bitselect(feistel(value, bits, key), value, open);
    open = v128.and(open, v128.ge<u32>(value, end));
  }
  return value;
}

/** One row [column] into its lane of a panel [column][lane]. */
@inline
export function place(from: usize, columns: usize, to: usize, laneBytes: usize): void {
  const end = from + (columns << 2);
  for (; from < end; from += 4, to += laneBytes) store<f32>(to, load<f32>(from));
}

/** Where there is no row: zeros. */
export function clear(columns: usize, to: usize, laneBytes: usize): void {
  for (let i: usize = 0; i < columns; i++, to += laneBytes) store<f32>(to, 0);
}
