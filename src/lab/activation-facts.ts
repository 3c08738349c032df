/**
 * What the page says of each activation function. Its curve comes from the function itself: see
 * `activation-curve.ts`.
 */
import { msg } from '@lit/localize';
import type { ActivationName } from '../spec/settings.ts';

export interface ActivationFacts {
  formula: string;
  /** Which values it takes. */
  range: string;
  /** What to know of it when training. */
  note: string;
}

export function activationFacts(name: ActivationName): ActivationFacts {
  return {
    identity: {
      formula: 'f(z) = z',
      range: msg('all numbers'),
      note: msg('Layers of it alone make a straight line, however many.'),
    },
    step: {
      formula: 'f(z) = 1 if z > 0, else 0',
      range: msg('0 or 1'),
      note: msg('Its slope is 0 everywhere: no gradient gets through. For the perceptron rule.'),
    },
    sigmoid: {
      formula: 'f(z) = 1 / (1 + e⁻ᶻ)',
      range: msg('between 0 and 1'),
      note: msg('Its slope is at most a quarter, so gradients shrink from layer to layer.'),
    },
    tanh: {
      formula: 'f(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)',
      range: msg('between −1 and 1'),
      note: msg('Centred on 0, with slope 1 there; flat far from it.'),
    },
    relu: {
      formula: 'f(z) = max(0, z)',
      range: msg('0 and above'),
      note: msg('Slope 1 above 0; below it a unit learns nothing and may stay dead.'),
    },
    leaky_relu: {
      formula: 'f(z) = z if z > 0, else 0.01 z',
      range: msg('all numbers'),
      note: msg('relu with a small slope below 0, so that no unit stays dead.'),
    },
    elu: {
      formula: 'f(z) = z if z > 0, else eᶻ − 1',
      range: msg('above −1'),
      note: msg('Like relu above 0; smooth below it, with means nearer to 0.'),
    },
    gelu: {
      formula: 'f(z) = z P(Z ≤ z)',
      range: msg('from about −0.17 up'),
      note: msg('z times the share of a standard normal below it: a smooth relu that dips below 0.'),
    },
    silu: {
      formula: 'f(z) = z / (1 + e⁻ᶻ)',
      range: msg('from about −0.28 up'),
      note: msg('z times its sigmoid, also called swish: a smooth relu that dips below 0.'),
    },
    softplus: {
      formula: 'f(z) = ln(1 + eᶻ)',
      range: msg('above 0'),
      note: msg('A relu without its corner; its slope is the sigmoid.'),
    },
    mish: {
      formula: 'f(z) = z tanh(ln(1 + eᶻ))',
      range: msg('from about −0.31 up'),
      note: msg('z times the tanh of its softplus: like silu, a smooth relu that dips below 0.'),
    },
  }[name];
}
