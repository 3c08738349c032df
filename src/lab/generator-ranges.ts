/** How far the sliders of a sample made by a formula go: as far as it still looks like itself. */
import type { GeneratorName } from '../data/prepare/generate.ts';
import type { SliderScale } from './components/slider-scale.ts';

const noises: Record<GeneratorName, [number, number]> = {
  curve: [0, 1],
  or: [0, 0.5],
  xor: [0, 0.5],
  spirals: [0, 1],
  moons: [0, 0.6],
  circles: [0, 0.4],
  blobs: [0.2, 6],
};

export function noiseScale(kind: GeneratorName): SliderScale {
  return { range: noises[kind], log: false, integer: false, zero: noises[kind][0] === 0 };
}

export function rowsScale(kind: GeneratorName): SliderScale {
  return { range: [kind === 'or' || kind === 'xor' ? 4 : 20, 20_000], log: true, integer: true, zero: false };
}
