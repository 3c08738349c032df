/** The order of rows: a permutation for every count and key, new each epoch, and no order likelier than another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../../src/engine/parameters.ts';
import {
  dropoutKey,
  hash,
  hashAt,
  normalAt,
  shuffled,
  shuffleKey,
  streams,
  uniformAt,
} from '../../../src/util/random.ts';

function order(count: number, key: number): number[] {
  return Array.from({ length: count }, (_, position) => shuffled(position, count, key));
}

function expectPermutation(count: number, key: number): void {
  const seen = new Uint8Array(count);
  for (let position = 0; position < count; position++) {
    const row = shuffled(position, count, key);
    if (!(row >= 0 && row < count) || seen[row]) {
      throw new Error(`count ${count}, key ${key}: position ${position} gives row ${row}, out of range or twice`);
    }
    seen[row] = 1;
  }
}

/** Pearson's statistic against equal chances. */
function chiSquare(counts: number[], draws: number): number {
  const expected = draws / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** What the statistic stays below with probability 0.9999 (Wilson & Hilferty 1931). */
function limit(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 3.72 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

describe('shuffled', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 400, 2 ** 16 - 1, 2 ** 16, 2 ** 16 + 1])(
    'is a permutation of %i rows',
    (count) => {
      for (let epoch = 0; epoch < 10; epoch++) expectPermutation(count, shuffleKey(10, epoch));
      for (const key of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff]) expectPermutation(count, key);
    },
  );

  it('is a permutation for any count and key', () => {
    const key = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), key, expectPermutation), { seed: 10, numRuns: 500 });
  });

  it('stays in range where a permutation is too long to walk', () => {
    for (const count of [2 ** 24 + 1, 2 ** 31 - 1, 2 ** 31 + 1, 2 ** 32 - 1]) {
      const positions = [0, 1, 2, count - 1, ...Array.from({ length: 1000 }, (_, i) => hash(i) % count)];
      const distinct = new Set(positions);
      const rows = new Set([...distinct].map((position) => shuffled(position, count, 12345)));
      expect(rows.size).toBe(distinct.size);
      for (const row of rows) expect(Number.isInteger(row) && row >= 0 && row < count).toBe(true);
    }
  });

  it('is new each epoch and for each seed, and the same again for the same', () => {
    const seen = new Set<string>();
    for (let epoch = 0; epoch < 200; epoch++) seen.add(order(400, shuffleKey(10, epoch)).join());
    for (let seed = 100; seed < 300; seed++) seen.add(order(400, shuffleKey(seed, 0)).join());
    expect(seen.size).toBe(400);
    expect(order(400, shuffleKey(10, 3))).toEqual(order(400, shuffleKey(10, 3)));
  });

  it('keeps few rows in place or next to each other', () => {
    let fixed = 0;
    let neighbours = 0;
    for (let epoch = 0; epoch < 1000; epoch++) {
      const rows = order(400, shuffleKey(10, epoch));
      fixed += rows.filter((row, position) => row === position).length;
      neighbours += rows.filter((row, position) => position > 0 && row === rows[position - 1] + 1).length;
    }
    // Both are Poisson with mean 1 an order: 1000 of them, standard deviation 32.
    expect(Math.abs(fixed - 1000)).toBeLessThan(130);
    expect(Math.abs(neighbours - 1000)).toBeLessThan(130);
  });

  it.each([2, 3, 4])('gives every order of %i rows the same chance', (count) => {
    const draws = 60_000;
    const times = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      const key = order(count, shuffleKey(draw % 300, Math.floor(draw / 300))).join();
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    const orders = [1, 1, 2, 6, 24][count];
    expect(times.size).toBe(orders);
    expect(chiSquare([...times.values()], draws)).toBeLessThan(limit(orders - 1));
  });

  it.each([3, 4, 5, 6, 7, 8, 10, 17, 33, 50])(
    'brings each pair of %i rows to a pair of positions equally often',
    (count) => {
      const draws = 60_000;
      for (const [first, second] of [
        [0, 1],
        [1, count - 1],
      ]) {
        const times = new Map<number, number>();
        for (let epoch = 0; epoch < draws; epoch++) {
          const key = shuffleKey(10, epoch);
          const pair = shuffled(first, count, key) * count + shuffled(second, count, key);
          times.set(pair, (times.get(pair) ?? 0) + 1);
        }
        expect(times.size).toBe(count * (count - 1));
        expect(chiSquare([...times.values()], draws)).toBeLessThan(limit(times.size - 1));
      }
    },
  );

  it.each([6, 50, 64, 65])('brings each of %i rows to each position equally often', (count) => {
    const draws = 20_000;
    const times = Array.from({ length: count }, () => new Array<number>(count).fill(0));
    for (let epoch = 0; epoch < draws; epoch++) {
      order(count, shuffleKey(10, epoch)).forEach((row, position) => {
        times[position][row] += 1;
      });
    }
    for (const row of times) expect(chiSquare(row, draws)).toBeLessThan(limit(count - 1) * 1.1);
    expect(chiSquare(times.flat(), draws * count)).toBeLessThan(limit((count - 1) ** 2));
  });
});

