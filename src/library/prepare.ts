/** Preparing what programs have: tables, rows, and plain arrays of numbers. */
import { type ArraySettings, type Arrays, prepareArrays } from '../data/prepare/arrays.ts';
import type { DataSet, Preprocessing } from '../data/prepare/dataset.ts';
import { type LikeSettings, prepareLike as prepareAs } from '../data/prepare/like.ts';
import { prepareFolds as foldsOf, prepare as prepareTable, prepareWatched } from '../data/prepare/prepare.ts';
import type { Table } from '../data/table/table.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { StepWatch } from '../util/yielding.ts';
import { type RowOptions, type Rows, tableOf } from './rows.ts';

/**
 * Splits, encodes and scales a table or rows. `settings.target` names the column to predict. What was left out or assumed is
 * said in the data set's notices. Rows of the data set are those that have a target, in their order.
 * @throws InputError about a setting, a row, a column or a value
 */
export function prepare(rows: Table | Rows, settings: DataSettingsInput & RowOptions): DataSet;
/**
 * Splits and scales plain arrays, whose columns are called x1, x2, ... and y (or y1, y2, ...). With `scaling: 'none'`
 * the data set holds the very arrays that were given, and only their lengths and finiteness are checked. With
 * `task: 'classification'` targets are 0 or 1: one for two classes, else one for each class.
 * @throws InputError
 */
export function prepare(arrays: Arrays, settings?: ArraySettings): DataSet;
export function prepare(
  input: Table | Rows | Arrays,
  settings: (DataSettingsInput & RowOptions) | ArraySettings = {},
): DataSet {
  if ('features' in input) return prepareArrays(input, settings as ArraySettings);
  const { header, ...data } = settings as DataSettingsInput & RowOptions;
  return prepareTable(tableOf(input, { header }), data);
}

/**
 * `prepare` for a page that waits: the event loop has turns between columns, and a signal ends the work.
 * @throws InputError likewise; the signal's reason
 */
export async function prepareAsync(
  rows: Table | Rows,
  settings: DataSettingsInput & RowOptions & StepWatch,
): Promise<DataSet> {
  const { header, signal, progress, ...data } = settings;
  const [only] = await prepareWatched(tableOf(rows, { header }), data, 1, { signal, progress });
  return only;
}

/**
 * A data set for each of `count` folds: it validates on the fold and trains on the rows of training and validation that are
 * not in it, and everything is fitted on those. The test rows are the same in all.
 * @throws InputError as `prepare`, and where there are too few rows for so many folds
 */
export function prepareFolds(rows: Table | Rows, settings: DataSettingsInput & RowOptions, count: number): DataSet[] {
  const { header, ...data } = settings;
  return foldsOf(tableOf(rows, { header }), data, count);
}

/**
 * Prepared as a model had its own, to go on training it: columns, encodings, scales and classes are the model's. Rows are split
 * anew, and columns that the model does not know are left out.
 * @throws InputError about a setting, a column that is missing, a cell that cannot be used, or a class that the model does not know
 */
export function prepareLike(
  model: { preprocessing: Preprocessing },
  rows: Table | Rows,
  { header, ...settings }: LikeSettings & RowOptions = {},
): DataSet {
  return prepareAs(model, tableOf(rows, { header }, model.preprocessing), settings);
}
