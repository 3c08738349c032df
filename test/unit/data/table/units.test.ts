/** Columns of numbers with units: found in a file, named, and told from codes. */
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { unitName } from '../../../../src/data/table/quantity.ts';
import type { NumberColumn } from '../../../../src/data/table/table.ts';
import { fileOf, plain } from '../../../support/data/csv-tables.ts';
import { problemOf, range, textsOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

async function columnOf(cells: readonly string[]): Promise<NumberColumn> {
  const [column] = (await readCsv(fileOf(cells))).columns;
  expect(column.kind).toBe('number');
  return column as NumberColumn;
}

describe('a column', () => {
  it.each([
    ['$1,234.50', [1234.5], '$'],
    ['12%', [12], '%'],
    ['35,062원', [35062], '원'],
    ['1.000,00 €', [1000], '€'],
    ['37.5 kg', [37.5], 'kg'],
  ])('of cells such as %s is one of numbers', async (cell, [value], unit) => {
    const column = await columnOf(Array.from({ length: 30 }, () => cell));
    expect([column.values[29], column.unit && unitName(column.unit), column.invalid]).toEqual([value, unit, undefined]);
  });

  it('has its first row for names where units stand below', async () => {
    const table = await readCsv('price,size\n"3,500원",26평\n"12,000원",30평\n');
    expect(plain(table)).toEqual({ price: [3500, 12000], size: [26, 30] });
    expect(table.notices).toEqual([]);
  });

  it('of 95 % numbers is one, and names the others; below, it is text', async () => {
    const cells = (others: number) => range(100).map((row) => (row < others ? 'ask' : `${row} kg`));
    const column = await columnOf(cells(5));
    expect(column.invalid?.count).toBe(5);
    expect(column.invalid?.examples[0]).toEqual({ row: 0, text: 'ask' });
    const table = await readCsv(fileOf(cells(6)));
    expect(table.columns[0].kind).toBe('text');
    expect((await readCsv(fileOf(['5 kg', '7 kg', 'ask', 'ask']))).columns[0].kind).toBe('text');
  });

  it('does not count what says that there is no number', async () => {
    const column = await columnOf(
      range(40).map((row) => (row % 2 === 0 ? ['TBD', '없음', 'unknown', '--'][row % 4] : `${row}`)),
    );
    expect([column.values[0], column.values[1], column.invalid?.count]).toEqual([Number.NaN, 1, 20]);
  });

  it('says which numbers are negative as they stand in brackets', async () => {
    const said = async (cells: string[]) => textsOf(summarize(await readCsv(fileOf(cells))).warnings);
    expect(await said(['(1,200)', '300', '(45.5)', '(1,200)'])).toEqual([
      'Column "price": numbers in brackets are negative, such as "(1,200)" (3 cells).',
    ]);
    expect(await said(['($5)', '$3', '$2', '-$4'])).toEqual([
      'Column "price": numbers with the unit "$", such as "($5)".',
      'Column "price": numbers in brackets are negative, such as "($5)" (1 cell).',
    ]);
  });

  it('reads negatives in brackets and with a long minus among plain numbers', async () => {
    const column = await columnOf(['1,200', '(1,200)', '3,400', '\u22125,000', '(7)', '8', '9']);
    expect([...column.values]).toEqual([1200, -1200, 3400, -5000, -7, 8, 9]);
    expect(column.unit).toBeUndefined();
  });

  it('takes numbers without the unit for the same, but not beside percent', async () => {
    const kilos = await columnOf(['5 kg', '6 kg', '7', '8 kg']);
    expect([...kilos.values]).toEqual([5, 6, 7, 8]);
    const shares = await columnOf(range(40).map((row) => (row === 7 ? '0.5' : row === 8 ? '12' : `${row + 1}%`)));
    expect(shares.values[8]).toBe(12);
    expect([shares.values[0], shares.values[7], shares.invalid]).toEqual([
      1,
      Number.NaN,
      { count: 1, examples: [{ row: 7, text: '0.5' }] },
    ]);
  });

  it('of two units is text, and says so', async () => {
    const table = await readCsv(fileOf(range(40).map((row) => (row % 4 === 0 ? `${row} g` : `${row} kg`))));
    expect(table.columns[0].kind).toBe('text');
    const { warnings } = summarize(table);
    expect(warnings.map(({ text }) => text)).toContain(
      'Column "price" is text, as its numbers have different units, which are not converted: "kg" in 30 rows, "g" in 10 rows; write all in one unit.',
    );
  });

  it('of telephone numbers, codes, versions and addresses is text', async () => {
    for (const cell of ['010-1234-567', '00', 'v1.', '192.168.0.', '192.168.100.20', '12:3', '3-', '2024-01-0']) {
      const table = await readCsv(fileOf(range(9).map((row) => `${cell}${row + 1}`)));
      expect([cell, table.columns[0].kind]).toEqual([cell, 'text']);
    }
  });
});

describe('the decimal mark of a file', () => {
  it('is that of its columns with units, as far as it can be', async () => {
    const table = await readCsv('weight;n\n1.250 kg;1,5\n850 kg;2,5\n2.500 kg;3,5\n');
    expect(plain(table)).toEqual({ weight: [1250, 850, 2500], n: [1.5, 2.5, 3.5] });
    expect(table.notices).toEqual([]);
  });
});

describe('numbers beside multiples', () => {
  it.each([['2K'], ['$3M'], ['3만'], ['5억'], ['3만원']])('of %s are missing', async (cell) => {
    const column = await columnOf(range(40).map((row) => (row === 7 ? '101' : row === 8 ? '0' : cell)));
    expect([column.values[0], column.values[7], column.values[8]]).toEqual([
      Number.parseInt(cell.replace('$', ''), 10),
      Number.NaN,
      0,
    ]);
    const half = await readCsv(fileOf(range(40).map((row) => (row % 2 ? `${row}` : cell))));
    expect(half.columns[0].kind).toBe('text');
  });
});

describe('codes', () => {
  it.each([
    ['(1)', '(2)', '(3)'],
    ['12C', '9C', '10C'],
    ['5th Ave', '6th Ave', '7th Ave'],
  ])('such as %s are text', async (...cells) => {
    expect((await readCsv(fileOf(cells))).columns[0].kind).toBe('text');
  });

  it('of many words have no different units', async () => {
    const table = await readCsv(fileOf(range(40).map((row) => `${row + 1} ${'abcdefgh'[row % 8]}x street`)));
    expect(JSON.stringify(summarize(table).warnings)).not.toContain('different units');
  });
});

describe('types', () => {
  it('make numbers of a column with fewer than 95 %, and name the others', async () => {
    const cells = range(40).map((row) => (row % 3 === 0 ? 'ask' : `$${row}.50`));
    const table = await readCsv(`price,x\n${cells.map((cell, row) => `${cell},${row % 7}`).join('\n')}\n`);
    const data = prepare(table, { target: 'x', task: 'regression', types: { price: 'number' } });
    expect(data.preprocessing.features).toMatchObject([{ column: 'price', kind: 'number', unit: { before: '$' } }]);
    expect(data.notices.map(({ text }) => text)).toContain(
      'Column "price": 14 cells are no numbers and count as missing, such as "ask" in row 2, "ask" in row 5, "ask" in row 8.',
    );
  });

  it('are offered where most cells are numbers', async () => {
    const cells = range(40).map((row) => (row % 4 === 0 ? 'ask' : `$${row}`));
    const { warnings } = summarize(await readCsv(fileOf(cells)));
    expect(warnings).toContainEqual({
      severity: 'warning',
      code: 'numbers_few',
      params: { column: 'price', count: 30, cells: 40 },
      text: 'Column "price" is text: 30 cells of 40 cells are numbers, too few by themselves; with the type number the others count as missing.',
      column: 'price',
      fix: { setting: 'types', column: 'price', value: 'number' },
    });
  });

  it('refuse a column that hardly holds numbers', async () => {
    const table = await readCsv('name,x\nAnn,1\nBob,2\n3,3\n');
    expect(problemOf(() => prepare(table, { target: 'x', types: { name: 'number' } })).message).toContain(
      '"Ann" is no number',
    );
  });
});

describe('a target with a class for each row', () => {
  it('is a number where it can be read as one', async () => {
    const table = await readCsv(fileOf(range(100).map((row) => `${row * 35}원`)));
    expect(prepare(table, { target: 'price' }).preprocessing.task).toBe('regression');
  });

  it('is refused otherwise, with what would help', async () => {
    const some = range(100).map((row) => (row % 5 === 0 ? `on request ${row}` : `$${row}`));
    const table = await readCsv(fileOf(some));
    expect(problemOf(() => prepare(table, { target: 'price' })).message).toBe(
      'target: column "price" of text has 100 values in 100 rows, too many to be classes; give it the type number to predict the numbers in 80 cells.',
    );
    const names = await readCsv(fileOf(range(100).map((row) => `n${row}`)));
    expect(problemOf(() => prepare(names, { target: 'price', task: 'classification' })).message).toMatch(
      /100 values in 100 rows, too many to be classes; choose another target\.$/,
    );
  });

  it('is learned where classes are asked for and some have two rows', async () => {
    const table = await readCsv(fileOf(range(100).map((row) => `n${row % 80}`)));
    expect(problemOf(() => prepare(table, { target: 'price' })).message).toContain('80 values in 100 rows');
    const data = prepare(table, { target: 'price', task: 'classification' });
    expect(data.preprocessing.task).toBe('multiclass');
    expect(data.notices[0].text).toContain('80 values in 100 rows');
  });
});
