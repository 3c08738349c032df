/**
 * Files made to do harm: whatever they hold, they are read or refused by an error of ours, in time and memory that their size
 * bounds. The seed of a failure is printed by fast-check.
 */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../../src/data/read/raw-csv.ts';
import { quoted } from '../../../../src/util/csv.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { chunksOf, utf8 } from '../../../support/data/csv-tables.ts';
import { faultSeed, times } from '../../../support/faults.ts';

/** Milliseconds for a file of a few kB, on a busy machine. */
const longest = 5000;

const text = fc.oneof(
  { weight: 6, arbitrary: fc.integer().map(String) },
  { weight: 3, arbitrary: fc.double().map(String) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      '',
      ' ',
      'NA',
      'inf',
      '1e999',
      '-0',
      '007',
      '1,5',
      '1.234,5',
      '12%',
      '$1',
      '(1)',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '2024-01-05',
      '12:30',
      '=1+1',
      '#REF!',
      '__proto__',
      'constructor',
      '<b>',
      '[1',
      '%',
      '@data',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '"',
      '""',
      '"a',
      'a"b',
      '\\"',
      "'",
      '\ufeff',
      '\u202e',
      '\ud800',
      '\udfff',
      '\u2028',
      '\r',
      '\n',
      'sep=;',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(5000), '9'.repeat(400), ' '.repeat(3000), '\u0301'.repeat(500), '&#x110000;'),
  },
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constant('\0'),
  ),
);
const rows = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 12 }),
      ),
  },
  fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 12 }),
);
const start = fc.constantFrom('', '', '', 'sep=;\n', '# remark\n', '\ufeff', '\ufeff\ufeff', 'x,y\n', '\n\n\n');

/** As a program would write it, but for what is in the cells. */
const written = fc
  .tuple(rows, fc.constantFrom(',', ';', '\t', '|', ' '), fc.constantFrom('\n', '\r\n', '\r'), start)
  .map(
    ([cells, delimiter, end, above]) =>
      above + cells.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter) + end).join(''),
  );

/** Cells between any delimiters, quoted or not, each row in a way of its own. */
const mixed = fc
  .tuple(
    rows,
    fc.infiniteStream(fc.constantFrom(',', ',', ',', ';', '\t', '|', ' ', ', ')),
    fc.infiniteStream(fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', '')),
    fc.infiniteStream(fc.constantFrom('', '', '"', '"', ' "', "'")),
    start,
  )
  .map(([grid, delimiters, ends, quotes, above]) => {
    const next = <T>(stream: Iterator<T>) => stream.next().value as T;
    const lines = grid.map((cells) => {
      const delimiter = next(delimiters);
      const each = cells.map((cell) => {
        const quote = next(quotes);
        return quote + cell + quote.trim();
      });
      return each.join(delimiter) + next(ends);
    });
    return above + lines.join('');
  });

const value = fc.oneof(
  fc.json({ maxDepth: 3 }),
  text.map((one) => JSON.stringify(one)),
  fc.constantFrom('NaN', '-Infinity', '1e999', '{"a":', '[', '}', '01'),
);
const json = fc
  .tuple(
    fc.array(fc.array(fc.tuple(text, value), { maxLength: 4 }), { maxLength: 8 }),
    fc.constantFrom('[', '', '{"rows":[', '[[', '[{'),
    fc.constantFrom(',', '\n', '', ',,'),
    fc.constantFrom(']', '', ']}', ']]', '}'),
    fc.boolean(),
  )
  .map(([rows, start, between, end, lists]) => {
    const row = (members: [string, string][]) =>
      lists
        ? `[${members.map(([, member]) => member).join(',')}]`
        : `{${members.map(([name, member]) => `${JSON.stringify(name)}:${member}`).join(',')}}`;
    return start + rows.map(row).join(between) + end;
  });

const tags = fc.constantFrom(
  '<table>',
  '</table>',
  '<tr>',
  '<td>',
  '<th>',
  '</td>',
  '<td colspan=9999999>',
  '<td rowspan="1000">',
  '<!--',
  '-->',
  '<script>',
  '</script>',
  '<br/>',
  '<td "',
  '<![CDATA[',
);
const html = fc.array(fc.oneof(tags, tags, text), { maxLength: 30 }).map((parts) => `<table>${parts.join('')}`);
const arff = fc
  .tuple(fc.array(text, { maxLength: 4 }), written, fc.constantFrom('@data\n', '@DATA', '', '@data\n{0 1}\n'))
  .map(
    ([names, rows, data]) =>
      `@relation r\n${names.map((name) => `@attribute ${name} numeric\n`).join('')}${data}${rows}`,
  );

type Encode = (text: string) => Uint8Array;
const units =
  (order: 'le' | 'be', mark: string): Encode =>
  (content) => {
    const little = new Uint8Array(Uint16Array.from(mark + content, (letter) => letter.charCodeAt(0)).buffer);
    return order === 'le' ? little : little.map((_, index) => little[index ^ 1]);
  };
const latin: Encode = (content) => Uint8Array.from(content, (letter) => letter.charCodeAt(0));
const encodings: Encode[] = [
  utf8,
  utf8,
  utf8,
  latin,
  units('le', '\ufeff'),
  units('be', '\ufeff'),
  units('le', ''),
  // Marks that lie about what follows, and two encodings in one file.
  (content) => Uint8Array.of(0xef, 0xbb, 0xbf, ...latin(content)),
  (content) => Uint8Array.of(0xff, 0xfe, ...utf8(content)),
  (content) => Uint8Array.of(0xfe, 0xff, ...utf8(content)),
  (content) =>
    Uint8Array.of(...utf8(content.slice(0, content.length / 2)), ...latin(content.slice(content.length / 2))),
  (content) => Uint8Array.of(...utf8(content), 0xb0, 0xa1, 0x80),
  // Packed; packed and cut short; twice.
  (content) => gzipSync(utf8(content)),
  (content) => gzipSync(utf8(content)).subarray(0, 18),
  (content) => gzipSync(gzipSync(utf8(content))),
];

const file = fc.oneof({ arbitrary: written, weight: 4 }, { arbitrary: mixed, weight: 2 }, json, html, arff);
const form = fc.record({
  encode: fc.constantFrom(...encodings),
  pieces: fc.integer({ min: 1, max: 400 }),
  blockSize: fc.integer({ min: 1, max: 2000 }),
  given: fc.constantFrom(
    {},
    {},
    {},
    { header: true },
    { header: false },
    { delimiter: ';' },
    { skip: 1 },
    { comment: '#' },
    { encoding: 'utf-16le' },
    { encoding: 'euc-kr' },
    { missing: [] },
    { max_short_rows: 0 },
  ),
});

/** What comes of a file: a whole table, or an error of ours in one line of a length that can be read. */
async function outcomeOf(work: () => Promise<unknown>): Promise<'read' | 'refused'> {
  const begun = performance.now();
  try {
    await work();
    return 'read';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.code).toBeDefined();
    expect(error.message).not.toContain('\n');
    return 'refused';
  } finally {
    expect(performance.now() - begun).toBeLessThan(longest);
  }
}

