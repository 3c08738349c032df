/** A data set of plain arrays, for programs that have their numbers in memory already. There are no types to guess. */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { tables } from '../../messages/en/tables/tables.ts';
import { checkData } from '../../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Notice } from '../table/notices.ts';
import type { Column, NumberColumn, Table } from '../table/table.ts';
import type { DataSet, FeatureStep, RowSets, TargetStep } from './dataset.ts';
import { encodeFeatures } from './encode.ts';
import { featureNames } from './features.ts';
import { fitFeature } from './fit.ts';
import { emptyParts, splitNotices, splitRows } from './split.ts';
import { inferTask, type NumberPlan, scaleTarget } from './target.ts';
import { balancedWeights, trainingWeights } from './weights.ts';

/** Numbers that a program has in memory already. */
export interface Arrays {
  /** [row, column], finite numbers. */
  features: Float32Array;
  /** How many there are. */
  rows: number;
  /** Features per row. */
  columns: number;
  /** [row, output], finite numbers; 0 or 1 with `task: 'classification'`. */
  targets: Float32Array;
  /** Targets per row, 1 when left out. */
  outputs?: number;
  /** [row]: what each row's loss is multiplied by, 0 or more; 1 for all when left out. */
  weights?: Float32Array;
}

/** How arrays are prepared: as a table is, but there is no column to name, and `numeric` is `scale` unless it is given. */
export type ArraySettings = Omit<DataSettingsInput, 'target' | 'types' | 'ignore' | 'weights'>;

type Prepared = Pick<DataSet, 'columns' | 'features' | 'targets'> & {
  steps: FeatureStep[];
  targetSteps: TargetStep[];
  dropped: DataSet['preprocessing']['dropped'];
  notices: Notice[];
};

/** @throws InputError */
export function prepareArrays(arrays: Arrays, input: ArraySettings): DataSet {
  const settings = checkData({ numeric: 'scale', ...input, target: 'y' });
  checkArrays(arrays, settings);
  const { rows, outputs = 1 } = arrays;
  const names = defaultNames(arrays);
  const codes = settings.task === 'classification' ? classCodes(arrays) : undefined;
  const untouched = settings.numeric === 'scale' && settings.scaling === 'none' && settings.target_transform === 'none';
  const sets = splitRows(
    rows,
    settings.split,
    untouched ? 1 : 2,
    codes && settings.split.stratify ? { classes: codes } : {},
  );
  const { steps, targetSteps, dropped, notices, ...prepared } = untouched
    ? asTheyAre(arrays, names, codes)
    : scaled(arrays, names, sets, settings, codes);
  const weights = weighRows(arrays, settings, sets, codes);
  const [classes] = targetSteps.filter((step) => step.kind === 'classes');
  return {
    ...prepared,
    rows,
    outputs,
    ...(weights ? { weights } : {}),
    sets,
    origin: { rows, settings },
    preprocessing: {
      version: 4,
      task: inferTask(classes),
      scaling: settings.scaling,
      features: steps,
      targets: targetSteps,
      dropped,
    },
    featureNames: steps.flatMap(featureNames),
    notices: [
      ...notices,
      ...emptyParts(sets, settings.split),
      ...(codes && classes ? splitNotices(sets, codes, classes.classes) : []),
    ],
  };
}

function checkArrays(arrays: Arrays, { split, task, target_transform }: DataSettings): void {
  const { rows, columns, features, targets, outputs = 1, weights } = arrays;
  for (const [setting, value] of Object.entries({ rows, columns, outputs })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(message(preparing, 'array_count', { setting, value }), setting);
    }
  }
  checkLength('features', features, rows, columns);
  checkLength('targets', targets, rows, outputs);
  const names = defaultNames(arrays);
  checkFinite(features, names.features);
  checkFinite(targets, names.targets);
  if (weights) checkWeights(weights, rows);
  for (const name of ['group', 'time'] as const) {
    if (split[name] === undefined) continue;
    const setting = `split.${name}`;
    throw new InputError(message(preparing, 'array_split', { setting }), setting);
  }
  if (task === 'classification' && target_transform !== 'none') {
    throw new InputError(message(preparing, 'array_transform'), 'target_transform');
  }
}

