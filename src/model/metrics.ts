/**
 * Metrics for people, in the target's own units: from the sums that an engine returns in the units it trains in where
 * they are enough, else from the outputs of the rows. Definitions are scikit-learn's; several targets are averaged with
 * equal weight. Every row counts once: weights act on training alone.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { clipOutputs, inverseScale } from '../data/prepare/preprocessing.ts';
import type { Evaluation, RowSet } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { meanLoss } from '../engine/reference/losses.ts';
import { chosenClass, givenClass, probabilitiesOf } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { rowsByCode } from '../util/arrays.ts';
import { type ClassAnswers, type ClassMetrics, type ClassScores, classMetrics, classScores } from './class-metrics.ts';

/** How far predicted numbers are off, in the units of the target. */
export interface RegressionMetrics {
  /** Mean squared error, in squared units of the target. */
  mse: number;
  /** Its root; of several targets the mean of their roots, which is not the root of `mse`. */
  rmse: number;
  /** Mean absolute error. */
  mae: number;
  /**
   * Coefficient of determination: 1 - squared error / squared distance from these rows' own mean. NaN for one row. Where
   * the targets are all equal, 1 if they are met exactly, else 0.
   */
  r2: number;
}

/**
 * How good answers for rows are: of numbers, or of classes. Definitions are scikit-learn's; several targets are
 * averaged with equal weight, and every row counts once.
 */
export type Metrics = RegressionMetrics | ClassMetrics;
/** What is worked out after every epoch. */
export type EpochMetrics = RegressionMetrics | ClassScores;

/** Whether the sums that an engine returns say everything: of numbers whose outputs are the predictions, but for their scale. */
export function sumsSayAll(data: DataSet): boolean {
  return sumsSayErrors(data) && !numberSteps(data).some(({ limits }) => limits);
}

/** Whether they say the errors of the outputs as they are: of numbers, unless it is their logarithms that were learned. */
export function sumsSayErrors(data: DataSet): boolean {
  return data.preprocessing.task === 'regression' && !numberSteps(data).some(({ log }) => log);
}

/** Engines add squares up in float32: of errors within targets that lie closer together, they may be 0. */
const leastSquare = 1e-30;

/**
 * Of numbers: from an engine's sums for each trial, of outputs that no limits are applied to. Undefined where float32 cannot hold
 * the squares of their errors.
 */
export function metricsOfSums(
  evaluations: readonly Evaluation[],
  data: DataSet,
  set: RowSet,
): RegressionMetrics[] | undefined {
  const steps = numberSteps(data);
  const { length } = data.sets[set];
  const spreads = steps.map((_, output) => momentsOf(length, trainedAt(data, set, output)).spread);
  if (spreads.some((spread) => spread > 0 && spread / length < leastSquare)) return undefined;
  return evaluations.map(({ rows, squared_error, absolute_error }) =>
    regressionMetrics(
      rows,
      steps.map(({ scale }, output) => ({
        squared: squared_error[output],
        absolute: absolute_error[output],
        spread: spreads[output],
        unit: Math.abs(scale),
      })),
    ),
  );
}

/** Whether an engine's sums over rows held out say the scores of classes: where the loss is the log loss itself. */
export function sumsSayScores(data: DataSet, loss: LossName): boolean {
  return data.preprocessing.task !== 'regression' && isLogLoss(loss, data.outputs);
}

function isLogLoss(loss: LossName, outputs: number): boolean {
  return loss === 'softmax_cross_entropy' || (loss === 'binary_cross_entropy' && outputs === 1);
}

export function scoresOfSums({ rows, correct, loss }: Evaluation): ClassScores {
  return { accuracy: correct / rows, log_loss: loss };
}

/** Everything there is to say of a set, from its outputs [row of the set, output]. */
export function metricsOfOutputs(outputs: Float32Array, data: DataSet, set: RowSet, loss: LossName): Metrics {
  const [target] = data.preprocessing.targets;
  if (target.kind === 'classes') return classMetrics(target.classes, classAnswers(outputs, data, set, loss));
  const width = data.outputs;
  const predicted = clipOutputs(data.preprocessing, outputs);
  return numberMetrics(data, set, (output, measured) => measured((index) => predicted[index * width + output]));
}

