/** Node decodes Korean as browsers do: CP949, which the web calls EUC-KR, whole, strict and however it is cut. */
import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../../../src/data/read/bytes/decoders.ts';
import { guessEncoding } from '../../../../src/data/read/bytes/encoding.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../../src/data/read/raw-csv.ts';
import { chunksOf, plain, utf8 } from '../../../support/data/csv-tables.ts';
import { allPairs, pairsHash } from '../../../support/data/korean.ts';

/** 똠방각하, 펲시, 뷁 and 김 in CP949; the first, third and fifth are extended Hangul. */
const odd = [0x8c, 0x63, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf, 0x0a, 0xbc, 0x84, 0xbd, 0xc3, 0x0a, 0x94, 0xee, 0x0a];
const bytes = Uint8Array.from([...utf8('name\n'), ...odd, 0xb1, 0xe8, 0x0a]);
const names = ['똠방각하', '펲시', '뷁', '김'];

describe('CP949', () => {
  it('is that of the Encoding Standard for all 65,536 pairs of bytes', () => {
    expect(pairsHash(allPairs(createDecoder))).toBe(0x9f74ab98);
  });

  it.each(['cp949', 'CP949', 'ms949', 'windows-949', 'UHC', 'euc-kr', 'ks_c_5601-1987', ' x-windows-949 '])(
    'is what %s names',
    async (encoding) => {
      expect(createDecoder(encoding).encoding).toBe('euc-kr');
      for (const size of [1, 2, 3, 100]) {
        expect(plain(await readCsv(chunksOf(bytes, size), { encoding, header: true })).name).toEqual(names);
      }
    },
  );

  it('is found by its extended Hangul too, and read undamaged by those who keep the cells', async () => {
    const table = await readCsv(chunksOf(bytes, 4));
    expect([table.format?.encoding, plain(table).name]).toEqual(['euc-kr', names]);
    const lines = await withRawCsv(chunksOf(bytes, 5), { source: 'a.csv' }, async (sheet) => {
      const all: string[] = [];
      for await (const block of sheet.blocks(new Map())) all.push(...block.lines.map((line) => line.text));
      return all;
    });
    expect(lines).toEqual(['name', ...names]);
  });

  it('is told from windows-1252 with curly quotes, accents and ligatures before letters', () => {
    const western = [
      [0x64, 0x6f, 0x6e, 0x92, 0x74],
      [0xc4, 0x72, 0x7a, 0x74, 0x65],
      [0x63, 0x9c, 0x75, 0x72],
      [0xe9, 0x74, 0xe9, 0x2c],
    ];
    for (const text of western) expect(guessEncoding(Uint8Array.from(text), true)).toBe('windows-1252');
  });

  it.each([[[0xb1, 0x20]], [[0xc9, 0xa1]], [[0x80]], [[0xff, 0xff]], [[0xc6, 0x53]], [[0x41, 0xb1]]])(
    'is strict: %j is noticed',
    async (wrong) => {
      const decoder = createDecoder('cp949');
      expect(() => decoder.decode(Uint8Array.from(wrong), { stream: true }) + decoder.decode()).toThrow();
      const file = new Blob([Uint8Array.from([...bytes, ...wrong])]);
      await expect(readCsv(file, { encoding: 'cp949', source: 'a.csv' })).rejects.toThrow(
        /^a\.csv is not EUC-KR text all through; /,
      );
    },
  );
});

it('names the encodings it knows where it is given another', () => {
  expect(() => createDecoder('klingon')).toThrow(
    /^encoding "klingon" is not known; give utf-8, utf-16le, utf-16be, euc-kr \(cp949\), windows-1252 or /,
  );
});