describe('a hostile file', () => {
  it('is read or refused, whatever it holds', async () => {
    const found = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(file, form, async (content, { encode, pieces, blockSize, given }) => {
        const bytes = encode(content);
        const options = { ...given, blockSize, source: 'file' };
        found[
          await outcomeOf(async () => {
            const table = await readCsv(chunksOf(bytes, pieces), options);
            for (const column of table.columns) {
              expect(column.name).not.toBe('');
              expect(column.kind === 'number' ? column.values.length : column.codes.length).toBe(table.rows);
              if (column.kind === 'number')
                expect(column.values.every((one) => Math.abs(one) !== Number.POSITIVE_INFINITY)).toBe(true);
              else expect(column.codes.every((code) => code <= column.levels.length)).toBe(true);
            }
            summarize(table);
          })
        ] += 1;
        await outcomeOf(() =>
          withRawCsv(chunksOf(bytes, pieces), options, async (csv) => {
            const kinds = new Map(
              csv.names.map((name, index) => [name, index % 2 ? ('text' as const) : ('number' as const)]),
            );
            for await (const { lines } of csv.blocks(kinds)) for (const line of lines) expect(line.role).toBeDefined();
          }),
        );
      }),
      { seed: faultSeed, numRuns: times(150, 10_000) },
    );
    expect(Math.min(found.read, found.refused)).toBeGreaterThan(times(15, 1000));
  });
});

const many = (part: string, count: number) => part.repeat(count);
const zip = (content: string) => new Blob([gzipSync(content) as Uint8Array<ArrayBuffer>]);
/** In the full number fifty times as large. */
const size = times(1, 50);

/** Each with what is said of it; those that are read say nothing. */
const large: [name: string, make: () => string | Blob, code?: string][] = [
  ['a quote that is never closed', () => `x,y\n1,"${many('a,b\n', 5_000_000)}`, 'quote_open'],
  ['a cell of megabytes', () => `x,y\n1,"${many('a', size * 300_000)}"\n2,b\n3,c\n`],
  ['a row of quotes', () => `x,y\n1,${many('"', size * 200_000)}\n`],
  ['100,000 columns', () => `${many('x,', size * 2_000 - 1)}x\n${many('1,', size * 2_000 - 1)}1\n`],
  ['more columns than may be', () => `${many('x,', 100_000)}x\n`, 'columns_too_many'],
  ['short rows below many commas', () => `a${many(',', 20_000)}\n${many('1\n', size * 400)}`],
  ['a JSON text of megabytes', () => `[{"x":"${many('a', 14_000_000)}1234567890123456789","y":NaN},{"x":"b"}]`],
  [
    'a JSON column for each row',
    () => `[${Array.from({ length: size * 100 }, (_, row) => `{"k${row}":1}`).join(',')}]`,
  ],
  ['objects within each other', () => `[{"x":1},${many('{"a":', 100_000)}1${many('}', 100_000)}]`, 'json_deep'],
  ['lists within each other', () => `[{"x":${many('[', 100_000)}${many(']', 100_000)}}]`, 'json_deep'],
  ['lists within each other, by lines', () => `${many('[', 100_000)}${many(']', 100_000)}\n[1]\n`, 'json_deep'],
  [
    'HTML cells that span a million others',
    () => `<table>${many('<tr><td rowspan=1000 colspan=1000>1', 1000)}`,
    'html_too_large',
  ],
  ['HTML tables within each other', () => many('<table><tr><td>1', size * 2_000)],
  ['zeros in gzip', () => zip(`x\n${many('0\n', size * 500_000)}`), size > 1 ? 'gzip_bomb' : undefined],
  ['HTML in gzip', () => zip(`<table><tr><td>${many('a', 40_000_000)}`), 'gzip_bomb'],
  ['NUL bytes', () => `x,y\n1,${many('\0', 1000)}\n`, 'file_not_text'],
];

describe('a large hostile file', () => {
  it.each(large)('is bounded in time and memory: %s', async (_, make, code) => {
    const input = make();
    const bytes = typeof input === 'string' ? input.length : input.size;
    const before = process.memoryUsage().rss;
    let said: string | undefined;
    try {
      await readCsv(input, { source: 'file' });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      said = error.code;
    }
    expect(said).toBe(code);
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6 + 40 * bytes);
  });
});
