/** Bytes of every encoding, packed or not, from what can be read again and what cannot; progress and cancelling. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import type { Table } from '../../../../src/data/table/table.ts';
import { chunksOf, longText, plain, problemOf, utf8 } from '../../../support/data/csv-tables.ts';
import { textsOf } from '../../../support/data/tables.ts';

/** "이름,온도" in EUC-KR, then a row with two Hangul and a number. */
const korean = Uint8Array.of(
  0xc0,
  0xcc,
  0xb8,
  0xa7,
  0x2c,
  0xbf,
  0xc2,
  0xb5,
  0xb5,
  0x0a,
  0xb1,
  0xe8,
  0xb3,
  0xaa,
  0x2c,
  0x32,
);
/** "Größe,Preis €" in windows-1252. */
const german = Uint8Array.of(
  0x47,
  0x72,
  0xf6,
  0xdf,
  0x65,
  0x2c,
  0x50,
  0x72,
  0x65,
  0x69,
  0x73,
  0x20,
  0x80,
  0x0a,
  0x31,
  0x2c,
  0x32,
);

function utf16(text: string, swapped: boolean): Uint8Array {
  const little = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
  return swapped ? little.map((_, index) => little[index ^ 1]) : little;
}

const bytesOf = (text: string, last: Uint8Array) => new Uint8Array([...utf8(text), ...last]);

function facts(table: Table) {
  return [plain(table), table.format?.encoding, table.format?.gzip, textsOf(table.notices, 'warning').length];
}

describe('encodings', () => {
  it.each<[string, Uint8Array, Record<string, unknown>, string, number]>([
    ['UTF-8', utf8('이름,온도\n김나,2'), { 이름: ['김나'], 온도: [2] }, 'utf-8', 0],
    ['UTF-8 with a mark', utf8('\ufeff이름,온도\n김나,2'), { 이름: ['김나'], 온도: [2] }, 'utf-8', 0],
    [
      'UTF-16, as "Unicode text"',
      utf16('\ufeff이름\t온도\r\n김나\t2\r\n', false),
      { 이름: ['김나'], 온도: [2] },
      'utf-16le',
      0,
    ],
    [
      'UTF-16, the other way',
      utf16('\ufeff이름\t온도\r\n김나\t2\r\n', true),
      { 이름: ['김나'], 온도: [2] },
      'utf-16be',
      0,
    ],
    ['EUC-KR', korean, { 이름: ['김나'], 온도: [2] }, 'euc-kr', 1],
    ['windows-1252', german, { Größe: [1], 'Preis €': [2] }, 'windows-1252', 1],
    [
      'windows-1252 that looks like pairs',
      Uint8Array.of(0xc4, 0x72, 0x2c, 0x78, 0x0a, 0x31, 0x2c, 0x32),
      { Är: [1], x: [2] },
      'windows-1252',
      1,
    ],
  ])('finds %s, however the bytes come', async (_, bytes, expected, encoding, doubts) => {
    const answer = [expected, encoding, false, doubts];
    expect(facts(await readCsv(new Blob([bytes as Uint8Array<ArrayBuffer>])))).toEqual(answer);
    for (const size of [1, 2, 3]) expect(facts(await readCsv(chunksOf(bytes, size)))).toEqual(answer);
    expect(facts(await readCsv(() => chunksOf(gzipSync(bytes), 2)))).toEqual([expected, encoding, true, doubts]);
  });

  it('takes the encoding it is given', async () => {
    const table = await readCsv(new Blob([german]), { encoding: 'iso-8859-2' });
    expect(table.columns[0].name).toBe('Größe');
    expect(table.format?.encoding).toBe('iso-8859-2');
    expect(textsOf(table.notices, 'warning')).toEqual([]);
    const unmarked = utf16('x,y\n1,2\n', false) as Uint8Array<ArrayBuffer>;
    expect(plain(await readCsv(new Blob([unmarked]), { encoding: 'utf-16le' }))).toEqual({ x: [1], y: [2] });
    expect((await problemOf(new Blob([german]), { encoding: 'utf-8', source: 'a' })).message).toMatch(
      /^a is not UTF-8 text/,
    );
  });

  it.each([
    ['EUC-KR', bytesOf(longText('1,a', '2,b'), Uint8Array.of(0x33, 0x2c, 0xb1, 0xe8, 0x0a)), 'euc-kr', '김'],
    [
      'windows-1252',
      bytesOf(longText('1,a', '2,b'), Uint8Array.of(0x33, 0x2c, 0xe9, 0x74, 0xe9)),
      'windows-1252',
      'été',
    ],
  ])('reads again where bytes far down are %s, or asks where it cannot', async (_, bytes, encoding, last) => {
    for (const input of [new Blob([bytes]), () => chunksOf(bytes, 50_000), () => chunksOf(gzipSync(bytes), 5000)]) {
      const table = await readCsv(input);
      expect(table.format?.encoding).toBe(encoding);
      expect(plain(table).name.at(-1)).toBe(last);
    }
    const refused = await problemOf(chunksOf(bytes, 50_000), { source: 'a' });
    expect(refused.message).toMatch(/^a is not UTF-8 text all through; .*name its encoding, such as euc-kr/);
    expect(plain(await readCsv(chunksOf(bytes, 50_000), { encoding })).name.at(-1)).toBe(last);
  });

  it('does not read again what a mark calls UTF-8', async () => {
    const bytes = new Uint8Array([
      0xef,
      0xbb,
      0xbf,
      ...bytesOf(longText('1,a', '2,b'), Uint8Array.of(0x33, 0x2c, 0xe9)),
    ]);
    expect((await problemOf(new Blob([bytes]), { source: 'a' })).message).toMatch(/^a is not UTF-8 text/);
  });
});

