/**
 * The optimizers, in PyTorch's definitions (torch.optim in the PyTorch 2 documentation). Each works on one parameter at
 * a time with the state that it keeps for it, which `spec/optimizers.ts` declares. How to add one: docs/adding.md.
 */
import type { OptimizerName } from '../../spec/optimizer-settings.ts';
import type { Hyperparameters } from '../engine.ts';

export interface Optimizer {
  /**
   * Changes `parameters[i]` and the state in place, for every i. `state` holds the numbers declared, parameter by
   * parameter: state[i * count + k]. `rate` is the learning rate of this step; `step` counts from 1.
   */
  update: (
    parameters: Float32Array,
    gradients: ArrayLike<number>,
    state: Float32Array,
    numbers: Hyperparameters,
    rate: number,
    step: number,
  ) => void;
}

/**
 * Kingma & Ba 2015 with epsilon outside the square root:
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
 */
const adam: Optimizer = {
  update(parameters, gradients, moments, { betas: [beta1, beta2], epsilon }, rate, step) {
    const correction1 = 1 - beta1 ** step;
    const correction2 = 1 - beta2 ** step;
    for (let i = 0; i < parameters.length; i++) {
      const gradient = gradients[i];
      const mean = beta1 * moments[2 * i] + (1 - beta1) * gradient;
      const square = beta2 * moments[2 * i + 1] + (1 - beta2) * gradient * gradient;
      moments[2 * i] = mean;
      moments[2 * i + 1] = square;
      parameters[i] -= (rate * (mean / correction1)) / (Math.sqrt(square / correction2) + epsilon);
    }
  },
};

export const optimizers: Record<OptimizerName, Optimizer> = {
  /** v = momentum v + g; w -= rate v, or rate (g + momentum v) with Nesterov's look ahead. */
  sgd: {
    update(parameters, gradients, velocity, { momentum, nesterov }, rate) {
      for (let i = 0; i < parameters.length; i++) {
        velocity[i] = momentum * velocity[i] + gradients[i];
        parameters[i] -= rate * (nesterov ? gradients[i] + momentum * velocity[i] : velocity[i]);
      }
    },
  },
  /** v = alpha v + (1 - alpha) g^2; b = momentum b + g / (sqrt(v) + epsilon); w -= rate b. */
  rmsprop: {
    update(parameters, gradients, state, { alpha, momentum, epsilon }, rate) {
      for (let i = 0; i < parameters.length; i++) {
        const square = alpha * state[2 * i] + (1 - alpha) * gradients[i] * gradients[i];
        const step = momentum * state[2 * i + 1] + gradients[i] / (Math.sqrt(square) + epsilon);
        state[2 * i] = square;
        state[2 * i + 1] = step;
        parameters[i] -= rate * step;
      }
    },
  },
  adam,
  /** Loshchilov & Hutter 2019: Adam, with the weight decay that every optimizer here has decoupled from the gradient. */
  adamw: adam,
};
