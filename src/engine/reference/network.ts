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
import { lossTable, termsOf } from '../../spec/losses.ts';
import { dropoutKey, dropoutThreshold, hashAt, streams } from '../../util/random.ts';
import { kindOf, type LayerShape, type LayerSize } from '../layers.ts';
import { layerOffsets, modelTensors } from '../parameters.ts';
import { activations } from './activations.ts';
import { layerMath, type Storage } from './layers.ts';
import { type Goal, losses } from './losses.ts';

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

/**
 * Fills the errors and `gradients` (laid out like the parameters) after a forward pass over the same rows. Returns the
 * mean loss.
 */
export function backwardPass(
  layers: readonly LayerShape[],
  parameters: Storage,
  work: Workspace,
  goal: Goal,
  gradients: Storage,
  rows = work.rows,
): number {
  const offsets = layerOffsets(layers);
  const last = layers.length - 1;
  const batchLoss = outputErrors(layers[last].outputs, work, goal, rows);
  for (let l = last; l >= 0; l--) {
    const math = layerMath[kindOf(layers[l])];
    if (l > 0) inputErrors(layers[l], parameters, offsets[l], work, l, rows);
    const input = l === 0 ? work.input : work.activations[l - 1];
    math.gradients(layers[l], input, work.errors[l], rows, gradients, offsets[l]);
  }
  return batchLoss;
}

/** Errors of the last layer; returns the mean loss. */
function outputErrors(width: number, work: Workspace, { loss, targets, weights }: Goal, rows: number): number {
  const { row } = losses[loss];
  const { bySum } = lossTable[loss];
  const last = work.errors.length - 1;
  const count = termsOf(loss, rows, width);
  const slopes = new Float64Array(width);
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights?.[r] ?? 1;
    sum += weight * row(work.activations[last], targets, r * width, width, slopes);
    for (let o = 0; o < width; o++) {
      const at = r * width + o;
      work.errors[last][at] = ((weight * slopes[o]) / count) * (bySum ? 1 : work.slopes[last][at]);
    }
  }
  return sum / count;
}

/** Errors of layer l - 1 from those of layer l. */
function inputErrors(
  layer: LayerShape,
  parameters: Storage,
  offsets: Record<string, number>,
  work: Workspace,
  l: number,
  rows: number,
): void {
  const { inputs, outputs } = layer;
  const { backward } = layerMath[kindOf(layer)];
  const row = new Float64Array(inputs);
  for (let r = 0; r < rows; r++) {
    backward(layer, parameters, offsets, work.errors[l], r * outputs, row);
    for (let i = 0; i < inputs; i++) {
      work.errors[l - 1][r * inputs + i] = row[i] * work.slopes[l - 1][r * inputs + i];
    }
  }
}

/** Sets the gradients of tensors that are not trained to 0: before clipping, whose norm they are no part of. */
export function clearFrozen(layers: readonly LayerSize[], gradients: Storage): void {
  for (const { trainable, offset, size } of modelTensors(layers)) {
    if (!trainable) gradients.fill(0, offset, offset + size);
  }
}

/**
 * Scales gradients longer than `clip_norm` back to it, all parameters together (torch.nn.utils.clip_grad_norm_); 0 is
 * no limit.
 */
export function clipGradients(gradients: Storage, clip_norm: number): void {
  if (clip_norm === 0) return;
  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += gradients[i] * gradients[i];
  const scale = Math.min(1, clip_norm / (Math.sqrt(squares) + 1e-6));
  for (let i = 0; i < gradients.length; i++) gradients[i] *= scale;
}

/**
 * g += l2 w + l1 sign(w), and then w -= decay w, decoupled from the gradient; for tensors that are regularized, which of
 * a dense layer are the weights and not the biases.
 */
export function regularize(
  layers: readonly LayerSize[],
  parameters: Storage,
  gradients: Storage,
  { l1, l2 }: { l1: number; l2: number },
  decay: number,
): void {
  if (l1 === 0 && l2 === 0 && decay === 0) return;
  for (const { regularized, trainable, learning_rate_scale, offset, size } of modelTensors(layers)) {
    if (!regularized || !trainable) continue;
    for (let i = offset; i < offset + size; i++) {
      gradients[i] += l2 * parameters[i] + l1 * Math.sign(parameters[i]);
      parameters[i] -= decay * learning_rate_scale * parameters[i];
    }
  }
}

/** Parameters that follow each other and are trained at one learning rate. */
export interface UpdateRange {
  first: number;
  end: number;
  learning_rate_scale: number;
}

/** What an update goes through: one range where all tensors are trained at the same rate. */
export function updateRanges(layers: readonly LayerSize[]): UpdateRange[] {
  const ranges: UpdateRange[] = [];
  for (const { trainable, learning_rate_scale, offset, size } of modelTensors(layers)) {
    if (!trainable) continue;
    const before = ranges.at(-1);
    if (before?.end === offset && before.learning_rate_scale === learning_rate_scale) before.end += size;
    else ranges.push({ first: offset, end: offset + size, learning_rate_scale });
  }
  return ranges;
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
