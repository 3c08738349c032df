/** Reading CSV: what people's files look like, and what becomes of them. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CsvOptions, readCsv } from '../../../../src/data/read/csv.ts';
import { fileRow, type NumberColumn, type TextColumn } from '../../../../src/data/table/table.ts';
import { typedTable } from '../../../../src/data/table/typed.ts';
import { chunksOf, longText, plain, utf8 } from '../../../support/data/csv-tables.ts';
import { textsOf } from '../../../support/data/tables.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

async function cells(text: string, options?: CsvOptions) {
  return plain(await readCsv(text, options));
}

/** What is said to be unclear, in one text. */
async function doubts(text: string, options?: CsvOptions): Promise<string> {
  return textsOf((await readCsv(text, options)).notices, 'warning').join(' ');
}

describe('readCsv', () => {
  it.each([
    ['plain', 'x,y\n1,2\n3,4\n'],
    ['without a last line end', 'x,y\n1,2\n3,4'],
    ['CRLF', 'x,y\r\n1,2\r\n3,4\r\n'],
    ['CR', 'x,y\r1,2\r3,4\r'],
    ['mixed line ends', 'x,y\r\n1,2\n3,4\r\n'],
    ['a byte order mark', '\ufeffx,y\n1,2\n3,4\n'],
    ['semicolons', 'x;y\n1;2\n3;4\n'],
    ['tabs, as pasted from a spreadsheet', 'x\ty\n1\t2\n3\t4'],
    ['bars', 'x|y\n1|2\n3|4\n'],
    ['quotes', '"x","y"\n"1","2"\n"3",4\n'],
    ['blanks around cells', ' x , y \n 1,2 \n\t3 , 4\n'],
    ['blanks before quotes', '"x", "y"\n1, 2\n3, 4\n'],
    ['empty lines', '\n\nx,y\n\n1,2\n  \n,\n3,4\n\n\n'],
    ['empty cells after the last', 'x,y\n1,2,\n3,4,,\n'],
    ['a delimiter after each row', 'x,y,\n1,2,\n3,4,\n'],
  ])('reads %s', async (_, text) => {
    const table = await readCsv(text);
    expect(plain(table)).toEqual({ x: [1, 3], y: [2, 4] });
    expect(table.rows).toBe(2);
    expect(table.source).toBe('text');
    expect(textsOf(table.notices, 'warning')).toEqual([]);
    expect((table.columns[0] as NumberColumn).values).toBeInstanceOf(Float64Array);
  });

  it('reads numbers as people write them, to the last bit', async () => {
    const written = [
      '1e5',
      '-.5',
      '+3',
      '7.',
      '0',
      '-0',
      '1E-3',
      '0.1',
      '123456789.125',
      '1152921504606846976',
      '5e-324',
    ];
    const { columns } = await readCsv(`a\n${written.join('\n')}\n`);
    const expected = [1e5, -0.5, 3, 7, 0, -0, 1e-3, 0.1, 123456789.125, 2 ** 60, 5e-324];
    expect((columns[0] as NumberColumn).values).toEqual(Float64Array.from(expected));
  });

  it('reads one column, and names with delimiters, quotes and line ends in them', async () => {
    expect(await cells('only\n1\n2\n')).toEqual({ only: [1, 2] });
    const { columns } = await readCsv('"a,b","say ""hi""","two\nlines"\n1,2,3\n');
    expect(columns.map(({ name }) => name)).toEqual(['a,b', 'say "hi"', 'two\nlines']);
  });

  it('finds the delimiter although names, texts or decimals hold others', async () => {
    expect(await cells('x, cm;y, kg\n1;2\n3;4\n')).toEqual({ 'x, cm': [1, 3], 'y, kg': [2, 4] });
    expect(await cells('x|cm,y\n1,2\n3,4\n')).toEqual({ 'x|cm': [1, 3], y: [2, 4] });
    expect(await cells('n;said\n1;Hello, you\n2;Well, well\n')).toEqual({
      n: [1, 2],
      said: ['Hello, you', 'Well, well'],
    });
    expect(await cells('"a;b","c;d"\n1,2\n')).toEqual({ 'a;b': [1], 'c;d': [2] });
    expect(await cells('1,5;2,5\n3;4\n')).toEqual({ column_1: [1.5, 3], column_2: [2.5, 4] });
    expect(await cells('a b\n1 2\n', { delimiter: ' ' })).toEqual({ a: [1], b: [2] });
  });

  it('takes a name from a file and not from a blob', async () => {
    expect((await readCsv(new File(['x,y\n1,2\n'], 'my data.csv'))).source).toBe('my data.csv');
    expect((await readCsv(new Blob(['x,y\n1,2\n']))).source).toBe('text');
    expect((await readCsv(new File(['x,y\n1,2\n'], 'a.csv'), { source: 'b' })).source).toBe('b');
  });

  it('reads a stream however it is cut, also within a character', async () => {
    const bytes = utf8('\ufeffhöhe,온도\r\n1.25,2\r\n-3,4e2\r\n');
    for (const size of [1, 2, 3, 7, 1000]) {
      const table = await readCsv(chunksOf(bytes, size), { source: 'stream' });
      expect(plain(table)).toEqual({ höhe: [1.25, -3], 온도: [2, 400] });
    }
  });

  it('reads a file from disk: the sample curve', async () => {
    const table = await readCsv(createReadStream(join(root, 'data', 'curve.csv')), { source: 'curve.csv' });
    expect(table.rows).toBe(500);
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(textsOf(table.notices, 'warning')).toEqual([]);
    const [x, y] = table.columns.map((column) => (column as NumberColumn).values);
    const errors = y.map((value, row) => value - (Math.sin(x[row]) + 0.4 * Math.cos(2 * x[row])));
    const sd = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / 500);
    expect(sd).toBeGreaterThan(0.09);
    expect(sd).toBeLessThan(0.11);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(3);
  });
});

