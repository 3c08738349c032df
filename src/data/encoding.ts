/**
 * Bytes to text: UTF-8 and UTF-16 by their marks, and what older programs write, EUC-KR and windows-1252, by the look of the
 * bytes. Everything is decoded strictly, so that a wrong guess is noticed and never becomes a table of question marks.
 */
import { InputError } from '../spec/errors.ts';

/** How PNG, JPEG and GIF begin. */
const images = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
];
/** WebP within RIFF, after the size: sound and films are RIFF too. */
const webp = { at: 8, bytes: [0x57, 0x45, 0x42, 0x50] };

const save = 'save the table as CSV (comma-separated values) first';

/** @throws InputError for bytes that no table of text begins with */
export function refuseBinary(sample: Uint8Array, source: string): void {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => sample[index] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new InputError(`${source} is a spreadsheet or an archive, not a text file; ${save}.`);
  }
  if (markedEncoding(sample)?.startsWith('utf-16') || !sample.includes(0)) return;
  const isWebp = webp.bytes.every((byte, index) => sample[webp.at + index] === byte);
  if (isWebp || images.some((signature) => starts(...signature))) {
    throw new InputError(`${source} is an image, not a table; open a text file such as CSV.`);
  }
  // Letters and digits of the first alphabets are every other byte 0 in UTF-16.
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] += 1;
  });
  const [most, least] = zeros[0] > zeros[1] ? zeros : [zeros[1], zeros[0]];
  if (most > sample.length / 8 && least === 0) {
    throw new InputError(
      `${source} seems to be UTF-16 text without a byte order mark; save it again as "CSV UTF-8", or give encoding ${zeros[0] > 0 ? 'utf-16be' : 'utf-16le'}.`,
    );
  }
  throw new InputError(`${source} is a binary file, not a text file; ${save}.`);
}

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
        pairs += 1;
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
  return new InputError(
    `${source} is not ${encoding.toUpperCase()} text all through; save the table again as "CSV UTF-8", or name its encoding, such as euc-kr or windows-1252.`,
    'encoding',
  );
}