describe('random numbers by counter', () => {
  it('hashes without collisions, and flips half the bits for one', () => {
    expect(new Set(Array.from({ length: 100_000 }, (_, index) => hash(index))).size).toBe(100_000);
    const ones = (value: number) => value.toString(2).replaceAll('0', '').length;
    for (let bit = 0; bit < 32; bit++) {
      let flips = 0;
      for (let value = 0; value < 2000; value++) flips += ones((hash(value) ^ hash(value ^ (1 << bit))) >>> 0);
      expect(flips / 2000).toBeGreaterThan(15);
      expect(flips / 2000).toBeLessThan(17);
    }
  });

  it('is fixed: shaders have to give these values, worked out apart from this code', () => {
    expect([0, 1, 2, 0xffffffff].map(hash)).toEqual([0, 2261973619, 229111015, 2578835075]);
    expect([hashAt(10, 0, 3), hashAt(10, 1, 3), hashAt(2 ** 32 - 1, 64, 2 ** 32 - 1), hashAt(0, 0, 0)]).toEqual([
      882741274, 1041033757, 4205685451, 476140309,
    ]);
    expect(hashAt(dropoutKey(10, 5, 1), 0, 7)).toBe(2649358430);
    expect(order(8, shuffleKey(10, 1))).toEqual([2, 5, 1, 4, 6, 0, 7, 3]);
  });

  it('draws uniform and normal numbers with the moments they should have', () => {
    const count = 200_000;
    const moments = (draw: (index: number) => number) => {
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < count; i++)
        for (let power = 0; power < 4; power++) sums[power] += draw(i) ** (power + 1) / count;
      return sums;
    };
    for (const seed of [0, 10, 0xffffffff]) {
      moments((index) => uniformAt(seed, index)).forEach((moment, power) => {
        expect(Math.abs(moment - 1 / (power + 2))).toBeLessThan(0.004);
      });
      moments((index) => normalAt(seed, index)).forEach((moment, power) => {
        expect(Math.abs(moment - [0, 1, 0, 3][power])).toBeLessThan([0.012, 0.016, 0.05, 0.12][power]);
      });
    }
  });

  it('draws numbers that do not depend on their neighbours or on another seed', () => {
    const normal =
      (seed: number, shift = 0) =>
      (index: number) =>
        normalAt(seed, index + shift);
    for (const shift of [1, 2, 3, 64]) expect(correlation(normal(10), normal(10, shift))).toBeLessThan(0.015);
    for (const seed of [0, 9, 11, 1000]) expect(correlation(normal(10), normal(seed))).toBeLessThan(0.015);
  });
});