function defaultNames({ columns, outputs = 1 }: Arrays): { features: string[]; targets: string[] } {
  const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word}${index + 1}`);
  return { features: numbered('x', columns), targets: outputs === 1 ? ['y'] : numbered('y', outputs) };
}

function asTheyAre(arrays: Arrays, names: ReturnType<typeof defaultNames>, codes: Uint32Array | undefined): Prepared {
  const plain = { offset: 0, scale: 1 };
  return {
    columns: arrays.columns,
    features: arrays.features,
    targets: arrays.targets,
    steps: names.features.map((column) => ({
      column,
      kind: 'number',
      missing: { value: 0, indicator: false },
      encoding: { kind: 'scale', ...plain },
    })),
    targetSteps: codes
      ? [classStep(arrays)]
      : names.targets.map((column) => ({ column, kind: 'number', log: false, ...plain })),
    dropped: [],
    notices: [],
  };
}

function scaled(
  arrays: Arrays,
  names: ReturnType<typeof defaultNames>,
  { train }: RowSets,
  settings: DataSettings,
  codes: Uint32Array | undefined,
): Prepared {
  const { rows, outputs = 1 } = arrays;
  if (train.length < 2) {
    throw new InputError(message(preparing, 'rows_too_few', { source: 'arrays', count: rows }));
  }
  const features = toColumns(arrays.features, names.features);
  const table: Table = { source: 'arrays', rows, columns: features, rowsBefore: 0, notices: [] };
  const everyRow = Uint32Array.from({ length: rows }, (_, row) => row);

  const targets = codes ? arrays.targets : new Float32Array(rows * outputs);
  const targetSteps = codes
    ? [classStep(arrays)]
    : toColumns(arrays.targets, names.targets).map((column, at) => {
        const values = numbersFor(column, settings);
        const plan: NumberPlan = { kind: 'number', column, rows: everyRow, notices: [], values };
        return scaleTarget(table, plan, train, settings, targets, at, outputs);
      });

  const steps: FeatureStep[] = [];
  const dropped: Prepared['dropped'] = [];
  const notices: Notice[] = [];
  for (const column of features) {
    const fitted = fitFeature(table, column, { type: 'number', why: message(tables, 'type_given') }, train, settings);
    if ('step' in fitted) steps.push(fitted.step);
    else dropped.push({ column: column.name, reason: fitted.reason });
    if (fitted.notice) notices.push(fitted.notice);
  }
  if (steps.length === 0) {
    throw new InputError(message(preparing, 'array_constant'));
  }
  const encoded = encodeFeatures(table, everyRow, steps);
  return { columns: encoded.length / rows, features: encoded, targets, steps, targetSteps, dropped, notices };
}

function numbersFor({ name, values }: NumberColumn, { target_transform }: DataSettings): Float64Array {
  if (target_transform === 'none') return values;
  const odd = values.findIndex((value) => value < 0);
  if (odd < 0) return values.map(Math.log1p);
  throw new InputError(
    message(preparing, 'array_negative', { row: odd + 1, column: name, value: values[odd] }),
    'target_transform',
  );
}

/** Two classes are called 0 and 1, more y1, y2, ... */
function classStep({ outputs = 1 }: Arrays): Extract<TargetStep, { kind: 'classes' }> {
  const classes = outputs === 1 ? ['0', '1'] : Array.from({ length: outputs }, (_, index) => `y${index + 1}`);
  return { column: 'y', kind: 'classes', classes };
}

/** @throws InputError about the first row that does not say one class */
function classCodes({ rows, targets, outputs = 1 }: Arrays): Uint32Array {
  if (outputs === 2) {
    throw new InputError(message(preparing, 'array_two_outputs'), 'outputs');
  }
  const codes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = targets.subarray(row * outputs, (row + 1) * outputs);
    const ones = own.reduce((count, value) => count + (value === 1 ? 1 : 0), 0);
    const legal = own.every((value) => value === 0 || value === 1) && (outputs === 1 || ones === 1);
    if (!legal) {
      throw new InputError(message(preparing, 'array_no_class', { row: row + 1, values: [...own] }), 'targets');
    }
    codes[row] = outputs === 1 ? own[0] : own.indexOf(1);
  }
  return codes;
}

function weighRows({ weights }: Arrays, { class_weights }: DataSettings, { train }: RowSets, codes?: Uint32Array) {
  if (class_weights === 'none') return trainingWeights(train, weights);
  if (!codes) {
    throw new InputError(message(preparing, 'array_balance'), 'class_weights');
  }
  return trainingWeights(train, weights, balancedWeights(codes, train));
}

/** [row, column] -> one column each. */
function toColumns(values: Float32Array, names: string[]): NumberColumn[] {
  const rows = values.length / names.length;
  return names.map((name, index) => {
    const own = new Float64Array(rows);
    for (let row = 0; row < rows; row++) own[row] = values[row * names.length + index];
    return { name, kind: 'number', values: own } satisfies Column;
  });
}

function checkLength(name: string, values: Float32Array, rows: number, columns: number): void {
  if (values.length === rows * columns) return;
  const about = { setting: name, count: values.length, total: rows, each: columns };
  throw new InputError(message(preparing, 'array_length', about), name);
}

function checkFinite(values: Float32Array, names: string[]): void {
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return;
  const column = names[odd % names.length];
  const about = { row: Math.floor(odd / names.length) + 1, column, value: values[odd] };
  throw new InputError(message(preparing, 'array_not_finite', about), column);
}

function checkWeights(weights: Float32Array, rows: number): void {
  checkLength('weights', weights, rows, 1);
  const odd = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (odd < 0) return;
  throw new InputError(message(preparing, 'array_weight', { row: odd + 1, value: weights[odd] }), 'weights');
}
