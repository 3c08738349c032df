/** An activation function and its slope as numbers to draw, from the functions that the reference trains with. */
import { activations } from '../../engine/reference/activations.ts';
import type { ActivationName } from '../../spec/settings.ts';

export interface ActivationCurve {
  z: number[];
  value: number[];
  slope: number[];
}

export function activationCurve(name: ActivationName, low: number, high: number, points: number): ActivationCurve {
  const z = Array.from({ length: points }, (_, index) => low + (index * (high - low)) / (points - 1));
  const value = z.map(activations[name].value);
  return { z, value, slope: z.map((at, index) => activations[name].slope(at, value[index])) };
}
