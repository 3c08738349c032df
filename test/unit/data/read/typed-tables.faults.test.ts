/**
 * Arrow, Parquet and Excel files with some bytes changed, cut off or repeated: they are read or refused by an error of ours, in
 * a time and memory that their size bounds. The parts of workbooks are changed before they are packed, too, and the pages of
 * Parquet as they are without packing: else a checksum, or what unpacks, would stop nearly all changes.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { parquetHeader } from 'hyparquet/src/column.js';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { workbook } from '../../../support/data/workbook.ts';
import { faultSeed, times } from '../../../support/faults.ts';

/** Milliseconds for a file of a few kB, on a busy machine. */
const longest = 5000;
/** The same for one that is all that a file may become. */
const longestLarge = 20_000;
/** Bytes that a process takes on for thousands of such files. */
const mostMemory = 700e6;

const fileOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../../typed-files/${name}`, import.meta.url)));

const formats = {
  arrow: ['file.arrow', 'stream.arrows', 'lz4.feather', 'zstd.feather', 'views.arrow'],
  parquet: [
    'plain.parquet',
    'pages-v2.parquet',
    'delta.parquet',
    'snappy.parquet',
    'gzip.parquet',
    'zstd.parquet',
    'lz4.parquet',
  ],
  xlsx: ['openpyxl.xlsx', 'pandas.xlsx'],
};

const edges = [0, 1, 2, 7, 8, 15, 0x7f, 0x80, 0xfe, 0xff];
const change = fc.record({
  at: fc.nat(),
  /** The ends of files hold what says where everything is. */
  fromEnd: fc.boolean(),
  do: fc.constantFrom('bit', 'byte', 'byte', 'fill', 'number', 'cut', 'remove', 'repeat'),
  byte: fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 255 })),
  length: fc.integer({ min: 1, max: 40 }),
  number: fc.constantFrom(0, 1, -1, 2 ** 16, 2 ** 24, 2 ** 31 - 1, -(2 ** 31), 1_000_000),
});
const changes = fc.array(change, { minLength: 1, maxLength: 4 });
type Change = typeof change extends fc.Arbitrary<infer Of> ? Of : never;

function changed(bytes: Uint8Array, all: readonly Change[]): Uint8Array {
  let file = bytes.slice();
  for (const { at: place, fromEnd, do: what, byte, length, number } of all) {
    if (file.length < 8) return file;
    const near = fromEnd ? Math.min(file.length, 600) : file.length;
    const at = file.length - 1 - (place % near);
    if (what === 'bit') file[at] ^= 1 << (byte % 8);
    else if (what === 'byte') file[at] = byte;
    else if (what === 'fill') file.fill(byte, at, at + length);
    else if (what === 'number') new DataView(file.buffer).setInt32(Math.min(at, file.length - 4), number, true);
    else if (what === 'cut') file = file.slice(0, at);
    else if (what === 'remove') file = Uint8Array.of(...file.subarray(0, at), ...file.subarray(at + length));
    else file = Uint8Array.of(...file.subarray(0, at), ...file.subarray(Math.max(0, at - length)));
  }
  return file;
}

/** One part of an archive changed, and packed again. */
function changedPart(bytes: Uint8Array, part: number, all: readonly Change[]): Uint8Array {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /^xl\/|rels$/.test(name) && !/theme/.test(name));
  const name = names[part % names.length];
  return zipSync({ ...parts, [name]: changed(parts[name], all) });
}

async function outcomeOf(bytes: Uint8Array): Promise<'read' | 'refused'> {
  const begun = performance.now();
  try {
    const table = await readCsv(new Blob([bytes as Uint8Array<ArrayBuffer>]), { source: 'file' });
    for (const column of table.columns) {
      expect(column.kind === 'number' ? column.values.length : column.codes.length).toBe(table.rows);
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.code).toBeDefined();
    expect(error.message).not.toMatch(/\p{Cc}/u);
    return 'refused';
  } finally {
    expect(performance.now() - begun).toBeLessThan(longest);
  }
}

describe('a file of a table with types, changed', () => {
  it.each(Object.entries(formats))('is read or refused: %s', async (kind, names) => {
    const files = names.map(fileOf);
    // What reads them is loaded with the first.
    for (const file of files) await readCsv(new Blob([file]));
    const before = process.memoryUsage().rss;
    const found = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), changes, async (file, part, all) => {
        const bytes = files[file % files.length];
        const inPart = kind === 'xlsx' && part % 4 > 0;
        found[await outcomeOf(inPart ? changedPart(bytes, part >>> 2, all) : changed(bytes, all))] += 1;
      }),
      { seed: faultSeed, numRuns: times(60, 10_000) },
    );
    expect(Math.min(found.read, found.refused)).toBeGreaterThan(times(4, 700));
    expect(process.memoryUsage().rss - before).toBeLessThan(mostMemory);
  });
});

const text = (letters: string) => `<c t="inlineStr"><is><t>${letters}</t></is></c>`;
const header = `<row r="1">${text('x')}${text('y')}</row>`;
const numbers = '<c><v>1</v></c><c><v>2</v></c>';
const shared = '<c><v>1</v></c><c t="s"><v>0</v></c>';

/** A number of 64 bits in all places where a file has another. */
function withNumbers(name: string, from: bigint, to: bigint): Uint8Array {
  const bytes = fileOf(name);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 8 <= bytes.length; at += 4) {
    if (view.getBigInt64(at, true) === from) view.setBigInt64(at, to, true);
  }
  return bytes;
}

/** The levels of a column say that one of them goes on for a billion rows. */
function withLongRun(): Uint8Array {
  const bytes = fileOf('plain.parquet');
  const column = parquetMetadata(bytes).row_groups[0].columns[1].meta_data;
  const reader = { view: new DataView(bytes.buffer), offset: Number(column?.data_page_offset) };
  parquetHeader(reader);
  bytes.set([6, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 8, 1], reader.offset);
  return bytes;
}

/** Where the description of a decimal has its places, another number stands. */
function withManyPlaces(): Uint8Array {
  const bytes = fileOf('file.arrow');
  bytes[4946] = 77;
  return bytes;
}

/** The length that an archive says a part has. */
function withLength(bytes: Uint8Array, part: string, length: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    const name = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + part.length));
    if (view.getUint32(at, true) === 0x02014b50 && name === part) view.setUint32(at + 24, length, true);
  }
  return bytes;
}

const sheet = 'xl/worksheets/sheet1.xml';
const large: [name: string, make: () => Uint8Array, code?: string][] = [
  ['a sheet of blanks', () => workbook({ rows: ' '.repeat(40_000_000) }), 'typed_bomb'],
  ['a sheet that says that it is empty', () => withLength(workbook({ rows: header }), sheet, 0), 'typed_damaged'],
  ['a sheet that is longer than it says', () => withLength(workbook({ rows: header }), sheet, 20), 'typed_damaged'],
  [
    'a long text in all cells',
    () =>
      workbook({
        rows: header + `<row>${shared}</row>`.repeat(2000),
        strings: `<si><t>${'a'.repeat(30_000)}</t></si>`,
      }),
    'typed_bomb',
  ],
  [
    'a cell at the end of each row',
    () =>
      workbook({
        rows:
          header +
          Array.from({ length: times(20, 3000) }, (_, row) => `<row><c r="XFD${row + 2}"><v>1</v></c></row>`).join(''),
      }),
    times(0, 1) > 0 ? 'typed_bomb' : undefined,
  ],
  ['a row at the end of a sheet', () => workbook({ rows: `${header}<row r="1048576">${numbers}</row>` })],
  [
    'a row beyond the end of a sheet',
    () => workbook({ rows: `${header}<row r="2000000000">${numbers}</row>` }),
    'typed_damaged',
  ],
  [
    'texts of a workbook within each other',
    () => workbook({ rows: header, strings: '<a>'.repeat(200_000) }),
    'typed_damaged',
  ],
  ['a run of a billion rows', withLongRun, 'typed_damaged'],
  ['batches of a trillion rows', () => withNumbers('file.arrow', 2n, 2n ** 40n), 'typed_bomb'],
  ['a decimal of millions of places', withManyPlaces, 'typed_damaged'],
  [
    'a message that ends before it begins',
    () => Uint8Array.of(...fileOf('stream.arrows').subarray(0, -8), 255, 255, 255, 255, 0, 0, 0, 128),
    'typed_damaged',
  ],
];

describe('a file of a table with types, made to do harm', () => {
  it.each(large)('is bounded in time and memory: %s', async (_, make, code) => {
    const bytes = make();
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    let said: string | undefined;
    try {
      await readCsv(new Blob([bytes as Uint8Array<ArrayBuffer>]), { source: 'file' });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      said = error.code;
    }
    expect(said).toBe(code);
    expect(performance.now() - begun).toBeLessThan(longestLarge);
    expect(process.memoryUsage().rss - before).toBeLessThan(mostMemory);
  });
});
