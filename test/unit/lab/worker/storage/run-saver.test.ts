/** One run as it is kept: how often, and what becomes of it where nothing can be written. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEntry } from '../../../../../src/lab/protocol/runs.ts';
import { type Kept, RunSaver, type RunSaverSettings } from '../../../../../src/lab/worker/storage/run-saver.ts';
import { memoryStore } from '../../../../../src/lab/worker/storage/store.ts';
import { checkTrial } from '../../../../../src/spec/check.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Changed = { -readonly [Name in keyof Kept]: Kept[Name] };

/** A run of no epochs whose checkpoints are there when they are let go. */
function kept(settings: Partial<RunSaverSettings> = {}) {
  const trial = checkTrial({});
  const waiting: (() => void)[] = [];
  const run = {
    history: [],
    trials: [{ trial, changes: [] }],
    data: { sets: { validation: [] } },
    engine: { lost: new Promise(() => {}) },
    checkpoint: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ epochs: 0, trials: [{ history: [] }] }));
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
  };
  const entry = { id: 'one', settings: { trial } } as RunEntry;
  const wrote = vi.fn();
  const keeper = new RunSaver({ store: memoryStore(), entry, wrote, spare: async () => new Set(), ...settings });
  keeper.follow(session);
  const moved = (state: Kept['state']) => {
    session.state = state;
    keeper.moved();
  };
  return { keeper, moved, wrote, waiting };
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

test('a run that never trained can be left where nothing can be written, which is said', async () => {
  const store = { ...memoryStore(), write: () => Promise.reject(new Error('broken')) };
  const { keeper, moved, wrote } = kept({ store });
  moved('running');
  await keeper.leave();
  expect(wrote).toHaveBeenLastCalledWith({ kind: 'failed', message: 'broken' });
  expect(vi.getTimerCount()).toBe(0);
});
