/** Groups, chunks, samples and counts of plain arrays, and portions put together. */

/** Members with the same key, in order of first appearance (Map.groupBy, which Node 20 does not have). */
export function groupBy<Member>(members: Iterable<Member>, keyOf: (member: Member) => string | number): Member[][] {
  const groups = new Map<string | number, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups.values()];
}

/** Consecutive parts of at most `most` members. */
export function chunks<Member>(members: readonly Member[], most: number): Member[][] {
  return Array.from({ length: Math.ceil(members.length / most) }, (_, part) =>
    members.slice(part * most, (part + 1) * most),
  );
}

/** At most so many of them, evenly spaced, the first and the last among them. */
export function spaced<Value>(values: readonly Value[], most: number): Value[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, index) => values[Math.round((index * (values.length - 1)) / (most - 1))]);
}

/** All rows, or `most` evenly spaced ones where there are more. */
export function subsample(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, index) => rows[Math.floor((index * rows.length) / most)]);
}

/** How many rows have each code: of all rows, or of those given. */
export function rowsByCode(codes: Uint32Array, rows?: Uint32Array, least = 0): Uint32Array {
  let highest = least - 1;
  for (const code of codes) if (code > highest) highest = code;
  const counts = new Uint32Array(highest + 1);
  if (rows) for (const row of rows) counts[codes[row]] += 1;
  else for (const code of codes) counts[code] += 1;
  return counts;
}

type Whole = Uint8Array | Uint32Array | Float32Array;

/** Concatenates typed arrays. @param make creates an array of zeros */
export function concat<Kind extends Whole>(parts: readonly Kind[], make: (length: number) => Kind): Kind {
  const all = make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  return concat(parts, (length) => new Uint8Array(length));
}
