/** What a model answers, computed on an engine; see `model/predictor.ts`. */
import type { Column, Table } from '../data/table/table.ts';
import { asyncDispose, type Engine } from '../engine/engine.ts';
import { evaluationOf, type ModelScores, type PredictionOptions, predictionOf, type Question } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import { createPredictor as createOn } from '../model/predictor.ts';
import { nextTask } from '../util/yielding.ts';
import { featuresOf } from './model.ts';
import { type Prediction, plainPredictions } from './predictions.ts';
import { type RowOptions, type Rows, tableOf } from './rows.ts';

export interface PredictorOptions extends PredictionOptions {
  /** Ends the work between two parts of the rows, with the signal's reason thrown. */
  signal?: AbortSignal;
}

export interface Predictor extends Disposable, AsyncDisposable {
  /** As `Model.predict`. */
  predict(table: Table, options?: PredictorOptions): Promise<Column[]>;
  predict(rows: Rows, options?: PredictorOptions & RowOptions): Promise<Prediction[]>;
  /** As `Model.evaluate`. */
  evaluate(rows: Table | Rows, options?: PredictorOptions & RowOptions): Promise<ModelScores>;
  /** Outputs [row, output] of features [row, column], in the units that were trained in. */
  outputs(features: Float32Array, rows: number): Promise<Float32Array>;
  /** Frees what it holds on the engine, which stays; `using` does so at the end of the block. */
  destroy(): void;
}

/** Rows between two looks at the signal. */
const partRows = 16_384;

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
    return answer(joined(parts));
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

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
