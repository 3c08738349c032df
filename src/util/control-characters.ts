/**
 * Control characters would break a line or give a terminal orders, and what embeds or overrides a direction would turn a sentence
 * around (Boucher & Anderson 2021): they are written as JSON writes them. Marks within Hebrew or Arabic stay.
 */

/** For a regular expression. */
export const controlCharacter = '[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]';

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function writtenOut(character: string): string {
  return short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
