/** Threads of the CPU engine: the same bits, whoever works, and how many work. */
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestCpuEngine } from '../../../../src/engine/cpu/engine.ts';
import { createMemory } from '../../../../src/engine/cpu/module.ts';
import {
  createThreadTuner,
  type ThreadChoice,
  type ThreadTuner,
} from '../../../../src/engine/cpu/threads/thread-tuner.ts';
import { startWorkers } from '../../../../src/engine/cpu/threads/workers.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { grid, problem, resultOf } from '../../../parity/behaviour/behaviour.ts';
import { makeData, makePopulation } from '../../../parity/support/cases.ts';

const engines: Engine[] = [];
async function cpu(options: Parameters<typeof requestCpuEngine>[1] = {}): Promise<Engine> {
  const engine = await requestCpuEngine('asked for', options);
  engines.push(engine);
  return engine;
}

afterEach(() => {
  for (const engine of engines.splice(0)) engine.destroy();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const oneThread = { threads: 1 };
/** From as soon as the other thread has begun, every slice is for two. */
function twoThreads(onShared: () => void) {
  const next = () => {
    onShared();
    return { threads: 2, trial: false };
  };
  return {
    threads: 2,
    slice_ms: 1,
    sharing: { after_ms: 0, step_ms: 0, predict_ms: 0, trial_ms: 1, createTuner: () => ({ next, record() {} }) },
  };
}

const data = makeData({ ...problem, columns: 1 });

describe('threads', () => {
  it.each([
    ['a population of mixed trials', grid([9, 6], 1)],
    ['one trial, row by row', makePopulation({ ...problem, columns: 1, trials: 1, batch_size: 1 })],
    ['one trial with batches of 3', makePopulation({ ...problem, columns: 1, trials: 1, batch_size: 3 })],
    [
      'one trial with batches of 39, limited gradients and dropout',
      makePopulation({ ...problem, columns: 1, trials: 1, batch_size: 39, dropout: 0.2, numbers: { clip_norm: 0.1 } }),
    ],
  ])('share %s and leave every bit as it is', async (_, settings) => {
    let shared = 0;
    const engine = await cpu(
      twoThreads(() => {
        shared += 1;
      }),
    );
    const population = await engine.createPopulation(data, settings);
    let steps = 0;
    while (shared === 0) {
      await population.train(1);
      steps += 1;
    }
    const together = await resultOf(population, 100);
    expect(shared).toBeGreaterThan(1);

    const single = await (await cpu(oneThread)).createPopulation(data, settings);
    await single.train(steps);
    expect(together).toEqual(await resultOf(single, 100));
  });

  it('share what is predicted, to the same bits, and not while they train', async () => {
    const posted = vi.spyOn(Worker.prototype, 'postMessage');
    const predictions = () => posted.mock.calls.filter(([{ kind }]) => kind === 'predict').length;
    const settings = makePopulation({ ...problem, columns: 1, trials: 5 });
    const alone = await (await cpu(oneThread)).createPopulation(data, settings);
    const population = await (await cpu(twoThreads(() => {}))).createPopulation(data, settings);
    const features = [5000, 777, 1].map((rows) => Float32Array.from({ length: rows }, (_, row) => row / 100 - 3));
    const expected = await Promise.all(features.map((own) => alone.predict(own, own.length)));
    while (predictions() === 0) expect(await population.predict(features[0], 5000)).toEqual(expected[0]);
    const several = features.map((own) => population.predict(own, own.length));
    expect(await Promise.all(several)).toEqual(expected);

    const before = predictions();
    const training = population.train(50);
    await population.predict(features[0], 5000);
    await training;
    expect(predictions()).toBe(before);
    await alone.train(50);
    const [own, others] = await Promise.all([population, alone].map((one) => one.predict(features[0], 5000)));
    expect(own).toEqual(others);
    expect(await population.evaluate('train')).toEqual(await alone.evaluate('train'));
    expect(predictions()).toBeGreaterThan(before);
  });

  it('that cannot begin are done without', async () => {
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) => {
      if (name === 'node:worker_threads') throw new Error('no threads today');
      return { availableParallelism: () => 2 };
    }) as typeof process.getBuiltinModule);
    const next = vi.fn();
    const engine = await cpu(twoThreads(next));
    const population = await engine.createPopulation(data, grid([9, 6], 1));
    for (let i = 0; i < 20; i++) await population.train(5);
    expect(next).not.toHaveBeenCalled();
    expect((await population.finite()).every(Boolean)).toBe(true);
  });

  it('are not found out anew when a trial stops', async () => {
    let made = 0;
    let shared = 0;
    const next = () => {
      shared += 1;
      return { threads: 2, trial: false };
    };
    const pace = () => {
      made += 1;
      return { next, record() {} };
    };
    const engine = await cpu({
      threads: 2,
      sharing: { after_ms: 0, step_ms: 0, predict_ms: 0, trial_ms: 1, createTuner: pace },
    });
    const population = await engine.createPopulation(data, grid([9, 6], 1));
    while (shared === 0) await population.train(1);
    const before = made;
    for (let trial = 0; trial < population.trials; trial++) {
      population.stop(trial);
      await population.train(1);
    }
    expect(made).toBe(before);
  });

  it('that fail are waited for by nobody', async () => {
    const threads = await startWorkers(2);
    const memory = createMemory(65536, true);
    // It asks for a function that nobody gives it: what follows is what running out of memory looks like.
    const module = new WebAssembly.Module(
      Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0),
    );
    const opened = threads.open(1, { kind: 'plain', module, shared: true }, memory);
    await expect(opened).rejects.toThrow(
      /^A thread of the CPU engine stopped \(.+\); train again, or with one thread\.$/,
    );
    expect(threads.failed).toBe(true);
    const mine = vi.fn();
    await expect(threads.share([], mine)).rejects.toThrow('A thread of the CPU engine stopped');
    expect(mine).not.toHaveBeenCalled();
    threads.end();
  });

  it('work for several populations at a time', async () => {
    let shared = 0;
    const engine = await cpu(
      twoThreads(() => {
        shared += 1;
      }),
    );
    const settings = grid([5], 1);
    const single = await (await cpu(oneThread)).createPopulation(data, settings);
    const populations = await Promise.all([1, 2, 3].map(() => engine.createPopulation(data, settings)));
    let steps = 0;
    while (shared <= 2) {
      await Promise.all(populations.map((population) => population.train(1)));
      steps += 1;
    }
    await single.train(steps);
    const expected = await resultOf(single, 50);
    for (const result of await Promise.all(populations.map((population) => resultOf(population, 50)))) {
      expect(result).toEqual(expected);
    }
  });
});

