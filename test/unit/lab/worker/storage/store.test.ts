/** The browser's database as it is closed under the page: by Chromium where the disk is full, and by another version of the page. */
import { type OpenDBCallbacks, openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { openStore } from '../../../../../src/lab/worker/storage/store.ts';

vi.mock('idb');

/** What becomes of a write. */
type Write = (database: FakeDatabase) => Promise<void>;

interface FakeDatabase {
  closed: boolean;
  aborted: number;
  put: string[];
  terminate: () => void;
}

const opened: FakeDatabase[] = [];
/** Of one write after another; where there is none left, all are done. */
let writes: Write[] = [];

/** A browser closes a database without a word to whoever uses it. */
function fake(terminated: () => void) {
  const state: FakeDatabase = { closed: false, aborted: 0, put: [], terminate: terminated };
  opened.push(state);
  return {
    close: () => {
      state.closed = true;
    },
    get: async (_: string, key: string) => `value of ${key}`,
    transaction: () => {
      const done = (writes.shift() ?? (async () => {}))(state);
      done.catch(() => {});
      return {
        done,
        abort: () => {
          state.aborted += 1;
        },
        objectStore: () => ({
          delete: async () => {},
          put: (value: unknown, key: string) => {
            if (typeof value === 'function') throw new DOMException('could not be cloned', 'DataCloneError');
            state.put.push(key);
            return done;
          },
        }),
      };
    },
  };
}

beforeEach(() => {
  opened.length = 0;
  writes = [];
  vi.mocked(openDB).mockImplementation((async (_: string, __: number, callbacks: OpenDBCallbacks<unknown>) =>
    fake(() => callbacks.terminated?.())) as never);
});

const change = { shelf: 'entries', key: 'one', value: 1 } as const;
const fails =
  (name: string): Write =>
  () =>
    Promise.reject(new DOMException('said by the test', name));

test.each(['AbortError', 'InvalidStateError', 'UnknownError'])(
  'what ends in %s is written to a database opened anew',
  async (name) => {
    const store = await openStore();
    writes = [fails(name)];
    await store.write([change]);
    expect(opened.map(({ closed, put }) => [closed, put])).toEqual([
      [true, ['one']],
      [false, ['one']],
    ]);
  },
);

test('where it ends so again, or for another reason, that is thrown', async () => {
  const store = await openStore();
  writes = [fails('AbortError'), fails('QuotaExceededError')];
  await expect(store.write([change])).rejects.toHaveProperty('name', 'QuotaExceededError');
  expect(opened).toHaveLength(2);
  writes = [fails('DataError')];
  await expect(store.write([change])).rejects.toHaveProperty('name', 'DataError');
  expect(opened).toHaveLength(2);
});

test('where the database cannot be opened any more, that is said in a sentence', async () => {
  const store = await openStore();
  const informed = vi.spyOn(console, 'info').mockImplementation(() => {});
  writes = [fails('UnknownError')];
  vi.mocked(openDB).mockRejectedValue(new DOMException('Internal error opening backing store', 'UnknownError'));
  await expect(store.write([change])).rejects.toHaveProperty('code', 'database_closed');
  await expect(store.get('entries', 'one')).rejects.toHaveProperty('code', 'database_closed');
  expect(informed).toHaveBeenCalledTimes(1);
});

test('a write that never ends because the browser has closed the database is made again', async () => {
  const store = await openStore();
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  writes = [
    () => {
      begun();
      return new Promise(() => {});
    },
  ];
  const written = store.write([change]);
  await waiting;
  opened[0].terminate();
  await written;
  expect(opened.map(({ put }) => put)).toEqual([['one'], ['one']]);
  expect(await store.get('entries', 'one')).toBe('value of one');
});

test('where one of several changes cannot be asked for, none is made', async () => {
  const store = await openStore();
  await expect(store.write([change, { ...change, key: 'two', value: () => {} }])).rejects.toHaveProperty(
    'name',
    'DataCloneError',
  );
  expect(opened[0].aborted).toBe(1);
});