describe('what a column is', () => {
  it('is text by its levels in order of appearance, numbers in it as the language writes them', async () => {
    const { columns } = await readCsv('size,n\nb,1\n2.50,1\nNA,1\na,1\nb,1\n2.5,1\n1e3,1\n');
    expect(columns[0]).toEqual({
      name: 'size',
      kind: 'text',
      codes: Uint32Array.of(1, 2, 0, 3, 1, 2, 4),
      levels: ['b', '2.5', 'a', '1000'],
    });
  });

  it.each([
    [20, 1, 'number'],
    [20, 2, 'text'],
    [100, 5, 'number'],
    [100, 6, 'text'],
    [3, 1, 'number'],
    [2, 1, 'text'],
    [1, 1, 'text'],
  ])('of %i cells with %i words is %s, wherever the words stand', async (count, odd, kind) => {
    const numbers = Array.from({ length: count - odd }, (_, index) => String(index));
    const words = Array.from({ length: odd }, () => 'word');
    for (const column of [
      [...words, ...numbers],
      [...numbers, ...words],
    ]) {
      const table = await readCsv(`x,y\n${column.map((cell) => `${cell},1`).join('\n')}\nNA,1\n`, { header: true });
      expect(table.columns[0].kind).toBe(kind);
      if (kind === 'number') expect((table.columns[0] as NumberColumn).invalid?.count).toBe(odd);
    }
  });

  it('names up to 20 odd cells by row and text', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => (index % 25 === 3 ? `odd` : String(index)));
    const table = await readCsv(`x\n\n${rows.join('\n')}`);
    const { invalid: odd, values } = table.columns[0] as NumberColumn;
    expect(odd?.count).toBe(40);
    expect(odd?.examples).toHaveLength(20);
    expect(odd?.examples[1]).toEqual({ row: 28, text: 'odd' });
    expect(values[28]).toBeNaN();
    expect(fileRow(table, 28)).toBe(31);
  });

  it('is missing by the usual markers, or by those given instead', async () => {
    const markers = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '?', '-', '.', ' NA '];
    const text = `x,t,n\n${markers.map((marker) => `${marker},${marker},1`).join('\n')}\n5,a,1\n`;
    const gaps = markers.map(() => null);
    expect(await cells(text)).toEqual({ x: [...gaps, 5], t: [...gaps, 'a'], n: [...gaps.map(() => 1), 1] });
    expect(await cells('x,t\n-99,NA\n 1,b\n-99.0,\n', { missing: ['-99'] })).toEqual({
      x: [null, 1, -99],
      t: ['NA', 'b', null],
    });
  });

  it('is one of numbers where no cell holds anything', async () => {
    expect(await cells('x,y\n1,\n2,NA\n')).toEqual({ x: [1, 2], y: [null, null] });
    expect((await readCsv('x,y\n1,\n2,NA\n')).columns[1].kind).toBe('number');
  });

  it('is text where a cell is a code, and says so', async () => {
    const codes = Array.from({ length: 200 }, (_, index) => String(10000 + index));
    const table = await readCsv(`zip,x\n${codes.map((code) => `${code},0.5`).join('\n')}\n00501,0\n`);
    expect(table.columns.map(({ kind }) => kind)).toEqual(['text', 'number']);
    expect((table.columns[0] as TextColumn).levels.at(-1)).toBe('00501');
    expect(textsOf(table.notices)).toEqual([expect.stringMatching(/"00501", are codes; text because of them: "zip"/)]);
  });

  it('is text where a number would change its digits, and says so', async () => {
    const ids = ['12345678901234567', '12345678901234568', '7', '-12345678901234569'];
    for (const text of [`id,x\n${ids.map((id) => `${id},0.5\n`).join('')}`, `[${ids.map((id) => `{"id": ${id}}`)}]`]) {
      const table = await readCsv(text);
      expect((table.columns[0] as TextColumn).levels).toEqual(ids);
      expect(textsOf(table.notices)).toEqual([
        'Whole numbers of so many digits, such as "12345678901234567", are codes, as a number could not hold the last ones; text because of them: "id".',
      ]);
      const { values } = typedTable(table, { types: { id: 'number' } }).table.columns[0] as NumberColumn;
      expect([...values]).toEqual(ids.map(Number));
    }
    expect(await cells('n\n9007199254740991\n100000000000000000000\n')).toEqual({ n: [2 ** 53 - 1, 1e20] });
  });

  it.each(['0x10', 'Infinity', '1 2', '5 %', '$3', '1,5', '--1', '1e', '.', '1.2.3', '+'])(
    'takes %s for no number',
    async (cell) => {
      const [column] = (await readCsv(`x,y\n1,1\n2,1\n3,1\n"${cell}",1\n`)).columns;
      expect(column.kind).toBe('number');
      expect((column as NumberColumn).values[3]).toBeNaN();
    },
  );

  it('keeps hundreds of thousands of distinct texts', async () => {
    const texts = Array.from({ length: 200_000 }, (_, index) => `a rather long name, number ${index}`);
    const table = await readCsv(`name;x\n${texts.map((text) => `${text};1\n`).join('')}`);
    expect((table.columns[0] as TextColumn).levels).toEqual(texts);
  });
});

