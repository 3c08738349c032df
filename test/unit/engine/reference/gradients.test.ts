/** The reference's gradients against central differences, both in float64: they agree to 1e-6 or the formulas are wrong. */
import { describe, expect, it } from 'vitest';
import { layerKinds } from '../../../../src/engine/layers.ts';
import { initialParameters, layerShapes, parameterCount } from '../../../../src/engine/parameters.ts';
import { activations } from '../../../../src/engine/reference/activations.ts';
import { backwardPass } from '../../../../src/engine/reference/backward.ts';
import { meanLoss, smoothTargets } from '../../../../src/engine/reference/losses.ts';
import { createWorkspace, forwardPass } from '../../../../src/engine/reference/network.ts';
import { clipGradients, regularize } from '../../../../src/engine/reference/training.ts';
import { type ActivationName, activationNames } from '../../../../src/spec/activations.ts';
import { type LossName, lossNames, lossTable } from '../../../../src/spec/losses.ts';
import { normalAt, uniformAt } from '../../../../src/util/random.ts';
import { type AddedLayers, withLayers } from '../../../support/models/layers.ts';

interface Problem {
  columns: number;
  hidden: number[];
  outputs: number;
  rows: number;
  activation: ActivationName;
  loss: LossName;
  dropout?: number;
  weighted?: boolean;
  label_smoothing?: number;
  added?: AddedLayers;
}

const shapes = [
  { columns: 1, hidden: [], outputs: 1, rows: 3 },
  { columns: 3, hidden: [], outputs: 2, rows: 4 },
  { columns: 2, hidden: [5], outputs: 1, rows: 7 },
  { columns: 3, hidden: [4, 3, 5], outputs: 2, rows: 3 },
];

const addedKinds = layerKinds.filter((kind) => kind !== 'dense');

// The perceptron rule is no derivative: it has a test of its own.
const derivable = lossNames.filter((loss) => !lossTable[loss].bySum);
const cases: Problem[] = [
  ...shapes.flatMap((shape) => activationNames.map((activation) => ({ ...shape, activation, loss: 'mse' as const }))),
  ...shapes.flatMap((shape) =>
    derivable
      // The softmax of one output is 1, whatever it is.
      .filter((loss) => loss !== 'softmax_cross_entropy' || shape.outputs > 1)
      .map((loss) => ({ ...shape, activation: 'tanh' as const, loss })),
  ),
  ...derivable.map((loss) => ({ ...shapes[3], activation: 'gelu' as const, loss, dropout: 0.4, weighted: true })),
  ...derivable
    .filter((loss) => lossTable[loss].logits)
    .map((loss) => ({ ...shapes[3], activation: 'tanh' as const, loss, weighted: true, label_smoothing: 0.2 })),
  ...addedKinds.flatMap((kind) =>
    // A periodic layer has more outputs than inputs: none is at the end.
    [[0], [1], [0, 2], kind === 'periodic' ? [3] : [3, 4]].flatMap((before) =>
      (['mse', 'softmax_cross_entropy'] as const).map((loss) => {
        const added = { kind, before };
        return { ...shapes[3], activation: 'tanh' as const, loss, dropout: 0.4, weighted: true, added };
      }),
    ),
  ),
];

