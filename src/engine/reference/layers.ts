/**
 * The mathematics of each kind of layer between its inputs and the sums that its activation takes. Every sum is taken in
 * float64. `from` is where a row of inputs or deltas begins; `at` has the offsets of the layer's tensors.
 */
import { embeddingOf, type LayerKind, type LayerSize } from '../layers.ts';
import { addRows, weightedSums } from './products.ts';

export type Storage = Float32Array | Float64Array;
type Offsets = Record<string, number>;

export interface LayerMath {
  /** z [output] of one row of inputs. */
  forward: (layer: LayerSize, parameters: Storage, at: Offsets, input: Storage, from: number, z: Float64Array) => void;
  /** dLoss/dinput [input] of one row of inputs and its deltas dLoss/dz. */
  backward: (
    layer: LayerSize,
    parameters: Storage,
    at: Offsets,
    input: Storage,
    inputFrom: number,
    deltas: Storage,
    from: number,
    inputGradient: Float64Array,
  ) => void;
  /** Sets the gradients of the layer's tensors, laid out like the parameters: sums over `rows` rows. */
  gradients: (
    layer: LayerSize,
    parameters: Storage,
    at: Offsets,
    input: Storage,
    deltas: Storage,
    rows: number,
    gradients: Storage,
  ) => void;
}

/** z[o] = sum_i x[i] W[o,i] + b[o] */
const dense: LayerMath = {
  forward({ inputs }, parameters, { weight, bias }, input, from, z) {
    weightedSums(input, from, inputs, parameters, weight, bias, z);
  },
  backward({ outputs }, parameters, { weight }, _input, _inputFrom, deltas, from, inputGradient) {
    addRows(deltas, from, 1, outputs, parameters, weight, inputGradient);
  },
  gradients({ inputs, outputs }, _parameters, { weight, bias }, input, deltas, rows, gradients) {
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
  backward({ inputs }, parameters, at, _input, _inputFrom, deltas, from, inputGradient) {
    for (let i = 0; i < inputs; i++) inputGradient[i] = deltas[from + i] * parameters[at.scale + i];
  },
  gradients({ inputs }, _parameters, at, input, deltas, rows, gradients) {
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

const turn = 2 * Math.PI;

/** z[j F + f] = cos(2 pi frequency[j,f] x[e[j]] + phase[j,f]), and after these z[J F + i] = x[i]: see `kinds` in `../layers.ts`. */
const periodic: LayerMath = {
  forward(layer, parameters, { frequency, phase }, input, from, z) {
    const { inputs, frequencies } = embeddingOf(layer);
    const cosines = inputs.length * frequencies;
    for (let o = 0; o < cosines; o++) {
      const x = input[from + inputs[Math.floor(o / frequencies)]];
      z[o] = Math.cos(turn * parameters[frequency + o] * x + parameters[phase + o]);
    }
    for (let i = 0; i < layer.inputs; i++) z[cosines + i] = input[from + i];
  },
  backward(layer, parameters, { frequency, phase }, input, inputFrom, deltas, from, inputGradient) {
    const { inputs, frequencies } = embeddingOf(layer);
    const cosines = inputs.length * frequencies;
    for (let i = 0; i < layer.inputs; i++) inputGradient[i] = deltas[from + cosines + i];
    for (let o = 0; o < cosines; o++) {
      const i = inputs[Math.floor(o / frequencies)];
      const rate = turn * parameters[frequency + o];
      inputGradient[i] -= deltas[from + o] * rate * Math.sin(rate * input[inputFrom + i] + parameters[phase + o]);
    }
  },
  gradients(layer, parameters, { frequency, phase }, input, deltas, rows, gradients) {
    const { inputs, frequencies } = embeddingOf(layer);
    for (let o = 0; o < inputs.length * frequencies; o++) {
      const i = inputs[Math.floor(o / frequencies)];
      let frequencySum = 0;
      let phaseSum = 0;
      for (let r = 0; r < rows; r++) {
        const x = input[r * layer.inputs + i];
        const slope = -Math.sin(turn * parameters[frequency + o] * x + parameters[phase + o]);
        const share = deltas[r * layer.outputs + o] * slope;
        frequencySum += share * turn * x;
        phaseSum += share;
      }
      gradients[frequency + o] = frequencySum;
      gradients[phase + o] = phaseSum;
    }
  },
};

export const layerMath: Record<LayerKind, LayerMath> = { dense, scale, periodic };
