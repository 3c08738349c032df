/**
 * Metrics for people, in the target's own units, from the sums an engine returns in the units it trains in.
 * Definitions are scikit-learn's; several targets are averaged with equal weight.
 */
import type { DataSet } from '../data/dataset.ts';
import type { Evaluation, RowSet } from '../engine/engine.ts';

export interface Metrics {
  /** Mean squared error, in squared units of the target. */
  mse: number;
  rmse: number;
  mae: number;
  /**
   * Coefficient of determination: 1 - squared error / squared distance from these rows' own mean. NaN for one row; 1
   * or 0 where the targets are all equal, as they are met or not.
   */
  r2: number;
}

export function metricsOf(evaluation: Evaluation, data: DataSet, set: RowSet): Metrics {
  const scales = data.preprocessing.targets.map(({ scale }) => scale);
  const { rows } = evaluation;
  const spread = spreadOf(data, set);
  const mse = mean(scales.map((scale, output) => (evaluation.squared_error[output] / rows) * scale * scale));
  return {
    mse,
    rmse: Math.sqrt(mse),
    mae: mean(scales.map((scale, output) => (evaluation.absolute_error[output] / rows) * Math.abs(scale))),
    r2:
      rows < 2
        ? Number.NaN
        : mean(scales.map((_, output) => determination(evaluation.squared_error[output], spread[output]))),
  };
}

/** What always answering with the mean of the training targets would score on these rows. */
export function baselineMetrics(data: DataSet, set: RowSet): Metrics {
  const { outputs, targets, sets } = data;
  const means = targetMeans(data, 'train');
  const squared_error = new Float64Array(outputs);
  const absolute_error = new Float64Array(outputs);
  for (const row of sets[set]) {
    for (let output = 0; output < outputs; output++) {
      const error = targets[row * outputs + output] - means[output];
      squared_error[output] += error * error;
      absolute_error[output] += Math.abs(error);
    }
  }
  return metricsOf({ rows: sets[set].length, loss: 0, squared_error, absolute_error }, data, set);
}

function determination(error: number, spread: number): number {
  if (spread === 0) return error === 0 ? 1 : 0;
  return 1 - error / spread;
}

/** Per output, the sum of squared distances of a set's targets from their own mean. */
function spreadOf(data: DataSet, set: RowSet): Float64Array {
  const means = targetMeans(data, set);
  const spread = new Float64Array(data.outputs);
  for (const row of data.sets[set]) {
    for (let output = 0; output < data.outputs; output++) {
      spread[output] += (data.targets[row * data.outputs + output] - means[output]) ** 2;
    }
  }
  return spread;
}

function targetMeans(data: DataSet, set: RowSet): Float64Array {
  const means = new Float64Array(data.outputs);
  for (const row of data.sets[set]) {
    for (let output = 0; output < data.outputs; output++) means[output] += data.targets[row * data.outputs + output];
  }
  return means.map((sum) => sum / data.sets[set].length);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
