/**
 * From a table to what an engine trains on: one column becomes the target, the others features; rows are split, and
 * columns scaled by what the training rows say. Nothing of the other rows leaks into the scaling.
 */
import { checkData } from '../spec/check.ts';
import type { DataSettings, DataSettingsInput, ScalingName } from '../spec/data-settings.ts';
import { InputError } from '../spec/errors.ts';
import type { ColumnScaling, DataSet, Preprocessing } from './dataset.ts';
import { findColumn, placeIn } from './preprocessing.ts';
import { fitScaling, isConstant, scaleInto } from './scaling.ts';
import { splitRows } from './split.ts';
import type { Column, Table } from './table.ts';

export { applyFeatures, checkPreprocessing, targetValues, undoTargets } from './preprocessing.ts';

/** Data that is in memory already. */
export interface Arrays {
  /** [row, column] */
  features: Float32Array;
  rows: number;
  /** Features per row. */
  columns: number;
  /** [row, output] */
  targets: Float32Array;
  /** Targets per row, 1 when left out. */
  outputs?: number;
  /** [row]: what each row's loss is multiplied by, 0 or more; 1 for all when left out. */
  weights?: Float32Array;
}

/** How arrays are prepared: as a table is, but there is no target to choose. */
export type ArraySettings = Omit<DataSettingsInput, 'target'>;

/**
 * Splits and scales a table. `settings.target` names the column to predict; a feature that is the same in every
 * training row is left out with a notice.
 * @throws InputError about a setting, a column or a value
 */
export function prepare(table: Table, settings: DataSettingsInput): DataSet;
/**
 * Splits and scales plain arrays, whose columns are called x1, x2, ... and y (or y1, y2, ...). With `scaling: 'none'`
 * the data set holds the very arrays that were given, and only their lengths and finiteness are checked.
 * @throws InputError
 */
export function prepare(arrays: Arrays, settings?: ArraySettings): DataSet;
export function prepare(input: Table | Arrays, settings: DataSettingsInput | ArraySettings = {}): DataSet {
  if (!('features' in input)) return prepareTable(input, checkData(settings));
  const data = prepareArrays(input, settings);
  return input.weights ? { ...data, weights: checkWeights(input.weights, input.rows) } : data;
}

function checkWeights(weights: Float32Array, rows: number): Float32Array {
  checkLength('weights', weights, rows, 1);
  const odd = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0)
    throw new InputError(`weights, data row ${odd + 1}: ${weights[odd]} is not a weight; give 0 or more.`, 'weights');
  return weights;
}

function prepareTable(table: Table, settings: DataSettings): DataSet {
  const target = findColumn(table, settings.target, 'target');
  const odd = table.columns.find(({ values }) => values.length !== table.rows);
  if (odd) {
    throw new InputError(
      `${table.source}, column ${JSON.stringify(odd.name)}: has ${odd.values.length} values; the table has ${table.rows} rows.`,
      odd.name,
    );
  }
  const features = table.columns.filter((column) => column !== target);
  return build(table.source, table.rows, features, [target], settings);
}

function prepareArrays(arrays: Arrays, settings: Partial<DataSettingsInput>): DataSet {
  const { rows, columns, features, targets, outputs = 1 } = arrays;
  const checked = checkData({ ...settings, target: 'y' });
  for (const [name, value] of Object.entries({ rows, columns, outputs })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`${name}: ${value} is not a whole number of at least 1.`, name);
    }
  }
  checkLength('features', features, rows, columns);
  checkLength('targets', targets, rows, outputs);
  const featureNames = Array.from({ length: columns }, (_, index) => `x${index + 1}`);
  const targetNames = outputs === 1 ? ['y'] : Array.from({ length: outputs }, (_, index) => `y${index + 1}`);
  if (checked.scaling === 'standardize') {
    return build('arrays', rows, columnsOf(features, featureNames), columnsOf(targets, targetNames), checked);
  }
  checkFinite(features, featureNames);
  checkFinite(targets, targetNames);
  const sets = splitRows(rows, checked.split, 1);
  const asIs = (column: string): ColumnScaling => ({ column, offset: 0, scale: 1 });
  return {
    rows,
    columns,
    outputs,
    features,
    targets,
    sets,
    preprocessing: preprocessingOf('none', featureNames.map(asIs), targetNames.map(asIs), []),
    notices: emptyParts(sets, checked),
  };
}

