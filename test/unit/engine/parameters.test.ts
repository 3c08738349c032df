/** Where parameters lie, how many there are, and how they start. */
import { describe, expect, it } from 'vitest';
import {
  initializerFor,
  initialParameters,
  layerOffsets,
  layerShapes,
  parameterCount,
} from '../../../src/engine/parameters.ts';
import { type ActivationName, activationNames } from '../../../src/spec/activations.ts';
import { check } from '../../../src/spec/check.ts';
import { trialFields } from '../../../src/spec/fields.ts';
import { type InitializerName, initializerNames, modelSettings } from '../../../src/spec/settings.ts';

type Activations = ActivationName | ActivationName[];
const shapes = (inputs: number, hidden: number[], outputs: number, activation: Activations = 'tanh') =>
  layerShapes({ ...check(modelSettings, { hidden, activation }), output_activation: 'identity' }, inputs, outputs);

describe('layers', () => {
  it('lead from the features to the targets', () => {
    expect(shapes(2, [5, 3], 1, 'relu')).toEqual([
      { inputs: 2, outputs: 5, activation: 'relu' },
      { inputs: 5, outputs: 3, activation: 'relu' },
      { inputs: 3, outputs: 1, activation: 'identity' },
    ]);
    expect(shapes(2, [5, 3], 1, ['gelu', 'step'])).toEqual([
      { inputs: 2, outputs: 5, activation: 'gelu' },
      { inputs: 5, outputs: 3, activation: 'step' },
      { inputs: 3, outputs: 1, activation: 'identity' },
    ]);
    expect(shapes(4, [], 2)).toEqual([{ inputs: 4, outputs: 2, activation: 'identity' }]);
  });

  it.each([
    [1, [150, 150], 1, 23_101],
    [1, [64, 64], 1, 4_353],
    [2, [8, 8], 1, 105],
    [784, [512, 256], 10, 535_818],
    [1, [], 1, 2],
  ])('%i-%j-%i has %i parameters', (inputs, hidden, outputs, count) => {
    expect(parameterCount(shapes(inputs, hidden, outputs))).toBe(count);
  });

  it('lie one after another, weight before bias', () => {
    expect(layerOffsets(shapes(2, [5, 3], 1))).toEqual([
      { weight: 0, bias: 10 },
      { weight: 15, bias: 30 },
      { weight: 33, bias: 36 },
    ]);
  });
});

describe('initialParameters', () => {
  const layers = shapes(40, [300, 200], 10);
  const offsets = layerOffsets(layers);
  const explicit = initializerNames.filter((name) => name !== 'auto');
  const varianceOf: Record<string, (inputs: number, outputs: number) => number> = {
    glorot_normal: (inputs, outputs) => 2 / (inputs + outputs),
    glorot_uniform: (inputs, outputs) => 2 / (inputs + outputs),
    he_normal: (inputs) => 2 / inputs,
    he_uniform: (inputs) => 2 / inputs,
    lecun_normal: (inputs) => 1 / inputs,
    zeros: () => 0,
  };

  it.each(explicit)('%s draws weights of its variance and leaves biases at zero', (name: InitializerName) => {
    const parameters = initialParameters(layers, name, 10);
    expect(parameters.length).toBe(parameterCount(layers));
    layers.forEach(({ inputs, outputs }, index) => {
      const { weight, bias } = offsets[index];
      const weights = Array.from(parameters.subarray(weight, bias));
      expect(weights.length).toBe(inputs * outputs);
      const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
      const variance = weights.reduce((sum, value) => sum + (value - mean) ** 2, 0) / weights.length;
      const expected = varianceOf[name](inputs, outputs);
      if (expected === 0) expect(variance).toBe(0);
      // Five standard errors of the mean and of the variance of that many normal values.
      else {
        expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / weights.length));
        expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / weights.length));
      }
      expect(parameters.subarray(bias, bias + outputs).every((value) => value === 0)).toBe(true);
    });
  });

  it('has the tails of its distribution', () => {
    const weights = (name: InitializerName) =>
      Array.from(initialParameters(layers, name, 10).subarray(offsets[1].weight, offsets[1].bias));
    const largest = (values: number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const bound = Math.sqrt(6 / 300);
    expect(largest(weights('he_uniform'))).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest(weights('he_uniform'))).toBeGreaterThan(bound * 0.999);
    const deviation = Math.sqrt(2 / 300);
    const within = weights('he_normal').filter((value) => Math.abs(value) < deviation).length / 60_000;
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.01);
    expect(largest(weights('he_normal'))).toBeGreaterThan(3.5 * deviation);
  });

  it('is fixed by the seed, and each value by its place alone', () => {
    expect(initialParameters(layers, 'auto', 10)).toEqual(initialParameters(layers, 'auto', 10));
    const first = initialParameters(layers, 'auto', 10);
    const other = initialParameters(layers, 'auto', 11);
    expect(first.filter((value, index) => value !== 0 && value === other[index]).length).toBeLessThan(5);
    const longer = initialParameters([...layers, { inputs: 10, outputs: 7, activation: 'tanh' }], 'auto', 10);
    expect(longer.subarray(0, first.length)).toEqual(first);
  });

  it('takes he before sigmoid, lecun before softplus and glorot elsewhere, layer by layer, as the help says', () => {
    const activationsOf = (initializer: InitializerName) =>
      activationNames.filter((name) => initializerFor(name) === initializer);
    expect(activationsOf('he_normal')).toEqual(['sigmoid']);
    expect(activationsOf('lecun_normal')).toEqual(['softplus']);
    expect(activationsOf('glorot_normal')).toEqual(
      activationNames.filter((name) => !['sigmoid', 'softplus'].includes(name)),
    );
    expect(trialFields.find(({ name }) => name === 'initializer')?.help).toContain(
      'auto is he_normal before sigmoid, lecun_normal before softplus, else glorot_normal',
    );
    const mixed = shapes(4, [6, 5], 2, ['sigmoid', 'relu']);
    const [first, second] = layerOffsets(mixed);
    const auto = initialParameters(mixed, 'auto', 3);
    expect(auto.subarray(0, first.bias)).toEqual(initialParameters(mixed, 'he_normal', 3).subarray(0, first.bias));
    expect(auto.subarray(second.weight)).toEqual(initialParameters(mixed, 'glorot_normal', 3).subarray(second.weight));
  });
});
