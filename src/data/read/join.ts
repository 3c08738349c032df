/** Typed arrays one after another, in one of their kind. */
type Whole = Uint8Array | Uint32Array;

/** @param make an array of so many values, all 0 */
export function joined<Kind extends Whole>(parts: readonly Kind[], make: (length: number) => Kind): Kind {
  const all = make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  return joined(parts, (length) => new Uint8Array(length));
}
