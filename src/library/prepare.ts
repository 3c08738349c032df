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
 * Splits, encodes and scales a table or rows, for `train` and `sweep`. Encodings and scales are fitted on the training
 * rows alone. What was left out or assumed is said in the data set's notices. Rows of the data set are those that have
 * a target, in their order.
 * @param rows a table, or rows as objects or arrays
 * @param settings the `target`, and how the table is prepared; `header` names the columns of arrays
 * @throws InputError about a setting, a row, a column or a value
 * @example
 * ```ts
 * const table = generate('curve');
 * const data = prepare(table, { target: 'y', split: { train: 0.8, validation: 0.2 } });
 * console.log(data.sets.train.length, data.sets.validation.length); // 400 100
 * ```
 */
export function prepare(rows: Table | Rows, settings: DataSettingsInput & RowOptions): DataSet;
/**
 * Splits and scales plain arrays, whose columns are called x1, x2, ... and y (or y1, y2, ...). With `scaling: 'none'`
 * the data set holds the very arrays that were given, and only their lengths and finiteness are checked. With `task:
 * 'classification'` targets are 0 or 1: one for two classes, else one for each class.
 * @param arrays features [row, column] and targets [row, output]
 * @param settings as of a table, but that no column is named
 * @throws InputError about a setting, a length, or a number that is not finite
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
 * @param rows a table, or rows as objects or arrays
 * @param settings as `prepare` takes them, with `signal` and `progress`
 * @throws InputError as `prepare`; the signal's reason
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
 * A data set for each of `count` folds: it validates on the fold and trains on the rows of training and validation that
 * are not in it, and everything is fitted on those. The test rows are the same in all.
 * @param rows a table, or rows as objects or arrays
 * @param settings the `target`, and how the table is prepared; `header` names the columns of arrays
 * @param count folds, from 2
 * @throws InputError as `prepare`, and where there are too few rows for so many folds
 * @example
 * ```ts
 * const folds = prepareFolds(generate('moons'), { target: 'class' }, 5);
 * console.log(folds.length, folds[0].sets.test.length === folds[1].sets.test.length); // 5 true
 * ```
 */
export function prepareFolds(rows: Table | Rows, settings: DataSettingsInput & RowOptions, count: number): DataSet[] {
  const { header, ...data } = settings;
  return foldsOf(tableOf(rows, { header }), data, count);
}

/**
 * Prepares a table as a model had its own, to go on training it: columns, encodings, scales and classes are the
 * model's. Rows are split anew, and columns that the model does not know are left out.
 * @param model what is to be trained on
 * @param rows a table, or rows as objects or arrays
 * @param options the split and weights of the rows, which a model leaves open; `header` names the columns of arrays
 * @throws InputError about a setting, a column that is missing, a cell that cannot be used, or a class that the model
 * does not know
 */
export function prepareLike(
  model: { preprocessing: Preprocessing },
  rows: Table | Rows,
  { header, ...settings }: LikeSettings & RowOptions = {},
): DataSet {
  return prepareAs(model, tableOf(rows, { header }, model.preprocessing), settings);
}
