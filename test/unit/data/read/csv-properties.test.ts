/** What holds for every table: it comes back as it was written, however it is cut; and no file brings the reader down. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type CsvOptions, readCsv } from '../../../../src/data/read/csv.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { chunksOf, plain, utf8 } from '../../../support/data/csv-tables.ts';
import type { Cell } from '../../../support/data/tables.ts';
import { textsOf } from '../../../support/data/tables.ts';

/** Begins with a letter, so that it is neither a number nor a marker; the rest is what breaks readers. */
const word = fc
  .tuple(
    fc.constantFrom('a', 'Z', '가', '힣'),
    fc.array(fc.constantFrom('b', '나', '"', ',', ';', '\t', '|', '\n', ' ', '1', '.', "'", '""', '\u{1f600}', '\\'), {
      maxLength: 8,
    }),
  )
  .map(([first, rest]) => (first + rest.join('')).trim());
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((value) => value / 1000),
);
const column = fc.oneof(
  fc.array(fc.option(number, { freq: 5 }), { minLength: 12, maxLength: 12 }),
  fc.array(fc.option(word, { freq: 5 }), { minLength: 12, maxLength: 12 }),
);
const tables = fc
  .tuple(
    fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
    fc.array(column, { minLength: 5, maxLength: 5 }),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([names, columns, rows]) =>
    names.map((name, index) => ({ name, cells: columns[index].slice(0, rows) as Cell[] })),
  );
const forms = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  decimal: fc.constantFrom<('.' | ',')[]>('.', ','),
  mark: fc.boolean(),
  quotes: fc.boolean(),
  size: fc.integer({ min: 1, max: 7 }),
  blockSize: fc.integer({ min: 1, max: 40 }),
});

function written(cell: Cell, decimal: string): string {
  if (typeof cell !== 'number') return cell ?? '';
  return (Object.is(cell, -0) ? '-0' : String(cell)).replace('.', decimal);
}

describe('readCsv, for any table', () => {
  it('gives back what was written', async () => {
    await fc.assert(
      fc.asyncProperty(tables, forms, async (table, { delimiter, newline, decimal, mark, quotes, size, blockSize }) => {
        const rows = table[0].cells.map((_, row) => table.map(({ cells }) => cells[row]));
        const full = rows.filter((row) => row.some((cell) => cell !== null));
        fc.pre(full.length > 0);
        const point = delimiter === ',' ? '.' : decimal;
        const records = [table.map(({ name }) => name), ...rows.map((row) => row.map((cell) => written(cell, point)))];
        const text = Papa.unparse(records, { delimiter, newline, quotes });
        const options: CsvOptions = { header: true, delimiter, decimal: point, thousands: '', blockSize };
        const read = await readCsv(chunksOf(utf8(mark ? `\ufeff${text}` : text), size), options);
        expect(plain(read)).toEqual(
          Object.fromEntries(table.map(({ name }, index) => [name, full.map((row) => row[index])])),
        );
      }),
      { seed: 10, numRuns: 1000 },
    );
  });

  it('finds out by itself how it was written', async () => {
    const cell = fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).map((value) => (10 * value + 5) / 100);
    const label = fc.constantFrom('가', '나 다', 'b "c"', 'd\ne');
    const row = fc.tuple(cell, label, cell);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 20 }), forms, async (rows, form) => {
        const { delimiter, newline, quotes, size } = form;
        const point = delimiter === ',' ? '.' : form.decimal;
        const records = [['x', '이름', 'y'], ...rows.map((cells) => cells.map((value) => written(value, point)))];
        const text = Papa.unparse(records, { delimiter, newline, quotes });
        const read = await readCsv(chunksOf(utf8(text), size));
        expect(read.format).toMatchObject({ delimiter, header: true, decimal: point });
        expect(textsOf(read.notices, 'warning')).toEqual([]);
        expect(plain(read)).toEqual({
          x: rows.map(([x]) => x),
          이름: rows.map(([, name]) => name),
          y: rows.map(([, , y]) => y),
        });
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('takes no block that ends within blanks after a quote for a broken row', async () => {
    const text = 'x,y\n"1"   ,2\n"3", "4"  \n5,"6" \n';
    for (let blockSize = 1; blockSize < text.length; blockSize += 1) {
      expect(plain(await readCsv(text, { blockSize }))).toEqual({ x: [1, 3, 5], y: [2, 4, 6] });
    }
  });

  it('does not depend on how the bytes or the text are cut', async () => {
    const piece = fc.constantFrom(
      ',',
      ',',
      ';',
      '\n',
      '\r\n',
      '\r',
      '"',
      '""',
      ' ',
      'x',
      '온',
      '1',
      '2.5',
      '007',
      'NA',
      '1,5',
    );
    const outcome = async (bytes: Uint8Array, size: number, blockSize: number) => {
      try {
        const { format, ...table } = await readCsv(chunksOf(bytes, size), { blockSize });
        return { format, table };
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return (error as InputError).message;
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 12 }),
        async (pieces, size, blockSize) => {
          const bytes = utf8(`x,y\n1,2\n${pieces.join('')}`);
          expect(await outcome(bytes, size, blockSize)).toEqual(await outcome(bytes, 1000, 100_000));
        },
      ),
      { seed: 10, numRuns: 2000 },
    );
  });
});