/** Of these, what an epoch's record has. */
export function epochMetricsOfOutputs(outputs: Float32Array, data: DataSet, set: RowSet, loss: LossName): EpochMetrics {
  const [target] = data.preprocessing.targets;
  return target.kind === 'classes'
    ? classScores(classAnswers(outputs, data, set, loss))
    : metricsOfOutputs(outputs, data, set, loss);
}

function classAnswers(outputs: Float32Array, data: DataSet, set: RowSet, loss: LossName): ClassAnswers {
  const rows = data.sets[set];
  const width = data.outputs;
  return {
    actual: classCodes(data, set),
    chosen: Uint32Array.from(rows, (_, index) => chosenClass(outputs, index * width, width, loss)),
    probabilities: probabilitiesOf(outputs, rows.length, width, loss),
    ...(isLogLoss(loss, width) && {
      log_loss: meanLoss({ loss, targets: gatherRows(data.targets, width, rows) }, outputs, rows.length, width),
    }),
  };
}

/** What always giving the same answer would score: the mean of the training targets, or their most frequent class. */
export function baselineMetrics(data: DataSet, set: RowSet): Metrics {
  const [target] = data.preprocessing.targets;
  if (target.kind !== 'classes') {
    return numberMetrics(data, set, (output, measured) => {
      const { mean } = momentsOf(data.sets.train.length, measured(trainedAt(data, 'train', output)));
      return () => mean;
    });
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
  });
}

/** A number for each row of a set, by its place there. */
type Values = (index: number) => number;

/** Sums over the rows for one output, in multiples of `unit`, which is in the target's own units. */
interface ErrorSums {
  squared: number;
  absolute: number;
  /** Of squared distances of the targets from their mean. */
  spread: number;
  unit: number;
}

/**
 * @param answersOf what is answered for an output; `measured` takes values that are trained in to the units of the answers:
 * the same, so that equal ones stay equal, or the target's own where it is the logarithm that was learned
 */
function numberMetrics(
  data: DataSet,
  set: RowSet,
  answersOf: (output: number, measured: (trained: Values) => Values) => Values,
): RegressionMetrics {
  const rows = data.sets[set].length;
  const sums = numberSteps(data).map((step, output): ErrorSums => {
    const measured = (trained: Values): Values =>
      step.log ? (index) => inverseScale(step, trained(index)) : (index) => trained(index);
    const actual = measured(trainedAt(data, set, output));
    const answer = answersOf(output, measured);
    let squared = 0;
    let absolute = 0;
    for (let index = 0; index < rows; index++) {
      const error = answer(index) - actual(index);
      squared += error * error;
      absolute += Math.abs(error);
    }
    return { squared, absolute, spread: momentsOf(rows, actual).spread, unit: step.log ? 1 : Math.abs(step.scale) };
  });
  return regressionMetrics(rows, sums);
}

function regressionMetrics(rows: number, sums: readonly ErrorSums[]): RegressionMetrics {
  return {
    mse: mean(sums.map(({ squared, unit }) => (squared / rows) * unit * unit)),
    rmse: mean(sums.map(({ squared, unit }) => Math.sqrt(squared / rows) * unit)),
    mae: mean(sums.map(({ absolute, unit }) => (absolute / rows) * unit)),
    r2: rows < 2 ? Number.NaN : mean(sums.map(determination)),
  };
}

function determination({ squared, spread }: ErrorSums): number {
  if (spread === 0) return squared === 0 ? 1 : 0;
  return 1 - squared / spread;
}

/** Mean, and sum of squared distances from it. By distances from the first value, so that both are exact for equal ones. */
function momentsOf(rows: number, valueAt: Values): { mean: number; spread: number } {
  const first = rows > 0 ? valueAt(0) : Number.NaN;
  let shift = 0;
  for (let index = 0; index < rows; index++) shift += (valueAt(index) - first) / rows;
  let spread = 0;
  for (let index = 0; index < rows; index++) spread += (valueAt(index) - first - shift) ** 2;
  return { mean: first + shift, spread };
}

function numberSteps({ preprocessing }: DataSet) {
  return preprocessing.targets.filter((step) => step.kind === 'number');
}

/** Targets of a set as they are trained on. */
function trainedAt({ sets, targets, outputs }: DataSet, set: RowSet, output: number): Values {
  const rows = sets[set];
  return (index) => targets[rows[index] * outputs + output];
}

function classCodes({ sets, targets, outputs }: DataSet, set: RowSet): Uint32Array {
  return sets[set].map((row) => givenClass(targets, row * outputs, outputs));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
