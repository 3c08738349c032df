/** Loss and error sums over a set of rows; the GPU's are in `shaders/kernels/evaluate.wgsl`. */
import { chosenClass, givenClass } from '../../spec/answers.ts';
import type { EngineData, Evaluation, PopulationSettings, RowSet } from '../engine.ts';
import { meanLoss } from './losses.ts';

/** `outputs` is [row of the set, output], in the order of the set. */
export function evaluationOf(
  data: EngineData,
  set: RowSet,
  { loss, custom_loss }: Pick<PopulationSettings, 'loss' | 'custom_loss'>,
  outputs: Float32Array,
): Evaluation {
  const rows = data.sets[set];
  const width = data.outputs;
  const targets = gatherRows(data.targets, width, rows);
  const squared_error = new Float64Array(width);
  const absolute_error = new Float64Array(width);
  for (let i = 0; i < outputs.length; i++) {
    const error = outputs[i] - targets[i];
    squared_error[i % width] += error * error;
    absolute_error[i % width] += Math.abs(error);
  }
  let correct = 0;
  for (let at = 0; at < outputs.length; at += width) {
    if (chosenClass(outputs, at, width, loss) === givenClass(targets, at, width)) correct += 1;
  }
  const weights = data.weights && gatherRows(data.weights, 1, rows);
  const mean = meanLoss({ loss, custom_loss, targets, weights }, outputs, rows.length, width);
  return { rows: rows.length, loss: mean, correct, squared_error, absolute_error };
}

/** The given rows of a [row, column] array, one after another. */
export function gatherRows(values: Float32Array, columns: number, rows: Uint32Array): Float32Array {
  const result = new Float32Array(rows.length * columns);
  rows.forEach((row, index) => {
    result.set(values.subarray(row * columns, (row + 1) * columns), index * columns);
  });
  return result;
}
