/** What is kept of runs: as long as it is wanted, and as far as a disk has room. */
import { describe, expect, test } from 'vitest';
import type { RunEntry } from '../../../../../src/lab/protocol/runs.ts';
import { goneForGood, purged } from '../../../../../src/lab/worker/storage/garbage-collection.ts';
import { writeWithRoom } from '../../../../../src/lab/worker/storage/quota.ts';
import { mayRecover, recovered } from '../../../../../src/lab/worker/storage/recovery.ts';
import { memoryStore, type Store } from '../../../../../src/lab/worker/storage/store.ts';
import { runOf } from '../../../../support/lab/stored-runs.ts';

test('a device that is lost again and again at one epoch is given up', () => {
  let entry: RunEntry = runOf({});
  for (let time = 0; time < 3; time++) {
    expect(mayRecover(entry)).toBe(true);
    entry = recovered(entry, 5, 'destroyed');
  }
  expect(mayRecover(entry)).toBe(false);
  expect(mayRecover(recovered(entry, 6, 'destroyed'))).toBe(true);
});

describe('a full disk', () => {
  /** Holds so many models, and refuses another. */
  async function fullStore(room: number, entries: RunEntry[]): Promise<Store> {
    const inner = memoryStore();
    for (const entry of entries) {
      await inner.write([
        { shelf: 'entries', key: entry.id, value: entry },
        { shelf: 'models', key: entry.id, value: new Uint8Array(1) },
      ]);
    }
    return {
      ...inner,
      async write(changes) {
        const models = new Set(await inner.keys('models'));
        for (const { shelf, key, value } of changes) {
          if (shelf === 'models') value === undefined ? models.delete(key) : models.add(key);
        }
        if (models.size > room) throw new DOMException('no room', 'QuotaExceededError');
        await inner.write(changes);
      },
    };
  }
  const noneSpared = async () => new Set<string>();
  const model = { shelf: 'models', key: 'new', value: new Uint8Array(1) } as const;

  test('loses the oldest model that is not pinned, and nothing else', async () => {
    const [oldest, middle, newest] = [runOf({}), runOf({}), runOf({})];
    const store = await fullStore(3, [newest, oldest, middle]);
    await store.write([{ shelf: 'marks', key: oldest.id, value: { pinned: true } }]);
    expect(await writeWithRoom(store, [model], noneSpared)).toEqual({ kind: 'dropped', models: 1 });
    expect(await store.keys('models')).toEqual(['new', oldest.id, newest.id].sort());
    expect(await store.keys('entries')).toHaveLength(3);
  });

  test('leaves the models of runs that tabs have open', async () => {
    const [oldest, newest] = [runOf({}), runOf({})];
    const store = await fullStore(2, [oldest, newest]);
    await writeWithRoom(store, [model], async () => new Set([oldest.id]));
    expect(await store.keys('models')).toEqual(['new', oldest.id].sort());
  });

  test('without anything left to drop, keeping stops and is said', async () => {
    const store = await fullStore(0, []);
    expect(await writeWithRoom(store, [model], noneSpared)).toEqual({ kind: 'full' });
  });

  /** What Chromium 147 said on a disk that was full. */
  test.each([
    ['QuotaExceededError', 'Encountered disk full while committing transaction.'],
    ['DataError', 'Failed to write blobs (IOError)'],
    ['UnknownError', 'Connection is closing because of: IO error: .../000003.log: FILE_ERROR_NO_SPACE (Append::8)'],
  ])('is one too where a browser calls it %s: %s', async (name, text) => {
    const [oldest, newest] = [runOf({}), runOf({})];
    const inner = await fullStore(2, [oldest, newest]);
    const store: Store = {
      ...inner,
      write: (changes) => inner.write(changes).catch(() => Promise.reject(new DOMException(text, name))),
    };
    expect(await writeWithRoom(store, [model], noneSpared)).toEqual({ kind: 'dropped', models: 1 });
    expect(await writeWithRoom({ ...store, keys: async () => [] }, [{ ...model, key: 'other' }], noneSpared)).toEqual({
      kind: 'full',
    });
  });

  test('what is no matter of room is thrown', async () => {
    const store = { ...memoryStore(), write: () => Promise.reject(new Error('broken')) };
    await expect(writeWithRoom(store, [model], noneSpared)).rejects.toThrow('broken');
  });
});

test('only what was deleted a while ago, and not brought back, goes for good', () => {
  const now = 1e12;
  const marks: Parameters<typeof goneForGood>[0] = [
    ['long-ago', { deleted: now - 3_600_000 }],
    ['just-now', { deleted: now - 1000 }],
    ['brought-back', { deleted: 0 }],
    ['pinned', { pinned: true }],
  ];
  expect(goneForGood(marks, now)).toEqual(['long-ago']);
});

test('a run that was deleted while a tab has it open stays until that tab has another', async () => {
  const store = memoryStore();
  const run = runOf({});
  await store.write([
    { shelf: 'entries', key: run.id, value: run },
    { shelf: 'marks', key: run.id, value: { deleted: 1 } },
    { shelf: 'records', key: `${run.id} 000000000`, value: [] },
    { shelf: 'tables', key: run.table.key, value: {} },
  ]);
  expect(await purged(store, 1e12, new Set([run.id]))).toEqual([]);
  await store.write(await purged(store, 1e12, new Set()));
  expect(await Promise.all((['entries', 'marks', 'records'] as const).map((shelf) => store.keys(shelf)))).toEqual([
    [],
    [],
    [],
  ]);
  expect(await store.keys('tables')).toHaveLength(1);
});
