/** Columns of every type become features: what is fitted, on which rows, and what becomes of cells never seen before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../src/data/dataset.ts';
import { daysOf } from '../../src/data/dates.ts';
import { prepare } from '../../src/data/prepare.ts';
import { applyFeatures } from '../../src/data/preprocessing.ts';
import type { Table } from '../../src/data/table.ts';
import type { DataSettingsInput } from '../../src/spec/data-settings.ts';
import { type Cell, problemOf, tableOf } from './tables.ts';

const everyRow = { split: { train: 1 }, scaling: 'none' } as const;
const settings = (others: Partial<DataSettingsInput> = {}): DataSettingsInput => ({
  target: 'y',
  ...everyRow,
  ...others,
});
const y = (rows: number) => Array.from({ length: rows }, (_, row) => Math.sin(row));
const repeat = (cells: Cell[], times: number): Cell[] => Array.from({ length: times }, () => cells).flat();

/** One row of features by name. */
function rowOf(data: Pick<DataSet, 'features' | 'featureNames'>, row: number): Record<string, number> {
  const { features, featureNames } = data;
  return Object.fromEntries(featureNames.map((name, at) => [name, features[row * featureNames.length + at]]));
}

describe('numbers', () => {
  const x = [1, null, 4, 2, 2, null, 9, 7];
  it('that are missing become the median of the training rows', () => {
    const data = prepare(tableOf({ x, y: y(8) }), settings());
    expect([...data.features]).toEqual([1, 3, 4, 2, 2, 3, 9, 7]);
    expect(data.preprocessing.features[0]).toMatchObject({ missing: { value: 3, indicator: false } });
  });

  it('or the most frequent value, of equally frequent ones the smallest', () => {
    expect(prepare(tableOf({ x, y: y(8) }), settings({ impute: 'most_frequent' })).features[1]).toBe(2);
    const tied = prepare(tableOf({ x: [5, 5, 3, 3, null, 8.5], y: y(6) }), settings({ impute: 'most_frequent' }));
    expect(tied.features[4]).toBe(3);
  });

  it('say that they were missing where that is asked for, and only columns with gaps do', () => {
    const data = prepare(tableOf({ x, z: y(8).map((v) => v + 1), y: y(8) }), settings({ missing_indicator: true }));
    expect(data.featureNames).toEqual(['x', 'x is missing', 'z']);
    expect(rowOf(data, 1)).toMatchObject({ x: 3, 'x is missing': 1 });
    expect(rowOf(data, 0)).toMatchObject({ x: 1, 'x is missing': 0 });
  });

  it('are scaled after the gaps are filled, to mean 0 and deviation 1 or from 0 to 1', () => {
    const standard = prepare(tableOf({ x, y: y(8) }), settings({ scaling: 'standardize' }));
    const mean = standard.features.reduce((sum, value) => sum + value, 0) / 8;
    const variance = standard.features.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8;
    expect(mean).toBeCloseTo(0, 6);
    expect(variance).toBeCloseTo(1, 6);
    const unit = prepare(tableOf({ x, y: y(8) }), settings({ scaling: 'min_max' }));
    expect([...unit.features]).toEqual([0, 0.25, 0.375, 0.125, 0.125, 0.25, 1, 0.75]);
    expect(unit.preprocessing.features[0]).toMatchObject({ offset: 1, scale: 8 });
  });

  it('without a value in the training rows, or all the same, are left out with a notice', () => {
    const data = prepare(
      tableOf({ x, none: x.map(() => null), same: [7, 7, null, 7, 7, 7, 7, 7], y: y(8) }),
      settings({ scaling: 'min_max' }),
    );
    expect(data.preprocessing.dropped).toEqual([
      { column: 'none', reason: 'no value in the training rows' },
      { column: 'same', reason: 'constant on the training rows' },
    ]);
    expect(data.notices).toEqual([
      'Column "none" is left out: no training row has a value in it.',
      'Column "same" is left out: it is 7 in every training row that has a value.',
    ]);
  });

  it('that are odd are named with their rows', () => {
    const table = tableOf({ x, y: y(8) });
    Object.assign(table.columns[0], {
      odd: {
        count: 2,
        examples: [
          { row: 1, text: 'abc' },
          { row: 5, text: '#REF!' },
        ],
      },
    });
    expect(prepare(table, settings()).notices).toEqual([
      'Column "x": 2 cells are no numbers and count as missing, such as "abc" in row 3, "#REF!" in row 7.',
    ]);
  });
});

