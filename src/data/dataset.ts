/**
 * What a table becomes before training, and the plain object that says how. The object is saved with the model and
 * applied unchanged to new rows.
 */
import type { ScalingName } from '../spec/data-settings.ts';

/** scaled = (value - offset) / scale, with offset and scale fitted on the training rows alone. */
export interface ColumnScaling {
  column: string;
  offset: number;
  scale: number;
}

/** Everything needed to turn new rows into features and outputs back into original units. Plain JSON. */
export interface Preprocessing {
  version: 1;
  task: 'regression';
  scaling: ScalingName;
  features: ColumnScaling[];
  targets: ColumnScaling[];
  /** Columns of the training table that are not used, each with the reason. */
  dropped: { column: string; reason: string }[];
}

/** A prepared data set. It has every field of the engine's `EngineData`. */
export interface DataSet {
  rows: number;
  columns: number;
  outputs: number;
  /** [row, column], scaled */
  features: Float32Array;
  /** [row, output], scaled */
  targets: Float32Array;
  /** [row]: what each row's loss is multiplied by; 1 where absent. */
  weights?: Float32Array;
  sets: { train: Uint32Array; validation: Uint32Array; test: Uint32Array };
  preprocessing: Preprocessing;
  /** Sentences about what was done that a person should know, such as a constant column left out. */
  notices: string[];
}
