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
