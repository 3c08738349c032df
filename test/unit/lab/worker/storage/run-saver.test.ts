/** One run as it is kept: how often, and what becomes of it where nothing can be written. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEntry } from '../../../../../src/lab/protocol/runs.ts';
import { type Kept, RunSaver, type RunSaverSettings } from '../../../../../src/lab/worker/storage/run-saver.ts';
import { memoryStore, type Store } from '../../../../../src/lab/worker/storage/store.ts';
import { checkTrial } from '../../../../../src/spec/check.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Changed = { -readonly [Name in keyof Kept]: Kept[Name] };

/** A run, of no epochs unless it is said, whose checkpoints are there when they are let go. */
function kept({ epochs = 0, ...settings }: Partial<RunSaverSettings> & { epochs?: number } = {}) {
  const trial = checkTrial({});
  const history = Array.from({ length: epochs }, (_, index) => ({ number: index + 1 }));
  const waiting: (() => void)[] = [];
  const run = {
    history,
    trials: [{ trial, initial: trial, changes: [], planned: [] }],
    data: { sets: { validation: [] } },
    engine: { lost: new Promise(() => {}) },
    checkpoint: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ epochs, trials: [{ history }] }));
      }),
  } as unknown as Kept['run'];
  const session: Changed = {
    run,
    state: 'ready',
    seconds: 0,
    metrics: null,
    failure: null,
    grid: null,
    curve: async () => null,
    snapshot: () => Promise.reject(new Error('nothing of it is saved here')),
  };
  const entry = { id: 'one', settings: { trial } } as RunEntry;
  const wrote = vi.fn();
  const keeper = new RunSaver({ store: memoryStore(), entry, wrote, spare: async () => new Set(), ...settings });
  keeper.follow(session);
  const moved = (state: Kept['state']) => {
    session.state = state;
    keeper.moved();
  };
  return { keeper, session, moved, wrote, waiting };
}

test('who pauses and goes on while the run is being kept has it kept no more often', async () => {
  const { moved, waiting } = kept();
  moved('running');
  await vi.advanceTimersByTimeAsync(600);
  expect(waiting).toHaveLength(1);
  moved('paused');
  moved('running');
  while (waiting.length > 0) {
    for (const letGo of waiting.splice(0)) letGo();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(vi.getTimerCount()).toBe(1);
});

/** Has it kept once, while its device takes so long to answer. */
async function keptSlowly({ moved, waiting }: ReturnType<typeof kept>, milliseconds: number) {
  moved('running');
  await vi.advanceTimersByTimeAsync(500);
  await vi.advanceTimersByTimeAsync(milliseconds);
  waiting.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
}

test('a device that is slow to answer, as while it compiles, does not leave the run unkept for minutes', async () => {
  const slow = kept();
  await keptSlowly(slow, 10_000);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(slow.waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2000);
  expect(slow.waiting).toHaveLength(1);
});

test('a run that goes on on another device is kept soon, however slow the one before was', async () => {
  const moving = kept();
  await keptSlowly(moving, 10_000);
  moving.keeper.follow({ ...moving.session });
  moving.moved('running');
  await vi.advanceTimersByTimeAsync(600);
  expect(moving.waiting).toHaveLength(1);
});

test('a run that never trained can be left where nothing can be written, which is said', async () => {
  const store = { ...memoryStore(), write: () => Promise.reject(new Error('broken')) };
  const { keeper, moved, wrote } = kept({ store });
  moved('running');
  await keeper.leave();
  expect(wrote).toHaveBeenLastCalledWith({ kind: 'failed', message: 'broken' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a run that has ended and is kept is not written again when it leaves', async () => {
  const inner = memoryStore();
  const write = vi.fn(inner.write);
  const { keeper, moved } = kept({ store: { ...inner, write }, epochs: 3 });
  moved('failed');
  await vi.advanceTimersByTimeAsync(0);
  expect(write).toHaveBeenCalledTimes(1);
  await keeper.leave();
  expect(write).toHaveBeenCalledTimes(1);
});

/** Refuses to write as long as it is full. */
function fullStore() {
  const disk = { full: true };
  const inner = memoryStore();
  const write: Store['write'] = async (changes) => {
    if (disk.full) throw new DOMException('Failed to write blobs (IOError)', 'DataError');
    await inner.write(changes);
  };
  return { disk, store: { ...inner, write } };
}

test('a run that has come to rest on a full disk is said not to be kept, and is once there is room', async () => {
  const { disk, store } = fullStore();
  const { moved, wrote, waiting } = kept({ store });
  moved('paused');
  await vi.advanceTimersByTimeAsync(0);
  waiting.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(wrote).toHaveBeenLastCalledWith({ kind: 'full' });
  disk.full = false;
  await vi.advanceTimersByTimeAsync(10_000);
  waiting.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(wrote).toHaveBeenLastCalledWith(null);
  expect(await store.keys('entries')).toEqual(['one']);
  expect(vi.getTimerCount()).toBe(0);
});

test('what a run that has left could not write is written once there is room, unless it is given up', async () => {
  const { disk, store } = fullStore();
  const saver = kept({ store, epochs: 1 });
  saver.moved('running');
  await vi.advanceTimersByTimeAsync(0);
  const leaving = saver.keeper.leave();
  await vi.advanceTimersByTimeAsync(0);
  saver.waiting.shift()?.();
  await leaving;
  await vi.advanceTimersByTimeAsync(0);
  expect(saver.wrote).toHaveBeenLastCalledWith({ kind: 'full' });
  expect(saver.keeper.owes).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saver.keeper.owes).toBe(true);
  disk.full = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saver.keeper.owes).toBe(false);
  expect(await store.keys('entries')).toEqual(['one']);
  expect(await store.keys('checkpoints')).toEqual(['one']);
  expect(await store.keys('records')).toEqual(['one 000000000']);
  expect(vi.getTimerCount()).toBe(0);
});
