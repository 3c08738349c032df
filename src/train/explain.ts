/** What a trained model leans on and how, by rows with known answers: `importance.ts` of a model, one network or many. */
import { featureNames } from '../data/prepare/encode.ts';
import { readLabels } from '../data/prepare/labels.ts';
import { applyFeatures } from '../data/prepare/preprocessing.ts';
import type { Table } from '../data/table/table.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { lossOf, type ModelData, outputsOf } from '../model/model-data.ts';
import { withPredictor } from '../model/predictor.ts';
import {
  type Dependence,
  type Importance,
  type Predict,
  partialDependence,
  permutationImportance,
  type Question,
} from './importance.ts';

export type ModelImportance = Omit<Importance, 'set'>;
export type ModelDependence = Omit<Dependence, 'set'>;

export interface ExplainOptions {
  /** Called with the share that is done. */
  progress?: (share: number) => void;
  /** Ends the work, with the signal's reason thrown. */
  signal?: AbortSignal;
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
    const { set: _, ...found } = await permutationImportance(questionOf(model, table, outputs, options));
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
    const { set: _, ...found } = await partialDependence(questionOf(model, table, outputs, options), column);
    return found;
  });
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
    preprocessing,
    featureNames: preprocessing.features.flatMap(featureNames),
    notices: [],
  };
  return { data, loss: lossOf(model), predict, ...options };
}
