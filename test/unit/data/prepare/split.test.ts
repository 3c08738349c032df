/** Which rows go where: by shares, by classes, by groups and by time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowSets } from '../../../../src/data/prepare/dataset.ts';
import { splitCounts, splitFolds, splitNotices, splitRows } from '../../../../src/data/prepare/split.ts';
import { lastingKey, shuffled } from '../../../../src/util/random.ts';
import { anyCodes, anyShares, asSorted, countIn, listOf, partNames, shares } from '../../../support/data/splits.ts';
import { problemOf, range } from '../../../support/data/tables.ts';

function expectParts(sets: RowSets, rows: number, full: boolean): void {
  const all = asSorted(...listOf(sets));
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((row) => row < rows)).toBe(true);
  if (full) expect(all).toEqual(range(rows));
  for (const part of listOf(sets)) expect(part).toEqual(part.toSorted());
}

describe('plainly', () => {
  it.each([
    [500, shares(0.6, 0.2, 0.2), [300, 100, 100]],
    [500, shares(0.8, 0.2, 0), [400, 100, 0]],
    [500, shares(1, 0, 0), [500, 0, 0]],
    [500, shares(0.5, 0.1, 0.1), [250, 50, 50]],
    [10, shares(0.34, 0.33, 0.33), [4, 3, 3]],
    [7, shares(0.6, 0.2, 0.2), [5, 1, 1]],
    [4, shares(0.9, 0.05, 0.05), [2, 1, 1]],
    [3, shares(0.6, 0.2, 0.2), [2, 1, 0]],
    [2, shares(0.6, 0.2, 0.2), [2, 0, 0]],
    [1, shares(0.6, 0.2, 0.2), [1, 0, 0]],
    [10, shares(0.01, 0.5, 0.49), [2, 4, 4]],
  ])('%i rows by %o make %o', (rows, split, [train, validation, test]) => {
    expect(splitCounts(rows, split)).toEqual({ train, validation, test });
    expect(listOf(splitRows(rows, split)).map((part) => part.length)).toEqual([train, validation, test]);
  });

  it('parts are disjoint, complete, near the shares, in rising order, training never empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), anyShares, (rows, { split, full }) => {
        const sets = splitRows(rows, split);
        expectParts(sets, rows, full);
        expect(sets.train.length).toBeGreaterThanOrEqual(Math.min(2, rows));
        for (const part of ['validation', 'test'] as const) {
          if (split[part] === 0) expect(sets[part].length).toBe(0);
          else if (rows >= 4) expect(sets[part].length).toBeGreaterThanOrEqual(1);
          if (split.train * rows >= 3) expect(Math.abs(sets[part].length - rows * split[part])).toBeLessThanOrEqual(1);
        }
        if (split.train * rows >= 3) expect(Math.abs(sets.train.length - rows * split.train)).toBeLessThanOrEqual(2.5);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('cuts the same seeded order for ever: the rows of runs that exist stay what they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), anyShares, (rows, { split }) => {
        const { train, validation, test } = splitCounts(rows, split);
        const key = lastingKey(split.seed, 0xffffffff);
        const order = Uint32Array.from({ length: rows }, (_, position) => shuffled(position, rows, key));
        expect(splitRows(rows, split)).toEqual({
          train: order.slice(0, train).sort(),
          validation: order.slice(train, train + validation).sort(),
          test: order.slice(train + validation, train + validation + test).sort(),
        });
      }),
      { seed: 10 },
    );
  });

  it('depends on the seed and on nothing else', () => {
    const first = splitRows(100, shares(0.6, 0.2, 0.2, 10));
    expect(splitRows(100, shares(0.6, 0.2, 0.2, 10))).toEqual(first);
    expect(splitRows(100, shares(0.6, 0.2, 0.2, 11))).not.toEqual(first);
  });

  it('puts each row into training about as often as the share says', () => {
    const seeds = 2000;
    const times = new Float64Array(20);
    for (let seed = 0; seed < seeds; seed++) {
      for (const row of splitRows(20, shares(0.6, 0.2, 0.2, seed)).train) times[row] += 1;
    }
    // Standard deviation of one count is sqrt(2000 * 0.6 * 0.4) = 22; five of them.
    for (const count of times) expect(Math.abs(count - 0.6 * seeds)).toBeLessThan(110);
  });
});

describe('by classes', () => {
  it('each part has its share of each class to within a row, and training one of each class', () => {
    fc.assert(
      fc.property(anyCodes, anyShares, (classes, { split, full }) => {
        const rows = classes.length;
        const sets = splitRows(rows, split, 2, { classes });
        expectParts(sets, rows, full);
        expect(splitRows(rows, split, 2, { classes })).toEqual(sets);
        const counts = splitCounts(rows, split);
        for (const code of new Set(classes)) {
          const inClass = countIn(Uint32Array.from(range(rows)), classes, code);
          expect(countIn(sets.train, classes, code)).toBeGreaterThanOrEqual(1);
          for (const name of partNames) {
            const wanted = (inClass * counts[name]) / rows;
            expect(Math.abs(countIn(sets[name], classes, code) - wanted)).toBeLessThan(1);
          }
        }
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('keeps the sizes of parts to a row or two where classes have enough rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 5, max: 9 }), fc.nat(), (count, each, seed) => {
        const classes = Uint32Array.from({ length: count * each }, (_, row) => row % count);
        const sets = splitRows(classes.length, shares(0.6, 0.2, 0.2, seed), 2, { classes });
        const counts = splitCounts(classes.length, shares(0.6, 0.2, 0.2));
        for (const name of partNames) expect(Math.abs(sets[name].length - counts[name])).toBeLessThanOrEqual(1);
      }),
      { seed: 10 },
    );
  });

  it('is the plain split for a single class', () => {
    const classes = new Uint32Array(101);
    expect(splitRows(101, shares(0.5, 0.2, 0.2), 2, { classes })).toEqual(splitRows(101, shares(0.5, 0.2, 0.2)));
  });

  it('gives training the only row of a class, and says what is missing where', () => {
    const classes = Uint32Array.from(range(50), (row) => (row === 7 ? 1 : row === 9 || row === 11 ? 2 : 0));
    const sets = splitRows(50, shares(0.6, 0.2, 0.2), 2, { classes });
    expect([...sets.train]).toContain(7);
    const [rare, two, ...others] = splitNotices(sets, classes, ['a', 'b', 'c']);
    expect(rare.text).toBe('Class "b" has 1 row, none of them among the validation or test rows.');
    expect(two.text).toMatch(
      /^Class "c" has 2 rows, none of them among the (validation|test|validation or test) rows\.$/,
    );
    expect(others).toEqual([]);
  });

  it('says it of five classes at most, and nothing of parts that are not wanted', () => {
    const classes = Uint32Array.from(range(8));
    const sets = splitRows(8, shares(0.5, 0.5, 0));
    const notices = splitNotices(sets, classes, [...'abcdefgh']);
    expect(notices).toHaveLength(6);
    expect(notices[5].text).toBe('The same is true of 3 more classes.');
    const whole = splitRows(8, shares(1, 0, 0), 2, { classes });
    expect(splitNotices(whole, classes, [...'abcdefgh'])).toEqual([]);
    expect(splitNotices(sets, new Uint32Array(8), ['a'])).toEqual([]);
  });
});

describe('by groups', () => {
  it('no group is in two parts, and a part is as large as it should be to within the largest group', () => {
    fc.assert(
      fc.property(anyCodes, anyShares, (groups, { split, full }) => {
        const rows = groups.length;
        const sets = splitRows(rows, split, 2, { groups });
        expectParts(sets, rows, full);
        expect(splitRows(rows, split, 2, { groups })).toEqual(sets);
        const of = (part: Uint32Array) => new Set([...part].map((row) => groups[row]));
        const distinct = new Set(groups).size;
        const [train, validation, test] = listOf(sets).map(of);
        expect(train.size).toBeGreaterThan(0);
        expect(new Set([...train, ...validation, ...test]).size).toBe(train.size + validation.size + test.size);
        const largest = Math.max(
          ...[...new Set(groups)].map((group) => countIn(Uint32Array.from(range(rows)), groups, group)),
        );
        const counts = splitCounts(rows, split);
        const wanted = [counts.train, counts.validation, counts.test];
        const parts = [...wanted, rows - wanted[0] - wanted[1] - wanted[2]].filter((size) => size > 0).length;
        listOf(sets).forEach((part, index) => {
          if (wanted[index] === 0) expect(part.length).toBe(0);
          else if (distinct >= parts) expect(part.length).toBeGreaterThan(0);
          // A part smaller than a group has one all the same, and its neighbours lose by it.
          const roomy = wanted.every((size) => size === 0 || size >= largest) && distinct >= 3 * parts;
          if (roomy && full) expect(Math.abs(part.length - wanted[index])).toBeLessThanOrEqual(largest);
        });
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('takes groups by the seed, not by their number, and whatever the order of rows', () => {
    const groups = Uint32Array.from(range(200), (row) => row % 20);
    const of = (rows: Uint32Array, codes: Uint32Array) => [...new Set([...rows].map((row) => codes[row]))].sort();
    const seeds = range(20).map((seed) =>
      of(splitRows(200, shares(0.6, 0.2, 0.2, seed), 2, { groups }).test, groups).join(),
    );
    expect(new Set(seeds).size).toBeGreaterThan(15);
    const reversed = groups.toReversed();
    const sets = splitRows(200, shares(0.6, 0.2, 0.2), 2, { groups });
    const other = splitRows(200, shares(0.6, 0.2, 0.2), 2, { groups: reversed });
    expect(of(other.test, reversed)).toEqual(of(sets.test, groups));
    expect(listOf(sets).map((part) => part.length)).toEqual([120, 40, 40]);
  });

  it('fills training first where there are fewer groups than parts', () => {
    const sizes = (groups: number[]) =>
      listOf(splitRows(groups.length, shares(0.6, 0.2, 0.2), 2, { groups: Uint32Array.from(groups) })).map(
        (p) => p.length,
      );
    expect(sizes([4, 4, 4, 4])).toEqual([4, 0, 0]);
    expect(sizes([4, 9, 9, 4])).toEqual([2, 2, 0]);
    expect(sizes([4, 9, 7, 4, 9, 7])).toEqual([2, 2, 2]);
  });
});

describe('by time', () => {
  it('no row is later than one of a later part, and equal times stay together unless they fill a part', () => {
    fc.assert(
      fc.property(anyCodes, anyShares, (codes, { split, full }) => {
        const times = Float64Array.from(codes, (code) => code - 20);
        const rows = times.length;
        const sets = splitRows(rows, split, 2, { times });
        expectParts(sets, rows, full);
        const counts = splitCounts(rows, split);
        const parts = listOf(sets).filter((part) => part.length > 0);
        const distinct = new Set(times).size;
        partNames.forEach((name) => {
          expect(sets[name].length > 0).toBe(counts[name] > 0);
        });
        for (let index = 1; index < parts.length; index++) {
          const before = Math.max(...[...parts[index - 1]].map((row) => times[row]));
          const after = Math.min(...[...parts[index]].map((row) => times[row]));
          expect(before).toBeLessThanOrEqual(after);
          if (before === after) {
            // The rows of one time that is cut are cut by their numbers.
            const last = [...parts[index - 1]].filter((row) => times[row] === before);
            const next = [...parts[index]].filter((row) => times[row] === after);
            expect(Math.max(...last)).toBeLessThan(Math.min(...next));
          }
        }
        if (distinct === rows) {
          partNames.forEach((name) => {
            expect(sets[name].length).toBe(counts[name]);
          });
        }
        // Rows that are not used are older than all others.
        const used = new Set(asSorted(...parts));
        const earliest = Math.min(...[...used].map((row) => times[row]));
        for (const row of range(rows)) if (!used.has(row)) expect(times[row]).toBeLessThanOrEqual(earliest);
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('moves a cut to the nearer end of a time that several rows share', () => {
    const split = (times: number[]) =>
      listOf(splitRows(10, shares(0.6, 0.2, 0.2), 2, { times: Float64Array.from(times) }));
    expect(split([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]).map((part) => [...part])).toEqual([
      [4, 5, 6, 7, 8, 9],
      [2, 3],
      [0, 1],
    ]);
    expect(split([0, 1, 2, 3, 4, 5, 5, 7, 8, 9]).map((part) => part.length)).toEqual([5, 3, 2]);
    expect(split([0, 1, 2, 3, 5, 5, 5, 7, 8, 9]).map((part) => part.length)).toEqual([7, 1, 2]);
    expect(split([0, -0, 0, -0, 0, -0, -0, 1, 2, 3]).map((part) => part.length)).toEqual([7, 1, 2]);
    expect(split([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]).map((part) => [...part])).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
  });

  it('refuses a row without a time, and names it', () => {
    const times = Float64Array.of(1, 2, Number.NaN, 4);
    const error = problemOf(() => splitRows(4, shares(1, 0, 0), 2, { times }));
    expect(error.message).toBe('Data row 3: has no time to split by; fill the cell in, or leave the row out.');
    expect(error.where).toBe('split.time');
    const named = { times, place: (row: number) => ({ source: 'a.csv', row: row + 2 }) };
    expect(problemOf(() => splitRows(4, shares(1, 0, 0), 2, named)).message).toMatch(/^a\.csv, row 4: /);
    expect(
      problemOf(() => splitFolds({ train: Uint32Array.of(1, 2), validation: Uint32Array.of(3) }, 2, 1, named)).message,
    ).toMatch(/^a\.csv, row 4: /);
  });
});
