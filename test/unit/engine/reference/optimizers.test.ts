/** The optimizers against numbers worked out by hand from PyTorch's documented formulas. */
import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../../../src/engine/engine.ts';
import { optimizers } from '../../../../src/engine/reference/optimizers.ts';

const numbers: Hyperparameters = {
  activations: [],
  optimizer: 'sgd',
  batch_size: 1,
  learning_rate: 0.1,
  momentum: 0.9,
  nesterov: false,
  alpha: 0.9,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weight_decay: 0,
  l1: 0,
  l2: 0,
  clip_norm: 0,
  schedule: { kind: 0, warmup: 0, period: 1, factor: 1 },
  dropout: [],
  seed: 0,
  shuffle: true,
};

describe('sgd', () => {
  it('with momentum carries the last step on', () => {
    const parameters = Float32Array.of(1);
    const state = new Float32Array(1);
    optimizers.sgd.update(parameters, [2], state, numbers, 0.1, 1); // v = 2, w = 1 - 0.2
    expect(parameters[0]).toBeCloseTo(0.8, 6);
    optimizers.sgd.update(parameters, [1], state, numbers, 0.1, 2); // v = 1.8 + 1, w = 0.8 - 0.28
    expect(parameters[0]).toBeCloseTo(0.52, 6);
  });

  it('without momentum steps along the gradient', () => {
    const parameters = Float32Array.of(1, -1);
    const state = new Float32Array(2);
    for (const step of [1, 2])
      optimizers.sgd.update(parameters, [2, -4], state, { ...numbers, momentum: 0 }, 0.1, step);
    expect([...parameters]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(-0.2, 6)]);
  });
});

describe('adam', () => {
  it('makes a first step of the learning rate, whatever the gradient', () => {
    const parameters = Float32Array.of(1, 1, 1);
    optimizers.adam.update(parameters, [5, -0.001, 1e-7], new Float32Array(6), numbers, 0.1, 1);
    // The last: 0.1 x 1e-7 / (1e-7 + 1e-8), epsilon outside the square root.
    expect([...parameters]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(1.1, 5), expect.closeTo(1 - 0.1 / 1.1, 6)]);
  });

  it('corrects both means on the second step', () => {
    const parameters = Float32Array.of(0);
    const state = new Float32Array(2);
    optimizers.adam.update(parameters, [1], state, numbers, 0.1, 1);
    optimizers.adam.update(parameters, [3], state, numbers, 0.1, 2);
    const mean = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.81);
    const square = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 ** 2);
    expect(parameters[0]).toBeCloseTo(-0.1 - (0.1 * mean) / Math.sqrt(square), 6);
  });
});

describe('nesterov', () => {
  it('looks ahead along the momentum', () => {
    const parameters = Float32Array.of(1);
    const state = new Float32Array(1);
    const ahead = { ...numbers, nesterov: true };
    optimizers.sgd.update(parameters, [2], state, ahead, 0.1, 1); // v = 2, step 2 + 1.8
    expect(parameters[0]).toBeCloseTo(0.62, 6);
    optimizers.sgd.update(parameters, [1], state, ahead, 0.1, 2); // v = 2.8, step 1 + 2.52
    expect(parameters[0]).toBeCloseTo(0.268, 6);
  });
});

describe('rmsprop', () => {
  it('divides by the root of the running square, epsilon outside, then takes momentum', () => {
    const parameters = Float32Array.of(0);
    const state = new Float32Array(2);
    optimizers.rmsprop.update(parameters, [3], state, numbers, 0.1, 1);
    const first = 3 / Math.sqrt(0.1 * 9);
    expect(parameters[0]).toBeCloseTo(-0.1 * first, 6);
    optimizers.rmsprop.update(parameters, [1], state, numbers, 0.1, 2);
    const second = 0.9 * first + 1 / Math.sqrt(0.9 * 0.9 + 0.1);
    expect(parameters[0]).toBeCloseTo(-0.1 * (first + second), 6);
  });
});
