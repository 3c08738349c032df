/**
 * The mathematics of each kind of layer between its inputs and the sums that its activation takes. Every sum is taken in
 * float64. `from` and `at` are where a row of inputs or deltas begins; `offsets` are those of the layer's tensors.
 */
import type { LayerKind, LayerSize } from '../layers.ts';
import { addRows, weightedSums } from './products.ts';

export type Storage = Float32Array | Float64Array;
type Offsets = Record<string, number>;

export interface LayerMath {
  /** z [output] of one row of inputs. */
  forward: (layer: LayerSize, parameters: Storage, at: Offsets, input: Storage, from: number, z: Float64Array) => void;
  /** dLoss/dinput [input] of one row of deltas dLoss/dz. */
  backward: (
    layer: LayerSize,
    parameters: Storage,
    at: Offsets,
    deltas: Storage,
    from: number,
    inputGradient: Float64Array,
  ) => void;
  /** Sets the gradients of the layer's tensors: sums over `rows` rows. */
  gradients: (layer: LayerSize, input: Storage, deltas: Storage, rows: number, gradients: Storage, at: Offsets) => void;
}

/** z[o] = sum_i x[i] W[o,i] + b[o] */
const dense: LayerMath = {
  forward({ inputs }, parameters, { weight, bias }, input, from, z) {
    weightedSums(input, from, inputs, parameters, weight, bias, z);
  },
  backward({ outputs }, parameters, { weight }, deltas, from, inputGradient) {
    addRows(deltas, from, 1, outputs, parameters, weight, inputGradient);
  },
  gradients({ inputs, outputs }, input, deltas, rows, gradients, { weight, bias }) {
    const row = new Float64Array(inputs);
    for (let o = 0; o < outputs; o++) {
      addRows(deltas, o, outputs, rows, input, 0, row);
      let biasSum = 0;
      for (let r = 0; r < rows; r++) biasSum += deltas[r * outputs + o];
      gradients.set(row, weight + o * inputs);
      gradients[bias + o] = biasSum;
    }
  },
};

/** z[i] = x[i] scale[i] + shift[i] */
const scale: LayerMath = {
  forward({ inputs }, parameters, at, input, from, z) {
    for (let i = 0; i < inputs; i++) z[i] = input[from + i] * parameters[at.scale + i] + parameters[at.shift + i];
  },
  backward({ inputs }, parameters, at, deltas, from, inputGradient) {
    for (let i = 0; i < inputs; i++) inputGradient[i] = deltas[from + i] * parameters[at.scale + i];
  },
  gradients({ inputs }, input, deltas, rows, gradients, at) {
    for (let i = 0; i < inputs; i++) {
      let scaleSum = 0;
      let shiftSum = 0;
      for (let r = 0; r < rows; r++) {
        const delta = deltas[r * inputs + i];
        scaleSum += delta * input[r * inputs + i];
        shiftSum += delta;
      }
      gradients[at.scale + i] = scaleSum;
      gradients[at.shift + i] = shiftSum;
    }
  },
};

export const layerMath: Record<LayerKind, LayerMath> = { dense, scale };