describe('gradients', () => {
  it.each(cases)(
    'match central differences: $columns-$hidden-$outputs, $activation, $loss, dropout $dropout, smoothing $label_smoothing, $added',
    (problem) => {
      const { layers, parameters, work, goal, dropout } = setUp(problem);
      const gradients = new Float64Array(parameters.length);
      forwardPass(layers, parameters, work, undefined, dropout);
      backwardPass(layers, parameters, work, goal, gradients);

      const lossAt = (index: number, value: number) => {
        const moved = parameters.slice();
        moved[index] = value;
        return meanLoss(goal, forwardPass(layers, moved, work, undefined, dropout), work.rows, problem.outputs);
      };
      const width = 1e-6;
      let worst = 0;
      for (let i = 0; i < parameters.length; i++) {
        const numeric = (lossAt(i, parameters[i] + width) - lossAt(i, parameters[i] - width)) / (2 * width);
        worst = Math.max(worst, Math.abs(numeric - gradients[i]));
      }
      const largest = Math.max(...gradients.map(Math.abs));
      if (problem.activation === 'step') expect(largest).toBe(0);
      else expect(largest).toBeGreaterThan(1e-3);
      expect(worst / Math.max(largest, 1e-3)).toBeLessThan(1e-6);
    },
  );

  it('of a short batch are those of its rows alone', () => {
    const { layers, parameters, work, goal } = setUp({ ...shapes[2], activation: 'tanh', loss: 'mse' });
    const short = new Float64Array(parameters.length);
    forwardPass(layers, parameters, work, 3);
    backwardPass(layers, parameters, work, goal, short, 3);
    const alone = createWorkspace(layers, 3, Float64Array);
    alone.input.set(work.input.subarray(0, 6));
    const expected = new Float64Array(parameters.length);
    forwardPass(layers, parameters, alone);
    backwardPass(layers, parameters, alone, { ...goal, targets: goal.targets.subarray(0, 3) }, expected);
    expect(short).toEqual(expected);
  });

  it('of the perceptron rule are prediction - target at the weighted sum, a mean over rows', () => {
    const { layers, parameters, work, goal } = setUp({ ...shapes[1], activation: 'step', loss: 'perceptron' });
    const gradients = new Float64Array(parameters.length);
    const outputs = forwardPass(layers, parameters, work);
    backwardPass(layers, parameters, work, goal, gradients);
    const expected = (o: number, input: (row: number) => number) =>
      [0, 1, 2, 3].reduce((sum, r) => sum + ((outputs[2 * r + o] - goal.targets[2 * r + o]) * input(r)) / 4, 0);
    expect(gradients[4]).toBeCloseTo(
      expected(1, (r) => work.input[3 * r + 1]),
      12,
    );
    expect(gradients[6]).toBeCloseTo(
      expected(0, () => 1),
      12,
    );
    expect(Math.max(...gradients.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('longer than the clip norm are scaled back to it', () => {
    const gradients = Float64Array.of(3, 4);
    clipGradients(gradients, 10);
    expect([...gradients]).toEqual([3, 4]);
    clipGradients(gradients, 0);
    expect([...gradients]).toEqual([3, 4]);
    clipGradients(gradients, 0.5);
    expect(Math.hypot(...gradients)).toBeCloseTo(0.5, 6);
    expect(gradients[0] / gradients[1]).toBeCloseTo(0.75, 12);
  });

  it('take l1 and l2 for weights and not for biases, and decay is decoupled', () => {
    const layers = layerShapes(
      { hidden: [], activation: 'tanh', output_activation: 'identity', dropout: 0, initializer: 'auto' },
      2,
      1,
    );
    const parameters = Float64Array.of(2, -4, 8);
    const gradients = Float64Array.of(0, 0, 0);
    regularize(layers, parameters, gradients, { l1: 0.1, l2: 0.01 }, 0.25);
    expect([...gradients]).toEqual([expect.closeTo(0.12, 12), expect.closeTo(-0.14, 12), 0]);
    expect([...parameters]).toEqual([1.5, -3, 8]);
  });
});

describe('activations', () => {
  it('gelu is the exact form', () => {
    // z Phi(z) at 1 and -2, from tables of the normal distribution.
    expect(activations.gelu.value(1)).toBeCloseTo(0.841344746068543, 14);
    expect(activations.gelu.value(-2)).toBeCloseTo(-2 * 0.02275013194817921, 14);
    expect([activations.gelu.value(40), activations.gelu.value(-40)]).toEqual([40, -0]);
  });

  it.each(activationNames)('%s stays finite far out', (name) => {
    const { value, slope } = activations[name];
    for (const z of [-1e4, -300, 300, 1e4]) {
      expect(Number.isFinite(value(z))).toBe(true);
      expect(Number.isFinite(slope(z, value(z)))).toBe(true);
    }
  });
});

function setUp(problem: Problem) {
  const { columns, hidden, outputs, rows, activation, loss, dropout: rate = 0, weighted, added } = problem;
  const { targets: kind, activation: output_activation = activation } = lossTable[loss];
  const dense = layerShapes(
    { hidden, activation, output_activation, dropout: 0, initializer: 'auto' },
    columns,
    outputs,
  );
  const layers = added ? withLayers(dense, added) : dense;
  const parameters = Float64Array.from(initialParameters(layers, 'auto', 3));
  expect(parameters.length).toBe(parameterCount(layers));
  // Biases off zero, so that no sum sits on the kink of relu.
  for (let i = 0; i < parameters.length; i++) parameters[i] += 0.1 * normalAt(4, i);
  const work = createWorkspace(layers, rows, Float64Array);
  work.input.set(Float64Array.from({ length: rows * columns }, (_, i) => normalAt(5, i)));
  const targets = Float64Array.from({ length: rows * outputs }, (_, i) => (kind ? uniformAt(6, i) : normalAt(6, i)));
  if (kind === 'shares') {
    for (let first = 0; first < targets.length; first += outputs) {
      const row = targets.subarray(first, first + outputs);
      const sum = row.reduce((total, value) => total + value, 0);
      row.forEach((value, o) => {
        row[o] = value / sum;
      });
    }
  }
  if (problem.label_smoothing) smoothTargets(targets, loss, outputs, problem.label_smoothing);
  const weights = weighted ? Float64Array.from({ length: rows }, (_, i) => 0.5 + uniformAt(7, i)) : undefined;
  const goal = { loss, targets, weights };
  return { layers, parameters, work, goal, dropout: { rates: layers.slice(1).map(() => rate), seed: 1, step: 5 } };
}
