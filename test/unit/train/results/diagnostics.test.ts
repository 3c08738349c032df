/** What is said of a network's inside: gradients are the reference engine's, and what is wrong is found and named. */
import { describe, expect, it } from 'vitest';
import { initialParameters, type LayerShape, layerOffsets } from '../../../../src/engine/parameters.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import type { ActivationName } from '../../../../src/spec/settings.ts';
import { diagnose, diagnosedRows, findings, histogram } from '../../../../src/train/results/diagnostics.ts';
import { hyperparametersOf, resolveTrial } from '../../../../src/train/trials.ts';
import { normalAt } from '../../../../src/util/random.ts';

const rows = 40;
const features = Float32Array.from({ length: rows * 2 }, (_, i) => normalAt(1, i));
const targets = Float32Array.from({ length: rows }, (_, i) => Math.sin(features[2 * i]) + features[2 * i + 1]);
const goal = { loss: 'mse' as const, targets };

function network(hidden: number[], activation: ActivationName): LayerShape[] {
  const units = [2, ...hidden, 1];
  return units.slice(1).map((outputs, l) => ({
    inputs: units[l],
    outputs,
    activation: l < hidden.length ? activation : 'identity',
  }));
}

describe('a diagnosis', () => {
  it('has the gradients by which the reference engine takes its step', async () => {
    const hidden = [7, 5];
    const layers = network(hidden, 'tanh');
    const before = initialParameters(layers, 'auto', 3);
    const learning_rate = 0.5;
    const trial = resolveTrial(
      checkTrial({
        model: { hidden, activation: 'tanh', dropout: 0 },
        training: { optimizer: { kind: 'sgd', learning_rate, momentum: 0 }, batch_size: rows, loss: 'mse' },
      }),
      'regression',
    );
    const none = new Uint32Array(0);
    const train = Uint32Array.from({ length: rows }, (_, row) => row);
    const population = await createReferenceEngine('reference', 'test').createPopulation(
      { rows, columns: 2, outputs: 1, features, targets, sets: { train, validation: none, test: none } },
      { layers, loss: 'mse', trials: [hyperparametersOf(trial, layers, rows)], initial_parameters: before },
    );
    const { losses } = await population.train(1);
    const after = await population.parameters(0);
    const { loss, layers: found } = diagnose(layers, before, features, goal, rows);
    expect(loss).toBeCloseTo(losses[0], 5);
    layerOffsets(layers).forEach(({ weight, bias }, l) => {
      let squares = 0;
      for (let i = weight; i < bias + layers[l].outputs; i++) squares += ((before[i] - after[i]) / learning_rate) ** 2;
      expect(found[l].gradient_norm / Math.sqrt(squares)).toBeCloseTo(1, 4);
    });
  });

  it('counts every weight, gradient and activation', () => {
    const layers = network([6], 'relu');
    const [first, last] = diagnose(layers, initialParameters(layers, 'auto', 1), features, goal, rows).layers;
    const all = ({ counts }: { counts: Uint32Array }) => counts.reduce((sum, own) => sum + own, 0);
    expect([first.weights, first.gradients, first.activations].map(all)).toEqual([12, 12, 6 * rows]);
    expect([last.weights, last.gradients, last.activations].map(all)).toEqual([6, 6, rows]);
  });
});

describe('findings', () => {
  const of = (layers: LayerShape[], parameters: Float32Array) =>
    findings(diagnose(layers, parameters, features, goal, rows));

  it('are none in a network that is as it should be', () => {
    for (const activation of ['tanh', 'gelu', 'leaky_relu'] as const) {
      const layers = network([20, 20], activation);
      expect(of(layers, initialParameters(layers, 'auto', 5)), activation).toEqual([]);
    }
  });

  it('name the layer where the gradient of deep sigmoids has vanished, and by how much', () => {
    const layers = network([10, 10, 10, 10, 10, 10], 'sigmoid');
    const found = of(layers, initialParameters(layers, 'auto', 2));
    const vanishing = found.find(({ kind }) => kind === 'vanishing');
    expect(vanishing).toMatchObject({ layer: 0 });
    expect(vanishing && 'ratio' in vanishing && vanishing.ratio).toBeLessThan(1 / 1000);
  });

  it('name weights that are so large that the gradient explodes', () => {
    const layers = network([10, 10, 10], 'leaky_relu');
    const parameters = initialParameters(layers, 'auto', 2);
    // Of the last layer: the others' gradients are as many times longer.
    const { weight } = layerOffsets(layers)[3];
    for (let i = weight; i < parameters.length; i++) parameters[i] *= 1e4;
    expect(of(layers, parameters)).toMatchObject([{ kind: 'exploding' }]);
  });

  it('count relu units that are 0 in every row', () => {
    const layers = network([8, 8], 'relu');
    const parameters = initialParameters(layers, 'auto', 2);
    const { bias } = layerOffsets(layers)[1];
    parameters.fill(-1000, bias, bias + 3);
    const dead = of(layers, parameters).find(({ kind, layer }) => kind === 'dead' && layer === 1);
    expect(dead).toEqual({ kind: 'dead', layer: 1, idle: expect.any(Number), units: 8, rows });
    expect(dead && 'idle' in dead && dead.idle).toBeGreaterThanOrEqual(3);
  });

  it('count tanh units that are flat in every row', () => {
    const layers = network([8], 'tanh');
    const parameters = initialParameters(layers, 'auto', 2);
    const { bias } = layerOffsets(layers)[0];
    parameters.fill(50, bias, bias + 2);
    expect(of(layers, parameters)).toEqual([{ kind: 'saturated', layer: 0, idle: 2, units: 8, rows }]);
  });

  it('say where a gradient is no number', () => {
    const layers = network([4], 'tanh');
    expect(of(layers, new Float32Array(17).fill(Number.NaN))).toMatchObject([{ kind: 'not-finite', layer: 0 }]);
  });
});

describe('histograms', () => {
  it('are centred on 0 where there are values on both sides', () => {
    const { low, high, counts } = histogram([-1, 0, 0, 3], 3);
    expect([low, high, ...counts]).toEqual([-3, 3, 0, 3, 1]);
  });
  it('hold equal values, and leave out what is no number', () => {
    expect([...histogram([2, 2, Number.NaN], 4).counts]).toEqual([2, 0, 0, 0]);
    expect([...histogram([], 2).counts]).toEqual([0, 0]);
  });
});

it('large networks are looked into with fewer rows', () => {
  expect(diagnosedRows(20, 100)).toBe(100);
  expect(diagnosedRows(23_101, 5000)).toBe(173);
  expect(diagnosedRows(1e7, 5000)).toBe(16);
});
