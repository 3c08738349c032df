/** What the page shows of a table: each column, what becomes of it, and what a person should look at. */

import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { columnChanges } from '../../../../src/lab/data/column-choice.ts';
import { barWords, distributionWords, fateWords, missingWords } from '../../../../src/lab/data/dialogs/column-text.ts';
import type { TablePreview } from '../../../../src/lab/protocol/preview.ts';
import { Previewer } from '../../../../src/lab/worker/table/previewer.ts';
import { checkData } from '../../../../src/spec/check.ts';
import type { DataSettingsInput } from '../../../../src/spec/data-settings.ts';
import { withFirstData } from '../../../../src/spec/first-defaults.ts';
import { prepare } from '../../../support/first-defaults.ts';

const rows = Array.from({ length: 40 }, (_, i) => {
  const size = i % 8 === 0 ? '' : String((i * 7) % 13);
  const day = new Date(Date.UTC(2024, 0, 1 + 12 * i)).toISOString().slice(0, 10);
  return `${i + 1},${size},${['red', 'blue', ''][i % 3]},${day},${i % 2 === 0 ? 'yes' : 'no'},1,${(i * 7) % 13}.5`;
});
const text = `id,size,colour,day,sold,one,price\n${rows.join('\n')}\n`;

async function previewed(settings: Partial<DataSettingsInput> = {}): Promise<TablePreview> {
  const table = await readCsv(text, { source: 'goods.csv' });
  const complete = checkData(withFirstData({ target: 'price', missing_indicator: true, ...settings }));
  return new Previewer().preview(table, complete, prepare(table, complete), null);
}

const wordsOf = ({ columns }: TablePreview) =>
  Object.fromEntries(columns.map((column) => [column.name, column.fate && fateWords(column.fate)]));

describe('a preview', () => {
  it('says what becomes of each column', async () => {
    const preview = await previewed();
    expect(wordsOf(preview)).toEqual({
      id: 'Left out: identifier',
      size: '2 inputs',
      colour: '3 inputs, one for each value',
      day: '5 inputs',
      sold: '1 input: 1 for yes',
      one: 'Left out: constant on the training rows',
      price: 'Target',
    });
    expect(preview.head).toHaveLength(20);
    expect(preview.head[1]).toEqual({ row: 3, cells: ['2', '7', 'blue', '2024-01-13', 'no', '1', '7.5'] });
  });

  it('says what is done about gaps', async () => {
    const column = async (name: string, settings = {}) =>
      missingWords((await previewed(settings)).columns.find((one) => one.name === name)!);
    expect(await column('size')).toMatch(/^5 missing: filled with \d+, and an input says so$/);
    expect(await column('size', { missing_indicator: false })).toMatch(/^5 missing: filled with \d+$/);
    expect(await column('colour')).toBe('13 missing: a value of their own');
    expect(await column('price')).toBe('None missing');
  });

  it('says what a bar is of: a value, whole numbers from the least to the largest, or a range', async () => {
    const { columns } = await previewed();
    const [size, colour, price] = [columns[1], columns[2], columns[6]];
    expect(barWords(colour, 1)).toEqual(['blue', '13 rows']);
    // Every whole number lies in one bar, and no bar begins where another ends.
    const ends = size.range!.bins.map((bin) => bin.map(Number));
    expect(ends[0][0]).toBe(0);
    expect(ends.at(-1)![1]).toBeGreaterThanOrEqual(12);
    for (let bin = 1; bin < ends.length; bin++) expect(ends[bin][0]).toBe(ends[bin - 1][1] + 1);
    expect(price.range!.bins[0][0]).toBe('0.5');
    expect(price.range!.bins.at(-1)![1]).toBe('12.5');
    expect(barWords(price, 0)).toEqual([`from 0.5 to ${price.range!.bins[0][1]}`, `${price.bars[0]} rows`]);
  });

  it('says a distribution in words', async () => {
    const { columns } = await previewed();
    expect(distributionWords(columns[1])).toMatch(/^From 0 to 12, median \d/);
    expect(distributionWords(columns[2])).toBe('2 values; red: 14, blue: 13');
    expect(columns[2].bars).toEqual([14, 13]);
    expect(columns[1].bars.reduce((sum, bar) => sum + bar, 0)).toBe(35);
    expect(distributionWords(columns[3])).toBe('From 2024-01-01 to 2025-04-13, median 2024-08-22');
  });

  it('follows what a person says a column is', async () => {
    const settings = { types: { sold: 'category' as const }, ignore: ['day'] };
    const preview = await previewed(settings);
    expect(wordsOf(preview)).toMatchObject({ sold: '2 inputs, one for each value', day: 'Ignored' });
    expect(preview.columns[4]).toMatchObject({ guess: 'boolean', type: 'category' });
  });

  it('looks at the cells again only where another answer is to be had', async () => {
    const table = await readCsv(text);
    const previewer = new Previewer();
    const of = (settings: Partial<DataSettingsInput>) =>
      previewer.preview(table, checkData({ target: 'price', ...settings }), undefined, null);
    const first = of({});
    expect(of({ scaling: 'min_max' }).warnings).toBe(first.warnings);
    expect(of({ target: 'size' }).warnings).not.toBe(first.warnings);
  });
});

describe('the type of a column', () => {
  const data = { types: { a: 'category' as const }, ignore: ['b'] };

  it.each([
    ['a', '', {}, ['b']],
    ['a', 'ignore', {}, ['b', 'a']],
    ['b', '', { a: 'category' }, []],
    ['b', 'number', { a: 'category', b: 'number' }, []],
  ] as const)('%s as "%s"', (name, choice, types, ignore) => {
    expect(columnChanges(data, name, choice)).toEqual([
      { path: 'data.types', value: types },
      { path: 'data.ignore', value: ignore },
    ]);
  });
});
