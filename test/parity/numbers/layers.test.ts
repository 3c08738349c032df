/**
 * Layers of other kinds, tensors with learning rates of their own and frozen ones, on the layered plan: what has to be
 * exact. Their numbers are compared with the reference's in `numbers-*.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { PopulationSettings } from '../../../src/engine/engine.ts';
import type { LayerSize } from '../../../src/engine/layers.ts';
import { modelTensors } from '../../../src/engine/parameters.ts';
import { fixed, problem, resultOf } from '../behaviour/behaviour.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { difference, gpuEngine, reference } from '../support/engines.ts';

const layered = (change: Partial<Case>): PopulationSettings => ({
  ...makePopulation({ ...problem, ...change }),
  plan: 'layered',
});
const data = makeData(problem);

/** Layers of a kind at each place that one can have, and tensors of the first that are trained in ways of their own. */
const everyKind: Partial<Case>[] = [
  {
    added: { kind: 'scale', before: [0, 1, 3] },
    training: { scale: { learning_rate_scale: 3 }, shift: { trainable: false } },
  },
  {
    added: { kind: 'periodic', before: [0, 1] },
    training: { frequency: { learning_rate_scale: 3 }, phase: { trainable: false } },
  },
];

/** Gradients that the optimizer takes at once, and such that wait in parts. */
describe.each([undefined, 2])('the layered plan, slices of %s rows', (slice_rows) => {
  const trained = async (settings: PopulationSettings, steps: number) => {
    const engine = await gpuEngine({ core: 'direct', slice_rows });
    return resultOf(await engine.createPopulation(data, settings), steps);
  };

  it.each([{}, { numbers: { clip_norm: 0.1 } }])('has the same bits where all rates are 1, %j', async (change) => {
    const ones: LayerSize['training'] = { weight: { learning_rate_scale: 1 }, bias: { learning_rate_scale: 1 } };
    const decay = { ...change.numbers, weight_decay: 0.1, l1: 0.001, l2: 0.01 };
    const plain = await trained(layered({ ...change, numbers: decay }), 20);
    expect(await trained(layered({ ...change, numbers: decay, training: ones }), 20)).toEqual(plain);
  });

  it.each<Partial<Case> & { name: string }>([
    { training: { weight: { trainable: false } }, name: 'weight' },
    { training: { bias: { trainable: false } }, name: 'bias' },
    { added: { kind: 'scale', before: [0] }, training: { scale: { trainable: false } }, name: 'scale' },
    { added: { kind: 'scale', before: [0] }, training: { shift: { trainable: false } }, name: 'shift' },
    { added: { kind: 'periodic', before: [0] }, training: { frequency: { trainable: false } }, name: 'frequency' },
    { added: { kind: 'periodic', before: [0] }, training: { phase: { trainable: false } }, name: 'phase' },
  ])('keeps the bits of what is frozen: $name', async ({ name, ...change }) => {
    for (const clip_norm of [0, 0.1]) {
      const settings = layered({ ...change, numbers: { clip_norm, weight_decay: 0.1, l1: 0.01, l2: 0.01 } });
      const { parameters } = await trained(settings, 20);
      const tensors = modelTensors(settings.layers).slice(0, 2);
      parameters.forEach((after, trial) => {
        const before = settings.initial_parameters.subarray(trial * after.length);
        for (const { name: tensor, offset, size } of tensors) {
          const [first, then] = [before, after].map((all) => all.slice(offset, offset + size));
          if (tensor === name) expect(then).toEqual(first);
          else expect(then).not.toEqual(first);
        }
      });
    }
  });

  it.each<Partial<Case>>([
    { training: { weight: { trainable: false } } },
    { added: { kind: 'scale', before: [0] }, training: { scale: { trainable: false } } },
    { added: { kind: 'periodic', before: [0] }, training: { frequency: { trainable: false } } },
  ] as const)('leaves it out of the length that clip_norm limits: %j', async (change) => {
    // So short a limit that every step has its length, whatever the gradient's.
    const settings = layered({
      ...change,
      trials: 1,
      optimizer: 'sgd',
      learning_rate: 1,
      numbers: { clip_norm: 1e-3 },
    });
    const [after] = (await trained(settings, 1)).parameters;
    expect(Math.hypot(...after.map((value, i) => value - settings.initial_parameters[i]))).toBeCloseTo(1e-3, 5);
  });

  it.each(everyKind)('gives a trial in a population the bits it has alone: $added', async (kind) => {
    const settings = layered({ ...kind, numbers: { clip_norm: 0.1 } });
    const together = await trained(settings, 20);
    const count = settings.initial_parameters.length / 3;
    for (const trial of [0, 2]) {
      const alone = await trained(
        {
          ...settings,
          trials: [settings.trials[trial]],
          initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
        },
        20,
      );
      expect(alone.parameters[0]).toEqual(together.parameters[trial]);
    }
  });
});

describe('rows in windows, trials in parts', () => {
  const rows = (largest_buffer?: number) => gpuEngine({ ...fixed, largest_buffer });

  it.each<Partial<Case>>([
    { ...everyKind[0], added: { kind: 'scale', before: [0, 1, 2] } },
    { ...everyKind[1], added: { kind: 'periodic', before: [0] } },
  ])('have the bits of a population that one buffer holds: $added', async (kind) => {
    const settings = layered({ ...kind, trials: 1, hidden: [3] });
    const whole = await resultOf(await (await rows()).createPopulation(data, settings), 30);
    // A row is two features, a target and a weight.
    const population = await (await rows(20 * 16)).createPopulation(data, settings);
    expect(population.plan).toContain('windows of rows');
    expect(await resultOf(population, 30)).toEqual(whole);
  });

  it('are as many parts as there are kinds of trials', async () => {
    const settings = layered({ ...everyKind[0], optimizer: 'sgd' });
    const trials = settings.trials.map((numbers, trial) => ({ ...numbers, batch_size: 8 - (trial % 2) }));
    const mixed = { ...settings, trials };
    const population = await (await rows()).createPopulation(data, mixed);
    expect(population.plan).toBe('layered, in 2 parts');
    const expected = await (await reference.createPopulation(data, mixed)).train(9);
    expect(difference((await population.train(9)).losses, expected.losses)).toBeLessThan(1e-4);
  });
});