describe('createThreadTuner', () => {
  /** Slices that take as long as `ms` says; what they were. */
  const run = (pace: ThreadTuner, ms: Record<number, number>, count: number) =>
    Array.from({ length: count }, () => {
      const turn = pace.next();
      pace.record(turn.threads, ms[turn.threads]);
      return turn;
    });
  const share = (turns: ThreadChoice[], threads: number) =>
    turns.filter((turn) => turn.threads === threads).length / turns.length;

  it('tries every number of threads on short slices, and takes the quickest', () => {
    const turns = run(createThreadTuner([1, 2, 4]), { 1: 2, 2: 1.2, 4: 1.5 }, 30);
    expect(turns.slice(0, 9).map(({ threads }) => threads)).toEqual([1, 1, 1, 2, 2, 2, 4, 4, 4]);
    expect(turns.slice(0, 9).map(({ trial }) => trial)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(turns.slice(9)).toEqual(Array(21).fill({ threads: 2, trial: false }));
  });

  it('finds out soon where a machine was busy just while threads were tried', () => {
    const pace = createThreadTuner([1, 2]);
    run(pace, { 1: 2, 2: 3 }, 6);
    expect(share(run(pace, { 1: 2, 2: 1.2 }, 60).slice(-30), 2)).toBeGreaterThan(0.9);
  });

  it('follows a machine that gets busy, and one that is free again', () => {
    const pace = createThreadTuner([1, 2]);
    run(pace, { 1: 2, 2: 1.2 }, 40);
    expect(share(run(pace, { 1: 2, 2: 3 }, 50), 1)).toBeGreaterThan(0.9);
    expect(share(run(pace, { 1: 2, 2: 1.2 }, 1000).slice(-500), 2)).toBeGreaterThan(0.9);
  });

  it('tries what was far too slow once, and then ever more rarely', () => {
    const turns = run(createThreadTuner([1, 2]), { 1: 1, 2: 5000 }, 10_000);
    expect(turns.slice(3, 6).map(({ threads }) => threads)).toEqual([2, 1, 1]);
    expect(turns.filter(({ threads }) => threads === 2).length).toBeLessThan(10);
    expect(turns.filter(({ threads, trial }) => threads === 2 && !trial)).toEqual([]);
  });
});
