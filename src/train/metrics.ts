/**
 * Metrics for people, in the target's own units: from the sums that an engine returns in the units it trains in where
 * they are enough, else from the outputs of the rows. Definitions are scikit-learn's; several targets are averaged with
 * equal weight.
 */
import type { DataSet } from '../data/dataset.ts';
import { rowsByCode } from '../data/parts.ts';
import { undoNumber } from '../data/preprocessing.ts';
import type { Evaluation, RowSet } from '../engine/engine.ts';
import { chosenClass, givenClass, probabilitiesOf } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { type ClassMetrics, type ClassScores, classMetrics } from './class-metrics.ts';

export interface RegressionMetrics {
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

export type Metrics = RegressionMetrics | ClassMetrics;
/** What is worked out after every epoch. */
export type EpochMetrics = RegressionMetrics | ClassScores;

/** Whether the sums that an engine returns say everything: of numbers, unless it is their logarithms that were learned. */
export function sumsSayAll(data: DataSet): boolean {
  return data.preprocessing.task === 'regression' && !numberSteps(data).some(({ log }) => log);
}

/** Of numbers: from an engine's sums for each trial. */
export function metricsOfSums(evaluations: readonly Evaluation[], data: DataSet, set: RowSet): RegressionMetrics[] {
  const steps = numberSteps(data);
  const spread = spreadOf(data, set);
  const squares = steps.map(({ scale }) => scale * scale);
  return evaluations.map(({ rows, squared_error, absolute_error }) =>
    regressionMetrics(
      rows,
      squares.map((square, output) => squared_error[output] * square),
      steps.map(({ scale }, output) => absolute_error[output] * Math.abs(scale)),
      squares.map((square, output) => spread[output] * square),
    ),
  );
}

/** Whether an engine's sums say the scores of classes: where the loss is the log loss of the rows as they are. */
export function sumsSayScores(data: DataSet, loss: LossName): boolean {
  if (data.preprocessing.task === 'regression' || data.weights) return false;
  return loss === 'softmax_cross_entropy' || (loss === 'binary_cross_entropy' && data.outputs === 1);
}

export function scoresOfSums({ rows, correct, loss }: Evaluation): ClassScores {
  return { accuracy: correct / rows, log_loss: loss };
}

/** Everything there is to say of a set, from its outputs [row of the set, output]. */
export function metricsOfOutputs(outputs: Float32Array, data: DataSet, set: RowSet, loss: LossName): Metrics {
  const rows = data.sets[set];
  const width = data.outputs;
  const [target] = data.preprocessing.targets;
  if (target.kind === 'classes') {
    const chosen = Uint32Array.from(rows, (_, index) => chosenClass(outputs, index * width, width, loss));
    return classMetrics(target.classes, {
      actual: classCodes(data, set),
      chosen,
      probabilities: probabilitiesOf(outputs, rows.length, width, loss),
      scores: outputs,
    });
  }
  const steps = numberSteps(data);
  return numberMetrics(data, set, (index, output) => undoNumber(steps[output], outputs[index * width + output]));
}

/** What always giving the same answer would score: the mean of the training targets, or their most frequent class. */
export function baselineMetrics(data: DataSet, set: RowSet): Metrics {
  const [target] = data.preprocessing.targets;
  if (target.kind !== 'classes') {
    const means = numberSteps(data).map((_, output) => {
      const values = originals(data, 'train', output);
      return values.reduce((sum, value) => sum + value / values.length, 0);
    });
    return numberMetrics(data, set, (_, output) => means[output]);
  }
  const { classes } = target;
  const train = classCodes(data, 'train');
  const counts = rowsByCode(train, undefined, classes.length);
  const majority = counts.indexOf(Math.max(...counts));
  const actual = classCodes(data, set);
  return classMetrics(classes, {
    actual,
    chosen: new Uint32Array(actual.length).fill(majority),
    probabilities: Float64Array.from(
      { length: actual.length * classes.length },
      (_, at) => counts[at % classes.length] / train.length,
    ),
    scores: new Float64Array(actual.length),
  });
}

/** @param answer by the row's place in the set and the output, in original units */
function numberMetrics(
  data: DataSet,
  set: RowSet,
  answer: (index: number, output: number) => number,
): RegressionMetrics {
  const rows = data.sets[set].length;
  const sums = numberSteps(data).map((_, output) => {
    const actual = originals(data, set, output);
    const mean = actual.reduce((sum, value) => sum + value / rows, 0);
    let squared = 0;
    let absolute = 0;
    let spread = 0;
    actual.forEach((value, index) => {
      const error = answer(index, output) - value;
      squared += error * error;
      absolute += Math.abs(error);
      spread += (value - mean) ** 2;
    });
    return { squared, absolute, spread };
  });
  return regressionMetrics(
    rows,
    sums.map(({ squared }) => squared),
    sums.map(({ absolute }) => absolute),
    sums.map(({ spread }) => spread),
  );
}

/** From sums over the rows of each output. */
function regressionMetrics(rows: number, squared: number[], absolute: number[], spread: number[]): RegressionMetrics {
  const mse = mean(squared) / rows;
  return {
    mse,
    rmse: Math.sqrt(mse),
    mae: mean(absolute) / rows,
    r2: rows < 2 ? Number.NaN : mean(squared.map((error, output) => determination(error, spread[output]))),
  };
}

function determination(error: number, spread: number): number {
  if (spread === 0) return error === 0 ? 1 : 0;
  return 1 - error / spread;
}

function numberSteps({ preprocessing }: DataSet) {
  return preprocessing.targets.filter((step) => step.kind === 'number');
}

/** Targets of a set in original units. */
function originals(data: DataSet, set: RowSet, output: number): Float64Array {
  const step = numberSteps(data)[output];
  return Float64Array.from(data.sets[set], (row) => undoNumber(step, data.targets[row * data.outputs + output]));
}

function classCodes({ sets, targets, outputs }: DataSet, set: RowSet): Uint32Array {
  return sets[set].map((row) => givenClass(targets, row * outputs, outputs));
}

/** Per output, the sum of squared distances of a set's scaled targets from their own mean. */
function spreadOf({ outputs, targets, sets }: DataSet, set: RowSet): Float64Array {
  const rows = sets[set];
  const means = new Float64Array(outputs);
  for (const row of rows) {
    for (let output = 0; output < outputs; output++) means[output] += targets[row * outputs + output] / rows.length;
  }
  const spread = new Float64Array(outputs);
  for (const row of rows) {
    for (let output = 0; output < outputs; output++) {
      spread[output] += (targets[row * outputs + output] - means[output]) ** 2;
    }
  }
  return spread;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
