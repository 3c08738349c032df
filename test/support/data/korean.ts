/** What a decoder of EUC-KR makes of every pair of bytes, in one number: the same in Node and in a browser. */
type DecoderOf = (encoding: string) => { decode: (bytes: Uint8Array<ArrayBuffer>) => string };

/** A line for each pair; empty where it is refused. */
export function allPairs(decoderOf: DecoderOf): string {
  const decoder = decoderOf('euc-kr');
  const lines: string[] = [];
  for (let pair = 0; pair < 65_536; pair += 1) lines.push(decoded(Uint8Array.of(pair >> 8, pair & 255)));
  return lines.join('\n');

  function decoded(bytes: Uint8Array<ArrayBuffer>): string {
    try {
      return decoder.decode(bytes);
    } catch {
      return '';
    }
  }
}

/** FNV-1a over UTF-16 units. */
export function pairsHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