describe('seeds and streams', () => {
  const million = 1_000_000;
  /** Values that two lists of a million 32-bit numbers have in common by chance, and five standard deviations more. */
  const chance = million ** 2 / 2 ** 32;
  const most = chance + 5 * Math.sqrt(chance);

  it.each([
    [18, 31],
    [0, 1],
    [10, 11],
    [1, 2 ** 32 - 1],
    [2026, 2027],
  ])('seeds %i and %i share no more of a million numbers than chance has them share', (one, other) => {
    for (const stream of [streams.plain, streams.parameters]) {
      const drawn = (seed: number) => Uint32Array.from({ length: million }, (_, i) => hashAt(seed, stream, i));
      const common = shared(drawn(one), drawn(other));
      expect(common).toBeLessThan(most);
      expect(common).toBeGreaterThan(2 * chance - most);
    }
  });

  it('start networks that have next to no weight in common', () => {
    const layers = [{ inputs: 500, outputs: 500, activation: 'relu' as const }];
    const bits = (seed: number) => new Uint32Array(initialParameters(layers, 'he_uniform', seed).buffer, 0, 250_000);
    // A uniform weight has 24 bits or so: of 250,000 two seeds share a few thousand by chance.
    expect(shared(bits(18), bits(31))).toBeLessThan(10_000);
  });

  it('do not follow each other where one added to the other would have made them the same', () => {
    const shift = (hash(18 ^ 0x9e3779b9) - hash(31 ^ 0x9e3779b9)) >>> 0;
    expect(shift).toBe(120_916);
    for (const lag of [0, shift, -shift]) {
      const first = Math.max(0, -lag);
      expect(
        correlation(
          (i) => normalAt(31, first + i),
          (i) => normalAt(18, first + i + lag),
        ),
      ).toBeLessThan(0.016);
    }
  });

  it('flip half of the bits for any one bit of seed, stream or index', () => {
    const draws = 4000;
    for (const word of [0, 1, 2]) {
      for (let bit = 0; bit < 32; bit++) {
        const flipped = new Array<number>(32).fill(0);
        for (let draw = 0; draw < draws; draw++) {
          // Small numbers, as people choose them; and the same with one bit changed.
          const words: [number, number, number] = [draw % 20, Math.floor(draw / 20) % 10, Math.floor(draw / 200)];
          const before = hashAt(...words);
          words[word] = (words[word] ^ (1 << bit)) >>> 0;
          const change = before ^ hashAt(...words);
          for (let out = 0; out < 32; out++) flipped[out] += (change >>> out) & 1;
        }
        // A standard deviation is 0.008.
        for (const times of flipped) expect(Math.abs(times / draws - 0.5)).toBeLessThan(0.05);
      }
    }
  });

  it('fill every byte evenly: of one seed, of one index over seeds, of one stream after another', () => {
    const draws = 100_000;
    for (const draw of [
      (i: number) => hashAt(10, streams.parameters, i),
      (i: number) => hashAt(i, streams.parameters, 0),
      (i: number) => hashAt(i, streams.shuffle, 5),
      (i: number) => hashAt(1, i, 0),
    ]) {
      const counts = [0, 1, 2, 3].map(() => new Array<number>(256).fill(0));
      for (let i = 0; i < draws; i++) {
        const bits = draw(i);
        for (let place = 0; place < 4; place++) counts[place][(bits >>> (8 * place)) & 255] += 1;
      }
      for (const bytes of counts) expect(chiSquare(bytes, draws)).toBeLessThan(limit(255));
    }
  });

  it('have no pair that goes together: 60 seeds in a row, and all streams of two of them', () => {
    const count = 2000;
    const sources = [
      ...Array.from({ length: 60 }, (_, seed) => [seed, streams.parameters]),
      ...[60, 61].flatMap((seed) => Array.from({ length: 12 }, (_, stream) => [seed, stream])),
    ];
    const lists = sources.map(([seed, stream]) =>
      Float64Array.from({ length: count }, (_, i) => normalAt(seed, i, stream)),
    );
    let sum = 0;
    let pairs = 0;
    for (let a = 0; a < lists.length; a++) {
      for (let b = 0; b < a; b++) {
        let product = 0;
        for (let i = 0; i < count; i++) product += lists[a][i] * lists[b][i];
        sum += product ** 2 / count;
        pairs += 1;
        expect(Math.abs(product) / Math.sqrt(count)).toBeLessThan(4.6);
      }
    }
    expect(sum).toBeLessThan(limit(pairs));
  });

  it('shuffle apart: orders of neighbouring seeds, epochs and streams agree in one place on average', () => {
    let agreeing = 0;
    for (let draw = 0; draw < 500; draw++) {
      const here = order(400, shuffleKey(draw, 3));
      const others = [shuffleKey(draw + 1, 3), shuffleKey(draw, 4), shuffleKey(draw, 3, streams.importance)];
      for (const key of others) agreeing += order(400, key).filter((row, place) => row === here[place]).length;
    }
    // Poisson with mean 1 an order: 1500 of them, standard deviation 39.
    expect(Math.abs(agreeing - 1500)).toBeLessThan(160);
  });

  it('leave out other units in each step and layer, and no two steps share a mask that is shifted', () => {
    const units = 20_000;
    const masks = [0, 1].flatMap((layer) =>
      Array.from({ length: 20 }, (_, step) => {
        const key = dropoutKey(10, step, layer);
        return Uint32Array.from({ length: units }, (_, unit) => hashAt(key, streams.plain, unit));
      }),
    );
    let common = 0;
    for (let a = 0; a < masks.length; a++) {
      for (let b = 0; b < a; b++) {
        common += shared(masks[a], masks[b]);
        let both = 0;
        for (let unit = 0; unit < units; unit++) both += Number(masks[a][unit] < 2 ** 31 && masks[b][unit] < 2 ** 31);
        // A quarter, with standard deviation 61.
        expect(Math.abs(both - units / 4)).toBeLessThan(300);
      }
    }
    // 780 pairs by chance have 0.093 numbers in common each, 73 in all.
    expect(common).toBeLessThan(120);
  });
});

/** Numbers that two lists have in common. */
function shared(one: Uint32Array, other: Uint32Array): number {
  const [left, right] = [one.slice().sort(), other.slice().sort()];
  let count = 0;
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    if (left[a] === right[b]) count += 1;
    if (left[a] <= right[b]) a += 1;
    else b += 1;
  }
  return count;
}

/** Of 100,000 standard normal numbers each. */
function correlation(a: (index: number) => number, b: (index: number) => number): number {
  const count = 100_000;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a(i) * b(i)) / count;
  return Math.abs(sum);
}
