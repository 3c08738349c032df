/** The optimizers against numbers worked out by hand from PyTorch's documented formulas. */
import { describe, expect, it } from 'vitest';
import { optimizers } from '../../src/engine/reference/optimizers.ts';

const numbers = {
  learning_rate: 0.1,
  momentum: 0.9,
  betas: [0.9, 0.999] as [number, number],
  epsilon: 1e-8,
  seed: 0,
  shuffle: true,
};

describe('sgd', () => {
  it('with momentum carries the last step on', () => {
    const parameters = Float32Array.of(1);
    const state = new Float32Array(1);
    optimizers.sgd.update(parameters, [2], state, numbers, 1); // v = 2, w = 1 - 0.2
    expect(parameters[0]).toBeCloseTo(0.8, 6);
    optimizers.sgd.update(parameters, [1], state, numbers, 2); // v = 1.8 + 1, w = 0.8 - 0.28
    expect(parameters[0]).toBeCloseTo(0.52, 6);
  });

  it('without momentum steps along the gradient', () => {
    const parameters = Float32Array.of(1, -1);
    const state = new Float32Array(2);
    for (const step of [1, 2]) optimizers.sgd.update(parameters, [2, -4], state, { ...numbers, momentum: 0 }, step);
    expect([...parameters]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(-0.2, 6)]);
  });
});

describe('adam', () => {
  it('makes a first step of the learning rate, whatever the gradient', () => {
    const parameters = Float32Array.of(1, 1, 1);
    optimizers.adam.update(parameters, [5, -0.001, 1e-7], new Float32Array(6), numbers, 1);
    // The last: 0.1 x 1e-7 / (1e-7 + 1e-8), epsilon outside the square root.
    expect([...parameters]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(1.1, 5), expect.closeTo(1 - 0.1 / 1.1, 6)]);
  });

  it('corrects both means on the second step', () => {
    const parameters = Float32Array.of(0);
    const state = new Float32Array(2);
    optimizers.adam.update(parameters, [1], state, numbers, 1);
    optimizers.adam.update(parameters, [3], state, numbers, 2);
    const mean = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.81);
    const square = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 ** 2);
    expect(parameters[0]).toBeCloseTo(-0.1 - (0.1 * mean) / Math.sqrt(square), 6);
  });
});
