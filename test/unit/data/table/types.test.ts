/** What columns are guessed to be, what can be said instead, and what is refused. */
import { describe, expect, it } from 'vitest';
import { codeRows, numbersOf } from '../../../../src/data/table/columns.ts';
import { parseNumber } from '../../../../src/data/table/numbers.ts';
import type { Table } from '../../../../src/data/table/table.ts';
import { typedTable } from '../../../../src/data/table/typed.ts';
import { findTruthValues, guessType } from '../../../../src/data/table/types.ts';
import type { ColumnType } from '../../../../src/spec/data-settings.ts';
import { type Cell, columnOf, problemOf, range, tableOf } from '../../../support/data/tables.ts';

const typeOf = (cells: Cell[], name = 'c') => guessType(columnOf(cells, name), cells.length).type;

describe('numbers', () => {
  it.each([
    ['number', [1.5, 2, 3, null]],
    ['number', [null, null]],
    ['number', [1e300, 2]],
    ['integer', [3, 1, 4, 1, 5, null]],
    ['integer', [0, 0, 0]],
    ['integer', [0, 1, 2]],
    ['boolean', [0, 1, null, 1]],
  ])('%s: %j', (type, cells) => {
    expect(typeOf(cells)).toBe(type);
  });

  it('are an identifier where they number at least ten rows, in any order', () => {
    expect(typeOf(range(10, 1001).reverse())).toBe('identifier');
    expect(typeOf(range(9))).toBe('integer');
    expect(typeOf([...range(9), 8])).toBe('integer');
    expect(typeOf([...range(9), 10])).toBe('integer');
    expect(typeOf([...range(11), null])).toBe('integer');
  });

  it.each(['id', 'ID', 'user_id', 'PassengerId', 'Order No.', 'index', '순번', 'row id'])(
    'are an identifier where the name %s says so and each is there once',
    (name) => {
      const squares = range(10).map((value) => value * value);
      expect(typeOf(squares, name)).toBe('identifier');
      expect(typeOf([...squares, null], name)).toBe('identifier');
      expect(typeOf([...squares, 4], name)).toBe('integer');
      expect(
        typeOf(
          squares.map((value) => value + 0.5),
          name,
        ),
      ).toBe('number');
      expect(typeOf(squares.slice(1), name)).toBe('integer');
    },
  );

  it.each(['width', 'humidity', 'noise', 'keys_pressed', 'idle'])('are none for the name %s', (name) => {
    expect(
      typeOf(
        range(10).map((value) => value * value),
        name,
      ),
    ).toBe('integer');
  });

  it.each(['x', 'x1', 't', 'Year', 'age', '나이'])('evenly spaced are a quantity for the name %s', (name) => {
    expect(typeOf(range(30, 1990), name)).toBe('integer');
  });
});

describe('text', () => {
  const words = (count: number) => range(count).map((index) => `w${index}`);
  it.each([
    ['boolean', ['yes', 'no', 'yes', null]],
    ['boolean', ['TRUE', 'False']],
    ['boolean', ['y', 'N']],
    ['boolean', ['예', '아니오']],
    ['boolean', ['거짓', '참']],
    ['category', ['yes', 'no', 'Yes']],
    ['category', ['yes', 'false']],
    ['category', ['male', 'female']],
  ])('%s: %j', (type, cells) => {
    expect(typeOf(cells)).toBe(type);
  });

  it('without any cell is left as text', () => {
    expect(guessType({ name: 'c', kind: 'text', codes: new Uint32Array(3), levels: [] }, 3).type).toBe('text');
  });

  it('that is dates has their format, and what is unclear about it', () => {
    expect(guessType(columnOf(['2020-03-01', '2020-03-02', null]), 3)).toEqual({
      type: 'date',
      format: 'yyyy-mm-dd',
      why: expect.objectContaining({ text: 'Its texts are dates, written yyyy-mm-dd.' }),
    });
    expect(guessType(columnOf(['1/2/2020']), 1).unclear?.text).toMatch(/month\/day is assumed/);
  });

  it('is a category where a level has two rows or more on average', () => {
    expect(typeOf([...words(50), ...words(50)])).toBe('category');
    expect(guessType(columnOf([...words(50), ...words(50)]), 100).why.text).toBe(
      'Its texts repeat: 50 different texts in 100 cells.',
    );
  });

  it('is an identifier where short words or codes hardly repeat', () => {
    expect(typeOf(words(100))).toBe('identifier');
    expect(typeOf([...words(90), ...words(10)])).toBe('identifier');
    expect(typeOf([...words(89), ...words(11)])).toBe('category');
    expect(typeOf(words(9))).toBe('category');
    expect(typeOf([...words(10), ...range(90).map(() => null)])).toBe('identifier');
  });

  it('is text where it has spaces and hardly repeats, or is long', () => {
    expect(typeOf(words(100).map((word) => `Ms ${word} Kim`))).toBe('text');
    const long = words(30).map((word) => `${word} is a sentence of more than forty characters.`);
    expect(typeOf(long)).toBe('text');
    expect(typeOf([...long, ...long, ...long])).toBe('text');
    expect(typeOf([...long.slice(0, 20), ...long.slice(0, 20)])).toBe('category');
  });
});

