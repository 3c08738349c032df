/** Folds: every row of training and validation is held out once, by whatever the rows were split. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitBy } from '../../../src/data/prepare/parts.ts';
import { splitFolds, splitRows } from '../../../src/data/prepare/split.ts';
import { anyCodes, anyShares, asSorted, countIn, shares } from '../../support/data/splits.ts';
import { problemOf, range } from '../../support/data/tables.ts';

describe('foldsOf', () => {
  const ways: Record<string, (codes: Uint32Array) => SplitBy> = {
    plainly: () => ({}),
    'by classes': (classes) => ({ classes }),
    'by groups': (groups) => ({ groups }),
    'by time': (codes) => ({ times: Float64Array.from(codes) }),
  };

  it.each(Object.keys(ways))('%s: disjoint, rising, all of training and validation, nothing of testing', (way) => {
    fc.assert(
      fc.property(anyCodes, anyShares, fc.integer({ min: 2, max: 10 }), fc.nat(), (codes, { split }, count, seed) => {
        const rows = codes.length;
        const by = ways[way](codes);
        const sets = splitRows(rows, split, 2, by);
        const pool = asSorted(sets.train, sets.validation);
        const inPool = new Map<number, number>();
        for (const row of pool) inPool.set(codes[row], (inPool.get(codes[row]) ?? 0) + 1);
        if (count > pool.length || (way === 'by groups' && count > inPool.size)) {
          expect(problemOf(() => splitFolds(sets, count, seed, by)).where).toBe('folds');
          return;
        }
        const folds = splitFolds(sets, count, seed, by);
        expect(folds).toHaveLength(count);
        expect(asSorted(...folds)).toEqual(pool);
        expect(splitFolds(sets, count, seed, by)).toEqual(folds);
        for (const fold of folds) {
          expect(fold).toEqual(fold.toSorted());
          expect(fold.length).toBeGreaterThan(0);
          if (way === 'plainly') expect(Math.abs(fold.length - pool.length / count)).toBeLessThan(1);
          for (const [code, size] of inPool) {
            const here = countIn(fold, codes, code);
            if (way === 'by classes') expect(Math.abs(here - size / count)).toBeLessThanOrEqual(1);
            if (way === 'by groups') expect([0, size]).toContain(here);
          }
        }
        if (way === 'by time') {
          for (let index = 1; index < count; index++) {
            const before = Math.max(...[...folds[index - 1]].map((row) => codes[row]));
            expect(before).toBeLessThanOrEqual(Math.min(...[...folds[index]].map((row) => codes[row])));
          }
        }
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('is another order for another seed, and not that of the split', () => {
    const sets = splitRows(100, shares(0.6, 0.2, 0.2));
    expect(splitFolds(sets, 5, 10)).not.toEqual(splitFolds(sets, 5, 11));
    const whole = splitRows(100, shares(0.5, 0.5, 0));
    expect(splitFolds(whole, 2, 10)).not.toEqual([whole.train, whole.validation]);
  });

  it.each([
    [1, 'folds: 1 folds cannot be made of 8 rows; choose a whole number from 2 to 8.'],
    [2.5, 'folds: 2.5 folds cannot be made of 8 rows; choose a whole number from 2 to 8.'],
    [9, 'folds: 9 folds cannot be made of 8 rows; choose a whole number from 2 to 8.'],
  ])('refuses %d folds of 8 rows', (count, message) => {
    expect(problemOf(() => splitFolds(splitRows(10, shares(0.6, 0.2, 0.2)), count, 1)).message).toBe(message);
  });

  it('refuses more folds than groups', () => {
    const groups = Uint32Array.from(range(8), (row) => row % 2);
    expect(problemOf(() => splitFolds(splitRows(8, shares(1, 0, 0)), 3, 1, { groups })).message).toBe(
      'folds: 3 folds need a group each, and the rows have 2; choose fewer folds or another group column.',
    );
  });
});
