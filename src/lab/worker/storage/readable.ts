/** What can be read of a shelf, and what cannot: nobody sees that but by its number, until a person has it removed. */
import type { RunEntry, RunMark, TabEntry } from '../../protocol/runs.ts';
import type { SweepEntry } from '../../protocol/sweep.ts';
import { isEntry, isMark, isTab, isTable } from './entry-schema.ts';
import { type Change, type Shelf, type Store, shelves } from './store.ts';
import { isSweep } from './sweep-schema.ts';
import type { KeptTable } from './tables.ts';

interface Values {
  entries: RunEntry;
  marks: RunMark;
  tabs: TabEntry;
  tables: KeptTable;
  sweeps: SweepEntry;
}

type Guards = { readonly [Name in keyof Values]: (value: unknown, key: string) => value is Values[Name] };

const guards: Guards = {
  entries: (value, key): value is RunEntry => isEntry(value) && value.id === key,
  marks: isMark,
  tabs: (value, key): value is TabEntry => isTab(value) && value.id === key,
  tables: isTable,
  sweeps: (value, key): value is SweepEntry => isSweep(value) && value.id === key,
};

export interface Readable<Value> {
  sound: [string, Value][];
  /** Keys of the others. */
  unread: string[];
}

export async function readAll<Name extends keyof Values>(store: Store, shelf: Name): Promise<Readable<Values[Name]>> {
  const sound: [string, Values[Name]][] = [];
  const unread: string[] = [];
  for (const [key, value] of await store.all(shelf)) {
    if (guards[shelf](value, key)) sound.push([key, value]);
    else unread.push(key);
  }
  return { sound, unread };
}

/** Undefined where there is none, or none that can be read. */
export async function readOne<Name extends keyof Values>(
  store: Store,
  shelf: Name,
  key: string,
): Promise<Values[Name] | undefined> {
  const value = await store.get(shelf, key);
  return guards[shelf](value, key) ? value : undefined;
}

/** What removes all that cannot be read, with what belongs to it. */
export async function removalOfUnread(store: Store): Promise<Change[]> {
  const changes: Change[] = [];
  for (const shelf of Object.keys(guards) as (keyof Values)[]) {
    for (const key of (await readAll(store, shelf)).unread) {
      changes.push({ shelf, key });
      if (shelf === 'entries' || shelf === 'sweeps') changes.push(...(await partsOf(store, key)));
    }
  }
  return changes;
}

/** Of a run or a sweep, on all shelves but its own. */
async function partsOf(store: Store, id: string): Promise<Change[]> {
  const parts: Change[] = [];
  const own: ReadonlySet<Shelf> = new Set(['pictures', 'checkpoints', 'models', 'marks']);
  for (const shelf of shelves) {
    if (own.has(shelf)) parts.push({ shelf, key: id });
    else if (shelf === 'records' || shelf === 'trials')
      for (const key of await store.keys(shelf, `${id} `)) parts.push({ shelf, key });
  }
  return parts;
}
