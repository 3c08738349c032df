/** `auto` on a machine with a GPU: here the software adapter stands in for one. What it measures is a clock of the test's. */
import { describe, expect, it } from 'vitest';
import { createAutoEngine } from '../../../src/engine/auto.ts';
import { createCustomLoss } from '../../../src/engine/cpu/custom-loss.ts';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { makeData, makePopulation, tiny } from '../support/cases.ts';
import { reference } from '../support/engines.ts';
import { stopClock } from '../support/paced.ts';
import { fixedEngine } from './behaviour.ts';

/** Asked for a plan, the GPU has nothing to measure by itself. */
const settings: PopulationSettings = { ...makePopulation(tiny), plan: 'resident' };

describe('auto', () => {
  it('takes the CPU where it is faster, with the figures, and begins with nothing trained', async () => {
    const gpu = await fixedEngine();
    const paced = stopClock();
    const engine = createAutoEngine(paced(gpu, 5), paced(reference, 0.5));
    const population = await engine.createPopulation(makeData(tiny), settings);
    expect(population.engine.kind).toBe('reference');
    expect(inEnglish(population.engine.why)).toBe(
      `measured 200 steps/s on WebGPU (${gpu.adapter}), 2\u202f000 on the CPU`,
    );
    expect(await population.parameters(0)).toEqual(settings.initial_parameters);
  });

  it('takes the GPU where that is faster, and begins with nothing trained', async () => {
    const gpu = await fixedEngine();
    const paced = stopClock();
    const engine = createAutoEngine(paced(gpu, 1), paced(reference, 20));
    const population = await engine.createPopulation(makeData(tiny), settings);
    expect(population.engine.kind).toBe('webgpu');
    expect(population.plan).toBe('resident');
    expect(inEnglish(population.engine.why)).toBe(
      `measured 1\u202f000 steps/s on WebGPU (${gpu.adapter}), 50 on the CPU`,
    );
    expect(await population.parameters(0)).toEqual(settings.initial_parameters);
  });
});

it('a GPU refuses a loss that only a CPU can call', async () => {
  const gpu = await fixedEngine();
  const custom_loss = createCustomLoss('mine', () => 0);
  await expect(gpu.createPopulation(makeData(tiny), { ...settings, custom_loss })).rejects.toThrow(
    'loss: mine is a loss of your own, which WebGPU cannot compute; request the engine cpu or reference.',
  );
});
