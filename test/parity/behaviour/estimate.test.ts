/** What a population takes is known before anything is allocated, and what does not fit is refused in words. */
import { describe, expect, it, vi } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { oneConfig } from '../../../src/engine/gpu/layered/matmul-config.ts';
import { planStep } from '../../../src/engine/gpu/layered/step.ts';
import { populationBytes } from '../../../src/engine/gpu/memory/estimate.ts';
import { residentSpecs } from '../../../src/engine/gpu/resident/resident.ts';
import { InputError } from '../../../src/util/errors.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { gpuEngine } from '../support/engines.ts';
import { plans, problem } from './behaviour.ts';

const variants = [
  { memory: 'storage', threads: 4 },
  { memory: 'workgroup', threads: 32 },
] as const;
const layouts = [
  { plan: 'layered', resident: variants[0], slice_rows: undefined },
  { plan: 'layered', resident: variants[0], slice_rows: 2 },
  { plan: 'resident', resident: variants[0], slice_rows: undefined },
  { plan: 'resident', resident: variants[1], slice_rows: undefined },
] as const;

const changes: Partial<Case>[] = [
  { trials: 1 },
  { trials: 3, optimizer: 'sgd' },
  { trials: 3, optimizer: 'sgd', momentum: 0.9, numbers: { clip_norm: 0.5 } },
  { trials: 64, optimizer: 'rmsprop', hidden: [5] },
  { trials: 64, numbers: { clip_norm: 1 }, hidden: [33, 1, 7], columns: 3, outputs: 2 },
  { hidden: [], outputs: 3, loss: 'softmax_cross_entropy', batch_size: 1 },
  { hidden: [150, 151], batch_size: 9, activation: 'gelu', dropout: 0.2 },
];

const layeredOnly: Partial<Case> = { trials: 3, added: { kind: 'scale', before: [0, 2] }, numbers: { clip_norm: 1 } };

describe.each(layouts)('the estimate, $plan, units in $resident.memory, slices of $slice_rows', (layout) => {
  const { plan, resident, slice_rows } = layout;
  it.each(plan === 'layered' ? [...changes, layeredOnly] : changes)('is what is held: %j', async (change) => {
    const engine = await gpuEngine({ core: 'direct', slice_rows, resident });
    const data = makeData({ ...problem, rows: 131, ...change });
    const settings: PopulationSettings = { ...makePopulation({ ...problem, ...change }), plan };
    const ways = oneConfig('direct', 8, slice_rows);
    const own = plan === 'layered' ? planStep(ways, data, settings).specs : residentSpecs(data, settings, resident);
    const { training, evaluation } = populationBytes(engine, data, settings, own);
    const population = await engine.createPopulation(data, settings);
    expect(engine.bytes).toBe(training);
    await population.finite();
    await population.evaluate('train');
    await population.evaluate('validation');
    await population.evaluate('test');
    expect(engine.bytes).toBe(training + evaluation);
    population.destroy();
  });
});

