/** What a trained model, one network or many, leans on and why it answers as it does, on the CPU's engine. */
import { encodeFeatures } from '../../data/prepare/encode.ts';
import { featureNames } from '../../data/prepare/features.ts';
import { readLabels } from '../../data/prepare/labels.ts';
import { applyFeatures } from '../../data/prepare/preprocessing.ts';
import type { Table } from '../../data/table/table.ts';
import { gatherRows } from '../../engine/reference/evaluation.ts';
import { training } from '../../messages/en/training/training.ts';
import { lossOf, type ModelData, outputsOf } from '../../model/model-data.ts';
import { withPredictor } from '../../model/predictor.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { nextTask } from '../../util/yielding.ts';
import { type Dependence, partialDependence } from './dependence.ts';
import { type Importance, permutationImportance } from './importance.ts';
import type { Predict, Question, Watch } from './question.ts';
import { type AnswerExplanation, backgroundRows, drawBackground, explanationCost, shapleyValues } from './shapley.ts';

/** How important each column is. */
export type ModelImportance = Omit<Importance, 'set'>;
/** How answers depend on a column. */
export type ModelDependence = Omit<Dependence, 'set'>;
/** Who is told of the progress, and what ends the work. */
export type ExplainOptions = Watch;

/** Which rows to explain, and what they are compared with. */
export interface ExplanationOptions extends ExplainOptions {
  /** Of the table, those to explain; all unless given. */
  rows?: readonly number[];
  /** Rows like those of the training, with or without answers, to compare with; the table itself unless given. */
  background?: Table;
  /** Of these, so many are drawn; 128 unless given. */
  sample?: number;
  /** Of the rows and orders that are drawn; 1 unless given. */
  seed?: number;
}

/** Why a model answers for rows as it does. */
export interface ModelExplanations {
  /** How many `rows` were compared with, and how many they were drawn `of`. */
  background: { rows: number; of: number };
  /** Predictions that each row took. */
  predictions: number;
  /** That all of it took. */
  seconds: number;
  /** [row, answer]: every target in its units, or the probability of every class. */
  rows: AnswerExplanation[][];
}

/**
 * How much worse the model does on these rows when one column is shuffled (Breiman 2001), of up to 2,000 of them.
 * @throws InputError where a column is missing, a cell cannot be used, or fewer than two rows have an answer
 */
export async function modelImportance(
  model: ModelData,
  table: Table,
  options: ExplainOptions = {},
): Promise<ModelImportance> {
  return withPredictor(model, async ({ outputs }) => {
    const { set: _, ...found } = await permutationImportance(questionOf(model, table, withTurns(outputs), options));
    return found;
  });
}

/**
 * The mean answer when a column is set to a value in every row (Friedman 2001), for values over its range in these rows.
 * @throws InputError likewise, and where the model has not learned from the column
 */
export async function modelDependence(
  model: ModelData,
  table: Table,
  column: string,
  options: ExplainOptions = {},
): Promise<ModelDependence> {
  return withPredictor(model, async ({ outputs }) => {
    const { set: _, ...found } = await partialDependence(questionOf(model, table, withTurns(outputs), options), column);
    return found;
  });
}

/**
 * What each column contributes to the predictions for rows, against the mean prediction for a background: Shapley values by
 * sampled permutations (see `shapley.ts`). Base and contributions add up to the prediction.
 * @throws InputError where a column is missing, a cell cannot be used, or there is no row to compare with
 */
export async function modelExplanations(
  model: ModelData,
  table: Table,
  { rows, background = table, sample = backgroundRows, seed = 1, ...watch }: ExplanationOptions = {},
): Promise<ModelExplanations> {
  const { features: steps } = model.preprocessing;
  const drawn = drawBackground(background.rows, sample, seed);
  const places = Uint32Array.from(rows ?? Array(table.rows).keys());
  const features = encodeFeatures(table, places, steps);
  const compared = { features: encodeFeatures(background, drawn, steps), rows: drawn.length, of: background.rows };
  return explainRows(model, features, places.length, compared, seed, watch);
}

/** Encoded rows to compare with, drawn from so many. */
export interface Background {
  features: Float32Array;
  rows: number;
  of: number;
}

/** The same of encoded rows. @throws InputError where there is no row to compare with */
export async function explainRows(
  model: ModelData,
  features: Float32Array,
  count: number,
  { features: background, rows, of }: Background,
  seed: number,
  { progress, signal }: Watch,
): Promise<ModelExplanations> {
  if (rows === 0) throw new InputError(message(training, 'background_empty', {}));
  const begun = performance.now();
  const { preprocessing } = model;
  const width = features.length / count;
  const explained: AnswerExplanation[][] = [];
  await withPredictor(model, async ({ outputs }) => {
    const predict = withTurns(outputs);
    for (let row = 0; row < count; row++) {
      const told = (share: number) => progress?.((row + share) / count);
      const question = { preprocessing, loss: lossOf(model), predict, background, population: of, seed, signal };
      const own = features.subarray(row * width, (row + 1) * width);
      explained.push(await shapleyValues({ ...question, progress: told }, own));
    }
  });
  return {
    background: { rows, of },
    predictions: explanationCost(preprocessing.features.length, rows),
    seconds: (performance.now() - begun) / 1000,
    rows: explained,
  };
}

/** Lets others have their turn before each call: whoever cancels, too. */
function withTurns(predict: Predict): Predict {
  return async (features, rows) => {
    await nextTask();
    return predict(features, rows);
  };
}

/** The rows with a known answer as a data set of the model's own preprocessing. */
function questionOf(model: ModelData, table: Table, predict: Predict, options: ExplainOptions): Question {
  const { preprocessing } = model;
  const labels = readLabels(preprocessing, table);
  const { features } = applyFeatures(preprocessing, table);
  const rows = labels.rows.length;
  const columns = features.length / table.rows;
  const none = new Uint32Array();
  const data = {
    rows,
    columns,
    outputs: outputsOf(model),
    features: gatherRows(features, columns, labels.rows),
    targets: labels.targets,
    sets: { train: Uint32Array.from({ length: rows }, (_, row) => row), validation: none, test: none },
    places: labels.rows,
    preprocessing,
    featureNames: preprocessing.features.flatMap(featureNames),
    notices: [],
  };
  return { data, loss: lossOf(model), predict, ...options };
}