describe('gzip', () => {
  it('is refused where it is damaged or cut short, in one sentence', async () => {
    const packed = gzipSync(utf8(longText('1.5,a', '2,b')));
    const flipped = (at: number) => packed.map((byte, index) => (index === at ? byte ^ 255 : byte));
    const cut = [packed.length >> 1, packed.length - 9, 3].map((length) => packed.subarray(0, length));
    for (const bytes of [flipped(packed.length >> 1), flipped(packed.length - 8), ...cut]) {
      expect((await problemOf(new Blob([bytes as Uint8Array<ArrayBuffer>]), { source: 'a.gz' })).message).toBe(
        'a.gz is packed with gzip, but damaged or cut short; unpack it first, or get it again.',
      );
    }
  });
});

describe('progress and cancelling', () => {
  const text = longText('1.5,a', '2,b');
  const blob = new Blob([text]);

  it('tells the bytes read, up to all of them', async () => {
    for (const [input, total] of [
      [blob, blob.size],
      [text, text.length],
      [() => chunksOf(utf8(text), 1000), undefined],
    ] as const) {
      const told: [number, number | undefined][] = [];
      await readCsv(input, { progress: (bytes, all) => told.push([bytes, all]) });
      expect(told.length).toBeGreaterThan(2);
      expect(told.every(([bytes, all], index) => all === total && (index === 0 || bytes > told[index - 1][0]))).toBe(
        true,
      );
      expect(told.at(-1)?.[0]).toBe(blob.size);
    }
  });

  it.each([
    ['text', () => text],
    ['a file', () => blob],
    ['gzip', () => new Blob([gzipSync(utf8(text.repeat(20)), { level: 0 }) as Uint8Array<ArrayBuffer>])],
  ])('stops with an AbortError in %s', async (_, input) => {
    const controller = new AbortController();
    const reading = readCsv(input(), { signal: controller.signal, progress: () => controller.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await expect(readCsv('x\n1', { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(DOMException);
  });

  it('lets the event loop run, and closes the stream it stops in', async () => {
    let closed = false;
    async function* endless() {
      try {
        yield utf8('x,y\n');
        for (;;) yield utf8('1,2\n'.repeat(10_000));
      } finally {
        closed = true;
      }
    }
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await expect(readCsv(endless(), { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toBe(true);
    closed = false;
    await expect(readCsv(endless(), { encoding: 'none' })).rejects.toThrow(/^encoding "none" is not known/);
    expect(closed).toBe(true);
  });

  it('throws what the stream throws', async () => {
    async function* failing() {
      yield gzipSync(utf8(text)).subarray(0, 100);
      throw new Error('the disk is gone');
    }
    await expect(readCsv(failing())).rejects.toThrow('the disk is gone');
  });
});
