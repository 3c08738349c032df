/**
 * Where runs and sweeps are kept: a database of the browser with a shelf for each kind of thing, or the worker's memory where the
 * browser refuses one, as private windows may. Several changes are made together or not at all.
 */
import { type IDBPDatabase, openDB } from 'idb';

const name = 'perceptron-lab';
/** Raised when there are other shelves. */
const version = 2;

export const shelves = [
  'entries',
  'marks',
  'pictures',
  'records',
  'checkpoints',
  'models',
  'tables',
  'tabs',
  'sweeps',
  'trials',
] as const;
export type Shelf = (typeof shelves)[number];

/** Without a value, what is there is removed. */
export interface Change {
  shelf: Shelf;
  key: string;
  value?: unknown;
}

export interface Store {
  /** Whether it is still there at the next visit. */
  readonly lasting: boolean;
  get(shelf: Shelf, key: string): Promise<unknown>;
  /** Everything whose key begins so, by key. */
  all(shelf: Shelf, prefix?: string): Promise<[string, unknown][]>;
  keys(shelf: Shelf, prefix?: string): Promise<string[]>;
  write(changes: readonly Change[]): Promise<void>;
}

/** Never refuses: what cannot be kept lasting is kept in memory. */
export async function openStore(): Promise<Store> {
  const opened = reopening();
  try {
    await opened();
    return databaseStore(opened);
  } catch (error) {
    console.info('Runs are not kept for the next visit:', error);
    return memoryStore();
  }
}

/** The database, which is opened anew where it was closed: for another version of the page, or by the browser. */
function reopening(): () => Promise<IDBPDatabase> {
  let opened: Promise<IDBPDatabase> | undefined;
  const open = () => {
    const forget = () => {
      if (opened === opening) opened = undefined;
    };
    const opening: Promise<IDBPDatabase> = openDB(name, version, {
      upgrade(made) {
        for (const shelf of shelves) if (!made.objectStoreNames.contains(shelf)) made.createObjectStore(shelf);
      },
      // Another version of the page wants the database changed or gone: let it.
      blocking(_before, _after, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

function databaseStore(opened: () => Promise<IDBPDatabase>): Store {
  return {
    lasting: true,
    get: async (shelf, key) => (await opened()).get(shelf, key),
    async all(shelf, prefix = '') {
      const { store } = (await opened()).transaction(shelf);
      const [keys, values] = await Promise.all([store.getAllKeys(rangeOf(prefix)), store.getAll(rangeOf(prefix))]);
      return keys.map((key, index) => [String(key), values[index]]);
    },
    keys: async (shelf, prefix = '') => (await (await opened()).getAllKeys(shelf, rangeOf(prefix))).map(String),
    async write(changes) {
      if (changes.length === 0) return;
      const transaction = (await opened()).transaction([...new Set(changes.map(({ shelf }) => shelf))], 'readwrite');
      const asked = changes.map(({ shelf, key, value }) => {
        const store = transaction.objectStore(shelf);
        return value === undefined ? store.delete(key) : store.put(value, key);
      });
      // The transaction says why it failed; what single requests say of it is the same or less.
      await Promise.all([transaction.done, Promise.allSettled(asked)]);
    },
  };
}

function rangeOf(prefix: string): IDBKeyRange | undefined {
  return prefix ? IDBKeyRange.bound(prefix, `${prefix}\uffff`) : undefined;
}

export function memoryStore(): Store {
  const kept = new Map(shelves.map((shelf) => [shelf, new Map<string, unknown>()]));
  const on = (shelf: Shelf) => kept.get(shelf) as Map<string, unknown>;
  const keysOf = (shelf: Shelf, prefix: string) => [...on(shelf).keys()].filter((key) => key.startsWith(prefix)).sort();
  return {
    lasting: false,
    get: async (shelf, key) => on(shelf).get(key),
    all: async (shelf, prefix = '') => keysOf(shelf, prefix).map((key) => [key, on(shelf).get(key)]),
    keys: async (shelf, prefix = '') => keysOf(shelf, prefix),
    async write(changes) {
      for (const { shelf, key, value } of changes) {
        if (value === undefined) on(shelf).delete(key);
        else on(shelf).set(key, structuredClone(value));
      }
    },
  };
}

/** Sorts by time; unlike `crypto.randomUUID` it is there on pages that browsers do not trust. */
export function newId(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random.toString(36)}`;
}
