/** The CPU engine: slices, panels, and machines without the means. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestCpuEngine } from '../../../../src/engine/cpu/engine.ts';
import { cpuLayout, lanesFor, paddedUnits } from '../../../../src/engine/cpu/memory/layout.ts';
import { fromPanels, toPanels } from '../../../../src/engine/cpu/memory/panels.ts';
import { createMemory } from '../../../../src/engine/cpu/module.ts';
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
const data = makeData({ ...problem, columns: 1 });

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

describe('the plan of another run', () => {
  const settings = grid([5], 1);

  it('is taken whatever the engine would take, with its bits', async () => {
    const plain = await (await cpu({ reproducible: true })).createPopulation(data, settings);
    expect(plain.planCode).toBe('cpu:simd');
    const expected = await resultOf(plain, 30);
    const quick = await cpu();
    const given = await quick.createPopulation(data, { ...settings, plan_code: 'cpu:simd' });
    expect(given.planCode).toBe('cpu:simd');
    expect(await resultOf(given, 30)).toEqual(expected);
    const loops = await quick.createPopulation(data, { ...settings, plan_code: 'cpu:plain' });
    expect([loops.plan, loops.planCode]).toEqual(['plain', 'cpu:plain']);
  });

  it.each(['cpu', 'cpu:avx', 'webgpu:layered:direct8-direct8-direct8', 'x'.repeat(1e5)])(
    '%s is refused',
    async (code) => {
      for (const engine of [await cpu(), await requestEngine({ kind: 'reference' })]) {
        const refused = engine.createPopulation(data, { ...settings, plan_code: code });
        await expect(refused).rejects.toThrow(
          /^plan: `.{1,300}` cannot be had on this engine \(.*\); leave plan out, /,
        );
      }
    },
  );
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
