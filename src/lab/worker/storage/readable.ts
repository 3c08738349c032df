/** What can be read of a shelf, and what cannot: nobody sees that but by its number, until a person has it removed. */
import type { RunEntry, RunMark, TabEntry } from '../../protocol/runs.ts';
import type { SweepEntry } from '../../protocol/sweep.ts';
import { type Change, type Shelf, type Store, shelves } from './store.ts';
import type { KeptTable } from './tables.ts';

interface Values {
  entries: RunEntry;
  marks: RunMark;
  tabs: TabEntry;
  tables: KeptTable;
  sweeps: SweepEntry;
}

type Guard<Value> = (value: unknown, key: string) => value is Value;

/** Loaded where there is something to read: a first visit has nothing. */
const guards: { readonly [Name in keyof Values]: () => Promise<Guard<Values[Name]>> } = {
  async entries() {
    const { isEntry } = await import('./entry-schema.ts');
    return (value, key): value is RunEntry => isEntry(value) && value.id === key;
  },
  async marks() {
    return (await import('./entry-schema.ts')).isMark;
  },
  async tabs() {
    const { isTab } = await import('./entry-schema.ts');
    return (value, key): value is TabEntry => isTab(value) && value.id === key;
  },
  async tables() {
    return (await import('./entry-schema.ts')).isTable;
  },
  async sweeps() {
    const { isSweep } = await import('./sweep-schema.ts');
    return (value, key): value is SweepEntry => isSweep(value) && value.id === key;
  },
};

export interface Readable<Value> {
  sound: [string, Value][];
  /** Keys of the others. */
  unread: string[];
}

export async function readAll<Name extends keyof Values>(store: Store, shelf: Name): Promise<Readable<Values[Name]>> {
  const sound: [string, Values[Name]][] = [];
  const unread: string[] = [];
  const values = await store.all(shelf);
  if (values.length === 0) return { sound, unread };
  const isSound = await guards[shelf]();
  for (const [key, value] of values) {
    if (isSound(value, key)) sound.push([key, value]);
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
  if (value === undefined) return undefined;
  const isSound = await guards[shelf]();
  return isSound(value, key) ? value : undefined;
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
  const own: ReadonlySet<Shelf> = new Set(['pictures', 'checkpoints', 'models', 'bases', 'marks']);
  for (const shelf of shelves) {
    if (own.has(shelf)) parts.push({ shelf, key: id });
    else if (shelf === 'records' || shelf === 'trials')
      for (const key of await store.keys(shelf, `${id} `)) parts.push({ shelf, key });
  }
  return parts;
}
