/** Between the arena that everybody knows (weights [outputs, inputs], then biases) and the kernels' panels of 8 units. */
import type { PaddedLayer } from './layout.ts';

/** Calls `visit(plain, padded)` with the two places of every parameter. */
function eachPlace(layers: readonly PaddedLayer[], visit: (plain: number, padded: number) => void): void {
  let plain = 0;
  for (const { units, perUnit, weights, panel, biases } of layers) {
    for (let o = 0; o < units; o++) {
      const unit = weights + (o >> 3) * panel + (o & 7);
      for (let i = 0; i < perUnit; i++) visit(plain++, unit + 8 * i);
    }
    for (let o = 0; o < units; o++) visit(plain++, biases + o);
  }
}

/** Padding is left as it is: 0. */
export function toPanels(layers: readonly PaddedLayer[], plain: Float32Array, padded: Float32Array): void {
  eachPlace(layers, (from, to) => {
    padded[to] = plain[from];
  });
}

export function fromPanels(
  layers: readonly PaddedLayer[],
  padded: Float32Array,
  count: number,
): Float32Array<ArrayBuffer> {
  const plain = new Float32Array(count);
  eachPlace(layers, (to, from) => {
    plain[to] = padded[from];
  });
  return plain;
}
