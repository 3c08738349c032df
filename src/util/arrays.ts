/** Groups, chunks, samples and counts of plain arrays. */

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

/** In their order, at most so many together. */
export function chunks<Member>(members: readonly Member[], most: number): Member[][] {
  return Array.from({ length: Math.ceil(members.length / most) }, (_, part) =>
    members.slice(part * most, (part + 1) * most),
  );
}

/** All rows, or evenly spaced ones where there are more than are wanted. */
export function evenly(rows: Uint32Array, most: number): Uint32Array {
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
