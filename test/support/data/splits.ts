/** Shares, codes of rows and how parts are looked at, for the tests of splits and folds. */
import fc from 'fast-check';
import type { RowSets } from '../../../src/data/prepare/dataset.ts';

export const shares = (train: number, validation: number, test: number, seed = 10) => ({
  train,
  validation,
  test,
  seed,
});
export const asSorted = (...parts: Uint32Array[]) => parts.flatMap((part) => [...part]).sort((a, b) => a - b);
export const partNames = ['train', 'validation', 'test'] as const;
export const listOf = (sets: RowSets) => partNames.map((name) => sets[name]);

export const anyShares = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .chain(([train, validation, test]) =>
    fc.record({ rest: fc.constantFrom(0, 50), seed: fc.nat() }).map(({ rest, seed }) => {
      const sum = train + validation + test + rest;
      return { full: rest === 0, split: shares(train / sum, validation / sum, test / sum, seed) };
    }),
  );
/** Classes, groups or times of up to 300 rows, many of them the same. */
export const anyCodes = fc
  .integer({ min: 1, max: 40 })
  .chain((most) =>
    fc
      .array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 300 })
      .map((codes) => Uint32Array.from(codes)),
  );

export const countIn = (part: Uint32Array, codes: ArrayLike<number>, code: number) =>
  part.reduce((sum, row) => sum + (codes[row] === code ? 1 : 0), 0);