describe('how numbers are written', () => {
  it.each([
    ['a decimal comma', 'x;y\n1,5;2\n-0,25;3\n', [1.5, -0.25]],
    ['a decimal comma by tabs', 'x\ty\n1,5\t2\n,25\t3\n', [1.5, 0.25]],
    ['one column of them', 'x\n1,5\n2,25\n', [1.5, 2.25]],
    ['points in thousands', 'x;y\n1.234.567,8;2\n12,5;3\n', [1234567.8, 12.5]],
    ['commas in thousands', 'x;y\n1,234,567.8;2\n12.5;3\n', [1234567.8, 12.5]],
    ['quoted commas in thousands', 'x,y\n"1,234",2\n12,3\n', [1234, 12]],
    ['blanks', 'x,y\n1 234 567,2\n12\u00a0345.5,3\n', [1234567, 12345.5]],
    ['apostrophes', "x,y\n1'234'567.5,2\n12’345,3\n", [1234567.5, 12345]],
  ])('finds %s', async (_, text, expected) => {
    const table = await readCsv(text);
    expect(plain(table).x).toEqual(expected);
    expect(textsOf(table.notices, 'warning')).toEqual([]);
  });

  it('leaves a separator alone that does not fit throughout', async () => {
    expect((await cells('x;y\n1,234,567;2\n12,34,5;3\n')).x).toEqual(['1,234,567', '12,34,5']);
    expect((await cells('ip;y\n192.168.100.200;2\n10.0.0.1;3\n')).ip).toEqual(['192.168.100.200', '10.0.0.1']);
  });

  it('decides what could be both, and says so', async () => {
    const comma = 'x;y\n1,234;2\n2,345;3\n';
    expect((await cells(comma)).x).toEqual([1.234, 2.345]);
    expect(await doubts(comma)).toMatch(
      /^"1,234" is read as 1\.234, but could be 1234; .*decimal "\." and thousands ","\.$/,
    );
    expect((await cells(comma, { thousands: ',' })).x).toEqual([1234, 2345]);
    const point = 'x;y\n1.234;2\n2.345;3\n';
    expect((await cells(point)).x).toEqual([1.234, 2.345]);
    expect(await doubts(point)).toMatch(/^"1\.234" is read as 1\.234, but could be 1234;/);
    expect((await cells(point, { decimal: ',', thousands: '.' })).x).toEqual([1234, 2345]);
    expect(await doubts(point, { decimal: '.' })).toBe('');
  });

  it('says of decimal commas that come late', async () => {
    const text = `x;name\n${'12;a\n'.repeat(60_000)}${'1,5;b\n'.repeat(20_000)}`;
    expect((await readCsv(text)).columns[0].kind).toBe('text');
    expect(await doubts(text)).toMatch(/Column "x" has cells such as "1,5"/);
    expect((await readCsv(text, { decimal: ',' })).columns[0].kind).toBe('number');
  });
});

