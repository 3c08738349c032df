/**
 * The mathematics of a multi-layer perceptron, written once and plainly: this is what the numbers mean, and every
 * other engine is held against it. Values are stored in the arrays of the workspace (float32 in training, float64
 * when gradients are checked against central differences); every sum is taken in float64.
 *
 * Layer l, here a dense one (`layers.ts` has every kind), with inputs i, outputs o, over the rows r of a batch:
 *   z[r,o]     = sum_i a_prev[r,i] W[o,i] + b[o]         a[r,o] = f(z[r,o]) d[r,o]
 *   error[r,o] = dLoss/dz[r,o]
 *              = slope of the loss x f'(z)                                for the last layer
 *              = (sum_p error_next[r,p] W_next[p,o]) f'(z[r,o]) d[r,o]    for the others
 *   dW[o,i]    = sum_r error[r,o] a_prev[r,i]            db[o] = sum_r error[r,o]
 * where d is 1, or with dropout at rate p either 0 or 1 / (1 - p) (Srivastava et al. 2014, scaled while training).
 */
import { dropoutKey, dropoutThreshold, hashAt, streams } from '../../util/random.ts';
import { kindOf, type LayerShape, type LayerSize } from '../layers.ts';
import { layerOffsets } from '../parameters.ts';
import { activations } from './activations.ts';
import { layerMath, type Storage } from './layers.ts';

type StorageType = Float32ArrayConstructor | Float64ArrayConstructor;

/** Room for one batch: per layer the activations a, the slopes f'(z) d and the errors, each [row, unit]. */
export interface Workspace {
  rows: number;
  /** [row, feature] */
  input: Storage;
  activations: Storage[];
  slopes: Storage[];
  errors: Storage[];
}

/** Which units a training step leaves out. */
export interface Dropout {
  /** Per hidden layer. */
  rates: readonly number[];
  seed: number;
  step: number;
}

export function createWorkspace(
  layers: readonly LayerSize[],
  rows: number,
  Type: StorageType = Float32Array,
): Workspace {
  const perLayer = () => layers.map(({ outputs }) => new Type(rows * outputs));
  const input = new Type(rows * layers[0].inputs);
  return { rows, input, activations: perLayer(), slopes: perLayer(), errors: perLayer() };
}

/** Fills activations and slopes from the first `rows` rows of the input; returns the last layer's activations. */
export function forwardPass(
  layers: readonly LayerShape[],
  parameters: Storage,
  work: Workspace,
  rows = work.rows,
  dropout?: Dropout,
): Storage {
  const offsets = layerOffsets(layers);
  layers.forEach((layer, l) => {
    const { inputs, outputs, activation } = layer;
    const { value, slope } = activations[activation];
    const math = layerMath[kindOf(layer)];
    const input = l === 0 ? work.input : work.activations[l - 1];
    const sums = new Float64Array(outputs);
    for (let r = 0; r < rows; r++) {
      math.forward(layer, parameters, offsets[l], input, r * inputs, sums);
      for (let o = 0; o < outputs; o++) {
        const result = value(sums[o]);
        work.activations[l][r * outputs + o] = result;
        work.slopes[l][r * outputs + o] = slope(sums[o], result);
      }
    }
    if (dropout && l < layers.length - 1) dropUnits(work, l, rows * outputs, dropout);
  });
  return work.activations[layers.length - 1];
}

/** Multiplies activations and slopes of hidden layer l by d. */
function dropUnits(work: Workspace, l: number, count: number, { rates, seed, step }: Dropout): void {
  if (rates[l] === 0) return;
  const key = dropoutKey(seed, step, l);
  const threshold = dropoutThreshold(rates[l]);
  for (let i = 0; i < count; i++) {
    const d = hashAt(key, streams.plain, i) < threshold ? 0 : 1 / (1 - rates[l]);
    work.activations[l][i] *= d;
    work.slopes[l][i] *= d;
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
