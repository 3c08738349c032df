/** What a population holds on the GPU: what does not fit, and that everything is given back. */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { base } from '../numbers/numbers-cases.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { gpuEngine, openGpuEngine } from '../support/engines.ts';
import { fixed, fixedEngine, plans, problem, resultOf } from './behaviour.ts';

describe('a population larger than a buffer', () => {
  it.each(plans)('trains in parts, with the bits it has whole, %s', async (plan) => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation({ ...problem, trials: 5 }), plan };
    const whole = await (await fixedEngine()).createPopulation(data, settings);
    expect(whole.plan).toBe(plan);
    const perTrial = (8 * settings.initial_parameters.length) / 5;
    const engine = await gpuEngine({ ...fixed, largest_buffer: Math.max(2 * perTrial, 50 * 16) });
    const parts = await engine.createPopulation(data, settings);
    expect(parts.plan).toBe(`${plan}, in 3 parts`);
    expect([parts.trials, parts.parameterCount, parts.stepsPerEpoch]).toEqual([
      5,
      whole.parameterCount,
      whole.stepsPerEpoch,
    ]);
    for (const population of [whole, parts]) {
      population.stop(3);
      population.configure(4, { learning_rate: 0.002 });
    }
    expect(await resultOf(parts, 30)).toEqual(await resultOf(whole, 30));
    expect(await parts.evaluate('validation')).toEqual(await whole.evaluate('validation'));
    expect(await parts.predict(data.features, 9)).toEqual(await whole.predict(data.features, 9));
  });

  it.each([
    [
      { hidden: [400, 400] },
      1_200_000,
      /^The parameters .* take 1\.\d+ MB; this adapter's largest buffer is 1\.2 MB\. Use hidden layers of 380 units or fewer, /,
    ],
    [{ rows: 5000 }, 10_000, /^The list of training rows takes 0\.016 MB; .* Use 2500 training rows or fewer/],
    [
      { batch_size: 300, hidden: [9], rows: 400 },
      7_000,
      /^A batch takes 0\.0108 MB; .* Use a batch_size of 194 or less/,
    ],
  ])('is refused with what would fit: %j', async (change, largest_buffer, sentence) => {
    const engine = await gpuEngine({ core: 'direct', largest_buffer });
    const large = { ...problem, ...change };
    const populate = async () => engine.createPopulation(makeData(large), makePopulation(large));
    await expect(populate()).rejects.toThrow(sentence);
  });
});

describe('memory', () => {
  it('has in a buffer the gradients that split-K stores of each trial', async () => {
    const wide = { ...base, batch_size: 18, trials: 3 };
    const data = makeData(wide);
    const settings: PopulationSettings = { ...makePopulation(wide), plan: 'layered' };
    const splitK = { ...fixed, slice_rows: 4 };
    const whole = await (await gpuEngine(splitK)).createPopulation(data, settings);
    expect(whole.plan).toBe('layered');
    // Three trials' activations take 3,672 bytes, their gradients in four parts of a batch 4,128.
    const parted = await (await gpuEngine({ ...splitK, largest_buffer: 4000 })).createPopulation(data, settings);
    expect(parted.plan).toBe('layered, in 2 parts');
    await Promise.all([whole.train(9), parted.train(9)]);
    for (const trial of [0, 1, 2]) expect(await parted.parameters(trial)).toEqual(await whole.parameters(trial));
  });

  it('is all given back by a population that is closed, whatever it was asked for', async () => {
    const engine = await fixedEngine();
    const data = makeData(problem);
    for (const plan of plans) {
      const population = await engine.createPopulation(data, { ...makePopulation(problem), plan });
      await population.train(3);
      await population.evaluate('validation');
      await population.finite();
      await population.predict(data.features, 5);
      await population.parameters(1);
      expect(engine.bytes).toBeGreaterThan(4 * 3 * population.parameterCount);
      population.destroy();
      population.destroy();
      await expect.poll(() => engine.bytes).toBe(0);
    }
  });

  /** Makes engines and closes them. What the process holds afterwards, in bytes, where it can be asked. */
  async function openAndClose(engines: number): Promise<number | undefined> {
    const data = makeData({ ...problem, rows: 10 });
    const settings = { ...makePopulation({ ...problem, hidden: [] }), plan: 'layered' as const };
    for (let i = 0; i < engines; i++) {
      const engine = await openGpuEngine({ core: 'direct' });
      const population = await engine.createPopulation(data, settings);
      await population.train(1);
      population.destroy();
      expect(engine.bytes).toBe(0);
      engine.destroy();
      if (i % 10 === 9) globalThis.gc?.();
    }
    return globalThis.process?.memoryUsage?.().rss;
  }

  // A browser does not tell what its GPU process uses; Node, where it is one process, does.
  const told = typeof globalThis.process?.memoryUsage === 'function';

  it.skipIf(told)('is none where an engine is closed, and the next 40 can be opened', async () => {
    await openAndClose(40);
  });

  // The first engines fill caches. After them a process grew by 13 to 27 MB in three runs without any leak; one is seen from
  // 3.3 MB an engine on (a leak of 8 MB was found this way).
  it.skipIf(!told)('stays flat over 40 engines', async () => {
    const before = (await openAndClose(20)) ?? Number.NaN;
    const after = (await openAndClose(20)) ?? Number.NaN;
    expect((after - before) / 1e6).toBeLessThan(66);
  });
});
