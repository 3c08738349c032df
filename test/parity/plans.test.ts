/** Which plan trains a population. */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../src/engine/engine.ts';
import { fixedEngine, plans, problem } from './behaviour.ts';
import { makeData, makePopulation } from './cases.ts';
import { gpuEngine } from './engines.ts';

describe('the choice of plan', () => {
  it('is measured when none is asked for, and made once for a class of shapes', async () => {
    const engine = await gpuEngine();
    const [data, settings] = [makeData(problem), makePopulation(problem)];
    const population = await engine.populate(data, settings);
    expect(plans).toContain(population.plan);
    expect((await population.train(20)).losses.every(Number.isFinite)).toBe(true);
    const begun = performance.now();
    expect((await engine.populate(data, settings)).plan).toBe(population.plan);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('is what was asked for, or refused in a sentence', async () => {
    const engine = await fixedEngine();
    const data = makeData(problem);
    for (const plan of plans) {
      const population = await engine.populate(data, { ...makePopulation(problem), plan });
      expect(population.plan).toBe(plan);
    }
    const large = makePopulation({ ...problem, hidden: [5000], batch_size: 40, trials: 2 });
    expect((await engine.populate(data, large)).plan).toBe('layered');
    await expect(engine.populate(data, { ...large, plan: 'resident' })).rejects.toThrow(/does not fit: .* bytes/);
    const mixed = (settings: PopulationSettings): PopulationSettings => ({
      ...settings,
      trials: settings.trials.map((numbers, trial) => ({ ...numbers, batch_size: numbers.batch_size - trial })),
    });
    expect((await engine.populate(data, mixed(makePopulation(problem)))).plan).toBe('resident');
    await expect(engine.populate(data, { ...mixed(makePopulation(problem)), plan: 'layered' })).rejects.toThrow(
      /plan: the layered plan needs one activation, optimizer and batch_size/,
    );
    await expect(engine.populate(data, mixed(large))).rejects.toThrow(/cannot train together/);
  });
});