function build(source: string, rows: number, features: Column[], targets: Column[], settings: DataSettings): DataSet {
  const sets = splitRows(rows, settings.split);
  if (sets.train.length < 2) {
    throw new InputError(`${source}: has too few rows to train on (${rows}); give at least 2 training rows.`);
  }
  for (const { name, values } of targets) {
    if (isConstant(values, sets.train)) {
      throw new InputError(
        `target: column ${JSON.stringify(name)} of ${source} is ${values[sets.train[0]]} in every training row, so there is nothing to learn; choose another target.`,
        'target',
      );
    }
  }
  const standardize = settings.scaling === 'standardize';
  const constant = standardize ? features.filter(({ values }) => isConstant(values, sets.train)) : [];
  const used = features.filter((column) => !constant.includes(column));
  if (used.length === 0) {
    throw new InputError(
      `${source}: has no column to predict ${JSON.stringify(targets[0].name)} from; give at least one other column whose values differ between rows.`,
    );
  }
  const scaled = (columns: Column[]) => scaleColumns(source, rows, columns, sets.train, settings.scaling);
  const [featureArray, featureScalings] = scaled(used);
  const [targetArray, targetScalings] = scaled(targets);
  const dropped = constant.map(({ name }) => ({ column: name, reason: 'constant on the training rows' }));
  return {
    rows,
    columns: used.length,
    outputs: targets.length,
    features: featureArray,
    targets: targetArray,
    sets,
    preprocessing: preprocessingOf(settings.scaling, featureScalings, targetScalings, dropped),
    notices: [
      ...constant.map(
        ({ name, values }) =>
          `Column ${JSON.stringify(name)} is left out: it is ${values[sets.train[0]]} in every training row.`,
      ),
      ...emptyParts(sets, settings),
    ],
  };
}

/** Fits each column on the training rows, then scales all its rows: [row, column]. */
function scaleColumns(
  source: string,
  rows: number,
  columns: Column[],
  train: Uint32Array,
  scaling: ScalingName,
): [Float32Array<ArrayBuffer>, ColumnScaling[]] {
  const scaled = new Float32Array(rows * columns.length);
  const scalings = columns.map(({ name, values }, index) => {
    const fitted = fitScaling(name, values, train, scaling);
    scaleInto(scaled, index, columns.length, values, fitted, placeIn({ source }));
    return fitted;
  });
  return [scaled, scalings];
}

function preprocessingOf(
  scaling: ScalingName,
  features: ColumnScaling[],
  targets: ColumnScaling[],
  dropped: Preprocessing['dropped'],
): Preprocessing {
  return { version: 1, task: 'regression', scaling, features, targets, dropped };
}

/** Parts that were asked for and got no row. */
function emptyParts(sets: DataSet['sets'], { split }: DataSettings): string[] {
  return (['validation', 'test'] as const)
    .filter((part) => split[part] > 0 && sets[part].length === 0)
    .map((part) => `There are too few rows for a ${part} set.`);
}

/** [row, column] -> one column each. */
function columnsOf(values: Float32Array, names: string[]): Column[] {
  const rows = values.length / names.length;
  return names.map((name, index) => ({
    name,
    values: Float64Array.from({ length: rows }, (_, row) => values[row * names.length + index]),
  }));
}

function checkLength(
  name: 'features' | 'targets' | 'weights',
  values: Float32Array,
  rows: number,
  columns: number,
): void {
  if (values.length !== rows * columns) {
    throw new InputError(
      `${name}: has ${values.length} values; ${rows} rows of ${columns} make ${rows * columns}.`,
      name,
    );
  }
}

function checkFinite(values: Float32Array, names: string[]): void {
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return;
  const name = names[odd % names.length];
  const place = placeIn({ source: 'arrays' })(Math.floor(odd / names.length), name);
  throw new InputError(`${place}: ${values[odd]} is not a finite number; correct it or leave the row out.`, name);
}
