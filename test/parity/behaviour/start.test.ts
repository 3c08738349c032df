/** How the resident plan begins where its kernel takes long to compile: with a smaller one, the same to the bit. */
import { afterEach, expect, it, vi } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import { createPipelineCache } from '../../../src/engine/gpu/device/pipelines.ts';
import { hasLanes } from '../../../src/engine/gpu/software/quad-swap.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { ownGpuEngine } from '../support/engines.ts';
import { problem } from './behaviour.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('trains with a small kernel until the fast one is there, and nobody can tell', async () => {
  const data = makeData({ ...problem, rows: 100 });
  const settings: PopulationSettings = {
    ...makePopulation({ ...problem, hidden: [37, 21], trials: 2 }),
    plan: 'resident',
  };
  const compiler = heldCompiler();
  const used = kernelsUsed();
  const engine = await ownGpuEngine();
  const population = await engine.createPopulation(data, settings);
  const losses: number[] = [];
  const train = async (steps: number) => losses.push(...(await population.train(steps)).losses);
  await train(30);
  expect(used()).toBe(1);
  await compiler.letGo();
  await train(50);
  // An adapter that takes no time over compiling has one kernel alone.
  expect(used()).toBe(engine.software ? 2 : 1);

  const variant = engine.software
    ? ({ memory: 'storage', threads: 4, swaps: await swaps() } as const)
    : ({ memory: 'workgroup', threads: 32 } as const);
  const atOnce = await (await ownGpuEngine({ core: 'direct', resident: variant })).createPopulation(data, settings);
  expect([...(await atOnce.train(80)).losses]).toEqual(losses);
  for (const trial of [0, 1]) expect(await population.parameters(trial)).toEqual(await atOnce.parameters(trial));
  // The next population of the kind has no need of the small one.
  const before = used();
  const next = await engine.createPopulation(data, settings);
  expect([...(await next.train(80)).losses]).toEqual(losses);
  expect(used()).toBe(before);
});

it('may be given up before the fast kernel is there', async () => {
  const data = makeData(problem);
  const settings: PopulationSettings = { ...makePopulation({ ...problem, hidden: [33, 18] }), plan: 'resident' };
  const compiler = heldCompiler();
  const engine = await ownGpuEngine();
  const [given, kept] = [await engine.createPopulation(data, settings), await engine.createPopulation(data, settings)];
  await given.train(2);
  given.destroy();
  await compiler.letGo();
  // An error of the device's would reject this.
  expect((await kept.train(20)).losses.every(Number.isFinite)).toBe(true);
});

/** Fast kernels for storage are compiled only after they are let go. */
function heldCompiler(): { letGo(): Promise<void> } {
  const real = GPUDevice.prototype.createComputePipelineAsync;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockImplementation(async function (
    this: GPUDevice,
    descriptor,
  ) {
    if (descriptor.compute.constants?.WIDE === 1) await held;
    return real.call(this, descriptor);
  });
  return {
    async letGo() {
      letGo();
      await Promise.all(compile.mock.results.map(({ value }) => value));
    },
  };
}

/** Counts the resident kernels that have trained since. */
function kernelsUsed(): () => number {
  const setPipeline = vi.spyOn(GPUComputePassEncoder.prototype, 'setPipeline').mockClear();
  return () => {
    const residents = setPipeline.mock.calls.filter(([{ label }]) => label.startsWith('resident'));
    return new Set(residents.map(([pipeline]) => pipeline)).size;
  };
}

async function swaps(): Promise<boolean> {
  const adapter = await openAdapter(globalThis.parityGpu);
  if ('missing' in adapter) throw new Error(inEnglish(adapter.missing));
  const requiredFeatures: GPUFeatureName[] = adapter.gpu.features.has('subgroups') ? ['subgroups'] : [];
  const device = await adapter.gpu.requestDevice({ requiredFeatures });
  const has = await hasLanes(device, createPipelineCache(device));
  device.destroy();
  return has;
}
