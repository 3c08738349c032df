/** What goes for good: runs and sweeps that were deleted long enough ago that nobody will undo it, and that no tab has open. */
import type { RunMark } from '../../protocol/runs.ts';
import { readAll } from './readable.ts';
import { type Change, type Store, shelves } from './store.ts';

/** Deleted runs can be brought back for so long, in milliseconds. */
const undoTime = 10 * 60_000;

/** Runs that were deleted long ago; one that was brought back has 0 for when. */
export function goneForGood(marks: readonly [string, RunMark][], now: number): string[] {
  return marks.filter(([, { deleted }]) => deleted && now - deleted > undoTime).map(([id]) => id);
}

/** @param open runs that tabs have open: they are still being kept, and would come back without their mark */
export async function purged(store: Store, now: number, open: ReadonlySet<string>): Promise<Change[]> {
  const { sound: marks } = await readAll(store, 'marks');
  const changes: Change[] = [];
  for (const id of goneForGood(marks, now)) {
    if (open.has(id)) continue;
    for (const shelf of shelves) {
      if (shelf === 'records' || shelf === 'trials') {
        for (const key of await store.keys(shelf, `${id} `)) changes.push({ shelf, key });
      } else if (shelf !== 'tables' && shelf !== 'tabs') changes.push({ shelf, key: id });
    }
  }
  return changes;
}
