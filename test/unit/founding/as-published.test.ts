/** The published update rule: right where its slips vanish, and wrong in the way that each slip is. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { initialParameters, layerOffsets, layerShapes, parameterCount } from '../../../src/engine/parameters.ts';
import { backwardPass } from '../../../src/engine/reference/backward.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { createWorkspace, forwardPass } from '../../../src/engine/reference/network.ts';
import { asPublished, type FormulaBugs, publishedGradients } from '../../../src/founding/as-published.ts';
import { createPublishedEngine } from '../../../src/founding/as-published-engine.ts';
import { buildTrial, cellKeys, createExperiment } from '../../../src/founding/experiment.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { resolveTrial } from '../../../src/train/trials.ts';
import { normalAt } from '../../../src/util/random.ts';
import { prepare, trainPopulation } from '../../support/first-defaults.ts';

const none: FormulaBugs = { averaged: false, shifted: false, shared: false };

interface Shape {
  columns: number;
  hidden: number[];
  outputs: number;
  rows: number;
}

/** Random parameters, biases too, and random rows; the same for the same shape. */
function setUp({ columns, hidden, outputs, rows }: Shape) {
  const { model } = resolveTrial(checkTrial({ model: { hidden, activation: 'tanh' } }), 'regression');
  const layers = layerShapes(model, columns, outputs);
  const parameters = Float64Array.from({ length: parameterCount(layers) }, (_, i) => normalAt(5, i));
  const work = createWorkspace(layers, rows, Float64Array);
  work.input.set(Float64Array.from(work.input, (_, i) => normalAt(6, i)));
  const targets = Float64Array.from({ length: rows * outputs }, (_, i) => normalAt(7, i));
  forwardPass(layers, parameters, work);
  return { layers, parameters, work, targets };
}

function gradientsOf(shape: Shape, slips: FormulaBugs): Float64Array {
  const { layers, parameters, work, targets } = setUp(shape);
  const gradients = new Float64Array(parameters.length);
  publishedGradients(layers, parameters, work, targets, gradients, shape.rows, slips);
  return gradients;
}

function rightGradients(shape: Shape): { gradients: Float64Array; loss: number } {
  const { layers, parameters, work, targets } = setUp(shape);
  const gradients = new Float64Array(parameters.length);
  const loss = backwardPass(layers, parameters, work, { loss: 'half_mse', targets }, gradients);
  return { gradients, loss };
}

function expectSame(a: ArrayLike<number>, b: ArrayLike<number>): void {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], 12);
}

/** The largest difference of two gradients. */
function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

const wide = { columns: 3, hidden: [4, 3], outputs: 2, rows: 5 };
/** One unit in every layer. */
const narrow = { columns: 3, hidden: [1, 1], outputs: 1, rows: 1 };

describe('the rule without its slips', () => {
  it.each([wide, narrow, { ...wide, hidden: [] }])(
    'is the right one: $columns, $hidden, $outputs, $rows rows',
    (shape) => {
      expectSame(gradientsOf(shape, none), rightGradients(shape).gradients);
    },
  );

  it('has the right loss, with slips or without', () => {
    const { layers, parameters, work, targets } = setUp(wide);
    const gradients = new Float64Array(parameters.length);
    const loss = publishedGradients(layers, parameters, work, targets, gradients);
    expect(loss).toBeCloseTo(rightGradients(wide).loss, 12);
  });
});

describe('batch 1 and one unit a layer', () => {
  it('leaves the bias slip alone', () => {
    expectSame(gradientsOf(narrow, { ...asPublished, shifted: false }), rightGradients(narrow).gradients);
    expectSame(gradientsOf(narrow, asPublished), gradientsOf(narrow, { ...none, shifted: true }));
    expect(distance(gradientsOf(narrow, asPublished), rightGradients(narrow).gradients)).toBeGreaterThan(1e-3);
  });

  it('moves every gradient one row up, the bias row first, and leaves the last input alone', () => {
    const { layers } = setUp(narrow);
    const right = rightGradients(narrow).gradients;
    const slipped = gradientsOf(narrow, asPublished);
    layerOffsets(layers).forEach(({ weight, bias }) => {
      expect(slipped[bias]).toBeCloseTo(right[weight], 12);
      for (let i = weight; i < bias - 1; i++) expect(slipped[i]).toBeCloseTo(right[i + 1], 12);
      expect(slipped[bias - 1]).toBe(0);
    });
  });
});

