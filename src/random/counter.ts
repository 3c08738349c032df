/**
 * Random numbers by counter: the value at (seed, index) is a hash of the two and nothing else, so any of them can be
 * had in any order, on any engine. The integer hash is the "lowbias32" family found by Chris Wellons' search
 * (https://nullprogram.com/blog/2018/07/31/); `shaders/random.wgsl` holds the same functions.
 */

/** A 32-bit hash with low bias: every input bit flips every output bit with probability near one half. */
export function hash(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Hash of two 32-bit values; the order matters. */
export function hash2(a: number, b: number): number {
  return hash((hash(a ^ 0x9e3779b9) + b) >>> 0);
}

/** Uniform in (0, 1), 32 bits of it, never 0 or 1. */
export function uniformAt(seed: number, index: number): number {
  return (hash2(seed, index) + 0.5) / 4294967296;
}

/** Standard normal (Box & Muller 1958) from two uniforms of this index. */
export function normalAt(seed: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log((hash2(seed, (2 * index) >>> 0) + 0.5) / 4294967296));
  return radius * Math.cos(2 * Math.PI * ((hash2(seed ^ 0x5bd1e995, (2 * index + 1) >>> 0) + 0.5) / 4294967296));
}

/** The key of the units that dropout leaves out of one layer in one step: `hash2(key, row * units + unit)`. */
export function dropoutKey(seed: number, step: number, layer: number): number {
  return hash2(hash2(seed ^ 0x2545f491, step), layer);
}

/** A unit is left out when its hash is below this. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 4294967296);
}
