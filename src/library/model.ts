/** A model as programs use it: it takes tables and gives columns, and takes rows and gives plain values. */
import type { Column, Table } from '../data/table/table.ts';
import { loadModel as loadStored } from '../model/file/load-model.ts';
import { loadSequential as loadChain, type NetworkColumns } from '../model/file/sequential.ts';
import { createModel, type ModelScores, type PredictionOptions } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import { type Prediction, plainPredictions } from './predictions.ts';
import { type ModelColumns, type RowOptions, type Rows, tableOf } from './rows.ts';

/**
 * A trained model, one network or many: plain data, and what it answers. `predict` and `evaluate` compute at once, on
 * the caller's thread; `createPredictor` does so on an engine.
 */
export interface Model extends ModelData {
  /**
   * Answers for a table, as columns: `predicted_<target>` for each target, in original units; for classes their names,
   * and a column `probability_<class>` for each. Beside numbers `low_<target>` and `high_<target>`, where the model has
   * intervals.
   * @param table with the columns that the model was trained on; others are ignored
   * @param options the level of intervals, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used
   */
  predict(table: Table, options?: PredictionOptions): Column[];
  /**
   * Answers for rows, one for each: `{ value, low, high }` where the model has intervals, or `{ value }`; `{ class,
   * probabilities }` for classes; `{ targets: { name: { value } } }` for several targets.
   * @param rows objects by the names of the columns that the model was trained on, or arrays in their order
   * @param options the level of intervals, the names of columns, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used, naming the row
   */
  predict(rows: Rows, options?: PredictionOptions & RowOptions): Prediction[];
  /**
   * Metrics on rows with known answers; those without are left out with a notice.
   * @param rows a table, or rows as objects or arrays, with the target
   * @param options the level of intervals, the names of columns, and who is told of odd cells
   * @throws InputError where a column is missing or a cell cannot be used
   */
  evaluate(rows: Table | Rows, options?: PredictionOptions & RowOptions): ModelScores;
}

export function modelOf(data: ModelData): Model {
  const model = createModel(data);
  function predict(table: Table, options?: PredictionOptions): Column[];
  function predict(rows: Rows, options?: PredictionOptions & RowOptions): Prediction[];
  function predict(input: Table | Rows, options?: PredictionOptions & RowOptions): Column[] | Prediction[] {
    return answered(model, input, options, (table) => model.predict(table, options));
  }
  return {
    ...model,
    predict,
    evaluate: (input, options) => model.evaluate(tableOf(input, options, model.preprocessing), options),
  };
}

/** Rows that are predicted have no answer. */
export function featuresOf({ preprocessing: { features } }: ModelData): ModelColumns {
  return { features };
}

/** Columns for a table, plain values for rows. */
function answered(
  model: ModelData,
  input: Table | Rows,
  options: RowOptions | undefined,
  predict: (table: Table) => Column[],
): Column[] | Prediction[] {
  if (!Array.isArray(input)) return predict(input as Table);
  const table = tableOf(input, options, featuresOf(model));
  return table.rows === 0 ? [] : plainPredictions(model, predict(table), table.rows);
}

/**
 * A model from the bytes of a .safetensors file that `saveModel`, the page or the command line wrote, of this version
 * or an earlier one, or of an .onnx file of ours.
 * @param bytes of the file
 * @param source what errors call it
 * @throws InputError that says what is wrong with the file
 */
export function loadModel(bytes: Uint8Array, source = 'model'): Model {
  return modelOf(loadStored(bytes, source));
}

/**
 * A network of another program, such as PyTorch's `nn.Sequential`: its linear layers from a .safetensors file, and what
 * the file does not say.
 * @param bytes of the file
 * @param columns the columns in the order of the inputs, the target and the activations
 * @param source what errors call it
 * @throws InputError that says what is wrong with either
 */
export function loadSequential(bytes: Uint8Array, columns: NetworkColumns, source = 'model'): Model {
  return modelOf(loadChain(bytes, columns, source));
}
