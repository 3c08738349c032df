/**
 * The CPU engine beside what the parity tests hold of its numbers: the same bits however the work is shared and cut, and what
 * becomes of machines without the means.
 */
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestCpuEngine } from '../../../../src/engine/cpu/engine.ts';
import { cpuLayout, lanesFor, paddedUnits } from '../../../../src/engine/cpu/memory/layout.ts';
import { fromPanels, toPanels } from '../../../../src/engine/cpu/memory/panels.ts';
import { createMemory } from '../../../../src/engine/cpu/module.ts';
import {
  createThreadTuner,
  type ThreadChoice,
  type ThreadTuner,
} from '../../../../src/engine/cpu/threads/thread-tuner.ts';
import { startWorkers } from '../../../../src/engine/cpu/threads/workers.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { parameterCount } from '../../../../src/engine/parameters.ts';
import { requestEngine } from '../../../../src/engine/request.ts';
import { inEnglish } from '../../../../src/util/message.ts';
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

describe('slices', () => {
  it('of any length give the same bits', async () => {
    const settings = grid([9, 6], 1);
    const results = await Promise.all(
      [0.01, 1e9].map(async (slice_ms) =>
        resultOf(await (await cpu({ ...oneThread, slice_ms })).createPopulation(data, settings), 120),
      ),
    );
    expect(results[0]).toEqual(results[1]);
    const pieces = await (await cpu(oneThread)).createPopulation(data, settings);
    for (const steps of [1, 2, 50, 67]) await pieces.train(steps);
    expect(await pieces.parameters(3)).toEqual(results[0].parameters[3]);
  });

  it('end between two of them when the training is aborted', async () => {
    const population = await (await cpu({ ...oneThread, slice_ms: 1 })).createPopulation(data, grid([9, 6], 1));
    const control = new AbortController();
    const training = population.train(1_000_000, control.signal);
    await new Promise((resolve) => setImmediate(resolve));
    control.abort();
    const { steps, losses } = await training;
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(1_000_000);
    expect(losses.length).toBe(steps * population.trials);
  });
});

describe('panels', () => {
  it('hold every parameter in a place of its own, and give it back', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(sizes, (units) => {
        const layers = units.slice(1).map((outputs, l) => ({ inputs: units[l], outputs }));
        const settings = { ...makePopulation(problem), layers };
        const layout = cpuLayout(data, settings, 1);
        const plain = Float32Array.from({ length: parameterCount(layers) }, (_, i) => i + 1);
        const padded = new Float32Array(layout.arena);
        toPanels(layout.layers, plain, padded);
        expect(padded.filter((value) => value !== 0).length).toBe(plain.length);
        expect(fromPanels(layout.layers, padded, plain.length)).toEqual(plain);
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  it('of large layers do not begin at round distances', () => {
    expect([1, 8, 9, 56, 64, 150, 1024].map(paddedUnits)).toEqual([8, 8, 16, 56, 72, 152, 1032]);
    expect([1, 2, 4, 5, 64].map(lanesFor)).toEqual([1, 4, 4, 8, 8]);
  });
});

describe('a machine without the means', () => {
  const settings = makePopulation(problem);
  const rows = makeData(problem);

  it('that has no WebAssembly trains with plain loops, and says so', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const engine = await requestEngine({ kind: 'cpu' });
    expect(inEnglish(engine.why)).toBe('asked for; plain loops, since there is no WebAssembly here');
    expect((await engine.createPopulation(rows, settings)).plan).toBe('plain');
  });

  it('whose WebAssembly has no SIMD does', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const engine = await requestEngine({ kind: 'cpu' });
    expect(engine.kind).toBe('cpu');
    expect(inEnglish(engine.why)).toContain('plain loops, since WebAssembly has no SIMD here');
  });

  it('whose page may not compile WebAssembly does', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('unsafe-eval is not allowed'));
    const engine = await requestEngine({ kind: 'cpu' });
    expect(inEnglish(engine.why)).toContain(
      'plain loops, since WebAssembly is refused here: unsafe-eval is not allowed',
    );
  });

  it('that has no memory to share trains on one thread, with the same bits', async () => {
    const expected = await resultOf(await (await cpu(oneThread)).createPopulation(rows, settings), 50);
    vi.stubGlobal('crossOriginIsolated', false);
    const engine = await cpu({ threads: 2 });
    expect(engine.adapter).toContain('one thread');
    expect(await resultOf(await engine.createPopulation(rows, settings), 50)).toEqual(expected);
  });

  it('that refuses the memory trains with plain loops, and says how much it would have been', async () => {
    const engine = await cpu(oneThread);
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse() {
      throw new RangeError('could not allocate memory');
    });
    const population = await engine.createPopulation(rows, settings);
    expect(population.plan).toBe('plain');
    expect(inEnglish(population.why)).toMatch(
      /^WebAssembly would take 0\.\d GB \(could not allocate memory\), so plain loops train it$/,
    );
    expect((await population.train(3)).steps).toBe(3);
  });

  it('cannot address more than 4 GB: what would take more is known before it is taken', async () => {
    const memory = vi.spyOn(WebAssembly, 'Memory');
    const huge = {
      ...makePopulation({ ...problem, trials: 1, hidden: [] }),
      layers: [{ inputs: 40_000, outputs: 40_000 }],
    };
    const { bytes } = cpuLayout(rows, huge, 1);
    expect(bytes).toBeGreaterThan(4 * 40_000 ** 2);
    expect(() => createMemory(bytes, true)).toThrow('more than WebAssembly can address');
    expect(memory).not.toHaveBeenCalled();
  });
});

describe('what is asked for', () => {
  it.each([0, 1.5, 17, Number.NaN])('%d threads are refused', async (threads) => {
    await expect(requestEngine({ kind: 'cpu', threads })).rejects.toThrow(
      /^threads: \S+ is no number of threads; give a whole number from 1 to 16\.$/,
    );
  });

  it('reproducible means plain SIMD, and the plan says it', async () => {
    const population = await (await cpu({ reproducible: true })).createPopulation(data, grid([5], 1));
    expect(population.plan).toBe('simd');
  });
});

describe('the kernels', () => {
  it('are no larger, both together, than 17.3 kB compressed', async () => {
    const { compileKernels } = await import('../../../../tools/kernels.ts');
    const { gzipSync } = await import('node:zlib');
    const sizes = await Promise.all(
      (['plain', 'relaxed'] as const).map(async (kind) => gzipSync(await compileKernels(kind)).length),
    );
    expect(sizes[0] + sizes[1]).toBeLessThan(17_300);
  });
});
