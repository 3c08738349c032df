/** How the resident plan begins where its kernel takes long to compile: with a smaller one, the same to the bit. */
import { expect, it, vi } from 'vitest';
import type { PopulationSettings } from '../../src/engine/engine.ts';
import { openAdapter } from '../../src/engine/gpu/adapter.ts';
import { createPipelineCache } from '../../src/engine/gpu/kernels.ts';
import { hasLanes } from '../../src/engine/gpu/lanes.ts';
import { createMemory } from '../../src/engine/gpu/memory.ts';
import { problem } from './behaviour.ts';
import { makeData, makePopulation } from './cases.ts';
import { gpuEngine } from './engines.ts';

it('trains with a small kernel until the fast one is there, and nobody can tell', async () => {
  const data = makeData({ ...problem, rows: 100 });
  const settings: PopulationSettings = {
    ...makePopulation({ ...problem, hidden: [37, 21], trials: 2 }),
    plan: 'resident',
  };
  let used = kernelsFromNow();
  const engine = await gpuEngine();
  const population = await engine.populate(data, settings);
  const losses: number[] = [];
  const train = async (steps: number) => losses.push(...(await population.train(steps)).losses);
  await train(3);
  expect(used()).toBe(1);
  // As long as the compiler takes; an adapter that takes no time over it has one kernel alone.
  while (engine.software && used() < 2) await train(50);
  await train(50);

  const steps = losses.length / 2;
  const variant = engine.software
    ? ({ memory: 'storage', threads: 4, swaps: await swaps() } as const)
    : ({ memory: 'workgroup', threads: 32 } as const);
  const atOnce = await (await gpuEngine({ core: 'direct', resident: variant })).populate(data, settings);
  expect([...(await atOnce.train(steps)).losses]).toEqual(losses);
  for (const trial of [0, 1]) expect(await population.parameters(trial)).toEqual(await atOnce.parameters(trial));
  // The next population of the kind has no need of the small one.
  used = kernelsFromNow();
  const next = await engine.populate(data, settings);
  expect([...(await next.train(steps)).losses]).toEqual(losses);
  expect(used()).toBe(1);
});

it('may be given up before the fast kernel is there', async () => {
  const data = makeData(problem);
  const settings: PopulationSettings = { ...makePopulation({ ...problem, hidden: [33, 18] }), plan: 'resident' };
  const engine = await gpuEngine();
  const [given, kept] = [await engine.populate(data, settings), await engine.populate(data, settings)];
  await given.train(2);
  given.destroy();
  // An error of the device's would reject these.
  const used = kernelsFromNow();
  do await kept.train(20);
  while (engine.software && used() < 2);
  expect((await kept.train(20)).losses.every(Number.isFinite)).toBe(true);
});

/** Counts the resident kernels that are set from now on. */
function kernelsFromNow(): () => number {
  const setPipeline = vi.spyOn(GPUComputePassEncoder.prototype, 'setPipeline').mockClear();
  return () => {
    const residents = setPipeline.mock.calls.filter(([{ label }]) => label.startsWith('resident'));
    return new Set(residents.map(([pipeline]) => pipeline)).size;
  };
}

async function swaps(): Promise<boolean> {
  const adapter = await openAdapter(globalThis.parityGpu);
  if ('missing' in adapter) throw new Error(adapter.missing);
  const requiredFeatures: GPUFeatureName[] = adapter.gpu.features.has('subgroups') ? ['subgroups'] : [];
  const device = await adapter.gpu.requestDevice({ requiredFeatures });
  const has = await hasLanes(device, createPipelineCache(device), createMemory(device));
  device.destroy();
  return has;
}
