/** What is fitted, of columns of every type, comes from the training rows alone. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFeatures } from '../../../src/data/prepare/preprocessing.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { tableOf } from '../../support/data/tables.ts';
import { prepare } from '../../support/first-defaults.ts';

describe('what is fitted', () => {
  const words = ['a', 'b', 'c', 'd'] as const;
  const word = fc.constantFrom(...words);
  const row = fc.record({
    number: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 6 }),
    category: fc.option(word, { freq: 6 }),
    date: fc.option(fc.integer({ min: 0, max: 2000 }), { freq: 6 }),
    answer: fc.option(fc.boolean(), { freq: 6 }),
    target: fc.double({ min: 0, max: 1e6, noNaN: true }),
    kind: word,
  });
  type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

  function tableOfRows(rows: Row[], classes: boolean): Table {
    const dateText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
    return tableOf({
      number: rows.map(({ number }) => number),
      category: rows.map(({ category }) => category),
      date: rows.map(({ date }) => (date === null ? null : dateText(date))),
      answer: rows.map(({ answer }) => (answer === null ? null : answer ? 'yes' : 'no')),
      y: rows.map(({ target, kind }) => (classes ? kind : target)),
    });
  }

  const types = { number: 'number', category: 'category', date: 'date', answer: 'boolean' } as const;

  it.each([false, true])('depends on the training rows alone (classes: %s)', (classes) => {
    // A first few rows that have everything, so that columns are what they are.
    const fixed: Row[] = Array.from({ length: 16 }, (_, i) => ({
      number: i * 1.5,
      category: words[i % 4],
      date: i * 30,
      answer: i % 3 === 0,
      target: i,
      kind: words[(i + 1) % 4],
    }));
    const many = fc.array(row, { minLength: 30, maxLength: 80 });
    fc.assert(
      fc.property(many, many, fc.nat(), fc.constantFrom('standardize', 'min_max'), (given, spoilt, seed, scaling) => {
        const rows = [...fixed, ...given];
        const split = { train: 0.5, validation: 0.25, test: 0.25, seed, stratify: false };
        const settings = { target: 'y', scaling, types, split, max_levels: 3 } as const;
        const data = prepare(tableOfRows(rows, classes), settings);
        const train = new Set(data.sets.train);
        // Answers and classes only change places, since which there are is for the whole table to say.
        const outside = rows.filter((_, index) => !train.has(index));
        const garbled = rows.map((own, index) => {
          if (train.has(index)) return own;
          const { answer, kind } = outside.pop() ?? own;
          return { ...(spoilt[index] ?? fixed[index % 16]), answer, kind };
        });
        const other = prepare(tableOfRows(garbled, classes), settings);
        expect(other.sets).toEqual(data.sets);
        expect(other.preprocessing).toEqual(data.preprocessing);
        expect(other.featureNames).toEqual(data.featureNames);
        // And the same steps give the training rows the same features in any table.
        const again = applyFeatures(data.preprocessing, tableOfRows(rows, classes));
        expect(again.features).toEqual(data.features);
      }),
      { seed: 10, numRuns: 60 },
    );
  });
});
