/**
 * A random order of `count` rows that needs no memory: position -> row is a keyed permutation, so the GPU and the CPU
 * can each work out the row at any position from (seed, epoch) alone. `shaders/lib/random.wgsl` computes the same.
 *
 * An alternating Feistel network over the smallest 2^bits >= count (64 at least), eight rounds of the hash as round function, then
 * cycle walking (Black & Rogaway 2002): positions that leave [0, count) are sent round again, which keeps it a
 * permutation. Halves may differ by a bit, so fewer than two walks are expected.
 */
import { hash, hashAt, streams } from './random.ts';

const rounds = 8;
/** Fewer bits leave a network too small for its orders to be equally likely, however many rounds it has. */
const smallestBits = 6;

/** The key of one epoch's order, or of another stream's order of that number. */
export function shuffleKey(seed: number, epoch: number, stream: number = streams.shuffle): number {
  return hashAt(seed, stream, epoch);
}

/**
 * The key of a split, of folds (see `split.ts`) or of a sample table, as it has always been: rows that were held out stay
 * so for every model that exists. No two seeds share one.
 */
export function lastingKey(seed: number, which: number): number {
  return (hash(seed) ^ hash((which + 0x9e3779b9) >>> 0)) >>> 0;
}

/** The row at `position`, both in [0, count). */
export function shuffled(position: number, count: number, key: number): number {
  if (count < 2) return position;
  const bits = Math.max(smallestBits, 32 - Math.clz32(count - 1));
  let value = position;
  do value = feistel(value, bits, key);
  while (value >= count);
  return value;
}

/** One pass through the network: a permutation of [0, 2^bits). */
function feistel(value: number, bits: number, key: number): number {
  let leftBits = bits >>> 1;
  let rightBits = bits - leftBits;
  let left = value >>> rightBits;
  let right = value & mask(rightBits);
  for (let round = 0; round < rounds; round++) {
    // The halves change places, so the new right half has the old left half's width.
    const mixed = (left ^ hash((right ^ Math.imul(key + round, 0x9e3779b1)) >>> 0)) & mask(leftBits);
    left = right;
    right = mixed;
    [leftBits, rightBits] = [rightBits, leftBits];
  }
  return ((left << rightBits) | right) >>> 0;
}

function mask(bits: number): number {
  return bits >= 32 ? 0xffffffff : (1 << bits) - 1;
}
