/**
 * What a model is asked from outside: rows of a data set, and its predictions for rows that are made of them. Only predictions
 * are needed, so any engine will do; one question after the other, so that they can be cancelled and their progress shown.
 */
import type { DataSet, FeatureStep, Preprocessing } from '../../data/prepare/dataset.ts';
import { featureWidth } from '../../data/prepare/features.ts';
import { gatherRows } from '../../engine/reference/evaluation.ts';
import type { LossName } from '../../spec/settings.ts';
import { subsample } from '../../util/arrays.ts';

/** Scaled features [row, column] -> outputs [row, output]. */
export type Predict = (features: Float32Array, rows: number) => Promise<Float32Array>;

/** Who is told of work that takes long, and can end it. */
export interface Watch {
  /** Called with the share that is done. */
  progress?: (share: number) => void;
  /** Ends the work between two predictions, with the signal's reason thrown. */
  signal?: AbortSignal;
}

export interface Question extends Watch {
  data: DataSet;
  loss: LossName;
  predict: Predict;
}

/** Rows that were held out, that were trained on, or all that have an answer. */
export type RowSet = 'validation' | 'train' | 'all';

const mostRows = 2000;

/** Where the features of a column are. */
export interface ColumnPlace {
  step: FeatureStep;
  /** Of its features. */
  first: number;
  width: number;
}

export function columnPlaces({ features }: Pick<Preprocessing, 'features'>): ColumnPlace[] {
  let next = 0;
  return features.map((step) => {
    const first = next;
    const width = featureWidth(step);
    next += width;
    return { step, first, width };
  });
}

/** Validation rows, training rows where there are none; evenly spaced ones where they are too many. */
export function sampleRows(data: DataSet): { set: RowSet; rows: Uint32Array; features: Float32Array } {
  const set = data.sets.validation.length > 0 ? 'validation' : 'train';
  const rows = subsample(data.sets[set], mostRows);
  return { set, rows, features: gatherRows(data.features, data.columns, rows) };
}