/** Numbers from 0 up to 2^32, by a seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Bytes flipped, cut out, doubled or put in, a few times. */
function mutated(file: Uint8Array, next: (below: number) => number): Uint8Array {
  let bytes = Array.from(file);
  for (let times = 1 + next(4); times > 0; times -= 1) {
    const at = next(bytes.length + 1);
    const end = at + next(20);
    const part = bytes.slice(at, end);
    const change = next(5);
    if (change === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
    if (change === 1) bytes = [...bytes.slice(0, at), ...bytes.slice(end)];
    if (change === 2) bytes = [...bytes.slice(0, end), ...part, ...bytes.slice(end)];
    if (change === 3) bytes = bytes.slice(0, at);
    if (change === 4) bytes.splice(at, 0, [0x22, 0x2c, 0x3b, 0x0a, 0x0d, 0x09, 0x00, 0xff, 0xb0, 0x20][next(10)]);
  }
  return Uint8Array.from(bytes);
}

describe('readCsv, for any file', () => {
  it('reads it or refuses it with an InputError: 10,000 files spoilt at random', async () => {
    const table = 'x,name,y\n1,"kim, ""a""",2.5\n-3e5,온도,NA\n\n4,"two\nlines",1e400\n"1,234",b,007\n';
    const files = [
      utf8(table),
      utf8(table.replaceAll(',', ';')),
      utf8(`\ufeff${table.replaceAll('\n', '\r\n')}`),
      new Uint8Array(Uint16Array.from(`\ufeff${table}`, (letter) => letter.charCodeAt(0)).buffer),
      Uint8Array.of(0xc0, 0xcc, 0xb8, 0xa7, 0x2c, 0xbf, 0xc2, 0x0a, 0xb1, 0xe8, 0x2c, 0x32, 0x0a, 0xe9, 0x2c, 0x33),
      new Uint8Array(gzipSync(utf8(table))),
    ];
    let refused = 0;
    for (let seed = 0; seed < 10_000; seed += 1) {
      const next = generator(seed);
      const bytes = mutated(files[seed % files.length], next);
      const input = seed % 2 === 0 ? new Blob([bytes as Uint8Array<ArrayBuffer>]) : chunksOf(bytes, 1 + next(50));
      try {
        const { rows, columns } = await readCsv(input, { blockSize: 1 + next(100) });
        for (const column of columns) {
          const length = column.kind === 'number' ? column.values.length : column.codes.length;
          if (column.name === '' || length !== rows) throw new Error('the table is not whole');
        }
      } catch (error) {
        refused += 1;
        if (!(error instanceof InputError)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
        if (error.message.includes('\n')) throw new Error(`seed ${seed}: more than a line: ${error.message}`);
      }
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(9500);
  });
});
