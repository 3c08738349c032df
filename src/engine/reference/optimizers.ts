/**
 * The optimizers, in PyTorch's definitions (torch.optim.SGD and torch.optim.Adam, PyTorch 2 documentation). Each works
 * on one parameter at a time with the state that it keeps for it. Adding one is a row here, a `.wgsl` file of the same
 * name, its settings in `spec/settings.ts` and a row in the parity test.
 */
import type { OptimizerName } from '../../spec/settings.ts';
import type { TrialNumbers } from '../engine.ts';

export interface Optimizer {
  /** Numbers kept per parameter between steps. */
  slots: number;
  /**
   * Changes `parameters[i]` and the state in place, for every i. `state` holds `slots` numbers per parameter:
   * state[i * slots + slot]. `step` counts from 1.
   */
  update: (
    parameters: Float32Array,
    gradients: ArrayLike<number>,
    state: Float32Array,
    numbers: TrialNumbers,
    step: number,
  ) => void;
}

export const optimizers: Record<OptimizerName, Optimizer> = {
  /** v = momentum v + g; w -= learning_rate v */
  sgd: {
    slots: 1,
    update(parameters, gradients, velocity, { learning_rate, momentum }) {
      for (let i = 0; i < parameters.length; i++) {
        velocity[i] = momentum * velocity[i] + gradients[i];
        parameters[i] -= learning_rate * velocity[i];
      }
    },
  },
  /**
   * Kingma & Ba 2015 with epsilon outside the square root:
   * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= learning_rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
   */
  adam: {
    slots: 2,
    update(parameters, gradients, moments, { learning_rate, betas: [beta1, beta2], epsilon }, step) {
      const correction1 = 1 - beta1 ** step;
      const correction2 = 1 - beta2 ** step;
      for (let i = 0; i < parameters.length; i++) {
        const gradient = gradients[i];
        const mean = beta1 * moments[2 * i] + (1 - beta1) * gradient;
        const square = beta2 * moments[2 * i + 1] + (1 - beta2) * gradient * gradient;
        moments[2 * i] = mean;
        moments[2 * i + 1] = square;
        parameters[i] -= (learning_rate * (mean / correction1)) / (Math.sqrt(square / correction2) + epsilon);
      }
    },
  },
};
