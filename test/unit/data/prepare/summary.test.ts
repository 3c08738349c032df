/** What a table is said to hold: figures of columns, rows that repeat, and what is warned of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { duplicateRows } from '../../../../src/data/table/duplicates.ts';
import type { Column } from '../../../../src/data/table/table.ts';
import { tables } from '../../../../src/messages/en/tables/tables.ts';
import { translator } from '../../../../src/util/message.ts';
import { normalAt } from '../../../../src/util/random.ts';
import { statisticsOf } from '../../../../src/util/statistics/order-statistics.ts';
import { sortedValues } from '../../../../src/util/statistics/sorted.ts';
import { type Cell, columnOf, problemOf, range, tableOf, textsOf } from '../../../support/data/tables.ts';

const statistics = (values: number[]) => statisticsOf(sortedValues(Float64Array.from(values)))!;

describe('statisticsOf', () => {
  it('gives the figures that numpy does', () => {
    const { histogram: _, ...figures } = statistics([7, 1, 3, Number.NaN, 2, 100]);
    expect(figures).toEqual({
      min: 1,
      max: 100,
      mean: 22.6,
      sd: expect.closeTo(38.75358, 5),
      quartiles: [2, 3, 7],
      outliers: 1,
    });
    expect(statistics([1, 2, 3, 4]).quartiles).toEqual([1.75, 2.5, 3.25]);
  });

  it('counts as outliers what is more than three interquartile ranges beyond the quartiles', () => {
    // Quartiles of 0 to 8 are 2 and 6: from -10 to 18 nothing is one.
    expect(statistics([...range(9)]).outliers).toBe(0);
    const around = [2, 2, 2, 6, 6, 6, 4, 4, 4];
    expect(statistics([...around, -10, 18]).outliers).toBe(0);
    expect(statistics([...around, -10.5, 18.5]).outliers).toBe(2);
    expect(statistics([0, 0, 0, 0, 0, 0, 0, 50]).outliers).toBe(0);
  });

  it('has every value in one bin of a histogram whose edges rise, for any numbers', () => {
    const anyNumber = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 200 }), (values) => {
        const { min, max, mean, sd, quartiles, histogram } = statistics(values);
        const { edges, counts } = histogram;
        expect(edges.length).toBe(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(30);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(edges.every(Number.isFinite)).toBe(true);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        expect(edges[0]).toBeLessThanOrEqual(min);
        expect(edges[edges.length - 1]).toBeGreaterThanOrEqual(max);
        counts.forEach((count, bin) => {
          const last = bin === counts.length - 1;
          const inside = values.filter((v) => v >= edges[bin] && (last ? v <= edges[bin + 1] : v < edges[bin + 1]));
          expect(inside.length).toBe(count);
        });
        for (const figure of [mean, sd, ...quartiles]) expect(Number.isFinite(figure)).toBe(true);
        expect([min, ...quartiles, max]).toEqual([min, ...quartiles, max].toSorted((a, b) => a - b));
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('has bins of twice the interquartile range over the cube root of the count, thirty at most', () => {
    const { histogram, quartiles, min, max } = statistics(range(1000).map((index) => ((index * 7919) % 1000) + 0.5));
    const width = (2 * (quartiles[2] - quartiles[0])) / 10;
    expect(histogram.counts.length).toBe(Math.ceil((max - min) / width));
    expect(statistics(range(50_000).map((index) => normalAt(1, index))).histogram.counts.length).toBe(30);
  });

  it('gives each of few whole numbers a bin', () => {
    const { edges, counts } = statistics([...range(100).map((i) => i % 5), 0]).histogram;
    expect(edges).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5, 4.5]);
    expect(counts).toEqual([21, 20, 20, 20, 20]);
    // 20 different numbers, interquartile range 9.5, 20 of them: bins of 7.
    expect(statistics(range(20)).histogram).toEqual({ edges: [-0.5, 6.5, 13.5, 20.5], counts: [7, 7, 6] });
    expect(statistics(range(3000).map((i) => i % 5)).histogram.counts).toEqual([600, 600, 600, 600, 600]);
    expect(statistics([3, 3]).histogram).toEqual({ edges: [2.5, 3.5], counts: [2] });
    expect(statistics([0.1, 0.1, 0.1])).toMatchObject({
      mean: 0.1,
      sd: 0,
      histogram: { edges: [0.1, 0.1], counts: [3] },
    });
  });

  it('keeps digits and range at the ends of float64', () => {
    expect(statistics([1e308, -1e308, 1.5e308]).mean).toBeCloseTo(5e307, -295);
    expect(statistics([1e-310, 3e-310]).mean).toBe(2e-310);
    expect(statistics(range(10).map((i) => 1e12 + i)).sd).toBeCloseTo(Math.sqrt(8.25), 10);
  });
});

describe('duplicateRows', () => {
  it('finds what comparing every pair of rows finds', () => {
    const cell = fc.constantFrom<Cell>(0, -0, 1, 0.5, null);
    const word = fc.constantFrom<Cell>('a', 'b', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, word, cell), { maxLength: 60 }), (rows) => {
        const columns = [0, 1, 2].map((index) =>
          columnOf(
            rows.map((row) => row[index]),
            String(index),
          ),
        );
        // A minus zero is written like a zero.
        const texts = rows.map((row) => JSON.stringify(row));
        const again = range(rows.length).filter((row) => texts.indexOf(texts[row]) < row);
        expect(duplicateRows(columns, rows.length)).toEqual({
          count: again.length,
          examples: again.slice(0, 5).map((row) => ({ row, sameAs: texts.indexOf(texts[row]) })),
        });
      }),
      { seed: 10 },
    );
  });

  it('is not fooled by rows of equal hash', () => {
    // Of 300,000 rows about ten pairs have the same 32 bits.
    const values = Float64Array.from({ length: 300_000 }, (_, row) => row + 0.25);
    expect(duplicateRows([{ name: 'x', kind: 'number', values }], values.length).count).toBe(0);
  });
});

describe('summarize', () => {
  const table = tableOf({
    id: range(12),
    amount: [1.5, 2, null, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    city: ['Seoul', 'Busan', 'Seoul', null, 'Seoul', 'Daegu', 'Busan', 'Seoul', 'Seoul', 'Busan', 'Seoul', 'Busan'],
    when: range(12).map((day) => `2020-03-${String(day + 1).padStart(2, '0')}`),
    same: range(12).map(() => 3),
    bit: range(12).map((row) => (row % 3 === 0 ? 1 : 0)),
  });

  it('describes every column by what it is, as plain JSON', () => {
    const summary = summarize(table);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    const [id, amount, city, when, same, bit] = summary.columns;
    expect(summary).toMatchObject({ source: 'table.csv', rows: 12, duplicates: { count: 0, examples: [] } });
    expect(id).toMatchObject({
      name: 'id',
      type: 'identifier',
      distinct: 12,
      missing: 0,
      numbers: { min: 0, max: 11 },
    });
    expect(amount).toMatchObject({ type: 'number', missing: 1, distinct: 11, constant: false, numbers: { max: 12 } });
    expect(city).toMatchObject({ type: 'category', missing: 1, distinct: 3, constant: false });
    expect(city.levels).toEqual([
      { text: 'Seoul', count: 6 },
      { text: 'Busan', count: 4 },
      { text: 'Daegu', count: 1 },
    ]);
    expect(when).toMatchObject({
      type: 'date',
      format: 'yyyy-mm-dd',
      dates: { earliest: '2020-03-01', latest: '2020-03-12' },
    });
    expect(when.numbers).toMatchObject({ min: 18_322, max: 18_333 });
    expect(same).toMatchObject({ constant: true, distinct: 1 });
    expect(bit).toMatchObject({
      type: 'boolean',
      levels: [
        { text: '0', count: 8 },
        { text: '1', count: 4 },
      ],
    });
    for (const { why, because } of summary.columns) {
      expect(why).toMatch(/^.+\.$/);
      expect(translator(tables)({ ...because, text: '' })).toBe(why);
    }
  });

  it('takes types that are said, and refuses columns that are not there', () => {
    const types = { amount: 'category', id: 'integer' } as const;
    const [id, amount] = summarize(table, { types }).columns;
    expect(id.type).toBe('integer');
    expect(amount.levels).toHaveLength(10);
    for (const options of [{ target: 'amout' }, { ignore: ['amout'] }, { types: { amout: 'text' as const } }]) {
      expect(problemOf(() => summarize(table, options)).message).toContain('did you mean amount?');
    }
  });

  it('has the ten most frequent levels, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 62, maxLength: 200 }), (picks) => {
        const [column] = summarize(tableOf({ c: picks.map((pick) => `w${pick}`) })).columns;
        const counts = new Map<string, number>();
        for (const pick of picks) counts.set(`w${pick}`, (counts.get(`w${pick}`) ?? 0) + 1);
        const expected = [...counts].map(([text, count]) => ({ text, count }));
        expect(column.levels).toEqual(expected.sort((a, b) => b.count - a.count).slice(0, 10));
      }),
      { seed: 10 },
    );
  });

  it('names rows that repeat as a spreadsheet does', () => {
    const twice = { ...tableOf({ x: [1, 2, 1], y: ['a', 'b', 'a'] }), blank: Uint32Array.of(1) };
    const { duplicates, warnings } = summarize(twice);
    expect(duplicates).toEqual({ count: 1, examples: [{ row: 5, sameAs: 2 }] });
    expect(textsOf(warnings)).toContain(
      '1 row is the same as an earlier row, so that testing may see what training saw.',
    );
  });

  it('describes a table without rows of values', () => {
    const summary = summarize(tableOf({ a: [null, null], b: [1, 2] }), { target: 'a' });
    expect(summary.columns[0]).toMatchObject({ missing: 2, distinct: 0, constant: true });
    expect(summary.columns[0].numbers).toBeUndefined();
    expect(textsOf(summary.warnings)).toEqual(['The target "a" has no values; choose another.']);
  });
});

describe('warnings', () => {
  const noise = (seed: number) => range(40).map((row) => normalAt(seed, row));
  const base = { a: noise(1), y: noise(2) };
  const warn = (columns: Record<string, Cell[]>, options: Parameters<typeof summarize>[1] = { target: 'y' }) =>
    textsOf(summarize(tableOf(columns), options).warnings);
  const leave = 'leave it out unless it is known before the target is';

  it('are none for columns that are well', () => {
    expect(warn({ ...base, c: range(40).map((row) => 'pqr'[(row * 7) % 3]) })).toEqual([]);
  });

  it.each<[string, Record<string, Cell[]>, string]>([
    ['a copy', { x: base.y }, `Column "x" equals the target in every row; ${leave}.`],
    [
      'a copy with gaps',
      { x: base.y.map((v, row) => (row % 3 ? v : null)) },
      `Column "x" equals the target in every row; ${leave}.`,
    ],
    [
      'another scale',
      { x: base.y.map((v) => 32 - 1.8 * v) },
      `Column "x" is the target on another scale (their correlation is -1); ${leave}.`,
    ],
    ['a constant', { x: range(40).map(() => 2) }, 'Column "x" has the same value in every row.'],
    ['no values', { x: range(40).map(() => null) }, 'Column "x" has no values.'],
    ['identifiers', { id: range(40) }, 'Column "id" identifies rows: it is not trained on.'],
    ['gaps', { x: noise(4).map((v, row) => (row % 4 ? null : v)) }, 'Column "x" is missing in 75 % of the rows.'],
    [
      'unclear dates',
      { d: range(40).map((row) => `${(row % 12) + 1}/${(row % 11) + 1}/2020`) },
      'Column "d": The dates could be month/day or day/month, as no day is over 12; month/day is assumed.',
    ],
  ])('tell of %s', (_, columns, sentence) => {
    expect(warn({ ...base, ...columns })).toEqual([sentence]);
    const [name] = Object.keys(columns);
    expect(warn({ ...base, ...columns }, { target: 'y', ignore: [name] })).toEqual([]);
  });

  it("tell of nearly another scale, with Pearson's correlation", () => {
    const x = base.y.map((v, row) => v + 0.01 * normalAt(3, row));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (a: number[], b: number[]) => mean(a.map((v, i) => v * b[i])) - mean(a) * mean(b);
    const r = covariance(x, base.y) / Math.sqrt(covariance(x, x) * covariance(base.y, base.y));
    expect(warn({ ...base, x })).toEqual([
      `Column "x" is the target on another scale (their correlation is ${Number(r.toFixed(6))}); ${leave}.`,
    ]);
  });

  it('let a good feature be', () => {
    expect(warn({ ...base, x: base.y.map((v, row) => v + 0.1 * normalAt(3, row)) })).toEqual([]);
    expect(warn({ x: range(9).map((v) => 2 * v), a: noise(1).slice(0, 9), y: range(9) })).toEqual([]);
  });

  describe('of classes', () => {
    const classes = range(40).map((row) => 'uvw'[(row * row) % 3]);
    const named = { a: base.a, y: classes };
    const ownValue = `Column "x" has a value of its own for each class of the target; ${leave}.`;
    it('tell of a code for each class, in text or numbers', () => {
      // Squares leave no remainder of 2: there are two classes.
      const codes = classes.map((name) => (name === 'u' ? 7 : 4));
      expect(warn({ ...named, x: codes })).toEqual([ownValue]);
      expect(warn({ ...named, x: classes.map((name) => `${name}!`) })).toEqual([ownValue]);
      expect(warn({ ...named, x: classes.toReversed().toReversed() })).toEqual([
        `Column "x" equals the target in every row; ${leave}.`,
      ]);
      expect(warn({ a: base.a, x: classes, y: codes })).toEqual([ownValue]);
      expect(warn({ ...named, x: codes.with(3, 4) })).toEqual([]);
    });

    it('tell of the same texts in another order of levels', () => {
      const other: Column = { name: 'x', kind: 'text', levels: ['v', 'z', 'u'], codes: new Uint32Array(40) };
      other.codes.set(classes.map((name) => (name === 'u' ? 3 : 1)));
      const table = tableOf(named);
      expect(textsOf(summarize({ ...table, columns: [...table.columns, other] }, { target: 'y' }).warnings)).toEqual([
        `Column "x" equals the target in every row; ${leave}.`,
      ]);
    });

    it('tell of a single class, of rare ones, and of rows without', () => {
      expect(warn({ a: base.a, y: range(40).map(() => 'p') })).toEqual([
        'The target "y" has a single class, so there is nothing to learn; choose another.',
      ]);
      expect(warn({ a: base.a, y: range(40).map((row) => (row === 5 ? 'yes' : row === 6 ? null : 'no')) })).toEqual([
        'The target "y" is missing in 1 row, which cannot be trained or tested on.',
        'Class "yes" is 2.6 % of the rows. Predictions may never name it, which accuracy would not show; balance the classes.',
      ]);
      expect(warn({ a: base.a, y: range(40).map((row) => (row < 2 ? 'yes' : 'no')) })).toEqual([]);
      const many = range(4000).map((row) => (row < 7 ? `r${row}` : `c${row % 30}`));
      const table = { y: many, a: range(4000).map((row) => normalAt(1, row)) };
      expect(warn(table)).toEqual([
        '7 classes have few rows: "r0" (0.025 %), "r1" (0.025 %), "r2" (0.025 %) and 4 more. Predictions may never name them, which accuracy would not show; balance the classes.',
      ]);
      expect(warn(table, { target: 'y', class_weights: 'balanced' })).toEqual([]);
    });

    it('are of classes only where classes are predicted', () => {
      const few = { a: base.a, y: range(40).map((row) => (row === 5 ? 3 : row % 3)) };
      expect(warn(few)).toEqual([]);
      expect(warn(few, { target: 'y', task: 'classification' })).toEqual([
        'Class "3" is 2.5 % of the rows. Predictions may never name it, which accuracy would not show; balance the classes.',
      ]);
    });
  });

  it('tell of cells with no number', () => {
    const table = tableOf(base);
    const odd = { count: 2, examples: [{ row: 4, text: 'n. a.' }] };
    const columns = table.columns.map((column) =>
      column.name === 'a' && column.kind === 'number' ? { ...column, invalid: odd } : column,
    );
    expect(textsOf(summarize({ ...table, columns }, { target: 'y' }).warnings)).toEqual([
      'Column "a" has 2 cells with no number, such as "n. a." in row 6; they count as missing.',
    ]);
  });
});
