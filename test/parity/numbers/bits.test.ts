/** The same seed gives the same bits: however the work is cut, alone and in company. */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { fixedEngine, grid, plans, problem, resultOf } from '../behaviour/behaviour.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { gpuEngine } from '../support/engines.ts';

/** With slices, a layered step adds up its batches in another way. */
const sliced = () => gpuEngine({ core: 'direct', slice_rows: 2 });

describe('the same seed, layered in slices', () => {
  it.each([0, 0.1])('gives a trial in a population the bits it has alone, clip_norm %d', async (clip_norm) => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation({ ...problem, numbers: { clip_norm } }), plan: 'layered' };
    const engine = await sliced();
    const together = await resultOf(await engine.createPopulation(data, settings), 40);
    expect(await resultOf(await (await sliced()).createPopulation(data, settings), 40)).toEqual(together);
    const count = settings.initial_parameters.length / 3;
    for (const trial of [0, 2]) {
      const alone = await engine.createPopulation(data, {
        ...settings,
        trials: [settings.trials[trial]],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
      });
      expect((await resultOf(alone, 40)).parameters[0]).toEqual(together.parameters[trial]);
    }
  });
});

describe.each(plans)('the same seed, %s', (plan) => {
  it('gives the same bits, however the work is cut', async () => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation(problem), plan };
    const whole = await (await fixedEngine(1000)).createPopulation(data, settings);
    const cut = await (await fixedEngine(0.001)).createPopulation(data, settings);
    const expected = await resultOf(whole, 60);
    expect(await resultOf(cut, 60)).toEqual(expected);
    const parts = await (await fixedEngine()).createPopulation(data, settings);
    for (const steps of [1, 2, 30]) await parts.train(steps);
    expect((await resultOf(parts, 27)).parameters).toEqual(expected.parameters);
  });

  it('gives a trial in a population the bits it has alone', async () => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation(problem), plan };
    const engine = await fixedEngine();
    const together = await resultOf(await engine.createPopulation(data, settings), 40);
    const count = settings.initial_parameters.length / 3;
    for (const trial of [0, 1, 2]) {
      const alone = await engine.createPopulation(data, {
        ...settings,
        trials: [settings.trials[trial]],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
      });
      expect((await resultOf(alone, 40)).parameters[0]).toEqual(together.parameters[trial]);
    }
  });

  it('goes on counting where the loss log wraps', async () => {
    const engine = await fixedEngine(1000);
    const data = makeData({ ...problem, columns: 1, rows: 3 });
    const one = { ...problem, columns: 1, hidden: [1], batch_size: 2, trials: 1 };
    const settings: PopulationSettings = { ...makePopulation(one), plan };
    const [long, parts] = [
      await engine.createPopulation(data, settings),
      await engine.createPopulation(data, settings),
    ];
    const steps = 8192 + 300;
    const { losses } = await long.train(steps);
    const joined: number[] = [];
    for (let left = steps; left > 0; left -= 2123) joined.push(...(await parts.train(Math.min(left, 2123))).losses);
    expect(losses.length).toBe(steps);
    expect(joined).toEqual([...losses]);
  });
});

describe('a mixed population', () => {
  it.each([
    { memory: 'storage', threads: 4 },
    { memory: 'workgroup', threads: 64 },
  ] as const)('gives every trial the bits it has alone, whatever stops beside it: $memory', async (resident) => {
    const engine = await gpuEngine({ slice_ms: 20, core: 'direct', resident });
    const data = makeData({ ...problem, columns: 1 });
    const all = grid([16, 16], 3);
    const settings = { ...all, trials: all.trials.slice(0, 64) };
    const count = settings.initial_parameters.length / all.trials.length;
    settings.initial_parameters = settings.initial_parameters.slice(0, 64 * count);
    const population = await engine.createPopulation(data, settings);
    population.stop(7);
    const together = await population.train(45);
    for (const trial of [0, 1, 2, 23, 40, 63]) {
      const numbers = settings.trials[trial];
      const alone = await engine.createPopulation(data, {
        ...settings,
        trials: [numbers],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
        plan: 'resident',
      });
      const steps = Math.ceil(40 / numbers.batch_size);
      const { losses } = await alone.train(steps);
      const mine = together.losses.filter((loss, i) => i % 64 === trial && loss !== 0);
      expect([...mine.slice(0, steps)]).toEqual([...losses]);
    }
  });
});
