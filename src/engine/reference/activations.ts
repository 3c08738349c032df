/** The activation functions. What else is known of them is in `spec/activations.ts`; how to add one: docs/adding.md. */
import type { ActivationName } from '../../spec/activations.ts';

export interface Activation {
  /** a = f(z) */
  value: (z: number) => number;
  /** f'(z), given z and a = f(z) */
  slope: (z: number, a: number) => number;
}

const leakySlope = 0.01;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

export const activations: Record<ActivationName, Activation> = {
  identity: { value: (z) => z, slope: () => 1 },
  /** 1 above 0, else 0; it has no slope to learn by, and the perceptron rule needs none. */
  step: { value: (z) => (z > 0 ? 1 : 0), slope: () => 0 },
  sigmoid: { value: sigmoid, slope: (_, a) => a * (1 - a) },
  tanh: { value: Math.tanh, slope: (_, a) => 1 - a * a },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: { value: (z) => (z > 0 ? z : leakySlope * z), slope: (z) => (z > 0 ? 1 : leakySlope) },
  /** Clevert et al. 2016, alpha = 1 */
  elu: { value: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z, a) => (z > 0 ? 1 : a + 1) },
  /** Hendrycks & Gimpel 2016, the exact form: z P(Z <= z) */
  gelu: {
    value: (z) => z * normalBelow(z),
    slope: (z) => normalBelow(z) + (z * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI),
  },
  /** Also called swish: z sigmoid(z) */
  silu: { value: (z) => z * sigmoid(z), slope: (z, a) => a + sigmoid(z) * (1 - a) },
  softplus: { value: softplus, slope: sigmoid },
  /** Misra 2019: z tanh(softplus(z)) */
  mish: {
    value: (z) => z * Math.tanh(softplus(z)),
    slope: (z) => Math.tanh(softplus(z)) + (z * sigmoid(z)) / Math.cosh(softplus(z)) ** 2,
  },
};

/** The standard normal distribution function. */
function normalBelow(z: number): number {
  return (1 + erf(z / Math.SQRT2)) / 2;
}

/**
 * erf(x) = 2 / sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (2n+1)!!  (Abramowitz & Stegun 7.1.6), to the last digits of
 * float64: all terms have one sign.
 */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
