/** Records and the text that they were read from, however the text is cut. */
import { describe, expect, it } from 'vitest';
import { textPortions } from '../../../../src/data/read/bytes/source.ts';
import { evenText, recordBlocks, type TextForm } from '../../../../src/data/read/records/records.ts';

describe('blocks of records', () => {
  it('carry the text that they were read from, to the letter', async () => {
    const text = 'a,b\n1,"two\nlines"\n\n "3" ,"x""y"\n,,\n5';
    for (const blockSize of [1, 3, 7, 100]) {
      const texts: string[] = [];
      const records: string[][] = [];
      for await (const block of recordBlocks(textPortions(text, {}), ',', 'it', blockSize)) {
        texts.push(block.text ?? '');
        records.push(...block.records);
      }
      expect(texts.join('')).toBe(text);
      expect(records).toEqual([['a', 'b'], ['1', 'two\nlines'], [''], [' "3" ', 'x"y'], ['', '', ''], ['5']]);
    }
  });

  it.each([
    ['a,b\n1,2\n', { bom: false, newline: '\n' }],
    ['\ufeffa,b\r\n"two\nlines",2\r\n', { bom: true, newline: '\r\n' }],
    ['"first\nname"\r\n1\r\n', { bom: false, newline: '\r\n' }],
    ['a\r1\r2', { bom: false, newline: '\r' }],
    ['a', { bom: false, newline: '\n' }],
  ] satisfies [string, TextForm][])('know how the lines of %j end', async (text, expected) => {
    const form: TextForm = { bom: false, newline: '\n' };
    for await (const _ of evenText(textPortions(text, {}), 'it', form));
    expect(form).toEqual(expected);
  });
});
