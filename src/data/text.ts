/** All bytes of a file to one text, for those who need every character of it. `readCsv` goes through a file in portions. */
import { InputError } from '../spec/errors.ts';
import { decode, decoderOf } from './decoders.ts';
import { guessEncoding, notEncoded, refuseBinary } from './encoding.ts';

/** A string cannot be much longer in today's engines. */
const mostBytes = 500_000_000;

/**
 * @param encoding guessed where it is not given, as `readCsv` does
 * @throws InputError when the bytes are no text, or text in another encoding
 */
export function decodeText(bytes: Uint8Array, source: string, encoding?: string): string {
  if (bytes.length > mostBytes) {
    throw new InputError(`${source} is larger than 500 MB; split the table or leave rows out.`);
  }
  if (encoding === undefined) refuseBinary(bytes, source);
  const decoder = decoderOf(encoding ?? guessEncoding(bytes, true));
  try {
    return decode(decoder, bytes) + decode(decoder);
  } catch {
    throw notEncoded(source, decoder.encoding);
  }
}
