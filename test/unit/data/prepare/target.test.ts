/** What is predicted: number or class, which rows have it, and what they weigh. */

import { describe, expect, it } from 'vitest';
import { prepare as prepareAsDefault } from '../../../../src/data/prepare/prepare.ts';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import type { DataSettingsInput } from '../../../../src/spec/data-settings.ts';
import { type Cell, problemOf, repeat, targetTable, textsOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

const all = { split: { train: 1 } } as const;
const settings = (others: Partial<DataSettingsInput> = {}): DataSettingsInput => ({ target: 'y', ...all, ...others });

describe('the task', () => {
  it.each([
    ['text', repeat(['b', 'c', 'a'], 8), 'multiclass', ['a', 'b', 'c'], []],
    ['yes and no', repeat(['yes', 'no'], 8), 'binary', ['no', 'yes'], []],
    [
      '0 and 1',
      repeat([1, 0, 0], 8),
      'binary',
      ['0', '1'],
      [
        'The target "y" holds two whole numbers, 0 and 1, which are taken as classes; set task to regression to predict a number.',
      ],
    ],
    ['text that is numbers, in their order', repeat(['010', '09', '1'], 8), 'multiclass', ['1', '09', '010'], []],
  ] as [string, Cell[], string, string[], string[]][])('is classes for %s', (_, y, task, classes, notices) => {
    const { preprocessing, notices: said } = prepare(targetTable(y), settings());
    expect(preprocessing).toMatchObject({ task, targets: [{ column: 'y', kind: 'classes', classes }] });
    expect(textsOf(said)).toEqual(notices);
  });

  it('is a number for others, and where few whole numbers could be classes it says so', () => {
    expect(prepare(targetTable(repeat([0.5, 1], 20)), settings())).toMatchObject({
      preprocessing: { task: 'regression' },
      notices: [],
    });
    const many = prepare(targetTable(repeat([1, 2, 3], 20)), settings());
    expect(many.preprocessing.task).toBe('regression');
    expect(textsOf(many.notices)).toEqual([
      'The target "y" holds the whole numbers 1, 2 and 3 and is predicted as a number; set task to classification if they are classes.',
    ]);
  });

  it('is what the settings say', () => {
    const digits = repeat([3, 10, 2], 10);
    const classes = prepare(targetTable(digits), settings({ task: 'classification' }));
    expect(classes.preprocessing.targets).toEqual([{ column: 'y', kind: 'classes', classes: ['2', '3', '10'] }]);
    expect(classes.outputs).toBe(3);
    expect([...classes.targets.subarray(0, 9)]).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
    const number = prepare(targetTable(repeat([0, 1, 1], 10)), settings({ task: 'regression' }));
    expect(number.preprocessing.task).toBe('regression');
    const text = prepare(targetTable(['1', '2.5', '4', '7']), settings({ task: 'regression', scaling: 'none' }));
    expect([...text.targets]).toEqual([1, 2.5, 4, 7]);
  });

  it.each([
    [
      repeat(['a', 'b'], 8),
      { task: 'regression' },
      'task',
      'table.csv, row 2, column "y": "a" is no number, and regression predicts numbers; correct the cell, or set task to classification.',
    ],
    [
      ['2020-01-01', '2020-01-02', '2020-01-03'],
      {},
      'target',
      'target: column "y" of table.csv holds dates, which are neither numbers nor classes; choose another target, or set task to classification.',
    ],
    [
      Array.from({ length: 1001 }, (_, row) => `name${row}`),
      {},
      'target',
      'target: column "y" of table.csv has 1\u202f001 different values, and at most 1\u202f000 can be classes; it looks like names or numbers of single rows, so choose another target.',
    ],
    [
      Array.from({ length: 1001 }, (_, row) => row / 7),
      { task: 'classification' },
      'target',
      'target: column "y" of table.csv has 1\u202f001 different values, and at most 1\u202f000 can be classes; set task to regression to predict a number.',
    ],
    [
      [null, null, null],
      {},
      'target',
      'target: column "y" of table.csv has no value in any row; choose another target, or a table with answers in it.',
    ],
    [
      repeat(['a'], 8),
      {},
      'target',
      'target: column "y" of table.csv is "a" in every training row, so there is nothing to learn; choose another target.',
    ],
    [
      [1, 2.5, -3, 4],
      { target_transform: 'log' },
      'target_transform',
      'table.csv, row 4, column "y": "-3" is below 0, and target_transform log takes numbers from 0 up; correct the cell, or set target_transform to none.',
    ],
    [
      repeat(['a', 'b'], 8),
      { target_transform: 'log' },
      'target_transform',
      'target_transform: log is for numbers, and column "y" holds classes; set it to none, or task to regression.',
    ],
    [
      [1, 2.5, 3, 4],
      { class_weights: 'balanced' },
      'class_weights',
      'class_weights: balanced is for classes, and the target is a number; set it to none, or task to classification.',
    ],
  ] as [Cell[], Partial<DataSettingsInput>, string, string][])(
    'is refused, naming $2: $3',
    (y, given, where, message) => {
      const error = problemOf(() => prepare(targetTable(y), settings(given)));
      expect(error.message).toBe(message);
      expect(error.where).toBe(where);
    },
  );
});

describe('whole numbers', () => {
  const digits = repeat([0, 1, 2, 3], 12);

  it('are classes where the name says so, numbers elsewhere, and either is said', () => {
    for (const name of ['digit', 'Label', 'species_id', 'target_class']) {
      const table = targetTable(repeat([0, 1], 24), { [name]: digits });
      const { preprocessing, notices } = prepare(table, { target: name, ...all });
      expect(preprocessing.task).toBe('multiclass');
      expect(notices[0].text).toMatch(/0, 1, 2 and 3, which are taken as classes by its name; set task to regression/);
    }
    const counted = prepare(targetTable(digits), settings());
    expect(counted.preprocessing.task).toBe('regression');
    // The summary goes by the same rule: only classes can be rare.
    const rare = [...repeat([0, 1], 40), 2];
    const warnings = (name: string) =>
      textsOf(summarize(targetTable(repeat([0, 1], 81).slice(0, 81), { [name]: rare }), { target: name }).warnings);
    expect(warnings('digit')).toContainEqual(expect.stringMatching(/^Class "2" is 1\.2 % of the rows/));
    expect(warnings('count')).not.toContainEqual(expect.stringMatching(/^Class/));
    expect(counted.notices[0].text).toMatch(/is predicted as a number; set task to classification/);
  });
});

describe('a table of fewer than ten rows', () => {
  const y = repeat([1.5, 2.5, 4.5], 3);

  it('trains on all of them, and says so', () => {
    const data = prepareAsDefault(targetTable(y), { target: 'y' });
    expect([data.sets.train.length, data.sets.validation.length, data.sets.test.length]).toEqual([9, 0, 0]);
    expect(textsOf(data.notices)).toEqual([
      '9 rows are too few to hold any back: all of them train, and are what is scored.',
    ]);
  });

  it('is split where shares are asked for, and from ten rows on', () => {
    expect(prepare(targetTable(y), { target: 'y', split: { test: 0.3 } }).sets.test.length).toBe(3);
    expect(prepare(targetTable([...y, 7]), { target: 'y' }).sets.test.length).toBe(2);
  });
});

describe('rows without a target', () => {
  it('are left out, with a notice that names the first', () => {
    const y = Array.from({ length: 20 }, (_, row) => (row % 3 === 1 ? null : row * row));
    const data = prepare(targetTable(y), { target: 'y', scaling: 'none' });
    expect(data.rows).toBe(13);
    expect([...data.targets.subarray(0, 4)]).toEqual([0, 4, 9, 25]);
    expect(data.features[1]).toBe(Math.fround(Math.sin(2 * 1.3)));
    expect(data.sets.train.length + data.sets.validation.length + data.sets.test.length).toBe(13);
    expect(textsOf(data.notices)).toEqual([
      '7 rows have no value of the target "y" and are left out: the first are rows 3, 6, 9, 12, 15.',
    ]);
    const one = prepare(targetTable(['a', 'b', null, 'a', 'b']), settings());
    expect(one.notices[0].text).toBe('1 row has no value of the target "y" and is left out: row 4.');
    expect([...one.targets]).toEqual([0, 1, 0, 1]);
  });
});

describe('the split', () => {
  it('gives every part its share of each class, unless told not to', () => {
    const y = Array.from({ length: 100 }, (_, row) => (row % 10 === 0 ? 'rare' : 'common'));
    const rareIn = (stratify: boolean, seed: number) => {
      const { sets, targets } = prepare(targetTable(y), { target: 'y', split: { seed, stratify } });
      return (['train', 'validation', 'test'] as const).map(
        (set) => sets[set].filter((row) => targets[row] === 1).length,
      );
    };
    for (const seed of [1, 2, 3]) expect(rareIn(true, seed)).toEqual([6, 2, 2]);
    expect([1, 2, 3, 4, 5].some((seed) => rareIn(false, seed).join() !== '6,2,2')).toBe(true);
  });

  it('keeps the rows of a group together, and trains on the earliest', () => {
    const y = Array.from({ length: 60 }, (_, row) => (row % 7 === 0 ? null : row / 3));
    const patient = y.map((_, row) => `p${row % 11}`);
    const grouped = prepare(targetTable(y, { patient }), { target: 'y', split: { group: 'patient' } });
    const kept = patient.filter((_, row) => row % 7 !== 0);
    const groups = (['train', 'validation', 'test'] as const).map(
      (set) => new Set(Array.from(grouped.sets[set], (row) => kept[row])),
    );
    expect(groups.reduce((sum, group) => sum + group.size, 0)).toBe(11);

    const when = y.map((_, row) => new Date((19_000 + ((row * 37) % 60)) * 86_400_000).toISOString().slice(0, 10));
    const { sets } = prepare(targetTable(y, { when }), { target: 'y', split: { time: 'when' } });
    const dates = when.filter((_, row) => row % 7 !== 0);
    const [train, validation, test] = (['train', 'validation', 'test'] as const).map((set) =>
      Array.from(sets[set], (row) => dates[row]).sort(),
    );
    expect(train.at(-1)?.localeCompare(validation[0])).toBe(-1);
    expect(validation.at(-1)?.localeCompare(test[0])).toBe(-1);
  });

  it('names the row that has no time', () => {
    const table = targetTable([null, 1.5, 2, 3, 4], {
      when: ['2020-01-01', '2020-01-02', null, '2020-01-04', '2020-01-05'],
    });
    expect(problemOf(() => prepare(table, { target: 'y', split: { time: 'when' } })).message).toMatch(
      /^table\.csv, row 4: has no time to split by/,
    );
  });
});

describe('class weights', () => {
  const y = repeat(['a', 'a', 'a', 'b'], 10);
  it('that are balanced make classes count as much, and are 1 on average over the training rows', () => {
    const data = prepare(targetTable(y), settings({ class_weights: 'balanced' }));
    expect([...(data.weights ?? []).slice(0, 4)]).toEqual([40 / 60, 40 / 60, 40 / 60, 2].map(Math.fround));
    const mean = (data.weights ?? new Float32Array()).reduce((sum, weight) => sum + weight, 0) / 40;
    expect(mean).toBeCloseTo(1, 6);
  });

  it('multiply those of a column', () => {
    const w = y.map((_, row) => row % 5);
    const data = prepare(targetTable(y, { w }), settings({ class_weights: 'balanced', weights: 'w' }));
    expect([...(data.weights ?? []).slice(0, 4)]).toEqual([0, 40 / 60, 80 / 60, 6].map(Math.fround));
  });

  it('count training rows alone', () => {
    const data = prepare(targetTable(y), {
      target: 'y',
      class_weights: 'balanced',
      split: { stratify: false, seed: 3 },
    });
    const { train } = data.sets;
    const rare = train.filter((row) => data.targets[row] === 1).length;
    const common = train.length - rare;
    for (let row = 0; row < data.rows; row++) {
      const count = data.targets[row] === 1 ? rare : common;
      expect(data.weights?.[row]).toBe(train.includes(row) ? Math.fround(train.length / (2 * count)) : 1);
    }
  });
});