describe('categories', () => {
  const color = repeat(['red', 'blue', 'red', 'green', 'red', 'blue'], 4);
  it('are one feature for each level, the most frequent first', () => {
    const data = prepare(tableOf({ color, y: y(24) }), settings());
    expect(data.featureNames).toEqual(['color = red', 'color = blue', 'color = green']);
    expect([...data.features.subarray(0, 12)]).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  it('share a feature called other beyond the most levels', () => {
    const data = prepare(tableOf({ color, y: y(24) }), settings({ max_levels: 2 }));
    expect(data.featureNames).toEqual(['color = red', 'color = blue', 'color = other']);
    expect(rowOf(data, 3)).toEqual({ 'color = red': 0, 'color = blue': 0, 'color = other': 1 });
    const { features, notices } = applyFeatures(data.preprocessing, tableOf({ color: ['violet', null] }));
    expect([...features]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(notices).toEqual([]);
  });

  it('have a level for missing cells where the training rows do, else those are the most frequent one', () => {
    const gaps = color.map((cell, row) => (row % 7 === 3 ? null : cell));
    const data = prepare(tableOf({ color: gaps, y: y(24) }), settings());
    expect(data.featureNames.at(-1)).toBe('color = (missing)');
    expect(rowOf(data, 3)).toMatchObject({ 'color = (missing)': 1, 'color = red': 0 });
    const whole = prepare(tableOf({ color, y: y(24) }), settings());
    expect([...applyFeatures(whole.preprocessing, tableOf({ color: [null, 'red'] })).features]).toEqual([
      1, 0, 0, 1, 0, 0,
    ]);
  });

  it('never seen in training are no level, and counted in a notice', () => {
    const { preprocessing } = prepare(tableOf({ color, y: y(24) }), settings());
    const { features, notices } = applyFeatures(
      preprocessing,
      tableOf({ color: ['red', 'violet', 'pink'] }, 'new.csv'),
    );
    expect([...features]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(notices).toEqual([
      'Column "color": 2 cells hold what training rows did not have ("violet" in row 3): they are none of its levels in training and count as none.',
    ]);
  });

  it('may be numbers, in training and later', () => {
    const zip = repeat([101, 202, 101], 8);
    const data = prepare(tableOf({ zip, y: y(24) }), settings({ types: { zip: 'category' } }));
    expect(data.featureNames).toEqual(['zip = 101', 'zip = 202']);
    expect([...applyFeatures(data.preprocessing, tableOf({ zip: [202, 101] })).features]).toEqual([0, 1, 1, 0]);
    expect([...applyFeatures(data.preprocessing, tableOf({ zip: ['202', '101'] })).features]).toEqual([0, 1, 1, 0]);
  });
});

describe('yes and no', () => {
  it('is one feature; what is neither counts as missing, which is the more frequent of the two', () => {
    const smoker = repeat(['yes', 'no', 'no', null], 6);
    const data = prepare(tableOf({ smoker, y: y(24) }), settings());
    expect(data.preprocessing.features).toEqual([
      { column: 'smoker', kind: 'boolean', truth: 'yes', falsehood: 'no', missing: 'no' },
    ]);
    expect([...data.features.subarray(0, 4)]).toEqual([1, 0, 0, 0]);
    const { features, notices } = applyFeatures(data.preprocessing, tableOf({ smoker: ['YES', 'maybe', 'No', null] }));
    expect([...features]).toEqual([1, 0, 0, 0]);
    expect(notices).toEqual([
      'Column "smoker": 1 cell holds what training rows did not have ("maybe" in row 3): they count as missing, which is "no".',
    ]);
  });

  it('may be 0 and 1', () => {
    const data = prepare(tableOf({ flag: repeat([0, 1, 1], 8), y: y(24) }), settings({ scaling: 'standardize' }));
    expect(data.preprocessing.features[0]).toMatchObject({ kind: 'boolean', truth: '1', falsehood: '0', missing: '1' });
    expect([...data.features.subarray(0, 3)]).toEqual([0, 1, 1]);
  });
});

describe('dates', () => {
  const days = (count: number, every: number) =>
    Array.from({ length: count }, (_, i) => new Date(Date.UTC(2021, 0, 1) + i * every * 86_400_000).toISOString());
  const dateCells = (count: number, every: number) => days(count, every).map((text) => text.slice(0, 10));

  it('are days and the cycles that the training rows go through', () => {
    const cyclesOf = (when: string[]) => {
      const { preprocessing } = prepare(tableOf({ when, y: y(when.length) }), settings());
      const [step] = preprocessing.features;
      return step.kind === 'date' ? step.cycles : undefined;
    };
    expect(cyclesOf(dateCells(10, 1))).toEqual([]);
    expect(cyclesOf(dateCells(20, 1))).toEqual(['week']);
    expect(cyclesOf(dateCells(20, 7))).toEqual([]);
    expect(cyclesOf(dateCells(54, 7))).toEqual(['year']);
    expect(cyclesOf(dateCells(40, 10))).toEqual(['year', 'week']);
    expect(cyclesOf(days(20, 0.25).map((text) => text.slice(0, 16)))).toEqual(['day']);
  });

  it('have the sine and cosine of each cycle, so that its end meets its beginning', () => {
    const data = prepare(tableOf({ when: dateCells(40, 10), y: y(40) }), settings());
    expect(data.featureNames).toEqual([
      'when',
      'when, sine of the year',
      'when, cosine of the year',
      'when, sine of the week',
      'when, cosine of the week',
    ]);
    for (const row of [0, 17, 39]) {
      const own = rowOf(data, row);
      const day = daysOf(dateCells(40, 10)[row], 'yyyy-mm-dd');
      expect(own.when).toBe(day);
      expect(own['when, sine of the week']).toBeCloseTo(Math.sin((2 * Math.PI * day) / 7), 6);
      expect(own['when, cosine of the year']).toBeCloseTo(Math.cos((2 * Math.PI * day) / 365.2425), 6);
    }
  });

  it('that are missing become the median day; text that is no date is refused in new rows', () => {
    const data = prepare(tableOf({ when: ['2020-01-01', '2020-01-05', null, '2020-01-09'], y: y(4) }), settings());
    expect(data.features[2]).toBe(daysOf('2020-01-05', 'yyyy-mm-dd'));
    const later = tableOf({ when: ['2020-01-02', '2020-02-30'] }, 'new.csv');
    expect(problemOf(() => applyFeatures(data.preprocessing, later)).message).toBe(
      'new.csv, row 3, column "when": "2020-02-30" is not a date written yyyy-mm-dd, as in training; correct the cell or leave it empty.',
    );
  });
});

describe('columns that are not learned from', () => {
  it('are left out with the reason', () => {
    const rows = 24;
    const data = prepare(
      tableOf({
        id: Array.from({ length: rows }, (_, row) => row + 1),
        note: Array.from({ length: rows }, (_, row) => `a note on row ${row}, in several words`),
        x: y(rows).map((v) => v * 2 + 1),
        left: y(rows),
        patient: repeat(['a', 'b', 'c', 'd'], 6),
        w: repeat([1, 2], 12),
        y: y(rows),
      }),
      settings({
        ignore: ['left'],
        weights: 'w',
        split: { train: 0.5, validation: 0.25, test: 0.25, group: 'patient' },
      }),
    );
    expect(data.featureNames).toEqual(['x']);
    expect(data.preprocessing.dropped).toEqual([
      { column: 'id', reason: 'identifier' },
      { column: 'note', reason: 'text' },
      { column: 'left', reason: 'ignored' },
      { column: 'patient', reason: 'the group of the split' },
      { column: 'w', reason: 'the weight of the row' },
    ]);
    expect(data.notices).toHaveLength(2);
    expect(data.notices[0]).toMatch(
      /^Column "id" is left out as an identifier\. .* Give it another type to learn from it\.$/,
    );
    expect(data.notices[1]).toMatch(/^Column "note" is left out as free text\. /);
  });

  it('but are said of where nothing else is left', () => {
    const serial = Array.from({ length: 12 }, (_, row) => row + 1);
    const table = tableOf({ serial, order_id: serial.map((n) => n * 3), y: y(12) });
    expect(problemOf(() => prepare(table, settings())).message).toBe(
      'table.csv: has no column to predict "y" from; give at least one other column whose values differ between rows, or give serial, order_id, taken for identifiers, another type.',
    );
    expect(prepare(table, settings({ types: { serial: 'number' } })).featureNames).toEqual(['serial']);
  });

  it('are warned of where they equal the target', () => {
    const data = prepare(tableOf({ copy: y(8), x: y(8).map((v) => v * v), y: y(8) }), settings());
    expect(data.notices).toEqual([
      'Column "copy" equals the target in every training row; ignore it if it would not be known before the target is.',
    ]);
  });

  it.each([
    [{ ignore: ['xx'] }, 'ignore', 'ignore: table.csv has no column "xx", only x, y (did you mean x?).'],
    [{ weights: 'ww' }, 'weights', 'weights: table.csv has no column "ww", only x, y.'],
    [
      { split: { group: 'xx' } },
      'split.group',
      'split.group: table.csv has no column "xx", only x, y (did you mean x?).',
    ],
    [{ split: { time: 'z' } }, 'split.time', 'split.time: table.csv has no column "z", only x, y.'],
    [{ types: { xx: 'number' } }, 'types', 'types: table.csv has no column "xx", only x, y (did you mean x?).'],
    [{ ignore: ['y'] }, 'ignore', 'ignore: "y" is the target; name another column.'],
  ] as [Partial<DataSettingsInput>, string, string][])(
    'are refused where there is no such column: %j',
    (given, where, message) => {
      const error = problemOf(() =>
        prepare(tableOf({ x: y(9), y: y(9).map((v) => v + 1) }), { target: 'y', ...given }),
      );
      expect(error.message).toBe(message);
      expect(error.where).toBe(where);
    },
  );
});

describe('weights', () => {
  const x = y(8);
  it('are those of their column', () => {
    const data = prepare(
      tableOf({ x, w: [1, 2, 0, 0.5, 1, 1, 1, 1], y: y(8).map((v) => v * v) }),
      settings({ weights: 'w' }),
    );
    expect([...(data.weights ?? [])]).toEqual([1, 2, 0, 0.5, 1, 1, 1, 1]);
  });

  it.each([
    [[1, -1, 1, 1], 'table.csv, row 3, column "w": "-1" is not a weight; give 0 or more.'],
    [[1, 1, null, 1], 'table.csv, row 4, column "w": an empty cell is not a weight; give 0 or more.'],
    [['1', 'much', '1', '1'], 'table.csv, row 3, column "w": "much" is not a weight; give 0 or more.'],
    [
      [0, 0, 0, 0],
      'weights: column "w" of table.csv is 0 in every training row, so nothing would be learned; choose another column.',
    ],
  ] as [Cell[], string][])('that are none are refused: %j', (w, message) => {
    expect(
      problemOf(() => prepare(tableOf({ x: x.slice(0, 4), w, y: [1, 2.5, 3, 4] }), settings({ weights: 'w' }))).message,
    ).toBe(message);
  });
});

describe('new rows', () => {
  const data = prepare(tableOf({ x: [1, 2, 3, 4.5], y: y(4) }), settings());

  it('may have their numbers as text, but not other text', () => {
    expect([...applyFeatures(data.preprocessing, tableOf({ x: ['7', '1e1', null] })).features]).toEqual([7, 10, 2.5]);
    const error = problemOf(() => applyFeatures(data.preprocessing, tableOf({ x: ['7', 'seven'] }, 'new.csv')));
    expect(error.message).toBe(
      'new.csv, row 3, column "x": "seven" is not a number, as in training; correct the cell or leave it empty.',
    );
    expect(error.where).toBe('x');
  });
});

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
        const settings = { target: 'y', scaling, types, split, missing_indicator: true, max_levels: 3 } as const;
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
      { numRuns: 60 },
    );
  });
});
