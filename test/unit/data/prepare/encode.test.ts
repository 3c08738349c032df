/** Columns of every type become features; and what becomes of cells never seen before. */

import { describe, expect, it, vi } from 'vitest';
import type { DataSet } from '../../../../src/data/prepare/dataset.ts';
import { featureNames, featureWidth } from '../../../../src/data/prepare/features.ts';
import { Findings } from '../../../../src/data/prepare/findings.ts';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { parseDays } from '../../../../src/data/table/dates.ts';
import { type DataSettingsInput, numericNames } from '../../../../src/spec/data-settings.ts';
import { problemOf, repeat, tableOf, textsOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

const everyRow = { split: { train: 1 }, scaling: 'none' } as const;
const plain = { missing_indicator: false } as const;
const settings = (others: Partial<DataSettingsInput> = {}): DataSettingsInput => ({
  target: 'y',
  ...everyRow,
  ...others,
});
const y = (rows: number) => Array.from({ length: rows }, (_, row) => Math.sin(row));

/** One row of features by name. */
function rowOf(data: Pick<DataSet, 'features' | 'featureNames'>, row: number): Record<string, number> {
  const { features, featureNames } = data;
  return Object.fromEntries(featureNames.map((name, at) => [name, features[row * featureNames.length + at]]));
}

describe('numbers', () => {
  const x = [1, null, 4, 2, 2, null, 9, 7];
  it('that are missing become the median of the training rows', () => {
    const data = prepare(tableOf({ x, y: y(8) }), settings(plain));
    expect([...data.features]).toEqual([1, 3, 4, 2, 2, 3, 9, 7]);
    expect(data.preprocessing.features[0]).toMatchObject({ missing: { value: 3, indicator: false } });
  });

  it('or the most frequent value, of equally frequent ones the smallest', () => {
    expect(prepare(tableOf({ x, y: y(8) }), settings({ ...plain, impute: 'most_frequent' })).features[1]).toBe(2);
    const tied = prepare(
      tableOf({ x: [5, 5, 3, 3, null, 8.5], y: y(6) }),
      settings({ ...plain, impute: 'most_frequent' }),
    );
    expect(tied.features[4]).toBe(3);
  });

  it('say that they were missing, and only columns with gaps do', () => {
    const data = prepare(tableOf({ x, z: y(8).map((v) => v + 1), y: y(8) }), settings({ missing_indicator: true }));
    expect(data.featureNames).toEqual(['x', 'x is missing', 'z']);
    expect(rowOf(data, 1)).toMatchObject({ x: 3, 'x is missing': 1 });
    expect(rowOf(data, 0)).toMatchObject({ x: 1, 'x is missing': 0 });
  });

  it('are scaled after the gaps are filled, to mean 0 and deviation 1 or from 0 to 1', () => {
    const standard = prepare(tableOf({ x, y: y(8) }), settings({ ...plain, scaling: 'standardize' }));
    const mean = standard.features.reduce((sum, value) => sum + value, 0) / 8;
    const variance = standard.features.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8;
    expect(mean).toBeCloseTo(0, 6);
    expect(variance).toBeCloseTo(1, 6);
    const unit = prepare(tableOf({ x, y: y(8) }), settings({ ...plain, scaling: 'min_max' }));
    expect([...unit.features]).toEqual([0, 0.25, 0.375, 0.125, 0.125, 0.25, 1, 0.75]);
    expect(unit.preprocessing.features[0]).toMatchObject({ encoding: { offset: 1, scale: 8 } });
  });

  it('without a value in the training rows, or all the same, are left out with a notice', () => {
    const data = prepare(
      tableOf({ x, none: x.map(() => null), same: [7, 7, null, 7, 7, 7, 7, 7], y: y(8) }),
      settings({ ...plain, scaling: 'min_max' }),
    );
    expect(data.preprocessing.dropped).toEqual([
      { column: 'none', reason: 'no value in the training rows' },
      { column: 'same', reason: 'constant on the training rows' },
    ]);
    expect(textsOf(data.notices)).toEqual([
      'Column "none" is left out: no training row has a value in it.',
      'Column "same" is left out: it is 7 in every training row that has a value.',
    ]);
  });

  it('that are odd are named with their rows', () => {
    const table = tableOf({ x, y: y(8) });
    Object.assign(table.columns[0], {
      invalid: {
        count: 2,
        examples: [
          { row: 1, text: 'abc' },
          { row: 5, text: '#REF!' },
        ],
      },
    });
    expect(textsOf(prepare(table, settings()).notices)).toEqual([
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
    const { features, findings } = applyFeatures(data.preprocessing, tableOf({ color: ['violet', null] }));
    expect([...features]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(textsOf(findings.notices)).toEqual(['Column "color": "red" stands in for 1 cell without a value: row 3.']);
  });

  it('share that feature where fewer than 5 training rows have them, and new levels are among the others', () => {
    const levels = (counts: Record<string, number>) =>
      Object.entries(counts).flatMap(([level, count]) => repeat([level], count));
    const namesOf = (counts: Record<string, number>) => {
      const color = levels(counts);
      const data = prepare(tableOf({ color, y: y(color.length) }), settings({ max_levels: 100 }));
      return data.featureNames.map((name) => name.slice(8));
    };
    expect(namesOf({ red: 200, blue: 90, green: 5, violet: 4, pink: 1 })).toEqual(['red', 'blue', 'green', 'other']);
    // Of a small table fewer than 1 row in 50.
    expect(namesOf({ red: 50, blue: 47, green: 2, pink: 1 })).toEqual(['red', 'blue', 'green', 'other']);
    expect(namesOf({ red: 7, blue: 2, green: 1 })).toEqual(['red', 'blue', 'green']);
    // Where none has so many, they are all that there is to tell.
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`c${index + 10}`, 4]));
    expect(namesOf(many)).toEqual(Object.keys(many));

    const color = levels({ red: 200, blue: 90, green: 4 });
    const { preprocessing } = prepare(tableOf({ color, y: y(294) }), settings());
    const { features, findings } = applyFeatures(preprocessing, tableOf({ color: ['green', 'new', 'blue'] }));
    expect([...features]).toEqual([0, 0, 1, 0, 0, 1, 0, 1, 0]);
    expect(findings.notices).toEqual([]);
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
    const { features, findings } = applyFeatures(
      preprocessing,
      tableOf({ color: ['red', 'violet', 'pink'] }, 'new.csv'),
    );
    expect([...features]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(textsOf(findings.notices)).toEqual([
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
    const { features, findings } = applyFeatures(data.preprocessing, tableOf({ smoker: ['YES', 'maybe', 'No', null] }));
    expect([...features]).toEqual([1, 0, 0, 0]);
    expect(textsOf(findings.notices)).toEqual([
      'Column "smoker": "no" stands in for 1 cell without a value: row 5.',
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
      const day = parseDays(dateCells(40, 10)[row], 'yyyy-mm-dd');
      expect(own.when).toBe(day);
      expect(own['when, sine of the week']).toBeCloseTo(Math.sin((2 * Math.PI * day) / 7), 6);
      expect(own['when, cosine of the year']).toBeCloseTo(Math.cos((2 * Math.PI * day) / 365.2425), 6);
    }
  });

  it('that are missing become the median day, and so does text that is no date in new rows', () => {
    const when = ['2020-01-01', '2020-01-05', null, '2020-01-09'];
    const data = prepare(tableOf({ when, y: y(4) }), settings(plain));
    expect(data.features[2]).toBe(parseDays('2020-01-05', 'yyyy-mm-dd'));
    const later = tableOf({ when: ['2020-01-02', '2020-02-30', '2019-12-31', null] }, 'new.csv');
    const { features, findings } = applyFeatures(data.preprocessing, later);
    expect(features[1]).toBe(parseDays('2020-01-05', 'yyyy-mm-dd'));
    expect(textsOf(findings.notices)).toEqual([
      'Column "when": 1 cell without a date written yyyy-mm-dd, taken as missing, such as "2020-02-30" in row 3.',
      'Column "when": 2020-01-05 stands in for 2 cells without a value: rows 3, 5.',
      'Column "when": 1 value outside the training range, 2020-01-01 to 2020-01-09, such as 2019-12-31 in row 4.',
    ]);
    const none = tableOf({ when: [null, '2020-02-30'] }, 'new.csv');
    expect(problemOf(() => applyFeatures(data.preprocessing, none)).message).toBe(
      'new.csv, row 3, column "when": "2020-02-30" is not a date written yyyy-mm-dd, as in training; correct the cell or leave it empty.',
    );
  });
});

describe('new rows', () => {
  const data = prepare(tableOf({ x: [1, 2, 3, 4.5], y: y(4) }), settings());

  it('may have their numbers as text, but not other text alone', () => {
    expect([...applyFeatures(data.preprocessing, tableOf({ x: ['7', '1e1', null] })).features]).toEqual([7, 10, 2.5]);
    const error = problemOf(() => applyFeatures(data.preprocessing, tableOf({ x: [null, 'seven'] }, 'new.csv')));
    expect(error.message).toBe(
      'new.csv, row 3, column "x": "seven" is not a number, as in training; correct the cell or leave it empty.',
    );
    expect(error.where).toBe('x');
  });

  it('are told of by column: what stands in for missing cells, and what training did not reach', () => {
    const table = tableOf({ x: ['7', 'seven', null, '0.5', '1', '2'] }, 'new.csv');
    const { features, findings } = applyFeatures(data.preprocessing, table);
    expect([...features]).toEqual([7, 2.5, 2.5, 0.5, 1, 2]);
    expect(findings.columns).toEqual([
      {
        column: 'x',
        imputed: { count: 2, as: 2.5, rows: [3, 4] },
        invalid: { count: 1, cells: [{ row: 3, text: 'seven' }] },
        outside: {
          count: 2,
          range: { least: 1, largest: 4.5 },
          cells: [
            { row: 2, value: 7 },
            { row: 5, value: 0.5 },
          ],
        },
        unknown: { count: 0, cells: [] },
      },
    ]);
    expect(findings.notices.map(({ severity, text }) => [severity, text])).toEqual([
      ['warning', 'Column "x": 1 cell without a number, taken as missing, such as "seven" in row 3.'],
      ['info', 'Column "x": 2.5 stands in for 2 cells without a value: rows 3, 4.'],
      ['warning', 'Column "x": 2 values outside the training range, 1 to 4.5, such as 7 in row 2, 0.5 in row 5.'],
    ]);
  });

  it('are counted over tables, with the first of each; a column may be without a value in one of them', () => {
    const findings = new Findings();
    const part = (x: (string | null)[], rowsBefore: number) => ({ ...tableOf({ x }, 'new.csv'), rowsBefore });
    applyFeatures(data.preprocessing, part(['7', null, null, null], 1), findings);
    applyFeatures(data.preprocessing, part(['seven', null, null, 'eight'], 5), findings);
    expect(findings.columns).toMatchObject([
      {
        imputed: { count: 7, rows: [3, 4, 5, 6, 7] },
        invalid: {
          count: 2,
          cells: [
            { row: 6, text: 'seven' },
            { row: 9, text: 'eight' },
          ],
        },
        outside: { count: 1, cells: [{ row: 2, value: 7 }] },
      },
    ]);
    expect(textsOf(findings.notices)[1]).toBe(
      'Column "x": 2.5 stands in for 7 cells without a value: rows 3, 4, 5, 6, 7 and 2 more.',
    );
  });

  it('are held to no range by a model that does not know it', () => {
    const [step] = data.preprocessing.features;
    const { range: _, ...old } = step as Extract<typeof step, { kind: 'number' }>;
    const { findings } = applyFeatures({ ...data.preprocessing, features: [old] }, tableOf({ x: [1e6] }));
    expect(findings.columns).toEqual([]);
  });
});

describe('more features than there is memory for', () => {
  it('are refused before any is made, with the column that makes the most', () => {
    const rows = 6000;
    const cells = Array.from({ length: rows }, (_, row) => `level ${row % 800}`);
    const table = tableOf({ x: y(rows), code: cells, y: y(rows) });
    const left = vi.spyOn(process, 'availableMemory').mockReturnValue(10e6);
    try {
      expect(() => prepare(table, settings({ max_levels: 1000, types: { code: 'category' } }))).toThrow(
        '6\u202f000 rows of 801 features take 19.2 MB of memory, more than the 10 MB that there are; ' +
          'ignore columns ("code" makes 800 features), lower max_levels, or give fewer rows.',
      );
    } finally {
      left.mockRestore();
    }
  });
});

it.each(numericNames)('a step is as wide as it has names, with numbers by %s', (numeric) => {
  const rows = 60;
  const row = Array.from({ length: rows }, (_, index) => index);
  const data = prepare(
    tableOf({
      x: row.map((index) => (index % 9 === 4 ? null : (index * 37) % 51)),
      born: row.map((index) => `20${10 + (index % 9)}-0${1 + (index % 9)}-1${index % 10} 0${index % 10}:30`),
      colour: row.map((index) => ['red', 'blue', 'green', 'rare'][index === 7 ? 3 : index % 3]),
      answer: row.map((index) => ['yes', 'no'][index % 2]),
      y: y(rows),
    }),
    settings({ numeric, missing_indicator: true, max_levels: 3 }),
  );
  const steps = data.preprocessing.features;
  expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['number', 'date', 'category', 'boolean']));
  for (const step of steps) expect(featureWidth(step), step.column).toBe(featureNames(step).length);
});