describe('findTruthValues', () => {
  it.each([
    [['yes', 'no'], { truth: 'yes', falsehood: 'no' }],
    [['No', 'Yes'], { truth: 'Yes', falsehood: 'No' }],
    [['male', 'female'], { truth: 'male', falsehood: 'female' }],
    [[2, null, 1, 2], { truth: '2', falsehood: '1' }],
    [[2, 1, 3], undefined],
    [[1, 1, null], undefined],
    [['a', 'b', 'c'], undefined],
  ])('%j: %o', (cells, truth) => {
    expect(findTruthValues(columnOf(cells))).toEqual(truth);
  });
});

const columnTypesOf = (table: Table, types?: Record<string, ColumnType>) => typedTable(table, { types }).types;

describe('the types of all columns', () => {
  const table = tableOf({
    sex: ['m', 'f', 'm', 'f'],
    zip: [100, 200, 100, 200],
    amount: ['1', '2.5', null, '1e3'],
    when: [20200301, 20200302, 20200303, 20201231],
    late: ['2020-01-01', 'x', 'y', 'z'],
  });
  const given = (types: Record<string, ColumnType>) => columnTypesOf(table, types);

  it('guesses every column, in the order of the table', () => {
    const types = [...columnTypesOf(table)].map(([name, { type }]) => [name, type]);
    expect(types).toEqual([
      ['sex', 'category'],
      ['zip', 'integer'],
      ['amount', 'category'],
      ['when', 'integer'],
      ['late', 'category'],
    ]);
  });

  it('takes what is said instead, where the cells allow it', () => {
    expect(given({ zip: 'category' }).get('zip')).toEqual({
      type: 'category',
      why: { code: 'type_given', params: {}, text: 'The settings say so.' },
    });
    expect(given({ amount: 'number' }).get('amount')?.type).toBe('number');
    expect(given({ when: 'date' }).get('when')).toMatchObject({ type: 'date', format: 'yyyymmdd' });
    expect(given({ sex: 'boolean', zip: 'boolean' }).get('zip')?.type).toBe('boolean');
    expect(given({ late: 'text', sex: 'identifier' }).get('sex')?.type).toBe('identifier');
  });

  it('does not take one of two columns for a numbering', () => {
    expect(columnTypesOf(tableOf({ speed: range(20), way: range(20) })).get('speed')?.type).toBe('integer');
    const three = tableOf({ speed: range(20), way: range(20), far: range(20) });
    expect(columnTypesOf(three).get('speed')?.type).toBe('identifier');
    expect(columnTypesOf(tableOf({ id: range(20).map((i) => i * i), y: range(20) })).get('id')?.type).toBe(
      'identifier',
    );
  });

  it('is not confused by names of JavaScript', () => {
    expect(columnTypesOf(tableOf({ constructor: [1, 2], y: [1, 3] })).get('constructor')?.type).toBe('integer');
  });

  it.each([
    [
      { sexx: 'category' },
      'types',
      'types: table.csv has no column "sexx", only sex, zip, amount, when, late (did you mean sex?).',
    ],
    [
      { sex: 'number' },
      'sex',
      'table.csv, row 2, column "sex": "m" is no number, as types says it is; correct the cell, or give the column another type.',
    ],
    [
      { amount: 'integer' },
      'amount',
      'table.csv, row 3, column "amount": "2.5" is no whole number, as types says it is; correct the cell, or give the column another type.',
    ],
    [
      { late: 'date' },
      'late',
      'table.csv, row 3, column "late": "x" is no date, as types says it is; correct the cell, written like 2020-03-01, or give the column another type (found: yyyy-mm-dd in 1 row).',
    ],
    [
      { zip: 'date' },
      'zip',
      'table.csv, row 2, column "zip": "100" is no date, as types says it is; correct the cell, written like 2020-03-01, or give the column another type.',
    ],
    [
      { when: 'boolean' },
      'types',
      'types: column "when" of table.csv does not have exactly two different values, so it cannot be boolean; choose category or another type.',
    ],
  ] as const)('refuses %o', (types, where, message) => {
    const error = problemOf(() => given(types));
    expect(error.message).toBe(message);
    expect(error.where).toBe(where);
  });

  it('counts rows as a spreadsheet does', () => {
    const below = { ...table, rowsBefore: 3, blank: Uint32Array.of(0) };
    expect(problemOf(() => columnTypesOf(below, { sex: 'number' })).message).toContain('row 5,');
  });
});