describe('which row holds the names', () => {
  it('is none where numbers stand over numbers', async () => {
    const table = await readCsv('1,2\n3,4\n');
    expect(plain(table)).toEqual({ column_1: [1, 3], column_2: [2, 4] });
    expect([table.format?.header, table.rowsBefore, textsOf(table.notices, 'warning')]).toEqual([false, 0, []]);
    expect(textsOf(table.notices)).toEqual([
      expect.stringMatching(/no names; the columns are called "column_1", "column_2"/),
    ]);
    expect(await cells('setosa,5.1\nsetosa,4.9\n')).toEqual({ column_1: ['setosa', 'setosa'], column_2: [5.1, 4.9] });
    expect(await cells('7,8\n')).toEqual({ column_1: [7], column_2: [8] });
  });

  it('is said to be unclear where it is, and can be given', async () => {
    const words = 'a,b\nc,d\n';
    expect(await cells(words)).toEqual({ a: ['c'], b: ['d'] });
    expect(await doubts(words)).toMatch(/first row cannot be told from the others/);
    expect(await cells(words, { header: false })).toEqual({ column_1: ['a', 'c'], column_2: ['b', 'd'] });
    expect(await doubts(words, { header: true })).toBe('');
    expect(await cells('2019,2020\n3,4\n', { header: true })).toEqual({ 2019: [3], 2020: [4] });
    expect(await doubts('name,2019\nkim,3\nlee,4\n')).toMatch(/first row holds numbers/);
    expect(await doubts('x,2019\n1,3\n2,4\n')).toMatch(/both names and numbers/);
  });

  it('is counted where blank rows are, as a spreadsheet does', async () => {
    const table = await readCsv('\n"a\nb",y\n\n1,2\n\n,\n3,4\n');
    expect(table.rowsBefore).toBe(2);
    expect(Array.from(table.blank ?? [])).toEqual([0, 2, 3]);
    expect([fileRow(table, 0), fileRow(table, 1)]).toEqual([4, 7]);
    const bare = await readCsv('\n1,2\n\n3,4\n');
    expect([fileRow(bare, 0), fileRow(bare, 1)]).toEqual([2, 4]);
  });

  it('gives every column a name of its own', async () => {
    const table = await readCsv('a,,a,column_2,a,a_2,=1+2,<b>x</b>\n1,2,3,4,5,6,7,8\n');
    expect(Object.keys(plain(table))).toEqual(['a', 'column_2_2', 'a_3', 'column_2', 'a_4', 'a_2', '=1+2', '<b>x</b>']);
    expect(textsOf(table.notices)).toEqual([
      'Columns without a name are called "column_2_2".',
      'Names that stand twice in the header are changed to "a_3", "a_4".',
    ]);
  });

  it('leaves out columns at the end that have neither name nor value', async () => {
    const table = await readCsv('x,y,,\n1,2,,\n3,4\n');
    expect(plain(table)).toEqual({ x: [1, 3], y: [2, 4] });
    expect(textsOf(table.notices)).toEqual(['2 columns at the end without a name or a value are left out.']);
    expect(await cells('x,,\n1,,\n2,3,\n')).toEqual({ x: [1, 2], column_2: [null, 3] });
  });
});

describe('large tables', () => {
  it('have thousands of columns', async () => {
    const line = (cell: (index: number) => string) => Array.from({ length: 5000 }, (_, index) => cell(index)).join(',');
    const rows = Array.from({ length: 40 }, (_, row) =>
      line((index) => (index % 50 === 0 ? `t${row}` : String(index + row))),
    );
    const table = await readCsv([line((index) => `c${index}`), ...rows].join('\n'));
    expect([table.rows, table.columns.length]).toEqual([40, 5000]);
    expect((table.columns[4999] as NumberColumn).values[39]).toBe(5038);
    expect((table.columns[4950] as TextColumn).levels[39]).toBe('t39');
    const names = (await readCsv(`${line(() => 'same')}\n${rows[0]}`)).columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(5000);
  });

  it('go over many portions and pages', async () => {
    const table = await readCsv(longText('1.5,kim', '2.5,lee'));
    const { values } = table.columns[0] as NumberColumn;
    expect(table.rows).toBe(75_001);
    expect(values.subarray(0, -1).every((value) => value === 1.5)).toBe(true);
    expect(values.at(-1)).toBe(2.5);
    expect((table.columns[1] as TextColumn).codes.at(-1)).toBe(2);
  });
});
