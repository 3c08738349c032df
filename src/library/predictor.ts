/** What a model answers, computed on an engine; see `model/predictor.ts`. */
import type { Column, Table } from '../data/table/table.ts';
import { asyncDispose, type Engine } from '../engine/engine.ts';
import { evaluationOf, type ModelScores, type PredictionOptions, predictionOf, type Question } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import { createPredictor as createOn } from '../model/predictor.ts';
import { concat } from '../util/arrays.ts';
import { nextTask } from '../util/yielding.ts';
import { featuresOf } from './model.ts';
import { type Prediction, plainPredictions } from './predictions.ts';
import { type RowOptions, type Rows, tableOf } from './rows.ts';

/** How a predictor answers, and what ends it. */
export interface PredictorOptions extends PredictionOptions {
  /** Ends the work between two parts of the rows, with the signal's reason thrown. */
  signal?: AbortSignal;
}

/** A model on an engine, for many rows. */
export interface Predictor extends Disposable, AsyncDisposable {
  /**
   * As `Model.predict`, for a table.
   * @param table with the columns that the model was trained on; others are ignored
   * @param options the level of intervals, a signal, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used; the signal's reason
   */
  predict(table: Table, options?: PredictorOptions): Promise<Column[]>;
  /**
   * As `Model.predict`, for rows.
   * @param rows objects by the names of the columns that the model was trained on, or arrays in their order
   * @param options the level of intervals, the names of columns, a signal, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used; the signal's reason
   */
  predict(rows: Rows, options?: PredictorOptions & RowOptions): Promise<Prediction[]>;
  /**
   * As `Model.evaluate`.
   * @param rows a table, or rows as objects or arrays, with the target
   * @param options the level of intervals, the names of columns, a signal, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used; the signal's reason
   */
  evaluate(rows: Table | Rows, options?: PredictorOptions & RowOptions): Promise<ModelScores>;
  /**
   * Outputs [row, output], in the units that were trained in.
   * @param features [row, column]
   * @param rows how many there are
   */
  outputs(features: Float32Array, rows: number): Promise<Float32Array>;
  /** Frees what it holds on the engine, which stays; `using` does so at the end of the block. */
  destroy(): void;
}

/** Rows between two looks at the signal. */
const partRows = 16_384;

/**
 * Puts a model on an engine, to answer for many rows. `using` frees it at the end of the block.
 * @param model from a run, `fit`, `sweep` or a file
 * @param engine what computes
 * @throws InputError where there is no memory for it
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const model = await train(engine, generate('curve'), { target: 'y', training: { epochs: 5 } }).model();
 * const predictor = await createPredictor(model, engine);
 * const answers = await predictor.predict([{ x: 1 }, { x: 2 }]);
 * console.log(answers.length); // 2
 * ```
 */
export async function createPredictor(model: ModelData, engine: Engine): Promise<Predictor> {
  const { outputs, destroy } = await createOn(model, engine);
  const answered = async <Result>({ features, rows, answer }: Question<Result>, signal?: AbortSignal) => {
    if (!signal) return answer(await outputs(features, rows));
    signal.throwIfAborted();
    const columns = features.length / rows;
    const parts: Float32Array[] = [];
    for (let first = 0; first < rows; first += partRows) {
      await nextTask();
      signal.throwIfAborted();
      const count = Math.min(partRows, rows - first);
      parts.push(await outputs(features.subarray(first * columns, (first + count) * columns), count));
    }
    signal.throwIfAborted();
    return answer(concat(parts, (length) => new Float32Array(length)));
  };
  async function predict(input: Table, options?: PredictorOptions): Promise<Column[]>;
  async function predict(input: Rows, options?: PredictorOptions & RowOptions): Promise<Prediction[]>;
  async function predict(
    input: Table | Rows,
    options?: PredictorOptions & RowOptions,
  ): Promise<Column[] | Prediction[]> {
    options?.signal?.throwIfAborted();
    const asked = tableOf(input, options, featuresOf(model));
    if (Array.isArray(input) && asked.rows === 0) return [];
    const columns = await answered(predictionOf(model, asked, options), options?.signal);
    return Array.isArray(input) ? plainPredictions(model, columns, asked.rows) : columns;
  }
  return {
    predict,
    evaluate: async (input, options) =>
      answered(evaluationOf(model, tableOf(input, options, model.preprocessing), options), options?.signal),
    outputs,
    destroy,
    [dispose]: destroy,
    [asyncDispose]: async () => destroy(),
  };
}

/** As `asyncDispose`. */
const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
