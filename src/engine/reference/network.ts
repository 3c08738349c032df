/**
 * The mathematics of a multi-layer perceptron, written once and plainly: this is what the numbers mean, and every
 * other engine is held against it. Values are stored in the arrays of the workspace (float32 in training, float64
 * when gradients are checked against central differences); every sum is taken in float64.
 *
 * Layer l with inputs i, outputs o, over the rows r of a batch:
 *   z[r,o]     = sum_i a_prev[r,i] W[o,i] + b[o]         a[r,o] = f(z[r,o])
 *   error[r,o] = dLoss/dz[r,o]
 *              = slope of the loss x f'(z)               for the last layer
 *              = (sum_p error_next[r,p] W_next[p,o]) f'(z[r,o])   for the others
 *   dW[o,i]    = sum_r error[r,o] a_prev[r,i]            db[o] = sum_r error[r,o]
 */
import type { LossName } from '../../spec/settings.ts';
import { type LayerShape, layerOffsets } from '../parameters.ts';
import { activations } from './activations.ts';
import { losses } from './losses.ts';

type Storage = Float32Array | Float64Array;
type StorageType = Float32ArrayConstructor | Float64ArrayConstructor;

/** Room for one batch: per layer the weighted sums z, the activations a and the errors, each [row, unit]. */
export interface Workspace {
  rows: number;
  /** [row, feature] */
  input: Storage;
  sums: Storage[];
  activations: Storage[];
  errors: Storage[];
}

export function createWorkspace(
  layers: readonly LayerShape[],
  rows: number,
  Type: StorageType = Float32Array,
): Workspace {
  const perLayer = () => layers.map(({ outputs }) => new Type(rows * outputs));
  return {
    rows,
    input: new Type(rows * layers[0].inputs),
    sums: perLayer(),
    activations: perLayer(),
    errors: perLayer(),
  };
}

/** Fills sums and activations from the first `rows` rows of the input; returns the last layer's activations. */
export function forwardPass(
  layers: readonly LayerShape[],
  parameters: Storage,
  work: Workspace,
  rows = work.rows,
): Storage {
  const offsets = layerOffsets(layers);
  layers.forEach(({ inputs, outputs, activation }, l) => {
    const { value } = activations[activation];
    const { weight, bias } = offsets[l];
    const input = l === 0 ? work.input : work.activations[l - 1];
    const sums = work.sums[l];
    const result = work.activations[l];
    for (let r = 0; r < rows; r++) {
      for (let o = 0; o < outputs; o++) {
        let sum = parameters[bias + o];
        const weights = weight + o * inputs;
        const row = r * inputs;
        for (let i = 0; i < inputs; i++) sum += input[row + i] * parameters[weights + i];
        sums[r * outputs + o] = sum;
        result[r * outputs + o] = value(sum);
      }
    }
  });
  return work.activations[layers.length - 1];
}

/** Mean loss over the first `rows` rows and all outputs. */
export function meanLoss(loss: LossName, outputs: Storage, targets: Storage, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += losses[loss].value(outputs[i], targets[i]);
  return sum / count;
}

/**
 * Fills the errors and `gradients` (laid out like the parameters) after a forward pass over the same rows.
 * `targets` is [row, output]. Returns the mean loss.
 */
export function backwardPass(
  layers: readonly LayerShape[],
  parameters: Storage,
  work: Workspace,
  targets: Storage,
  loss: LossName,
  gradients: Storage,
  rows = work.rows,
): number {
  const offsets = layerOffsets(layers);
  const last = layers.length - 1;
  const count = rows * layers[last].outputs;
  outputErrors(layers[last], work, targets, loss, count);
  for (let l = last; l >= 0; l--) {
    if (l > 0) inputErrors(layers[l], layers[l - 1], parameters, offsets[l].weight, work, l, rows);
    layerGradients(
      layers[l],
      l === 0 ? work.input : work.activations[l - 1],
      work.errors[l],
      gradients,
      offsets[l],
      rows,
    );
  }
  return meanLoss(loss, work.activations[last], targets, count);
}

function outputErrors(
  { activation }: LayerShape,
  work: Workspace,
  targets: Storage,
  loss: LossName,
  count: number,
): void {
  const { slope } = activations[activation];
  const last = work.errors.length - 1;
  const outputs = work.activations[last];
  for (let i = 0; i < count; i++) {
    work.errors[last][i] = (losses[loss].slope(outputs[i], targets[i]) / count) * slope(work.sums[last][i], outputs[i]);
  }
}

/** Errors of layer l - 1 from those of layer l. */
function inputErrors(
  layer: LayerShape,
  previous: LayerShape,
  parameters: Storage,
  weight: number,
  work: Workspace,
  l: number,
  rows: number,
): void {
  const { slope } = activations[previous.activation];
  const { inputs, outputs } = layer;
  const row = new Float64Array(inputs);
  for (let r = 0; r < rows; r++) {
    row.fill(0);
    for (let o = 0; o < outputs; o++) {
      const error = work.errors[l][r * outputs + o];
      const weights = weight + o * inputs;
      for (let i = 0; i < inputs; i++) row[i] += error * parameters[weights + i];
    }
    for (let i = 0; i < inputs; i++) {
      const at = r * inputs + i;
      work.errors[l - 1][at] = row[i] * slope(work.sums[l - 1][at], work.activations[l - 1][at]);
    }
  }
}

function layerGradients(
  { inputs, outputs }: LayerShape,
  input: Storage,
  errors: Storage,
  gradients: Storage,
  { weight, bias }: { weight: number; bias: number },
  rows: number,
): void {
  const row = new Float64Array(inputs);
  for (let o = 0; o < outputs; o++) {
    row.fill(0);
    let biasSum = 0;
    for (let r = 0; r < rows; r++) {
      const error = errors[r * outputs + o];
      biasSum += error;
      for (let i = 0; i < inputs; i++) row[i] += error * input[r * inputs + i];
    }
    gradients.set(row, weight + o * inputs);
    gradients[bias + o] = biasSum;
  }
}

/** Outputs [row, output] for features [row, column], any number of rows, in windows of bounded memory. */
export function forward(
  layers: readonly LayerShape[],
  parameters: Storage,
  features: Float32Array,
  rows: number,
): Float32Array {
  const { inputs } = layers[0];
  const { outputs } = layers[layers.length - 1];
  const work = createWorkspace(layers, Math.min(rows, 1024));
  const result = new Float32Array(rows * outputs);
  for (let first = 0; first < rows; first += work.rows) {
    const count = Math.min(work.rows, rows - first);
    work.input.set(features.subarray(first * inputs, (first + count) * inputs));
    result.set(forwardPass(layers, parameters, work, count).subarray(0, count * outputs), first * outputs);
  }
  return result;
}
