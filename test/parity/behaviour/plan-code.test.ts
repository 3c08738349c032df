/** The plan of a run, given to another, is taken whatever is measured: the same kernels, and the same bits. */
import { describe, expect, it } from 'vitest';
import type { Engine, PopulationSettings } from '../../../src/engine/engine.ts';
import { InputError } from '../../../src/util/errors.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { gpuEngine } from '../support/engines.ts';
import { memoryStore } from '../support/store.ts';
import { problem, resultOf } from './behaviour.ts';

const data = makeData({ ...problem, rows: 120 });
const settings = makePopulation({ ...problem, trials: 1, batch_size: 32, hidden: [9] });

/** An engine whose calibration, fresh, answers this of the plan and the products. */
async function answering(plan: 'layered' | 'resident', core: 'direct' | 'tiled_wide'): Promise<Engine> {
  const { store, entries } = memoryStore();
  const product = { core, threads: 8 };
  return gpuEngine({
    calibration: {
      ...store,
      async get(key) {
        const name: string = JSON.parse(key).at(-1);
        if (name.startsWith('plan ')) return JSON.stringify({ plan, resident: 100, layered: 100, at_most: false });
        if (name === 'ways') return JSON.stringify({ few: product, many: product, large: product, sliceRows: 8 });
        return entries.get(key);
      },
    },
  });
}

async function bitsOn(engine: Engine, plan_code?: string) {
  const population = await engine.createPopulation(data, { ...settings, plan_code });
  const { parameters } = await resultOf(population, 20);
  const evaluations = await population.evaluate('validation');
  const { plan, planCode } = population;
  population.destroy();
  return { plan, planCode, bits: { parameters, evaluations } };
}

describe('a calibration that answers otherwise', () => {
  it('takes the plan of a run that is given, and has its bits, also from a checkpoint on', async () => {
    const [one, other] = [await answering('layered', 'direct'), await answering('resident', 'tiled_wide')];
    const [layered, resident] = [await bitsOn(one), await bitsOn(other)];
    expect([layered.plan, resident.plan]).toEqual(['layered', 'resident']);
    expect(resident.bits).not.toEqual(layered.bits);
    expect(await bitsOn(other, layered.planCode)).toEqual(layered);
    expect(await bitsOn(one, resident.planCode)).toEqual(resident);

    const population = await one.createPopulation(data, settings);
    await population.train(5);
    const checkpoint = await population.checkpoint();
    const { plan_code } = checkpoint;
    expect(plan_code).toBe(layered.planCode);
    const resumed = await other.createPopulation(data, { ...settings, plan_code });
    await resumed.resume(checkpoint);
    await resumed.train(15);
    expect([await resumed.parameters(0)]).toEqual(layered.bits.parameters);
  });

  it('keeps the plans of a population in parts', async () => {
    const unlike: PopulationSettings = {
      ...makePopulation({ ...problem, trials: 2, batch_size: 32, hidden: [9] }),
      plan: 'layered',
    };
    unlike.trials[1] = { ...unlike.trials[1], batch_size: 16 };
    const engine = await answering('layered', 'direct');
    const population = await engine.createPopulation(data, unlike);
    expect(population.plan).toBe('layered, in 2 parts');
    const first = await resultOf(population, 10);
    const other = await answering('layered', 'tiled_wide');
    const again = await other.createPopulation(data, { ...unlike, plan_code: population.planCode });
    expect(await resultOf(again, 10)).toEqual(first);
  });
});

describe('a plan that cannot be had', () => {
  it.each([
    'webgpu',
    'webgpu:layered',
    'webgpu:layered:direct8',
    'webgpu:layered:direct8-direct8-direct9',
    'webgpu:layered:direct8-direct8-direct8-0',
    'webgpu:resident:direct8-direct8-direct8',
    'webgpu:resident:storage5:direct8-direct8-direct8',
    'cpu:simd',
    `webgpu:${'x'.repeat(100_000)}`,
  ])('is refused in a line: %s', async (plan_code) => {
    const engine = await gpuEngine({});
    const error = await engine.createPopulation(data, { ...settings, plan_code }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).where).toBe('plan');
    expect((error as InputError).message.length).toBeLessThan(500);
    expect(engine.bytes).toBe(0);
  });
});
