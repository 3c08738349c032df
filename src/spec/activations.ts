/**
 * The activations, each declared once: what is not its code. Its place in the table is its number in the kernels
 * (tools/kernel-constants.ts), so a new one is appended. How to add one: docs/adding.md.
 */

export interface ActivationEntry {
  /** What others call it: somebody who asks for that is told of this. */
  alias?: string;
  /** What `auto` starts the weights before it with; glorot_normal unless given (docs/decisions/15-initializers.md). */
  initializer?: 'he_normal' | 'lecun_normal';
  /** f'(z) does not follow from f(z): the resident plan, which overwrites z, has to keep it. */
  keepsDerivative?: true;
}

const table = {
  identity: {},
  step: {},
  sigmoid: { initializer: 'he_normal' },
  tanh: {},
  relu: {},
  leaky_relu: {},
  elu: {},
  gelu: { keepsDerivative: true },
  silu: { alias: 'swish', keepsDerivative: true },
  softplus: { initializer: 'lecun_normal', keepsDerivative: true },
  mish: { keepsDerivative: true },
} satisfies Record<string, ActivationEntry>;

/** The activations; docs/functions.md has their formulas. */
export type ActivationName = keyof typeof table;
export const activationTable: Record<ActivationName, ActivationEntry> = table;
export const activationNames = Object.keys(table) as ActivationName[];
