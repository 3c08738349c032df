/** The backward pass of `network.ts`, whose opening comment has the formulas. A module of its own: predictions do without it. */
import { lossTable } from '../../spec/losses.ts';
import { kindOf, type LayerShape } from '../layers.ts';
import { layerOffsets } from '../parameters.ts';
import { layerMath, type Storage } from './layers.ts';
import { type Goal, lossOfGoal } from './losses.ts';
import type { Workspace } from './network.ts';

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
    math.gradients(layers[l], parameters, offsets[l], input, work.errors[l], rows, gradients);
  }
  return batchLoss;
}

/** Errors of the last layer; returns the mean loss. */
function outputErrors(width: number, work: Workspace, goal: Goal, rows: number): number {
  const { loss, custom_loss, targets, weights } = goal;
  const { row, terms } = lossOfGoal(goal, rows, width);
  const bySum = !custom_loss && lossTable[loss].bySum;
  const last = work.errors.length - 1;
  const slopes = new Float64Array(width);
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights?.[r] ?? 1;
    sum += weight * row(work.activations[last], targets, r * width, width, slopes);
    for (let o = 0; o < width; o++) {
      const at = r * width + o;
      work.errors[last][at] = ((weight * slopes[o]) / terms) * (bySum ? 1 : work.slopes[last][at]);
    }
  }
  return sum / terms;
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
    backward(layer, parameters, offsets, work.activations[l - 1], r * inputs, work.errors[l], r * outputs, row);
    for (let i = 0; i < inputs; i++) {
      work.errors[l - 1][r * inputs + i] = row[i] * work.slopes[l - 1][r * inputs + i];
    }
  }
}
