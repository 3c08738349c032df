/**
 * Random numbers by counter: the value at (seed, stream, index) is a hash of the three and nothing else, so any of them
 * can be had in any order, on any engine. `shaders/lib/random.wgsl` and `src/engine/cpu/kernels/rows.ts` hold the same
 * functions.
 *
 * Seed and stream make two keys, and the index passes the hash twice with a key before each: the iterated Even-Mansour
 * construction (Even & Mansour 1997; Bogdanov et al. 2012, https://eprint.iacr.org/2012/035). One key that is added to
 * the index would make all seeds windows of one sequence. The hash is of the "lowbias32" family found by Chris Wellons'
 * search (https://nullprogram.com/blog/2018/07/31/).
 */

/** What numbers are drawn for: the streams of one seed, or of two, have nothing to do with each other. */
export const streams = {
  plain: 0,
  parameters: 1,
  shuffle: 2,
  importance: 3,
  sweep: 4,
  bootstrap: 5,
  fit: 6,
  explanation: 7,
  /** Of the first hidden layer; the next have the next. */
  dropout: 64,
} as const;

/** A 32-bit hash with low bias: every input bit flips every output bit with probability near one half. */
export function hash(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** 32 random bits: a permutation of all indices for each seed and stream. */
export function hashAt(seed: number, stream: number, index: number): number {
  const first = hash(seed ^ 0x9e3779b9);
  const second = hash(hash(first) + stream);
  return hash(hash(index + first) ^ second);
}

/** Uniform in (0, 1), 32 bits of it, never 0 or 1. */
export function uniformAt(seed: number, index: number, stream: number = streams.plain): number {
  return (hashAt(seed, stream, index) + 0.5) / 4294967296;
}

/** Standard normal (Box & Muller 1958) from two uniforms. */
export function normalAt(seed: number, index: number, stream: number = streams.plain): number {
  const radius = Math.sqrt(-2 * Math.log(uniformAt(seed, 2 * index, stream)));
  return radius * Math.cos(2 * Math.PI * uniformAt(seed, 2 * index + 1, stream));
}

/** The key of the units that dropout leaves out of one layer in one step: `hashAt(key, 0, row * units + unit)`. */
export function dropoutKey(seed: number, step: number, layer: number): number {
  return hashAt(seed, streams.dropout + layer, step);
}

/** A unit is left out when its hash is below this. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 4294967296);
}

// ---- Order of rows ----
//
// A random order of `count` rows that needs no memory: position -> row is a keyed permutation, so the GPU and the CPU
// can each work out the row at any position from (seed, epoch) alone. `shaders/lib/random.wgsl` computes the same.
//
// An alternating Feistel network over the smallest 2^bits >= count (64 at least), eight rounds of the hash as round function, then
// cycle walking (Black & Rogaway 2002): positions that leave [0, count) are sent round again, which keeps it a
// permutation. Halves may differ by a bit, so fewer than two walks are expected.

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
