/** Which plan trains a population. */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { counting } from '../support/counting.ts';
import { difference, gpuEngine, reference } from '../support/engines.ts';
import { fixedEngine, plans, problem, resultOf } from './behaviour.ts';

const inWorkgroup = { core: 'direct', resident: { memory: 'workgroup', threads: 64 } } as const;

describe('the choice of plan', () => {
  it('is measured when none is asked for, and made once for a class of shapes', async () => {
    const engine = await gpuEngine();
    const [data, settings] = [makeData(problem), makePopulation(problem)];
    const population = await engine.createPopulation(data, settings);
    expect(plans).toContain(population.plan);
    expect((await population.train(20)).losses.every(Number.isFinite)).toBe(true);
    const counts = await counting(async () => {
      expect((await engine.createPopulation(data, settings)).plan).toBe(population.plan);
    });
    expect([counts.dispatchWorkgroups, counts.submit]).toEqual([0, 0]);
  });

  it('is what was asked for, or refused in a sentence', async () => {
    const engine = await fixedEngine();
    const data = makeData(problem);
    for (const plan of plans) {
      const population = await engine.createPopulation(data, { ...makePopulation(problem), plan });
      expect(population.plan).toBe(plan);
    }
    const large = makePopulation({ ...problem, hidden: [5000], batch_size: 40, trials: 2 });
    const small = await gpuEngine(inWorkgroup);
    expect((await small.createPopulation(data, large)).plan).toBe('layered');
    await expect(small.createPopulation(data, { ...large, plan: 'resident' })).rejects.toThrow(
      /does not fit: .* bytes/,
    );
    const mixed = (settings: PopulationSettings): PopulationSettings => ({
      ...settings,
      trials: settings.trials.map((numbers, trial) => ({ ...numbers, batch_size: numbers.batch_size - trial })),
    });
    expect((await engine.createPopulation(data, mixed(makePopulation(problem)))).plan).toBe('resident');
  });

  it.each([
    { added: { kind: 'scale', before: [0] } },
    { added: { kind: 'periodic', before: [0] } },
    { training: { bias: { trainable: false } } },
  ] as const)('is layered for what the resident plan has no kernels for: %j', async (change) => {
    const engine = await fixedEngine();
    const data = makeData(problem);
    const settings = makePopulation({ ...problem, ...change });
    const population = await engine.createPopulation(data, settings);
    expect(population.plan).toBe('layered');
    expect(inEnglish(population.why)).toBe(
      'the resident plan trains dense layers alone, all tensors at one learning rate',
    );
    await expect(engine.createPopulation(data, { ...settings, plan: 'resident' })).rejects.toThrow(
      `does not fit: ${inEnglish(population.why)}; choose auto or layered.`,
    );
  });

  it('is none for more layers than there is room for, which a sentence says', async () => {
    const engine = await fixedEngine();
    const before = Array.from({ length: 40 }, (_, l) => l);
    const deep = { ...problem, hidden: before.slice(1).map(() => 2), added: { kind: 'scale', before } } as const;
    await expect(engine.createPopulation(makeData(deep), makePopulation(deep))).rejects.toThrow(
      'plan: the layered plan has room for 65 layers; use engine cpu.',
    );
  });

  it('is none for more embedded features than there is room for, which a sentence says', async () => {
    const engine = await fixedEngine();
    const wide = { ...problem, columns: 16385, hidden: [1], added: { kind: 'periodic' as const, before: [0] } };
    await expect(engine.createPopulation(makeData(wide), makePopulation(wide))).rejects.toThrow(
      'plan: the layered plan embeds the features of models with up to 16384 of them; use engine cpu.',
    );
  });

  it('takes what workgroup memory does not hold where units are in storage, with the numbers of the reference', async () => {
    const engine = await fixedEngine();
    const data = makeData(problem);
    const large = {
      ...makePopulation({ ...problem, hidden: [3000], batch_size: 40, trials: 2 }),
      plan: 'resident' as const,
    };
    const [ours, plain] = [await engine.createPopulation(data, large), await reference.createPopulation(data, large)];
    expect(difference((await ours.train(12)).losses, (await plain.train(12)).losses)).toBeLessThan(1e-4);
  });

  it('leaves long steps to the layered plan without measuring', async () => {
    const engine = await fixedEngine();
    const long = makePopulation({ ...problem, hidden: [300, 300], rows: 200, trials: 2 });
    long.trials = long.trials.map((numbers) => ({ ...numbers, batch_size: 128 }));
    const counts = await counting(async () => {
      expect((await engine.createPopulation(makeData({ ...problem, rows: 200 }), long)).plan).toBe('layered');
    });
    expect(counts.dispatchWorkgroups).toBe(0);
  });

  it('is made for each kind of trial where no plan takes all of them together', async () => {
    const engine = await gpuEngine(inWorkgroup);
    const data = makeData(problem);
    const kinds = (['layered', 'auto'] as const).map((plan): PopulationSettings => {
      // For auto too large for a workgroup: 5,000 units.
      const settings = makePopulation(
        plan === 'auto' ? { ...problem, hidden: [5000], batch_size: 40, trials: 3 } : problem,
      );
      const trials = settings.trials.map((numbers, trial) => ({
        ...numbers,
        batch_size: trial === 1 ? 3 : numbers.batch_size,
        clip_norm: trial === 2 ? 0.1 : 0,
      }));
      return { ...settings, trials, plan };
    });
    for (const settings of kinds) {
      const population = await engine.createPopulation(data, settings);
      const plain = await reference.createPopulation(data, settings);
      expect(population.plan).toBe('layered, in 2 parts');
      expect(population.stepsPerEpoch).toBe(plain.stepsPerEpoch);
      population.stop(0);
      plain.stop(0);
      for (const steps of [5, plain.stepsPerEpoch]) {
        const [ours, theirs] = [await resultOf(population, steps), await resultOf(plain, steps)];
        expect(difference(ours.losses, theirs.losses)).toBeLessThan(1e-4);
        ours.parameters.forEach((parameters, trial) => {
          expect(difference(parameters, theirs.parameters[trial])).toBeLessThan(1e-4);
        });
      }
      const losses = (await population.evaluate('validation')).map(({ loss }) => loss);
      expect(
        difference(
          losses,
          (await plain.evaluate('validation')).map(({ loss }) => loss),
        ),
      ).toBeLessThan(1e-4);
    }
  });
});
