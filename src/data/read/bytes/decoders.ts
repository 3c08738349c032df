/**
 * Strict decoders for text that comes in portions, the same in browsers and in Node. Node's decoder of EUC-KR is ICU's, which
 * knows neither the extended Hangul of CP949 (0x8c63, 똠) nor the euro sign; where the platform's decoder is not the web's
 * (the Encoding Standard, which means CP949 by EUC-KR), one of our own takes its place.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';

/** The bytes do not fit the encoding they are read with. */
export class WrongEncoding extends Error {
  override name = 'WrongEncoding';
}

/** What is used of a TextDecoder. A byte that does not fit throws, and so does a character that the end cuts off. */
export type Decoder = Pick<TextDecoder, 'encoding'> & {
  decode: (bytes?: Uint8Array, options?: { stream?: boolean }) => string;
};

/** Names that other programs use and TextDecoder does not know. */
const aliases: Record<string, string> = {
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  'x-windows-949': 'euc-kr',
  'utf-8-sig': 'utf-8',
};

/** @throws InputError for a name that is no encoding */
export function createDecoder(encoding: string): Decoder {
  const name = encoding.trim().toLowerCase();
  let decoder: TextDecoder;
  try {
    // Node's windows-1252 is wrong unless it is strict.
    decoder = new TextDecoder(aliases[name] ?? name, { fatal: true });
  } catch {
    throw new InputError(message(reading, 'encoding_unknown', { encoding }), 'encoding');
  }
  return decoder.encoding === 'euc-kr' && !knowsExtendedHangul() ? new Cp949Decoder() : decoder;
}

/** @throws WrongEncoding for bytes that the decoder does not know; without bytes, the end. */
export function decode(decoder: Decoder, bytes?: Uint8Array): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new WrongEncoding(decoder.encoding);
  }
}

function knowsExtendedHangul(): boolean {
  return new TextDecoder('euc-kr').decode(Uint8Array.of(0x8c, 0x63)) === '똠';
}

class Cp949Decoder implements Decoder {
  readonly encoding = 'euc-kr';
  readonly #characters = cp949Characters();
  /** The first byte of a pair whose second is in the next portion. */
  #lead = 0;

  decode(bytes: Uint8Array = new Uint8Array(0), { stream = false } = {}): string {
    const units = new Uint16Array(bytes.length);
    let lead = this.#lead;
    this.#lead = 0;
    let count = 0;
    for (const byte of bytes) {
      if (lead === 0 && byte >= 0x80) {
        lead = byte;
        continue;
      }
      const unit = lead === 0 ? byte : this.#characters[lead * 256 + byte];
      if (lead > 0 && unit === 0) throw new WrongEncoding(this.encoding);
      units[count++] = unit;
      lead = 0;
    }
    if (!stream && lead > 0) throw new WrongEncoding(this.encoding);
    this.#lead = lead;
    return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units.subarray(0, count));
  }
}

let characters: Uint16Array | undefined;

/**
 * The UTF-16 unit of each pair of bytes, 0 where there is none: KS X 1001 from the platform, and in the gaps that it leaves
 * the other syllables of modern Hangul, in the order of Unicode.
 */
function cp949Characters(): Uint16Array {
  if (characters) return characters;
  const units = new Uint16Array(65_536);
  const platform = new TextDecoder('euc-kr');
  const standard = new Set<number>();
  for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const unit = platform.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
      const isPrivate = unit >= 0xe000 && unit <= 0xf8ff;
      if (unit === 0xfffd || isPrivate) continue;
      units[lead * 256 + trail] = unit;
      standard.add(unit);
    }
  }
  units[0xa2e6] = 0x20ac; // €
  units[0xa2e7] = 0x00ae; // ®
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail += 1) {
      const isGap = (trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81);
      if (isGap) continue;
      while (standard.has(syllable)) syllable += 1;
      if (syllable > 0xd7a3) break;
      units[lead * 256 + trail] = syllable;
      syllable += 1;
    }
  }
  characters = units;
  return units;
}
