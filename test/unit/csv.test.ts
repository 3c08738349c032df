/** Reading CSV: what people's files look like, and what each broken file is told. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv.ts';
import type { Table } from '../../src/data/table.ts';
import { InputError } from '../../src/spec/errors.ts';

const root = join(import.meta.dirname, '..', '..');

function plain({ rows, columns }: Table) {
  return { rows, columns: Object.fromEntries(columns.map(({ name, values }) => [name, Array.from(values)])) };
}

async function problemOf(input: string | Blob | AsyncIterable<Uint8Array>, source?: string): Promise<InputError> {
  const error = await readCsv(input, { source }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain('\n');
  return error as InputError;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
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
    ['tabs', 'x\ty\n1\t2\n3\t4\n'],
    ['bars', 'x|y\n1|2\n3|4\n'],
    ['quotes', '"x","y"\n"1","2"\n"3",4\n'],
    ['blanks around cells', ' x , y \n 1,2 \n\t3 , 4\n'],
    ['blanks before quotes', '"x", "y"\n1, 2\n3, 4\n'],
    ['empty lines', '\n\nx,y\n\n1,2\n  \n,\n3,4\n\n\n'],
  ])('reads %s', async (_, text) => {
    const table = await readCsv(text);
    expect(plain(table)).toEqual({ rows: 2, columns: { x: [1, 3], y: [2, 4] } });
    expect(table.source).toBe('text');
    expect(table.columns[0].values).toBeInstanceOf(Float64Array);
  });

  it('reads numbers as people write them, to the last bit', async () => {
    const cells = ['1e5', '-.5', '+3', '7.', '0', '-0', '1E-3', '0.1', '00012', '123456789.125'];
    const { columns } = await readCsv(`a\n${cells.join('\n')}\n`);
    const expected = [1e5, -0.5, 3, 7, 0, -0, 1e-3, 0.1, 12, 123456789.125];
    expect(columns[0].values).toEqual(Float64Array.from(expected));
  });

  it('reads one column, and names with delimiters, quotes and line ends in them', async () => {
    expect(plain(await readCsv('only\n1\n2\n'))).toEqual({ rows: 2, columns: { only: [1, 2] } });
    const { columns } = await readCsv('"a,b","say ""hi""","two\nlines"\n1,2,3\n');
    expect(columns.map(({ name }) => name)).toEqual(['a,b', 'say "hi"', 'two\nlines']);
  });

  it('finds the delimiter although names hold others', async () => {
    const { columns } = await readCsv('x, cm;y, kg\n1;2\n3;4\n');
    expect(columns.map(({ name }) => name)).toEqual(['x, cm', 'y, kg']);
    expect(plain(await readCsv('x|cm,y\n1,2\n3,4\n'))).toEqual({ rows: 2, columns: { 'x|cm': [1, 3], y: [2, 4] } });
  });

  it('takes a name from a file and not from a blob', async () => {
    expect((await readCsv(new File(['x,y\n1,2\n'], 'my data.csv'))).source).toBe('my data.csv');
    expect((await readCsv(new Blob(['x,y\n1,2\n']))).source).toBe('text');
    expect((await readCsv(new File(['x,y\n1,2\n'], 'a.csv'), { source: 'b' })).source).toBe('b');
  });

  it('reads a stream however it is cut, also within a character', async () => {
    const bytes = new TextEncoder().encode('\ufeffhöhe,온도\n1.25,2\n-3,4e2\n');
    for (const size of [1, 2, 3, 7, 1000]) {
      const table = await readCsv(chunksOf(bytes, size), { source: 'stream' });
      expect(plain(table)).toEqual({ rows: 2, columns: { höhe: [1.25, -3], 온도: [2, 400] } });
    }
  });

  it('reads UTF-16 with a byte order mark, as spreadsheets save "Unicode text"', async () => {
    const text = '\ufeffx\t온도\r\n1\t2\r\n';
    const little = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
    const big = little.map((_, index) => little[index ^ 1]);
    for (const bytes of [little, big]) {
      expect(plain(await readCsv(new Blob([bytes])))).toEqual({ rows: 1, columns: { x: [1], 온도: [2] } });
    }
  });

  it('reads a file from disk: the sample curve', async () => {
    const table = await readCsv(createReadStream(join(root, 'data', 'curve.csv')), { source: 'curve.csv' });
    expect(table.rows).toBe(500);
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y']);
    const [x, y] = table.columns.map(({ values }) => values);
    const errors = y.map((value, row) => value - (Math.sin(x[row]) + 0.4 * Math.cos(2 * x[row])));
    const sd = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / 500);
    expect(sd).toBeGreaterThan(0.09);
    expect(sd).toBeLessThan(0.11);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(3);
  });

  it('gives back every table that is written as CSV', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => {
      const trimmed = text.trim();
      return trimmed === text && text !== '' && !/[\0\r\ufeff]/.test(text) && !/^[+-]?[\d.]/.test(text);
    });
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((names) =>
      fc.tuple(
        fc.constant(names),
        fc.array(fc.array(number, { minLength: names.length, maxLength: names.length }), {
          minLength: 1,
          maxLength: 20,
        }),
      ),
    );
    const form = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      newline: fc.constantFrom('\n', '\r\n'),
      mark: fc.boolean(),
      chunk: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(table, form, async ([names, rows], { delimiter, newline, mark, chunk }) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const write = (value: number) => (Object.is(value, -0) ? '-0' : String(value));
        const lines = [names.map(quote), ...rows.map((row) => row.map(write))];
        const text = lines.map((cells) => cells.join(delimiter) + newline).join('');
        const bytes = new TextEncoder().encode(mark ? `\ufeff${text}` : text);
        const read = await readCsv(chunksOf(bytes, chunk));
        expect(read.rows).toBe(rows.length);
        expect(read.columns).toEqual(
          names.map((columnName, index) => ({
            name: columnName,
            values: Float64Array.from(rows, (row) => row[index]),
          })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never takes anything but an InputError to refuse text', async () => {
    const piece = fc.constantFrom(',', ';', '\t', '\n', '\r\n', '"', ' ', 'x', 'y', '1', '-2.5', 'n/a', '1e400', '\0');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        try {
          const { rows, columns } = await readCsv(pieces.join(''));
          for (const { name, values } of columns) {
            expect(name).not.toBe('');
            expect(values.length).toBe(rows);
            expect(values.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).message).not.toContain('\n');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what readCsv says of a broken file', () => {
  const rows = Array.from({ length: 20 }, (_, index) => `${index},${index * 2}`);
  const withRow = (row: number, line: string) => ['x,y', ...rows.with(row - 2, line)].join('\n');

  it.each([
    [
      'a word',
      withRow(18, '1,n/a'),
      'curve.csv, row 18, column "y": "n/a" is not a number; correct the cell or delete the row.',
    ],
    [
      'an empty cell',
      withRow(2, ',1'),
      'curve.csv, row 2, column "x": the cell is empty; fill it in or delete the row.',
    ],
    ['blanks', withRow(3, '  ,1'), 'curve.csv, row 3, column "x": the cell is empty; fill it in or delete the row.'],
    [
      'hexadecimal',
      withRow(4, '0x10,1'),
      'curve.csv, row 4, column "x": "0x10" is not a number; correct the cell or delete the row.',
    ],
    [
      'Infinity',
      withRow(4, 'Infinity,1'),
      'curve.csv, row 4, column "x": "Infinity" is not a number; correct the cell or delete the row.',
    ],
    [
      'NaN',
      withRow(4, 'NaN,1'),
      'curve.csv, row 4, column "x": "NaN" is not a number; correct the cell or delete the row.',
    ],
    [
      'too large',
      withRow(21, '1e400,1'),
      'curve.csv, row 21, column "x": "1e400" is too large a number; correct the cell or delete the row.',
    ],
    [
      'a decimal comma',
      'x;y\n1,5;2\n2;3\n',
      'curve.csv, row 2, column "x": "1,5" is not a number; write decimals with a point and no other commas.',
    ],
    [
      'too few cells',
      withRow(7, '1'),
      'curve.csv, row 7: has 1 cell, but the header has 2; correct the row, and put quotes around a cell that contains the delimiter.',
    ],
    [
      'too many cells',
      withRow(7, '1,2,3'),
      'curve.csv, row 7: has 3 cells, but the header has 2; correct the row, and put quotes around a cell that contains the delimiter.',
    ],
    [
      'a row after empty lines',
      'x,y\n\n1,2\n\n\nno,4\n',
      'curve.csv, row 6, column "x": "no" is not a number; correct the cell or delete the row.',
    ],
    [
      'a row after a name with a line end',
      '"a\nb",y\n1,2\nno,4\n',
      'curve.csv, row 3, column "a\\nb": "no" is not a number; correct the cell or delete the row.',
    ],
    [
      'only text',
      'kind,y\nsetosa,1\nvirginica,2\n',
      'curve.csv, row 2, column "kind": "setosa" is not a number, nor is any other cell of the column; only columns of numbers can be used, so delete the column or code it as numbers.',
    ],
    [
      'no header',
      '1,2\n3,4\n',
      'curve.csv, row 1: holds numbers where the column names should be; add a header row, such as x,y.',
    ],
    [
      'no header, three columns',
      '1;2;3\n3;4;5\n',
      'curve.csv, row 1: holds numbers where the column names should be; add a header row, such as x1,x2,y.',
    ],
    [
      'a name twice',
      'x,y,x\n1,2,3\n',
      'curve.csv, row 1: columns 1 and 3 are both named "x"; give each column a name of its own.',
    ],
    [
      'no name',
      'x,,y\n1,2,3\n',
      'curve.csv, row 1: column 2 has no name; name it in the header row or delete the column.',
    ],
    [
      'an open quote',
      'x,y\n1,2\n3,"4\n5,6\n',
      'curve.csv, row 3: a quote (") that opens a cell is never closed properly; close it before the next delimiter, or double quotes that belong to the text.',
    ],
    [
      'text after a quote',
      'x,y\n1,2\n3,4\n"5"6,7\n',
      'curve.csv, row 4: a quote (") that opens a cell is never closed properly; close it before the next delimiter, or double quotes that belong to the text.',
    ],
    ['nothing', '', 'curve.csv is empty; give a header row with column names and rows of numbers.'],
    ['only blanks', ' \n\n,\n', 'curve.csv is empty; give a header row with column names and rows of numbers.'],
    ['only a header', 'x,y\n\n', 'curve.csv has a header row and nothing below it; add rows of numbers.'],
    [
      'zero characters',
      'x,y\n1,\0\n',
      'curve.csv is not a text file; save the table as CSV (comma-separated values) first.',
    ],
  ])('%s', async (_, text, message) => {
    expect((await problemOf(text, 'curve.csv')).message).toBe(message);
    if (text.includes('\0')) return;
    const file = new File([text.replaceAll('\n', '\r\n')], 'curve.csv');
    expect((await problemOf(file)).message).toBe(message);
  });

  it('says which column it is about', async () => {
    expect((await problemOf(withRow(18, '1,n/a'))).where).toBe('y');
    expect((await problemOf('x,x\n1,2\n')).where).toBe('x');
  });

  it('cuts a long cell short', async () => {
    expect((await problemOf(withRow(5, `${'a'.repeat(500)},1`))).message.length).toBeLessThan(150);
  });

  it('tells a spreadsheet, a picture and another encoding apart', async () => {
    const picture = new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13)]);
    expect((await problemOf(picture, 'a.png')).message).toMatch(/^a\.png is a binary file, not a text file; save /);
    const spreadsheet = new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)]);
    expect((await problemOf(spreadsheet, 'a.xlsx')).message).toMatch(/^a\.xlsx is a spreadsheet or an archive, not /);
    const latin = new Blob([Uint8Array.of(0x68, 0xf6, 0x68, 0x65, 0x0a, 0x31)]);
    expect((await problemOf(latin, 'a.csv')).message).toBe(
      'a.csv is not UTF-8 text; save the table again as "CSV UTF-8".',
    );
  });
});
