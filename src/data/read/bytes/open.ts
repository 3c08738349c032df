/** An input as text, whatever it is packed and encoded with; the bytes of those whose cells have types. */

import { reading } from '../../../messages/en/tables/reading.ts';
import { concatBytes } from '../../../util/arrays.ts';
import { message } from '../../../util/message.ts';
import type { Watch } from '../../../util/yielding.ts';
import { type Notice, warning } from '../../table/notices.ts';
import { createDecoder, type Decoder, decode, WrongEncoding } from './decoders.ts';
import { guessEncoding, legacyGuess, markedEncoding, notEncoded } from './encoding.ts';
import type { TypedKind } from './signatures.ts';
import {
  beginning,
  bytePortions,
  type CsvInput,
  continued,
  gunzip,
  isGzip,
  isRepeatable,
  portion,
  textPortions,
} from './source.ts';

export interface OpenText {
  text: AsyncGenerator<string>;
  encoding: string;
  gzip: boolean;
  /** Whether the bytes begin with a byte order mark. */
  bom: boolean;
  /** What is not certain about the encoding. */
  notices: Notice[];
  close: () => Promise<void>;
}

/** A table that is no text. */
export interface OpenTyped {
  typed: TypedKind;
  bytes: AsyncGenerator<Uint8Array>;
  gzip: boolean;
  close: () => Promise<void>;
}

export interface OpenOptions extends Watch {
  source: string;
  encoding?: string;
}

/**
 * @param fallback the encoding to go by instead of the first bytes, once they have proved misleading
 * @throws InputError for what is no table; WrongEncoding, also from the text, where `fallbackEncoding` knows more
 */
export async function openTable(
  input: CsvInput,
  options: OpenOptions,
  fallback?: string,
): Promise<OpenText | OpenTyped> {
  if (typeof input === 'string') {
    const text = textPortions(input, options);
    return { text, encoding: 'text', gzip: false, bom: false, notices: [], close: () => closed(text) };
  }
  const { bytes, gzip, close } = await openBytes(input, options);
  try {
    const first = await beginning(bytes, portion);
    const sample = concatBytes(first).subarray(0, portion);
    const whole = first.reduce((sum, { length }) => sum + length, 0) < portion;
    if (options.encoding === undefined && mayBeBinary(sample)) {
      const { refuseBinary, typedKind } = await import('./signatures.ts');
      const typed = typedKind(sample);
      if (typed) return { typed, bytes: continued(first, bytes), gzip, close };
      refuseBinary(sample, options.source);
    }
    const decoder = createDecoder(options.encoding ?? fallback ?? guessEncoding(sample, whole));
    const { encoding } = decoder;
    const bom = markedEncoding(sample) !== undefined;
    const guessed = options.encoding === undefined && !bom;
    const refused = guessed && isRepeatable(input) ? new WrongEncoding(encoding) : notEncoded(options.source, encoding);
    const notices =
      guessed && encoding !== 'utf-8' ? [warning(message(reading, 'encoding_guessed', { encoding }))] : [];
    return { text: decoded(continued(first, bytes), decoder, refused), encoding, gzip, bom, notices, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether it has bytes that no letter is written with, or begins as files do that may have none. */
function mayBeBinary(sample: Uint8Array): boolean {
  return '$%<{'.includes(String.fromCharCode(sample[0])) || sample.some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

/** What to read a repeatable input with instead of the encoding that it turned out not to have; all of it is looked at. */
export async function fallbackEncoding(wrong: string, input: CsvInput, options: OpenOptions): Promise<string> {
  if (wrong !== 'utf-8' || typeof input === 'string') return 'windows-1252';
  const { bytes, close } = await openBytes(input, { source: options.source, signal: options.signal });
  const legacy = legacyGuess();
  try {
    for await (const part of bytes) legacy.look(part);
  } finally {
    await close();
  }
  return legacy.guess();
}

/** The bytes, out of gzip where the first two say so. */
async function openBytes(input: Exclude<CsvInput, string>, options: OpenOptions) {
  const packed = bytePortions(input, options.source, options);
  const first = await beginning(packed, 2);
  const all = continued(first, packed);
  const gzip = isGzip(concatBytes(first.slice(0, 2)));
  const bytes = gzip ? gunzip(all, options.source) : all;
  const close = async () => {
    await closed(bytes);
    await closed(packed);
  };
  return { bytes, gzip, close };
}

async function* decoded(bytes: AsyncGenerator<Uint8Array>, decoder: Decoder, refused: Error): AsyncGenerator<string> {
  for await (const part of bytes) yield text(part);
  yield text();

  function text(part?: Uint8Array): string {
    try {
      return decode(decoder, part);
    } catch {
      throw refused;
    }
  }
}

async function closed(portions: AsyncGenerator<unknown>): Promise<void> {
  await portions.return(undefined);
}
