/**
 * What the page says of each activation function. Its curve comes from the function itself: see
 * `activation-curve.ts`.
 */
import type { ActivationName } from '../../spec/settings.ts';
import { activationsText } from '../i18n/en/later/activations.ts';

export interface ActivationFacts {
  formula: string;
  /** Which values it takes. */
  range: string;
  /** What to know of it when training. */
  note: string;
}

export function activationFacts(name: ActivationName): ActivationFacts {
  return { formula: formulas[name], ...activationsText().facts[name] };
}

const formulas: Record<ActivationName, string> = {
  identity: 'f(z) = z',
  step: 'f(z) = 1 if z > 0, else 0',
  sigmoid: 'f(z) = 1 / (1 + e⁻ᶻ)',
  tanh: 'f(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)',
  relu: 'f(z) = max(0, z)',
  leaky_relu: 'f(z) = z if z > 0, else 0.01 z',
  elu: 'f(z) = z if z > 0, else eᶻ − 1',
  gelu: 'f(z) = z P(Z ≤ z)',
  silu: 'f(z) = z / (1 + e⁻ᶻ)',
  softplus: 'f(z) = ln(1 + eᶻ)',
  mish: 'f(z) = z tanh(ln(1 + eᶻ))',
};
