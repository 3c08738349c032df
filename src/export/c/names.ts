/** Names and texts of a table in C: identifiers that are unique, strings, and what may stand in a comment. */

const keywords = new Set(
  `auto break case char const continue default do double else enum extern float for goto if inline int long register
  restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
  and bool catch class delete export false friend mutable namespace new not operator or private protected public template
  this throw true try typename using virtual xor`.split(/\s+/),
);

/** Gives each text an identifier of its own, of the letters, digits and _ of ASCII. */
export function identifiers(fallback: string, taken: Set<string> = new Set(), upper = false): (text: string) => string {
  return (text) => {
    const plain = text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const own = /^[A-Za-z]/.test(plain) ? plain : plain === '' ? fallback : `${fallback}_${plain}`;
    const name = upper ? own.toUpperCase() : own.toLowerCase();
    const free = keywords.has(name) ? `${name}_` : name;
    let unique = free;
    for (let number = 2; taken.has(unique); number++) unique = `${free}_${number}`;
    taken.add(unique);
    return unique;
  };
}

/** Bytes of UTF-8; a question mark could begin a trigraph. */
export function stringLiteral(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if ('"\\?'.includes(character)) return `\\${character}`;
    return byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}

/** In quotes, on one line, and without what would end the comment or begin another. */
export const commented = (text: string) => JSON.stringify(text).replaceAll('*', '\\u002a').replaceAll('?', '\\u003f');