describe('dates', () => {
  const dates = (count: number) => range(count).map((day) => `2024-01-${String(day + 1).padStart(2, '0')}`);

  it('may be written in several ways, or numbered as spreadsheets do', () => {
    const table = tableOf({ when: [...dates(20), '2024.1.21', '2024년 1월 22일'], serial: range(22, 45_296) });
    const types = columnTypesOf(table, { serial: 'date' });
    expect(types.get('when')).toMatchObject({ type: 'date', format: 'yyyy-mm-dd or yyyy.mm.dd or yyyy년 m월 d일' });
    expect(types.get('serial')).toEqual({
      type: 'date',
      why: { code: 'type_given', params: {}, text: 'The settings say so.' },
      format: 'excel_serial',
    });
  });

  it('that are too few are named with their rows, whether they are asked for or not', () => {
    const table = tableOf({ when: [...dates(20), 'soon', 'later', 'then'] });
    expect(columnTypesOf(table).get('when')?.unclear?.text).toBe(
      'Many of its cells are dates, but too few for a column of dates: yyyy-mm-dd in 20 rows; no date is such as "soon".',
    );
    expect(problemOf(() => columnTypesOf(table, { when: 'date' })).message).toBe(
      'table.csv, row 22, column "when": "soon" is no date, as types says it is; correct the cell, written like 2020-03-01, or give the column another type (found: yyyy-mm-dd in 20 rows).',
    );
  });
});

describe('numberOf', () => {
  it('reads decimal numbers and no other text', () => {
    expect(['12', '-.5', '+3.', '1e5', '0'].map(parseNumber)).toEqual([12, -0.5, 3, 1e5, 0]);
    for (const text of ['', ' ', '0x10', 'Infinity', '1e999', '1,5', 'NaN', '1 000'])
      expect(parseNumber(text)).toBeNaN();
  });
});

describe('codes and numbers of a column', () => {
  it('are the same where the cells are, 0 and NaN where there is none', () => {
    expect([...codeRows(columnOf([2.5, null, -1, 2.5, 0, -0]))]).toEqual([3, 0, 1, 3, 2, 2]);
    expect([...codeRows(columnOf(['b', null, 'a', 'b']))]).toEqual([1, 0, 2, 1]);
    expect([...numbersOf(columnOf(['2', null, 'a', '2']))]).toEqual([2, Number.NaN, Number.NaN, 2]);
  });
});
