/**
 * Bytes to text: UTF-8 and UTF-16 by their marks, and what older programs write, EUC-KR and windows-1252, by the look of the
 * bytes. Everything is decoded strictly, so that a wrong guess is noticed and never becomes a table of question marks.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';

/** The encoding that a byte order mark names. */
export function markedEncoding(sample: Uint8Array): string | undefined {
  const [first, second, third] = sample;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  return undefined;
}

/** The encoding of a file by its first bytes; `whole` where they are all there is. */
export function guessEncoding(sample: Uint8Array, whole: boolean): string {
  const marked = markedEncoding(sample);
  if (marked) return marked;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !whole });
    return 'utf-8';
  } catch {
    const legacy = legacyGuess();
    legacy.look(sample);
    return legacy.guess();
  }
}

/**
 * Tells EUC-KR from windows-1252, from bytes in any portions. Korean text has its bytes from 0x80 up in pairs, nearly all of
 * them Hangul; accented letters and curly quotes stand alone. A pair that ends with a Latin letter is Hangul of CP949 alone,
 * and could as well be "é" and what follows it: it counts only where at least as many pairs are Hangul for certain.
 */
export function legacyGuess(): { look: (bytes: Uint8Array) => void; guess: () => string } {
  let lead = 0;
  let hangul = 0;
  let doubtful = 0;
  let pairs = 0;
  let broken = false;
  return {
    look(bytes) {
      for (const byte of bytes) {
        if (lead === 0) {
          if (byte >= 0x80) lead = byte;
          continue;
        }
        const isLetter = (byte > 0x40 && byte < 0x5b) || (byte > 0x60 && byte < 0x7b);
        if (lead < 0x81 || lead > 0xfd || !(isLetter || byte > 0x80) || byte > 0xfe) broken = true;
        // Rows of symbols, such as ※ and ℃.
        if (lead < 0xa1 || lead > 0xac || byte < 0xa1) pairs += 1;
        const isStandard = lead >= 0xb0 && lead <= 0xc8 && byte > 0xa0;
        const isExtended = lead <= (byte > 0xa0 ? 0xa0 : 0xc6);
        if (isStandard || (isExtended && !isLetter)) hangul += 1;
        else if (isExtended) doubtful += 1;
        lead = 0;
      }
    },
    guess() {
      const isKorean = hangul > 0 && hangul >= doubtful && hangul + doubtful >= 0.75 * pairs;
      return !broken && isKorean ? 'euc-kr' : 'windows-1252';
    },
  };
}

export function notEncoded(source: string, encoding: string): InputError {
  return new InputError(message(reading, 'encoding_wrong', { source, encoding }), 'encoding');
}
