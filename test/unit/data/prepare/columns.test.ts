/** Which columns of a table are learned from, which have another part to play, and which are left out with what reason. */

import { describe, expect, it } from 'vitest';
import type { DataSettingsInput } from '../../../../src/spec/data-settings.ts';
import { type Cell, problemOf, repeat, tableOf, targetTable, textsOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

const everyRow = { split: { train: 1 }, scaling: 'none' } as const;
const settings = (others: Partial<DataSettingsInput> = {}): DataSettingsInput => ({
  target: 'y',
  ...everyRow,
  ...others,
});
const y = (rows: number) => Array.from({ length: rows }, (_, row) => Math.sin(row));

describe('columns that are not learned from', () => {
  it('are left out with the reason', () => {
    const rows = 24;
    const data = prepare(
      tableOf({
        id: Array.from({ length: rows }, (_, row) => row + 1),
        note: Array.from({ length: rows }, (_, row) => `a note on row ${row}, in several words`),
        x: y(rows).map((v) => v * v),
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
    expect(data.notices[0].text).toMatch(
      /^Column "id" is left out as an identifier\. .* Give it another type to learn from it\.$/,
    );
    expect(data.notices[1].text).toMatch(/^Column "note" is left out as free text\. /);
  });

  it('but are said of where nothing else is left', () => {
    const serial = Array.from({ length: 12 }, (_, row) => row + 1);
    const table = tableOf({ serial, order_id: serial.map((n) => n * 3), y: y(12) });
    expect(problemOf(() => prepare(table, settings())).message).toBe(
      'table.csv: has no column to predict "y" from; give at least one other column whose values differ between rows, or give serial, order_id, taken for identifiers or free text, another type.',
    );
    expect(prepare(table, settings({ types: { serial: 'number' } })).featureNames).toEqual(['serial']);
    const note = serial.map((n) => `a remark in some words, number ${n}`);
    expect(problemOf(() => prepare(tableOf({ note, y: y(12) }), settings())).message).toMatch(
      / or give note, taken for identifiers or free text, another type\.$/,
    );
  });

  it('are warned of where they equal the target', () => {
    const data = prepare(tableOf({ copy: y(24), x: y(24).map((v) => v * v), y: y(24) }), settings());
    expect(data.notices).toEqual([
      {
        severity: 'critical',
        code: 'leak_equal',
        params: { column: 'copy' },
        text: 'Column "copy" equals the target in every row; leave it out unless it is known before the target is.',
        topic: 'leak',
        column: 'copy',
        fix: { setting: 'ignore', column: 'copy' },
      },
    ]);
  });

  it('are warned of where they are a line of the target, or a code of its classes, in tables of any length', () => {
    const rows = 20_000;
    const price = y(rows);
    const taxed = price.map((v, row) => (row % 2 ? null : 1.1 * v + 3));
    const noisy = price.map((v, row) => v + 0.5 * Math.sin(row * row));
    expect(textsOf(prepare(tableOf({ taxed, noisy, y: price }), settings()).notices)).toEqual([
      'Column "taxed" is the target on another scale (their correlation is 1); leave it out unless it is known before the target is.',
    ]);
    const kind = price.map((_, row) => ['p', 'q', 'r'][row % 3]);
    const code = kind.map((name) => ({ p: 30, q: 10, r: 20 })[name] ?? 0);
    expect(textsOf(prepare(tableOf({ code, noisy, y: kind }), settings()).notices)).toEqual([
      'Column "code" has a value of its own for each class of the target; leave it out unless it is known before the target is.',
    ]);
    expect(prepare(tableOf({ code, noisy, y: kind }), settings({ ignore: ['code'] })).notices).toEqual([]);
  });

  it('are not warned of as leaks where there is no other to learn from', () => {
    expect(prepare(tableOf({ x: y(24).map((v) => 2 * v), y: y(24) }), settings()).notices).toEqual([]);
  });

  it('are not warned of as leaks where they are not trained on', () => {
    const table = tableOf({
      order_id: y(24).map((v) => Math.round(1000 * v) * 24),
      x: y(24).map((v) => v * v),
      y: y(24),
    });
    const { notices } = prepare(table, settings({ types: { order_id: 'identifier' } }));
    expect(notices.filter(({ topic }) => topic === 'leak')).toEqual([]);
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

describe('many constant columns', () => {
  it('are one sentence, a few are one each', () => {
    const y = Array.from({ length: 20 }, (_, row) => row * 1.5);
    const constants = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, y.map(() => 5)]));
    expect(textsOf(prepare(targetTable(y, constants(3)), settings({ scaling: 'standardize' })).notices)).toEqual(
      [0, 1, 2].map((index) => `Column "c${index}" is left out: it is 5 in every training row.`),
    );
    const { notices, preprocessing } = prepare(targetTable(y, constants(12)), settings({ scaling: 'standardize' }));
    expect(textsOf(notices)).toEqual([
      '12 columns are left out, each with one value in every training row: "c0", "c1", "c2" and 9 more.',
    ]);
    expect(preprocessing.dropped).toHaveLength(12);
  });
});
