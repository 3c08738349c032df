/** Reading CSV: what each broken file is told, with the row as a spreadsheet numbers it. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { plain, problemOf } from '../../../support/data/csv-tables.ts';

const quote = (row: number) =>
  `curve.csv, row ${row}: a quote (") that opens a cell is never closed properly; close it before the next delimiter, or double quotes that belong to the text.`;
const mend = 'correct the row, and put quotes around a cell that contains the delimiter.';

describe('what readCsv says of a broken file', () => {
  const rows = Array.from({ length: 20 }, (_, index) => `${index},${index * 2}`);
  const withRow = (row: number, line: string) => ['x,y', ...rows.with(row - 2, line)].join('\n');

  it.each([
    ['too many cells', withRow(7, '1,2,3'), `curve.csv, row 7: has 3 cells, but the header has 2; ${mend}`],
    ['an open quote', 'x,y\n1,2\n3,"4\n5,6\n', quote(3)],
    ['text after a quote', 'x,y\n1,2\n3,4\n"5"6,7\n', quote(4)],
    [
      'a long row before an open quote',
      'x,y\n1,2,3\n3,"4\n',
      `curve.csv, row 2: has 3 cells, but the header has 2; ${mend}`,
    ],
    ['nothing', '', 'curve.csv is empty; give a header row with column names and rows of numbers.'],
    ['only blanks', ' \n\n,\n', 'curve.csv is empty; give a header row with column names and rows of numbers.'],
    ['only a header', 'x,y\n\n', 'curve.csv has a header row and nothing below it; add rows of numbers.'],
  ])('%s', async (_, text, message) => {
    expect((await problemOf(text, { source: 'curve.csv' })).message).toBe(message);
    expect((await problemOf(new File([text.replaceAll('\n', '\r\n')], 'curve.csv'))).message).toBe(message);
    expect((await problemOf(text, { source: 'curve.csv', blockSize: 1 })).message).toBe(message);
  });

  it.each([
    ['too few cells', withRow(7, '1'), `curve.csv, row 7: has 1 cell, but the header has 2; ${mend}`],
    [
      'too few cells after empty lines',
      'x,y\n\n1,2\n\n\n3\n',
      `curve.csv, row 6: has 1 cell, but the header has 2; ${mend}`,
    ],
    ['too few cells without names', '1,2\n3,4\n5\n', `curve.csv, row 3: has 1 cell, but the first row has 2; ${mend}`],
    [
      'a row after a name with a line end',
      '"a\nb",y\n1,2\n3\n',
      `curve.csv, row 3: has 1 cell, but the header has 2; ${mend}`,
    ],
  ])('%s, where no row may be short', async (_, text, message) => {
    expect((await problemOf(text, { source: 'curve.csv', max_short_rows: 0 })).message).toBe(message);
  });

  it('bears short rows up to a limit, names them, and takes what they lack for missing', async () => {
    const short = (count: number) => `x,y\n1,2\n${'3\n'.repeat(count)}4,5\n`;
    const table = await readCsv(short(2));
    expect(plain(table)).toEqual({ x: [1, 3, 3, 4], y: [2, null, null, 5] });
    expect(table.notices.map(({ text }) => text)).toEqual([
      'Rows 3, 4 have fewer cells than the header; what is lacking counts as missing.',
    ]);
    expect((await readCsv('x,y\n1,2\n\n3\n')).notices.map(({ text }) => text)).toEqual([
      'Row 4 has fewer cells than the header; what is lacking counts as missing.',
    ]);
    expect((await readCsv(short(10))).rows).toBe(12);
    expect((await problemOf(short(11), { source: 'a.csv' })).message).toBe(
      'a.csv: more than 10 rows have fewer cells than the header, which has 2, such as rows 3, 4, 5; correct them, or give a greater max_short_rows.',
    );
    expect((await readCsv(short(11), { max_short_rows: 11 })).rows).toBe(13);
  });

  it('tells a spreadsheet, a picture and text of zeros apart', async () => {
    const told = async (bytes: number[]) => (await problemOf(new File([Uint8Array.from(bytes)], 'a.b'))).message;
    expect(await told([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 13])).toMatch(/^a\.b is a binary file, not a text file; save /);
    expect(await told([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])).toMatch(/^a\.b is an image, not a text file; open /);
    const riff = (kind: string) => [...new TextEncoder().encode(`RIFF\0\0\0\x10${kind}`), 0];
    expect(await told(riff('WEBP'))).toMatch(/^a\.b is an image/);
    expect(await told(riff('WAVE'))).toMatch(/^a\.b is a binary file/);
    expect(await told([0x50, 0x4b, 3, 4, 20, 6])).toMatch(/^a\.b is a zip archive, not a text file; unpack /);
    expect(await told([0xd0, 0xcf, 0x11, 0xe0, 1])).toMatch(
      /^a\.b is an old Excel workbook \(\.xls\) or one with a password, not a text file; save /,
    );
    expect(await told(Array.from('x,y\n1,2\n', (letter) => [letter.charCodeAt(0), 0]).flat())).toMatch(
      /^a\.b seems to be UTF-16 text without a byte order mark; .* give encoding utf-16le\.$/,
    );
    expect((await problemOf('x,y\n1,\0\n', { source: 'a.b' })).message).toMatch(/^a\.b is not a text file; save /);
    const late = new Blob(['x,y\n', '1,2\n'.repeat(100_000), '1,\0\n']);
    expect((await problemOf(late, { source: 'a.b' })).message).toMatch(/^a\.b is not a text file; save /);
  });

  it('stops at an open quote long before the end of the file', async () => {
    let bytes = 0;
    async function* endless() {
      yield new TextEncoder().encode('x,y\n1,2\n3,"4\n');
      const more = new TextEncoder().encode('5,6\n'.repeat(50_000));
      for (;;) {
        bytes += more.length;
        yield more;
      }
    }
    expect((await problemOf(endless(), { source: 'curve.csv' })).message).toBe(quote(3));
    expect(bytes).toBeLessThan(20e6);
  });

  it('stops at a row that never ends, and where a quote opens among many', async () => {
    const long = `x,y\n1,2\n${'3,'.repeat(9e6)}`;
    expect((await problemOf(long, { source: 'a' })).message).toMatch(/^a, row 3: is longer than 16 MB/);
    const quotes = `x,y\n1,2\n3,"4\n${'5,"6"\n'.repeat(1e6)}`;
    expect((await problemOf(quotes, { source: 'curve.csv' })).message).toBe(quote(3));
  });

  it('refuses options that cannot be', async () => {
    const where = async (options: Parameters<typeof problemOf>[1]) => (await problemOf('x,y\n1,2\n', options)).where;
    expect(await where({ delimiter: '"' })).toBe('delimiter');
    expect(await where({ delimiter: '' })).toBe('delimiter');
    expect(await where({ decimal: ',', thousands: ',' })).toBe('thousands');
    expect(await where({ blockSize: 0 })).toBe('blockSize');
    expect((await problemOf(new Blob(['x,y\n1,2\n']), { encoding: 'klingon' })).where).toBe('encoding');
  });
});
