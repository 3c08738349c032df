/** Networks of any shape: the CPU's kernels against the reference, where blocks and panels are full, begun and left over. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { activationNames } from '../../../src/spec/activations.ts';
import { lossNames } from '../../../src/spec/losses.ts';
import { optimizerNames } from '../../../src/spec/optimizer-settings.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { difference, reference } from '../support/engines.ts';
import { tolerances } from '../support/tolerances.ts';
import { hasRelaxed } from '../support/variants.ts';

const units = fc.integer({ min: 1, max: 70 });
const share = fc.constantFrom(0, 0.3);
const learned = activationNames.filter((name) => name !== 'step');

const problems: fc.Arbitrary<Case> = fc
  .record({
    columns: units,
    hidden: fc.array(units, { maxLength: 8 }),
    outputs: fc.integer({ min: 1, max: 20 }),
    batch_size: fc.integer({ min: 1, max: 257 }),
    /** Rows beyond one batch: the second may be short. */
    more: fc.integer({ min: 0, max: 40 }),
    activation: fc.constantFrom(...learned),
    output_activation: fc.constantFrom(...learned),
    loss: fc.constantFrom(...lossNames),
    optimizer: fc.constantFrom(...optimizerNames),
    dropout: share,
    momentum: share,
    weighted: fc.boolean(),
    shuffle: fc.boolean(),
    trials: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 0, max: 1000 }),
    clip_norm: fc.constantFrom(0, 0.5),
    l1: fc.constantFrom(0, 1e-3),
    l2: fc.constantFrom(0, 1e-2),
    weight_decay: fc.constantFrom(0, 0.1),
    nesterov: fc.boolean(),
    frequencies: fc.constantFrom(0, 1, 3, 8),
  })
  .map(({ more, clip_norm, l1, l2, weight_decay, nesterov, frequencies, ...problem }) => ({
    ...problem,
    rows: Math.ceil((problem.batch_size + more) / 0.8),
    learning_rate: 1e-3,
    ...(frequencies ? { added: { kind: 'periodic' as const, before: [0], frequencies } } : {}),
    numbers: { clip_norm, l1, l2, weight_decay, nesterov },
  }));

describe.each(hasRelaxed ? [true, false] : [true])('with reproducible bits %s, any network', async (reproducible) => {
  const cpu = await requestCpuEngine('fuzz', { reproducible });
  afterAll(() => cpu.destroy());

  it('is trained as the reference trains it', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const data = makeData(problem);
        const settings = makePopulation(problem);
        const [population, referee] = [
          await cpu.createPopulation(data, settings),
          await reference.createPopulation(data, settings),
        ];
        const [outputs, expected] = [population, referee].map((one) => one.predict(data.features, data.rows));
        expect(difference(await outputs, await expected), 'forward').toBeLessThanOrEqual(tolerances.forward);
        const [ours, theirs] = [await population.train(7), await referee.train(7)];
        expect(difference(ours.losses, theirs.losses), 'loss').toBeLessThanOrEqual(tolerances['loss, 200 steps']);
        population.destroy();
      }),
      { numRuns: 60, seed: 21 },
    );
  });

  it('has the gradients that the reference has', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const data = makeData(problem);
        const step = { optimizer: 'sgd', momentum: 0, learning_rate: 1, trials: 1, numbers: {} } as const;
        const settings = makePopulation({ ...problem, ...step });
        const gradients = await Promise.all(
          [cpu, reference].map(async (engine) => {
            const population = await engine.createPopulation(data, settings);
            await population.train(1);
            const after = await population.parameters(0);
            return settings.initial_parameters.map((before, i) => before - after[i]);
          }),
        );
        expect(difference(gradients[0], gradients[1])).toBeLessThanOrEqual(tolerances.gradients);
      }),
      { numRuns: 60, seed: 22 },
    );
  });
});
