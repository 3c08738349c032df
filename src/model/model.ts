/**
 * A trained model: its networks with everything needed to use them on new rows. Plain data and two functions; it needs no
 * engine, because prediction runs on the reference. `predictor.ts` does the same on an engine.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { featureNames } from '../data/prepare/features.ts';
import { readLabels } from '../data/prepare/labels.ts';
import { applyFeatures, clipOutputs, inverseTargets } from '../data/prepare/preprocessing.ts';
import type { Notice } from '../data/table/notices.ts';
import type { Column, Table } from '../data/table/table.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { forward } from '../engine/reference/network.ts';
import { atTemperature, averageOutputs } from './ensemble.ts';
import { encodeSafetensors } from './file/write-safetensors.ts';
import { FiniteCheck } from './finite.ts';
import { type IntervalScores, type Intervals, intervalColumns, intervalsAt, scoreIntervals } from './intervals.ts';
import { type Metrics, metricsOfOutputs } from './metrics.ts';
import { lossOf, type ModelData, outputsOf } from './model-data.ts';

export interface Model extends ModelData {
  /**
   * One column `predicted_<target>` per target, in original units; for classes their names, and a column
   * `probability_<class>` for each. Beside numbers `low_<target>` and `high_<target>`, where the model has intervals. Throws
   * InputError where a column is missing or a cell cannot be used.
   */
  predict(table: Table, options?: PredictionOptions): Column[];
  /** Metrics on rows with known answers; those without are left out with a notice. Throws InputError likewise. */
  evaluate(table: Table, options?: PredictionOptions): ModelScores;
}

/** How a model answers, and who is told of odd cells. */
export interface PredictionOptions {
  /** Sentences about cells that training had not seen are added to these. */
  notices?: Notice[];
  /** Share of answers that intervals are to hold, between 0 and 1; 0.9 unless given. */
  level?: number;
}

/** How good a model is on rows with known answers. */
export interface ModelScores {
  /** Rows that have an answer. */
  rows: number;
  /** In the units of the target. */
  metrics: Metrics;
  /** Where the model has intervals. */
  intervals?: IntervalScores;
}

export function createModel(contents: ModelData): Model {
  const answered = <Result>({ features, rows, answer }: Question<Result>): Result =>
    answer(forwardRows(contents, features, rows));
  return {
    ...contents,
    predict: (table, options) => answered(predictionOf(contents, table, options)),
    evaluate: (table, options) => answered(evaluationOf(contents, table, options)),
  };
}

/** The features of rows, and what becomes of the outputs for them, wherever those are computed. */
export interface Question<Result> {
  /** [row, column] */
  features: Float32Array;
  rows: number;
  answer(outputs: Float32Array): Result;
}

/** See `Model.predict`. */
export function predictionOf(
  model: ModelData,
  table: Table,
  { notices = [], level }: PredictionOptions = {},
): Question<Column[]> {
  const intervals = intervalsAt(model, level);
  const { features, findings } = applyFeatures(model.preprocessing, table);
  notices.push(...findings.notices);
  const { rows, source } = table;
  const answer = (outputs: Float32Array) => {
    const finite = new FiniteCheck(model);
    finite.add(table, outputs);
    finite.tell(source, notices);
    return answerColumns(model, outputs, rows, intervals);
  };
  return { features, rows, answer };
}

/** See `Model.evaluate`. */
export function evaluationOf(
  model: ModelData,
  table: Table,
  { notices = [], level }: PredictionOptions = {},
): Question<ModelScores> {
  const intervals = intervalsAt(model, level);
  const labels = readLabels(model.preprocessing, table);
  const { features, findings } = applyFeatures(model.preprocessing, table);
  notices.push(...labels.notices, ...findings.notices);
  return {
    features: gatherRows(features, features.length / table.rows, labels.rows),
    rows: labels.rows.length,
    answer: (outputs) => {
      const finite = new FiniteCheck(model);
      finite.add(table, outputs, (row) => labels.rows[row]);
      finite.tell(table.source, notices);
      return scoreOutputs(model, outputs, labels.targets, intervals);
    },
  };
}

/** Answers of outputs [row, output] in original units and names, each number followed by its interval. */
export function answerColumns(model: ModelData, outputs: Float32Array, rows: number, intervals?: Intervals): Column[] {
  const columns = inverseTargets(model.preprocessing, outputs, rows, lossOf(model));
  if (!intervals) return columns;
  return columns.flatMap((column, target) => [column, ...intervalColumns(model, intervals, outputs, rows, target)]);
}

/**
 * Outputs [row, output] of features [row, column], in the units that were trained in: at the temperature of the model, or
 * within the limits of its predictions.
 */
export function forwardRows(model: ModelData, features: Float32Array, rows: number): Float32Array {
  const outputs = model.members.map(({ layers, parameters }) => forward(layers, parameters, features, rows));
  return modelOutputs(model, outputs);
}

/** The same from the outputs of each member, [row, output]. */
export function modelOutputs(model: ModelData, outputs: readonly Float32Array[]): Float32Array {
  const weights = model.members.map(({ weight }) => weight);
  const average = averageOutputs(outputs, weights, outputsOf(model), lossOf(model));
  const { calibration } = model;
  if (calibration?.kind === 'temperature') return atTemperature(calibration.temperature, average);
  const clipped = clipOutputs(model.preprocessing, average);
  // A sum that overflowed is no prediction at a limit.
  return clipped === average
    ? average
    : clipped.map((output, i) => (Number.isFinite(average[i]) ? output : Number.NaN));
}

/** Scores of outputs for rows whose targets are known, both [row, output] in the units that were trained in. */
export function scoreOutputs(
  model: ModelData,
  outputs: Float32Array,
  targets: Float32Array,
  intervals?: Intervals,
): ModelScores {
  const { members, preprocessing } = model;
  const width = outputsOf(model);
  const rows = outputs.length / width;
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const data: DataSet = {
    rows,
    columns: members[0].layers[0].inputs,
    outputs: width,
    // Scores do not look at them.
    features: new Float32Array(),
    targets,
    sets: { train: all.subarray(0, 0), validation: all.subarray(0, 0), test: all },
    preprocessing,
    featureNames: preprocessing.features.flatMap(featureNames),
    notices: [],
  };
  const metrics = metricsOfOutputs(outputs, data, 'test', lossOf(model));
  return { rows, metrics, ...(intervals ? { intervals: scoreIntervals(model, intervals, outputs, targets) } : {}) };
}

/**
 * The bytes of a .safetensors file that holds the model, its preprocessing and its settings.
 * @param model from a run, `fit`, `sweep` or a file
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const model = await train(engine, generate('curve'), { target: 'y', training: { epochs: 5 } }).model();
 * const [{ value }] = loadModel(saveModel(model)).predict([{ x: 1 }]);
 * console.log(value === model.predict([{ x: 1 }])[0].value); // true
 * ```
 */
export function saveModel(model: ModelData): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(model);
}