describe('averages before products', () => {
  it('are the product of means: for one linear unit, mean error times mean input', () => {
    const shape = { columns: 2, hidden: [], outputs: 1, rows: 4 };
    const { work, targets } = setUp(shape);
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / 4;
    const error = mean(Array.from(targets, (target, r) => work.activations[0][r] - target));
    const inputs = [0, 1].map((i) => mean([0, 1, 2, 3].map((r) => work.input[r * 2 + i])));
    const slipped = gradientsOf(shape, { ...none, averaged: true });
    expectSame(slipped, [error * inputs[0], error * inputs[1], error]);
    const right = rightGradients(shape).gradients;
    expect(distance(slipped, right)).toBeGreaterThan(1e-2);
    // The bias has no product in it.
    expect(slipped[2]).toBeCloseTo(right[2], 12);
  });

  it('make no difference to one row', () => {
    const one = { ...wide, rows: 1 };
    expectSame(gradientsOf(one, { ...none, averaged: true }), rightGradients(one).gradients);
  });

  it('keep a mean product of zero from being seen: errors and inputs of both signs cancel', () => {
    // y = w x with x = -1 and 1, and targets that ask for w = 1: both rows say the same, their means say nothing.
    const { model } = resolveTrial(checkTrial({ model: { hidden: [] } }), 'regression');
    const layers = layerShapes(model, 1, 1);
    const work = createWorkspace(layers, 2, Float64Array);
    work.input.set([-1, 1]);
    const parameters = new Float64Array(2);
    forwardPass(layers, parameters, work);
    const gradients = new Float64Array(2);
    const targets = Float64Array.from([-1, 1]);
    publishedGradients(layers, parameters, work, targets, gradients, 2, none);
    expect(Array.from(gradients)).toEqual([-1, 0]);
    publishedGradients(layers, parameters, work, targets, gradients, 2, { ...none, averaged: true });
    expect(Math.abs(gradients[0])).toBe(0);
  });
});

describe('one error for a layer', () => {
  it('is the sum of the units errors, the same for each of them', () => {
    const shape = { columns: 2, hidden: [], outputs: 3, rows: 1 };
    const { layers } = setUp(shape);
    const [{ weight, bias }] = layerOffsets(layers);
    const right = rightGradients(shape).gradients;
    const slipped = gradientsOf(shape, { ...none, shared: true });
    const sumOf = (at: (o: number) => number) => right[at(0)] + right[at(1)] + right[at(2)];
    for (let o = 0; o < 3; o++) {
      expect(slipped[bias + o]).toBeCloseTo(
        sumOf((q) => bias + q),
        12,
      );
      for (let i = 0; i < 2; i++) {
        expect(slipped[weight + o * 2 + i]).toBeCloseTo(
          sumOf((q) => weight + q * 2 + i),
          12,
        );
      }
    }
    expect(distance(slipped, right)).toBeGreaterThan(1e-2);
  });

  it('leaves a network of one unit a layer as it is, and no other', () => {
    const shared = { ...none, shared: true };
    expectSame(gradientsOf(narrow, shared), rightGradients(narrow).gradients);
    const hidden = { columns: 1, hidden: [3], outputs: 1, rows: 1 };
    expect(distance(gradientsOf(hidden, shared), rightGradients(hidden).gradients)).toBeGreaterThan(1e-2);
    // The output layer has one unit: its gradient is right all the same.
    expectSame(gradientsOf(hidden, shared).subarray(6), rightGradients(hidden).gradients.subarray(6));
  });
});

describe('the engine of the published rule', () => {
  const experiment = createExperiment({ hidden: [5, 5], epochs: 2, seeds: 2 });
  const data = prepare(generate('curve', { rows: 60 }), {
    target: 'y',
    split: { train: 0.8, validation: 0.2, test: 0 },
  });
  const trials = cellKeys(experiment)
    .slice(6, 12)
    .flatMap((key) => experiment.seeds.map((seed) => buildTrial(experiment, key, seed)));

  async function historiesOn(engine: ReturnType<typeof createPublishedEngine>) {
    const run = trainPopulation(engine, data, trials);
    while (await run.epoch());
    return run.trials.map(({ history }) =>
      history.map(({ train_loss, validation_loss }) => [train_loss, validation_loss]),
    );
  }

  it('is the reference in everything but the rule', async () => {
    const own = await historiesOn(createPublishedEngine(none));
    const reference = await historiesOn(createReferenceEngine('reference', 'asked for'));
    own.flat(2).forEach((loss, i) => {
      expect(loss).toBeCloseTo(reference.flat(2)[i] ?? Number.NaN, 6);
    });
  });

  it('trains otherwise with the slips', async () => {
    const slipped = (await historiesOn(createPublishedEngine())).map((history) => history.at(-1)?.[0]);
    const right = (await historiesOn(createReferenceEngine('reference', 'asked for'))).map((h) => h.at(-1)?.[0]);
    slipped.forEach((loss, trial) => {
      expect(loss).not.toBeCloseTo(right[trial] ?? Number.NaN, 5);
    });
  });

  it('refuses a loss that it has no rule for', async () => {
    const run = trainPopulation(createPublishedEngine(), data, [{ training: { loss: 'mae' } }]);
    await expect(run.epoch()).rejects.toThrow('the published rule is for half_mse, not mae');
  });

  it('starts from the parameters that everything starts from', async () => {
    const run = trainPopulation(createPublishedEngine(), data, trials);
    expect(await run.parameters(0)).toEqual(initialParameters(run.layers, 'glorot_normal', experiment.seeds[0]));
  });
});