describe.each(plans)('a budget of memory, %s', (plan) => {
  const options = { core: 'direct', resident: variants[0] } as const;
  const data = makeData(problem);
  const settingsOf = (trials: number): PopulationSettings => ({ ...makePopulation({ ...problem, trials }), plan });

  it('refuses what goes beyond it with what would fit, which then trains', async () => {
    const engine = await gpuEngine({ ...options, memory_bytes: 300_000 });
    const kept = await engine.createPopulation(data, settingsOf(1));
    const held = engine.bytes;
    const refused = engine.createPopulation(data, settingsOf(64));
    await expect(refused).rejects.toBeInstanceOf(InputError);
    const { message } = await refused.then(
      () => ({ message: 'nothing was refused' }),
      (error: Error) => error,
    );
    expect(message).toMatch(
      /^Training 64 trials together needs [\d.,]+ MB of GPU memory \(\w[\w ]+ [\d.]+, \w[\w ]+ [\d.]+, \w[\w ]+ [\d.]+\), more than the 0\.3 MB of memory_bytes, of which 0\.0?\d+ are in use; use (\d+) trials or fewer, fewer units, a smaller batch_size, or engine cpu\.$/,
    );
    expect(engine.bytes).toBe(held);
    const fitting = Number(/use (\d+) trials/.exec(message)?.[1]);
    await expect(engine.createPopulation(data, settingsOf(fitting + 1))).rejects.toThrow(
      `use ${fitting} trials or fewer`,
    );
    const population = await engine.createPopulation(data, settingsOf(fitting));
    expect((await population.train(3)).losses.every(Number.isFinite)).toBe(true);
    expect((await kept.train(3)).losses.every(Number.isFinite)).toBe(true);
  });

  it('offers fewer units where not even one trial fits', async () => {
    const engine = await gpuEngine({ ...options, memory_bytes: 3000 });
    await expect(engine.createPopulation(data, settingsOf(1))).rejects.toThrow(
      /^Training needs .* memory_bytes; use fewer units, /,
    );
    expect(engine.bytes).toBe(0);
  });

  it('is the same sentence when the device itself has no more, and the engine stays usable', async () => {
    const engine = await gpuEngine(options);
    const kept = await engine.createPopulation(data, settingsOf(2));
    const held = engine.bytes;
    await fullDevice(async () => {
      await expect(engine.createPopulation(data, settingsOf(3))).rejects.toThrow(
        /^Training 3 trials together needs .* more than the device has left; use fewer trials, fewer units, /,
      );
      await expect(kept.evaluate('validation')).rejects.toThrow(
        /^Evaluating 2 trials together needs .* use fewer trials/,
      );
    });
    expect(engine.bytes).toBe(held);
    expect((await kept.evaluate('validation'))[0].rows).toBe(10);
    const population = await engine.createPopulation(data, settingsOf(3));
    expect((await population.train(3)).losses.every(Number.isFinite)).toBe(true);
  });
});

describe('a network that is far too large', () => {
  const data = makeData({ ...problem, columns: 1 });
  const { layers: _, ...small } = makePopulation({ ...problem, trials: 1, columns: 1, hidden: [] });
  const shapeOf = (units: number) => ({
    ...small,
    trials: small.trials.map((trial) => ({
      ...trial,
      activations: Array(3).fill('relu') as 'relu'[],
      dropout: [0, 0],
    })),
    layers: [
      { inputs: 1, outputs: units },
      { inputs: units, outputs: units },
      { inputs: units, outputs: data.outputs },
    ],
  });

  it.each([
    [65_536, 16e9],
    [20_000, 8e9],
  ])('%d x as many, is refused at once and nothing is made', async (units, host_memory_bytes) => {
    const engine = await gpuEngine({ core: 'direct', host_memory_bytes });
    const made = vi.spyOn(GPUDevice.prototype, 'createBuffer');
    try {
      const begun = performance.now();
      await expect(engine.createPopulation(data, shapeOf(units))).rejects.toThrow(
        /^(The parameters and what the optimizer keeps for them take|Training needs) .* hidden layers of [\d\u202f]+ units or fewer[,.]/,
      );
      expect(performance.now() - begun).toBeLessThan(1000);
      expect(made).not.toHaveBeenCalled();
    } finally {
      made.mockRestore();
    }
    expect(engine.bytes).toBe(0);
  });
});

/** While `work` runs, the device answers as one without memory: filling it in earnest would take the machine's own. */
async function fullDevice(work: () => Promise<void>): Promise<void> {
  const original = GPUDevice.prototype.popErrorScope;
  GPUDevice.prototype.popErrorScope = async function () {
    await original.call(this);
    return new GPUOutOfMemoryError('nothing left');
  };
  try {
    await work();
  } finally {
    GPUDevice.prototype.popErrorScope = original;
  }
}
