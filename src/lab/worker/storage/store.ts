/**
 * Where runs and sweeps are kept: a database of the browser with a shelf for each kind of thing, or the worker's memory where the
 * browser refuses one, as private windows may. Several changes are made together or not at all.
 */
import { type IDBPDatabase, openDB } from 'idb';
import { page } from '../../../messages/en/page.ts';
import { RunError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { CancellationScope } from '../../shared/cancellation-scope.ts';
import { isFull } from './full-disk.ts';

const name = 'perceptron-lab';
/** Raised when there are other shelves. */
const version = 3;

export const shelves = [
  'entries',
  'marks',
  'pictures',
  'records',
  'checkpoints',
  'models',
  'bases',
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
  const connections = new Connections();
  try {
    await connections.now();
    return databaseStore(connections);
  } catch (error) {
    console.info('Runs are not kept for the next visit:', error);
    return memoryStore();
  }
}

/** The database while it is open. */
interface Connection {
  database: IDBPDatabase;
  /** Ends where the browser closes it, as Chromium does once its disk is full: some transactions then never end. */
  ending: CancellationScope;
}

const closedErrors: ReadonlySet<string> = new Set(['AbortError', 'InvalidStateError', 'UnknownError']);

/** The database, which is opened anew where it was closed: for another version of the page, or by the browser. */
class Connections {
  #opened: Promise<Connection> | undefined;
  #told = false;

  now(): Promise<Connection> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  #open(): Promise<Connection> {
    const ending = new CancellationScope();
    const forget = () => {
      if (this.#opened === opening) this.#opened = undefined;
    };
    const opening = openDB(name, version, {
      upgrade(made) {
        for (const shelf of shelves) if (!made.objectStoreNames.contains(shelf)) made.createObjectStore(shelf);
      },
      // Another version of the page wants the database changed or gone: let it.
      blocking(_before, _after, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated() {
        forget();
        ending.end();
      },
    }).then((database) => ({ database, ending }));
    opening.catch(forget);
    return opening;
  }

  /** Once more where the database was closed meanwhile: the second time says why, where it cannot be done. */
  async use<Value>(work: (database: IDBPDatabase) => Promise<Value>): Promise<Value> {
    let first: Connection | undefined;
    try {
      first = await this.now();
      return await useOnce(first, work);
    } catch (error) {
      if (!isClosed(error)) throw error;
      first?.database.close();
      if ((await this.#opened) === first) this.#opened = undefined;
    }
    try {
      const value = await useOnce(await this.now(), work);
      this.#told = false;
      return value;
    } catch (error) {
      if (!isClosed(error)) throw error;
      if (!this.#told) console.info('The database cannot be used:', error);
      this.#told = true;
      throw new RunError(message(page, 'database_closed'));
    }
  }
}

/** Whether a database says so that is not open any more, or cannot be opened. */
function isClosed(error: unknown): boolean {
  return error instanceof DOMException && closedErrors.has(error.name) && !isFull(error);
}

async function useOnce<Value>(
  { database, ending }: Connection,
  work: (database: IDBPDatabase) => Promise<Value>,
): Promise<Value> {
  const done = await ending.until(work(database).then((value) => ({ value })));
  if (!done) throw new DOMException('The database was closed.', 'AbortError');
  return done.value;
}

function databaseStore(connections: Connections): Store {
  return {
    lasting: true,
    get: (shelf, key) => connections.use((database) => database.get(shelf, key)),
    all: (shelf, prefix = '') =>
      connections.use(async (database) => {
        const { store } = database.transaction(shelf);
        const [keys, values] = await Promise.all([store.getAllKeys(rangeOf(prefix)), store.getAll(rangeOf(prefix))]);
        return keys.map((key, index) => [String(key), values[index]]);
      }),
    keys: async (shelf, prefix = '') =>
      (await connections.use((database) => database.getAllKeys(shelf, rangeOf(prefix)))).map(String),
    async write(changes) {
      if (changes.length > 0) await connections.use((database) => writeAll(database, changes));
    },
  };
}

async function writeAll(database: IDBPDatabase, changes: readonly Change[]): Promise<void> {
  const transaction = database.transaction([...new Set(changes.map(({ shelf }) => shelf))], 'readwrite');
  const asked: Promise<unknown>[] = [];
  try {
    for (const { shelf, key, value } of changes) {
      const store = transaction.objectStore(shelf);
      asked.push(value === undefined ? store.delete(key) : store.put(value, key));
    }
  } catch (error) {
    // What cannot be asked for ends the others, too: all or none.
    transaction.abort();
    await Promise.allSettled([transaction.done, ...asked]);
    throw error;
  }
  // The transaction says why it failed; what single requests say of it is the same or less.
  await Promise.all([transaction.done, Promise.allSettled(asked)]);
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
        if (value === undefined) on(shelf).delete(String(key));
        else on(shelf).set(String(key), structuredClone(value));
      }
    },
  };
}

/** Sorts by time; unlike `crypto.randomUUID` it is there on pages that browsers do not trust. */
export function newId(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random.toString(36)}`;
}
