/** Sweeps that are kept: what is written of them and when, what cannot be read, and what goes. */
import { expect, test, vi } from 'vitest';
import type { SweepEntry, SweepNews } from '../../../../../src/lab/protocol/sweep.ts';
import { purged } from '../../../../../src/lab/worker/storage/garbage-collection.ts';
import { memoryStore, type Store } from '../../../../../src/lab/worker/storage/store.ts';
import { SweepStorage } from '../../../../../src/lab/worker/storage/sweep-storage.ts';
import { storeVersion } from '../../../../../src/sweep/store/store.ts';
import { lastingStore } from '../../../../support/lab/lasting-store.ts';
import { newSweep as sweep } from '../../../../support/lab/new-sweep.ts';

const news = (epoch: number, others: Partial<SweepNews> = {}): SweepNews => ({
  progress: { trials: 2, ended: 0, epochs: epoch, ofEpochs: 200, seconds: epoch },
  trials: [{ place: 0, epochs: [epoch], train: [1 / epoch], validation: [2 / epoch], stopped: null }],
  leaders: null,
  end: null,
  failure: null,
  ...others,
});

const end: SweepEntry['end'] = {
  interrupted: false,
  seconds: 3,
  populations: [],
  diverged: 0,
  shares: null,
  notices: [],
  models: [],
  engine: { kind: 'cpu', adapter: '', software: false, why: '' },
  scores: [{ rmse: 1 }, { rmse: 2 }],
};

const noRemarks = () => [];
const storageOf = (store: Store) => new SweepStorage(Promise.resolve(store), () => 'tab');

test('a sweep is written as it begins, at a measured pace, and at its end', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const store = lastingStore();
    const written = vi.spyOn(store, 'write');
    const saver = await storageOf(store).begin(sweep);
    expect(written).toHaveBeenCalledTimes(1);
    for (let epoch = 1; epoch <= 50; epoch++) await saver.take(news(epoch), noRemarks);
    expect(written).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(600);
    await saver.take(news(51), noRemarks);
    expect(written).toHaveBeenCalledTimes(2);
    await saver.take(news(52, { end }), noRemarks);
    expect(written).toHaveBeenCalledTimes(3);
    const entry = await storageOf(store).entry(saver.id);
    expect(entry?.trials[0]?.epochs).toEqual(Array.from({ length: 52 }, (_, index) => index + 1));
    expect(entry?.end).toEqual(end);
  } finally {
    vi.useRealTimers();
  }
});

test('what goes on is one sweep still: its curves come again, its seconds go on', async () => {
  const store = lastingStore();
  const first = await storageOf(store).begin(sweep);
  await first.take(news(40, { failure: 'the device was lost' }), noRemarks);
  const kept = (await storageOf(store).entry(first.id)) as SweepEntry;
  expect(kept.failure).toBe('the device was lost');
  const second = await storageOf(store).goOn(kept);
  expect(second.secondsBefore).toBe(40);
  await second.take(news(2, { end }), noRemarks);
  const entry = await storageOf(store).entry(first.id);
  expect(entry).toMatchObject({ failure: null, end, trials: [{ epochs: [2] }] });
  expect((await storageOf(store).list()).sweeps).toHaveLength(1);
});

test('where there is no room the sweep goes on, and it is said at the end', async () => {
  const full: Store = {
    ...lastingStore(),
    write: () => Promise.reject(new DOMException('no room', 'QuotaExceededError')),
  };
  const saver = await storageOf(full).begin(sweep);
  const told = await saver.take(news(1, { end }), noRemarks);
  expect(told.end?.notices.map(({ text }) => text)).toEqual([
    'The sweep could not be kept, and cannot be gone on from: The browser has no more room for this page.',
  ]);
});

test('damaged and foreign records are left out and counted', async () => {
  const store = lastingStore();
  const { id } = await storageOf(store).begin(sweep);
  const sound = (await store.get('sweeps', id)) as SweepEntry;
  await store.write([
    { shelf: 'sweeps', key: 'older', value: { ...sound, id: 'older', version: 0 } },
    { shelf: 'sweeps', key: 'damaged', value: { ...sound, id: 'damaged', plan: null } },
    { shelf: 'sweeps', key: 'foreign', value: 'something' },
  ]);
  const { sweeps, unread } = await storageOf(store).list();
  expect(sweeps.map((kept) => kept.id)).toEqual([id]);
  expect(unread).toBe(3);
  expect(await storageOf(store).entry('damaged')).toBeUndefined();
});

test('trials that are damaged or of another version are left out of what a sweep goes on from', async () => {
  const store = lastingStore();
  const ended = { version: storeVersion, plan: 'plain', trials: [{ key: 'k', result: { history: [] } }], models: [] };
  const parts = {
    about: { version: storeVersion, trials: '', halving: false },
    'ended 1': ended,
    'ended 2': { ...ended, trials: [{ key: 'k' }] },
    'ended 3': { ...ended, version: storeVersion - 1 },
    'running 4': { version: storeVersion, keys: ['k'] },
  };
  const changes = Object.entries(parts).map(([name, value]) => ({ shelf: 'trials', key: `s ${name}`, value }) as const);
  await store.write([...changes, { shelf: 'trials', key: 'other ended 1', value: ended }]);
  const trials = await storageOf(store).trials('s');
  expect(await trials.list()).toEqual(['about', 'ended 1']);
  expect(await trials.read('ended 1')).toEqual(ended);
  expect(trials.unread).toBe(3);
});

test('a sweep that was deleted long ago goes with its trials, and the oldest where there are many', async () => {
  const store = lastingStore();
  const storage = storageOf(store);
  const ids: string[] = [];
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (let count = 0; count < 21; count++) {
      vi.advanceTimersByTime(1000);
      const { id } = await storage.begin(sweep);
      ids.push(id);
      await (await storage.trials(id)).write('about', { version: storeVersion });
    }
    expect(await store.keys('sweeps')).toEqual(ids.slice(1));
    expect(await store.keys('trials')).toEqual(ids.slice(1).map((id) => `${id} about`));
    await store.write([{ shelf: 'marks', key: ids[5], value: { deleted: Date.now() } }]);
    expect((await storage.list()).sweeps.map(({ id }) => id)).not.toContain(ids[5]);
    vi.advanceTimersByTime(11 * 60_000);
    await store.write(await purged(store, Date.now(), new Set()));
  } finally {
    vi.useRealTimers();
  }
  const left = ids.slice(1).filter((id) => id !== ids[5]);
  expect(await store.keys('sweeps')).toEqual(left);
  expect(await store.keys('trials')).toEqual(left.map((id) => `${id} about`));
});

test('nothing is listed of a store that does not last', async () => {
  const storage = storageOf(memoryStore());
  await storage.begin(sweep);
  expect(await storage.list()).toEqual({ sweeps: [], unread: 0 });
});
