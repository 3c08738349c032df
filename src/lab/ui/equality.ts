/**
 * The page is drawn up to 25 times a second. What is put together anew each time, and mostly of the same parts, is told from
 * what has changed here, so that nothing is drawn for it.
 */

export function sameItems(a: readonly unknown[] = [], b: readonly unknown[] = []): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** For properties of elements that are lists. */
export function itemsChanged(now: readonly unknown[] | undefined, before: readonly unknown[] | undefined): boolean {
  return (now === undefined) !== (before === undefined) || !sameItems(now, before);
}

/** For properties of elements that are small and plain. */
export function contentsChanged(now: unknown, before: unknown): boolean {
  return JSON.stringify(now) !== JSON.stringify(before);
}

/** For sets, and for maps. */
export function sameMembers(a: Iterable<unknown>, b: Iterable<unknown>): boolean {
  return sameItems([...a].flat(), [...b].flat());
}
