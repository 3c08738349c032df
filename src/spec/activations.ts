/**
 * The activations, each declared once: what is not its code. Its place in the table is its number in the kernels
 * (tools/kernel-constants.ts), so a new one is appended. How to add one: docs/adding.md.
 */

export interface ActivationEntry {
  /** What others call it: somebody who asks for that is told of this. */
  alias?: string;
  /** About z above 0 and about nothing far below: weights before it start with he_normal. */
  reluFamily?: true;
  /** f'(z) does not follow from f(z): the resident plan, which overwrites z, has to keep it. */
  keepsDerivative?: true;
}

const table = {
  identity: {},
  step: {},
  sigmoid: {},
  tanh: {},
  relu: { reluFamily: true },
  leaky_relu: { reluFamily: true },
  elu: { reluFamily: true },
  gelu: { reluFamily: true, keepsDerivative: true },
  silu: { alias: 'swish', reluFamily: true, keepsDerivative: true },
  softplus: { reluFamily: true, keepsDerivative: true },
  mish: { reluFamily: true, keepsDerivative: true },
} satisfies Record<string, ActivationEntry>;

export type ActivationName = keyof typeof table;
export const activationTable: Record<ActivationName, ActivationEntry> = table;
export const activationNames = Object.keys(table) as ActivationName[];
