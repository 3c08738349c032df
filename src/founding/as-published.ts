/**
 * The update rule as the founding report had it. The report worked its gradients out by hand and made three slips; this
 * file holds its rule formula for formula, so that anyone can see which of its findings came from them. Nothing else in
 * this project trains by it.
 *
 * Right (see `engine/reference/network.ts`), for layer l with inputs i and outputs o over the rows r of a batch of R:
 *   error[r,o] = (y[r,o] - t[r,o]) / (R O) f'(z[r,o])                      last layer, O outputs, half_mse
 *   error[r,o] = (sum_p error_next[r,p] W_next[p,o]) f'(z[r,o])            the others
 *   dW[o,i] = sum_r error[r,o] a_prev[r,i]        db[o] = sum_r error[r,o]
 *
 * As published, with <.> for the mean over the rows of the batch:
 *   1. averaged  <y - t>, <f'(z)> and <a_prev> are taken first and multiplied then: a batch is one average row.
 *                  error[o] = <y[o] - t[o]> / O <f'(z[o])>      dW[o,i] = error[o] <a_prev[i]>
 *                The mean of a product is not the product of means; with one row in the batch they agree.
 *   2. shifted   parameters of a layer are one matrix M [1 + n, outputs] for n inputs, its bias row first: M[0] = b,
 *                M[1 + i] = W[., i]. The gradient G of the same shape had the products with the n inputs in all rows
 *                but the last:
 *                  G[i] = dW[., i] for i < n, G[n] = 0
 *                so that db = dW[., 0], dW[., i] = dW[., i + 1], and the weights of the last input never move.
 *   3. shared    one error stands for all output units of a layer, in their gradients and in what goes back through them:
 *                  error[o] = sum over q of error[q]
 *                A layer of one unit, such as the last one here, is not touched by it.
 *
 * What had to be interpreted, since the report tells its formulas and not its program:
 * - The last row of G is taken as left at zero: nothing is said of what might stand there.
 * - The shared error is taken as the sum over the units, what the chain rule makes of a layer that has one error, and not
 *   as their mean: with the mean, SGD at the report's learning rate does not move, and the report saw it learn. For Adam,
 *   which divides by the gradient's size, the two differ only through its epsilon.
 * - The weights that an error goes back through are taken as the right ones, not shifted.
 */
import { type LayerShape, type LayerSize, layerOffsets } from '../engine/parameters.ts';
import type { Workspace } from '../engine/reference/network.ts';

type Values = Float32Array | Float64Array;

/** Which slips are made; the right rule makes none. */
export interface FormulaBugs {
  averaged: boolean;
  shifted: boolean;
  shared: boolean;
}

export const asPublished: FormulaBugs = { averaged: true, shifted: true, shared: true };

/** A batch after its forward pass: everything [row, unit]. */
interface Batch {
  rows: number;
  input: Values;
  activations: Values[];
  slopes: Values[];
  /** y - t */
  differences: Values;
}

/**
 * Fills `gradients` (laid out like the parameters) after a forward pass over the first `rows` rows of the workspace;
 * `targets` is [row, output]. The loss is half_mse. Returns its mean over the batch, in which there is no slip.
 */
export function publishedGradients(
  layers: readonly LayerShape[],
  parameters: Values,
  work: Workspace,
  targets: Values,
  gradients: Values,
  rows = work.rows,
  slips: FormulaBugs = asPublished,
): number {
  const last = layers.length - 1;
  const width = layers[last].outputs;
  const outputs = work.activations[last];
  const differences = Float64Array.from({ length: rows * width }, (_, at) => outputs[at] - targets[at]);
  const loss = differences.reduce((sum, difference) => sum + difference ** 2 / 2, 0) / (rows * width);

  const { input, activations, slopes } = work;
  const given = { rows, input, activations, slopes, differences };
  const batch = slips.averaged ? averageRow(layers, given) : given;
  const offsets = layerOffsets(layers);
  // What the layer's outputs are asked to change by, [row, output], before the slope of its activation.
  let asked = Float64Array.from(batch.differences, (difference) => difference / (batch.rows * width));
  for (let l = last; l >= 0; l--) {
    const errors = asked.map((value, at) => value * batch.slopes[l][at]);
    if (slips.shared) shareErrors(errors, layers[l].outputs);
    const before = l === 0 ? batch.input : batch.activations[l - 1];
    const { weight, bias } = offsets[l];
    layerGradients(layers[l], before, errors, gradients, { weight, bias }, batch.rows);
    if (slips.shifted) shiftGradients(layers[l], gradients, { weight, bias });
    asked = goneBack(layers[l], parameters, weight, errors, batch.rows);
  }
  return loss;
}

/** Slip 1: the batch as one row of means. */
function averageRow(layers: readonly LayerSize[], { rows, input, activations, slopes, differences }: Batch): Batch {
  const meanRow = (values: Values, width: number) => {
    const means = new Float64Array(width);
    for (let at = 0; at < rows * width; at++) means[at % width] += values[at] / rows;
    return means;
  };
  return {
    rows: 1,
    input: meanRow(input, layers[0].inputs),
    activations: activations.map((values, l) => meanRow(values, layers[l].outputs)),
    slopes: slopes.map((values, l) => meanRow(values, layers[l].outputs)),
    differences: meanRow(differences, layers[layers.length - 1].outputs),
  };
}

/** Slip 3: errors [row, output] become their row's sum. */
function shareErrors(errors: Float64Array, outputs: number): void {
  for (let first = 0; first < errors.length; first += outputs) {
    const row = errors.subarray(first, first + outputs);
    row.fill(row.reduce((sum, error) => sum + error, 0));
  }
}

/** dW[o,i] = sum_r error[r,o] a_prev[r,i], db[o] = sum_r error[r,o] */
function layerGradients(
  { inputs, outputs }: LayerSize,
  before: Values,
  errors: Float64Array,
  gradients: Values,
  { weight, bias }: { weight: number; bias: number },
  rows: number,
): void {
  const sums = new Float64Array(inputs);
  for (let o = 0; o < outputs; o++) {
    sums.fill(0);
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      const error = errors[r * outputs + o];
      sum += error;
      for (let i = 0; i < inputs; i++) sums[i] += error * before[r * inputs + i];
    }
    gradients.set(sums, weight + o * inputs);
    gradients[bias + o] = sum;
  }
}

/** Slip 2: each row of the gradient meets the parameter row after its own, and the last parameter row nothing. */
function shiftGradients(
  { inputs, outputs }: LayerSize,
  gradients: Values,
  { weight, bias }: { weight: number; bias: number },
): void {
  for (let o = 0; o < outputs; o++) {
    const first = weight + o * inputs;
    gradients[bias + o] = gradients[first];
    gradients.copyWithin(first, first + 1, first + inputs);
    gradients[first + inputs - 1] = 0;
  }
}

/** sum_p error[r,p] W[p,o], for the outputs o of the layer before: [row, input]. */
function goneBack(
  { inputs, outputs }: LayerSize,
  parameters: Values,
  weight: number,
  errors: Float64Array,
  rows: number,
): Float64Array<ArrayBuffer> {
  const back = new Float64Array(rows * inputs);
  for (let r = 0; r < rows; r++) {
    for (let p = 0; p < outputs; p++) {
      const error = errors[r * outputs + p];
      const weights = weight + p * inputs;
      for (let i = 0; i < inputs; i++) back[r * inputs + i] += error * parameters[weights + i];
    }
  }
  return back;
}
