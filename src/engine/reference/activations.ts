/**
 * The activation functions. Adding one is a row here, a case in `shaders/activation.wgsl`, its name in
 * `spec/settings.ts` and a row in the parity test.
 */
import type { ActivationName } from '../../spec/settings.ts';

export interface Activation {
  /** a = f(z) */
  value: (z: number) => number;
  /** f'(z), given z and a = f(z) */
  slope: (z: number, a: number) => number;
}

export const leakySlope = 0.01;

export const activations: Record<ActivationName, Activation> = {
  identity: { value: (z) => z, slope: () => 1 },
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), slope: (_, a) => a * (1 - a) },
  tanh: { value: Math.tanh, slope: (_, a) => 1 - a * a },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: { value: (z) => (z > 0 ? z : leakySlope * z), slope: (z) => (z > 0 ? 1 : leakySlope) },
};
