/**
 * What a table becomes before training, and the plain object that says how. The object is saved with the model and
 * applied unchanged to new rows.
 */
import type { Task } from '../../spec/answers.ts';
import type { DataSettings, ScalingName } from '../../spec/data-settings.ts';
import type { Notice } from '../table/notices.ts';
import type { NumberFormat } from '../table/numbers.ts';
import type { Unit } from '../table/quantity.ts';

/** scaled = (value - offset) / scale, with offset and scale fitted on the training rows alone. */
export interface Scale {
  /** What is taken away: the mean, or the smallest value. */
  offset: number;
  /** What is then divided by: the standard deviation, or the range. */
  scale: number;
}

/**
 * What the numbers of a column become, fitted on the training rows alone (`numeric.ts` has the formulas):
 *   scale             (value - offset) / scale
 *   robust            z / sqrt(1 + (z / 3)^2) of z = (value - offset) / scale
 *   quantile          the quantile of the normal distribution where `quantiles`, evenly spaced and rising, have the value
 *   piecewise_linear  how far the value is through each piece between two `edges`, from -0.5 to 0.5
 */
export type NumericEncoding =
  | ({ kind: 'scale' } & Scale)
  | ({ kind: 'robust' } & Scale)
  | { kind: 'quantile'; quantiles: number[] }
  | { kind: 'piecewise_linear'; edges: number[] };

/**
 * What becomes of a missing number: the `value` put in its place, and whether an `indicator` (0 or 1) says that it was
 * missing.
 */
export interface Imputation {
  value: number;
  indicator: boolean;
}

/**
 * The `least` and the `largest` value of the training rows, in the units of the file; days since 1970-01-01 for dates.
 */
export interface TrainingRange {
  least: number;
  largest: number;
}

/**
 * How one column becomes features, in order:
 *   number    what `encoding` makes of it, then the indicator where there is one
 *   date      the same of days since 1970-01-01, then sine and cosine of each cycle named
 *   category  one 0/1 feature for each level, then one for all other levels where `other`; a missing cell is `missing`
 *   boolean   1 for `truth`, 0 for `falsehood`; a missing cell is `missing`
 * `column` is its name, `format` how dates are written, `cycles` the turns that are named, `levels` the values that have a feature,
 * `range` that of the training rows. `unit` is what cells may have around their numbers, `numbers` how they write them, where that is not 1234.5. A model of version 2 has neither it nor
 * `range`, and neither have arrays that are not scaled.
 */
export type FeatureStep =
  | {
      column: string;
      kind: 'number';
      unit?: Unit;
      numbers?: NumberFormat;
      missing: Imputation;
      range?: TrainingRange;
      encoding: NumericEncoding;
    }
  | {
      column: string;
      kind: 'date';
      format: string;
      missing: Imputation;
      cycles: ('year' | 'week' | 'day')[];
      range?: TrainingRange;
      encoding: NumericEncoding;
    }
  | { column: string; kind: 'category'; levels: string[]; other: boolean; missing: string | null }
  | { column: string; kind: 'boolean'; truth: string; falsehood: string; missing: string };

/**
 * How a target column becomes targets: `log` takes log(1 + value) before scaling; classes are in the order of outputs.
 * Predictions are kept within `limits`, in the units of the file, where there are any.
 */
export type TargetStep =
  | ({
      column: string;
      kind: 'number';
      unit?: Unit;
      numbers?: NumberFormat;
      log: boolean;
      range?: TrainingRange;
      limits?: TrainingRange;
    } & Scale)
  | { column: string; kind: 'classes'; classes: string[] };

/** Why a column is not used, as files have it. */
export type DropReason =
  | 'ignored'
  | 'identifier'
  | 'text'
  | 'no value in the training rows'
  | 'constant on the training rows'
  | 'the group of the split'
  | 'the time of the split'
  | 'the weight of the row';

/** Everything needed to turn new rows into features and outputs back into original units and names. Plain JSON. */
export interface Preprocessing {
  /** Of this format. */
  version: 4;
  /** What is predicted: a number, one of two classes, or one of more. */
  task: Task;
  /** What was done to numbers: see `DataSettingsInput`. */
  scaling: ScalingName;
  /** One for each column that is used, in their order. */
  features: FeatureStep[];
  /** One for each target column; a single one for classes. Two classes are one output, more are one output each. */
  targets: TargetStep[];
  /** Columns of the training table that are not used, each with its reason. */
  dropped: { column: string; reason: string }[];
}

/** Row numbers of each part, disjoint and rising. */
export interface RowSets {
  /** Rows that are learned from. */
  train: Uint32Array;
  /** Rows that choices are made on: when to stop, which settings are best. */
  validation: Uint32Array;
  /** Rows that are scored once, at the end. */
  test: Uint32Array;
}

/** What a data set was prepared from, and how. */
export interface DataOrigin {
  /** The file's name; absent for rows and arrays of a program. */
  file?: string;
  /** Of the table, those without a target among them. */
  rows: number;
  /** The complete settings, as they were asked for. */
  settings: DataSettings;
  /** Where its validation rows are one of several folds: which, counted from 1, and of how many. */
  fold?: { number: number; count: number };
}

/** A prepared data set, as `prepare` makes it and engines train on it. */
export interface DataSet {
  /** Rows that have a target. */
  rows: number;
  /** Features per row. */
  columns: number;
  /** Outputs per row: one for a number and for two classes, else one for each target or class. */
  outputs: number;
  /** [row, column], encoded */
  features: Float32Array;
  /** [row, output], scaled; for classes 0 or 1 */
  targets: Float32Array;
  /** [row]: what each training row's loss is multiplied by; 1 for rows held out, and for all where absent. */
  weights?: Float32Array;
  /** Which rows train, validate and test. */
  sets: RowSets;
  /** What it was prepared from; absent for a part of another data set. */
  origin?: DataOrigin;
  /** Where each row is in the table; absent where all of the table's rows have a target, and are here in their order. */
  places?: Uint32Array;
  /** How the table became this, to be done to new rows and undone for answers. */
  preprocessing: Preprocessing;
  /** The name of each feature: the column, or `column = level` and the like. */
  featureNames: string[];
  /** Sentences about what was done that a person should know, such as a constant column left out. */
  notices: Notice[];
}
