/** `auto` on a machine with a GPU: here the software adapter stands in for one. */
import { describe, expect, it } from 'vitest';
import { createAutoEngine } from '../../src/engine/auto.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Case, makeData, makePopulation } from './cases.ts';
import { gpuEngine, reference } from './engines.ts';

const tiny: Case = {
  columns: 1,
  hidden: [3],
  outputs: 1,
  rows: 10,
  batch_size: 2,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'sgd',
};

/** Takes as long as it is told for every step. */
function slowed(engine: Engine, milliseconds: number): Engine {
  return {
    ...engine,
    async populate(data, settings) {
      const population = await engine.populate(data, settings);
      const train = population.train.bind(population);
      population.train = async (steps, signal) => {
        const end = performance.now() + steps * milliseconds;
        const done = await train(steps, signal);
        while (performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
        return done;
      };
      return population;
    },
  };
}

describe('auto', () => {
  it('takes the CPU where it is faster, with the figures, and begins with nothing trained', async () => {
    const engine = createAutoEngine(slowed(await gpuEngine({ core: 'direct' }), 5), reference);
    const settings = makePopulation(tiny);
    const population = await engine.populate(makeData(tiny), settings);
    expect(engine.kind).toBe('reference');
    expect(engine.why).toMatch(/^measured [\d,.]+ steps\/s on WebGPU \(.+\), [\d,.]+ on the CPU$/);
    expect(await population.parameters(0)).toEqual(settings.initial_parameters);
  });

  it('takes the GPU where that is faster', async () => {
    const engine = createAutoEngine(await gpuEngine({ core: 'direct' }), slowed(reference, 20));
    await engine.populate(makeData(tiny), makePopulation(tiny));
    expect(engine.kind).toBe('webgpu');
  });

  it('does not wait for a CPU that would be far behind', async () => {
    const never: Engine = { ...reference, populate: () => Promise.reject(new Error('the CPU was tried')) };
    const fast: Engine = { ...reference, kind: 'webgpu' };
    const large = { ...tiny, hidden: [2000, 2000], batch_size: 8 };
    const engine = createAutoEngine(pretending(fast, 1000), never);
    await engine.populate(makeData(large), makePopulation(large));
    expect(engine.kind).toBe('webgpu');
    expect(engine.why).toContain('could not come near');
  });
});

/** Pretends to train this many steps a millisecond. */
function pretending(engine: Engine, stepsPerMillisecond: number): Engine {
  return {
    ...engine,
    async populate(data, settings) {
      const population = await engine.populate(data, settings);
      population.train = async (steps) => {
        const end = performance.now() + steps / stepsPerMillisecond;
        while (performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
        return { steps, losses: new Float32Array(steps) };
      };
      return population;
    },
  };
}
