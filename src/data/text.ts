/** Bytes of a file to text: UTF-8, or UTF-16 with a byte order mark, which spreadsheets call "Unicode text". */
import { InputError } from '../spec/errors.ts';

/** A string cannot be much longer in today's engines. */
const mostBytes = 500_000_000;

/** @throws InputError when the bytes are no text, or text in another encoding. */
export function decodeText(bytes: Uint8Array, source: string): string {
  if (bytes.length > mostBytes) {
    throw new InputError(`${source} is larger than 500 MB; split the table or leave rows out.`);
  }
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0)) {
    const what = first === 0x50 && second === 0x4b ? 'is a spreadsheet or an archive' : 'is a binary file';
    throw new InputError(`${source} ${what}, not a text file; save the table as CSV (comma-separated values) first.`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${source} is not UTF-8 text; save the table again as "CSV UTF-8".`);
  }
}
