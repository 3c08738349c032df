/** Cells that hold infinity: no values, as gaps are, and said. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { plain } from '../../../support/data/csv-tables.ts';
import { textsOf } from '../../../support/data/tables.ts';

const spellings = [
  'inf',
  '-inf',
  '+Inf',
  'INF',
  'Infinity',
  '-infinity',
  '∞',
  '-∞',
  '1.#INF',
  '-1.#INF',
  '1e999',
  '-1E400',
];
const csv = (cells: readonly string[], name = 'x') =>
  `${name},z\n${cells.map((cell, row) => `${cell},${row % 7}.5\n`).join('')}`;
const numbers = Array.from({ length: 30 }, (_, row) => `${(row * 5) % 13}.25`);

describe('infinity among numbers', () => {
  it.each(spellings)('%s is a missing value of a column of numbers', async (text) => {
    const cells = ['1.5', text, '2.5', text];
    const table = await readCsv(csv(cells));
    expect(plain(table).x).toEqual([1.5, null, 2.5, null]);
    expect(table.columns[0]).toMatchObject({ kind: 'number', infinite: { count: 2, first: { row: 1, text } } });
    expect(table.columns[0]).not.toHaveProperty('invalid');
  });

  it('is said once, with the column, how many, the first row and what to do', async () => {
    const cells = numbers.with(4, 'inf').with(9, '-inf').with(20, '1e999');
    const table = await readCsv(csv(cells));
    const said =
      'Column "x": 3 cells are infinite and count as missing (the first is "inf" in row 6); write a number, or leave the cell empty.';
    const about = (texts: string[]) => texts.filter((text) => text.includes('infinite'));
    expect(about(textsOf(summarize(table).warnings))).toEqual([said]);
    const { notices } = prepare(table, { target: 'z' });
    expect(about(textsOf(notices))).toEqual([said]);
  });

  it('does not matter how many there are', async () => {
    const table = await readCsv(csv(['1', ...Array.from({ length: 40 }, () => 'inf'), '2']));
    expect(table.columns[0]).toMatchObject({ kind: 'number', infinite: { count: 40 } });
  });

  it('is imputed in a feature', async () => {
    const gap = prepare(await readCsv(csv(numbers.with(3, ''))), { target: 'z' });
    const infinite = prepare(await readCsv(csv(numbers.with(3, 'inf'))), { target: 'z' });
    expect(infinite.features).toEqual(gap.features);
    expect(infinite.preprocessing).toEqual(gap.preprocessing);
  });

  it('leaves its row out in the target, as an empty cell does', async () => {
    const { rows, notices } = prepare(await readCsv(csv(numbers.with(3, '-inf'), 'y')), { target: 'y' });
    expect(rows).toBe(numbers.length - 1);
    expect(textsOf(notices)).toContain('1 row has no value of the target "y" and is left out: row 5.');
    expect(textsOf(notices).filter((text) => text.includes('infinite'))).toHaveLength(1);
  });

  it('is taken as missing in new rows, and said', async () => {
    const { preprocessing } = prepare(await readCsv(csv(numbers)), { target: 'z' });
    const { features, findings } = applyFeatures(preprocessing, await readCsv(csv(['inf', '2', '3'])));
    expect(features.every(Number.isFinite)).toBe(true);
    expect(textsOf(findings.notices)).toContain(
      'Column "x": 1 cell without a number, taken as missing, such as "inf" in row 2.',
    );
  });
});

describe('infinity among texts', () => {
  it('is a text like another', async () => {
    const table = await readCsv('x,age\n1,inf\n2,adult\n3,inf\n4,child\n');
    expect(plain(table).age).toEqual(['inf', 'adult', 'inf', 'child']);
    expect(textsOf(summarize(table).warnings).join()).not.toContain('infinite');
  });

  it('is one where there is nothing else', async () => {
    expect(plain(await readCsv('x,n\n1,inf\n2,-inf\n3,inf\n')).n).toEqual(['inf', '-inf', 'inf']);
  });
});

describe('infinity elsewhere', () => {
  it('names no column of numbers', async () => {
    const table = await readCsv('1,inf\n2,3\n4,5\n');
    expect(table.format?.header).toBe(false);
    expect(plain(table)).toEqual({ column_1: [1, 2, 4], column_2: [null, 3, 5] });
  });

  it('is found where decimals have a comma', async () => {
    expect(plain(await readCsv('x;y\n1,5;inf\n2,5;1,5e999\n3,5;0,5\n')).y).toEqual([null, null, 0.5]);
  });

  it('is found in JSON, as Python writes it', async () => {
    const table = await readCsv(
      '[{"x":1.5,"t":"Infinity"},{"x":-Infinity,"t":"b"},{"x":NaN,"t":"c"},{"x":1e999,"t":"d"}]',
    );
    expect(plain(table)).toEqual({ x: [1.5, null, null, null], t: ['Infinity', 'b', 'c', 'd'] });
    expect(table.columns[0]).toMatchObject({ infinite: { count: 2, first: { row: 1, text: '-Infinity' } } });
  });
});
