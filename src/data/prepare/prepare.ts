/**
 * From a table to what an engine trains on: one column becomes the target, the others features; rows are split, and
 * every step is fitted to what the training rows say. Nothing of the other rows leaks into them.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { tables } from '../../messages/en/tables/tables.ts';
import { checkData } from '../../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import { concat, rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { allSteps, type Steps, type StepWatch, watchedSteps } from '../../util/yielding.ts';
import { invalidCellNotices } from '../table/cell-notices.ts';
import { rareNotices } from '../table/imbalance.ts';
import { info, type Notice, warning } from '../table/notices.ts';
import type { Column, Table } from '../table/table.ts';
import type { TypeGuess } from '../table/types.ts';
import type { DataOrigin, DataSet, FeatureStep, Preprocessing, RowSets } from './dataset.ts';
import { encodeSteps } from './encode.ts';
import { featureNames } from './features.ts';
import { Findings } from './findings.ts';
import { fitFeature } from './fit.ts';
import { emptyParts, splitFolds, splitNotices } from './split.ts';
import { findType, type PlannedTable, planTable } from './table-plan.ts';
import { classTargets, inferTask, scaleTarget, type TargetPlan } from './target.ts';
import { balancedWeights, columnWeights, trainingWeights } from './weights.ts';

/**
 * Splits, encodes and scales a table. `settings.target` names the column to predict. What was left out or assumed is
 * said in the data set's notices. Rows of the data set are those of the table that have a target, in their order.
 * @throws InputError about a setting, a column or a value
 */
export function prepare(table: Table, settings: DataSettingsInput): DataSet {
  return allSteps(tableSteps(table, checkData(settings)));
}

/**
 * A data set for each of `count` folds: it validates on the fold and trains on the rows of training and validation that are
 * not in it, and everything is fitted on those. The test rows are the same in all.
 * @throws InputError as `prepare`, and where there are too few rows for so many folds
 */
export function prepareFolds(table: Table, settings: DataSettingsInput, count: number): DataSet[] {
  return allSteps(foldSteps(table, checkData(settings), count));
}

/**
 * `prepare` and `prepareFolds` for who waits: the event loop has turns between columns, and the work can be watched and
 * ended. One data set for each fold; the only one where `folds` is 1.
 * @throws InputError likewise; the signal's reason
 */
export async function prepareWatched(
  table: Table,
  settings: DataSettingsInput,
  folds: number,
  watch: StepWatch,
): Promise<DataSet[]> {
  const checked = checkData(settings);
  const total = table.columns.length * (2 + 2 * folds);
  if (folds > 1) return watchedSteps(foldSteps(table, checked, folds), total, watch);
  return [await watchedSteps(tableSteps(table, checked), total, watch)];
}

/** One data set for networks that train on different rows of it. */
export interface SharedData {
  /** All rows but those of the test part are training rows, and everything is fitted on these. */
  data: DataSet;
  /** Whether rows are split by time: what is held out has to be the latest. */
  ordered: boolean;
  /** The training rows in parts of nearly equal size, made as `prepareFolds` makes its own. */
  folds(count: number): Uint32Array[];
}

/**
 * `prepare` for an ensemble, whose members hold out different rows but share one preprocessing. What is fitted on rows that
 * a member holds out are the statistics of columns; which answer belongs to which row is not among them.
 * @throws InputError as `prepare`
 */
export async function prepareShared(table: Table, settings: DataSettingsInput, watch: StepWatch): Promise<SharedData> {
  const checked = checkData(settings);
  return watchedSteps(sharedSteps(table, checked), 4 * table.columns.length, watch);
}

function* sharedSteps(table: Table, settings: DataSettings): Steps<SharedData> {
  const planned = yield* planTable(table, settings);
  const { sets, by } = planned;
  const train = concat([sets.train, sets.validation], (length) => new Uint32Array(length)).sort();
  const whole = { train, validation: new Uint32Array(), test: sets.test };
  const split = { ...planned.settings.split, validation: 0 };
  const own = { ...planned, settings: { ...planned.settings, split }, tiny: false };
  const data = yield* fitTable(own, whole, originOf(table, settings));
  return {
    data,
    ordered: by.times !== undefined,
    folds: (count) => splitFolds(whole, count, planned.settings.split.seed, by),
  };
}

function* tableSteps(table: Table, settings: DataSettings): Steps<DataSet> {
  const planned = yield* planTable(table, settings);
  return yield* fitTable(planned, planned.sets, originOf(table, settings));
}

export function originOf(table: Table, settings: DataSettings): DataOrigin {
  // Rows of a program have no format.
  return { ...(table.format ? { file: table.source } : {}), rows: table.rows, settings };
}

function* foldSteps(table: Table, settings: DataSettings, count: number): Steps<DataSet[]> {
  const planned = yield* planTable(table, settings);
  const folds = splitFolds(planned.sets, count, planned.settings.split.seed, planned.by);
  const sets: DataSet[] = [];
  for (const [fold, validation] of folds.entries()) {
    const others = folds.filter((_, other) => other !== fold);
    const train = concat(others, (length) => new Uint32Array(length)).sort();
    const origin = { ...originOf(table, settings), fold: { number: fold + 1, count } };
    sets.push(yield* fitTable(planned, { ...planned.sets, train, validation }, origin));
  }
  return sets;
}

/** Everything that is fitted to the training rows, and the data set that it makes of all rows. */
function* fitTable(
  { table, settings, target, roles, types, plan, notices: said, leaks, tiny }: PlannedTable,
  sets: RowSets,
  origin: DataOrigin,
): Steps<DataSet> {
  if (sets.train.length < 2) {
    throw new InputError(message(preparing, 'rows_too_few', { source: table.source, count: plan.rows.length }));
  }
  const train = sets.train.map((index) => plan.rows[index]);
  // Before the features: what is wrong with the target is worth knowing first.
  const { targets, step, outputs } = encodeTarget(table, plan, sets, train, settings);
  const { steps, dropped, notices } = yield* fitFeatures(table, target, roles, types, train, settings, leaks);
  const findings = new Findings();
  const features = yield* encodeSteps(table, plan.rows, steps, findings);
  const task = inferTask(plan.kind === 'classes' ? plan : undefined);
  const weights = weighRows(table, plan, sets, settings);
  return {
    rows: plan.rows.length,
    columns: features.length / plan.rows.length,
    outputs,
    features,
    targets,
    ...(weights ? { weights } : {}),
    sets,
    origin,
    ...(plan.rows.length < table.rows ? { places: Uint32Array.from(plan.rows) } : {}),
    preprocessing: { version: 4, task, scaling: settings.scaling, features: steps, targets: [step], dropped },
    featureNames: steps.flatMap(featureNames),
    notices: [
      ...plan.notices,
      ...said,
      ...rareClasses(plan, settings),
      ...invalidCellNotices(table, [target.name, ...steps.map(({ column }) => column)]),
      ...notices,
      ...findings.unknownNotices,
      ...(tiny ? [warning(message(preparing, 'rows_all_train', { count: plan.rows.length }))] : []),
      ...emptyParts(sets, settings.split),
      ...(plan.kind === 'classes' ? splitNotices(sets, plan.codes, plan.classes) : []),
    ],
  };
}

function rareClasses(plan: TargetPlan, settings: DataSettings): Notice[] {
  if (plan.kind !== 'classes') return [];
  const counts = rowsByCode(plan.codes, undefined, plan.classes.length);
  return rareNotices(plan.column.name, counts, (code) => plan.classes[code], settings);
}

function encodeTarget(table: Table, plan: TargetPlan, sets: RowSets, train: Uint32Array, settings: DataSettings) {
  if (plan.kind === 'classes') {
    const { classes, column } = plan;
    const targets = classTargets(table, plan, sets.train);
    const outputs = classes.length === 2 ? 1 : classes.length;
    return { targets, outputs, step: { column: column.name, kind: 'classes', classes } as const };
  }
  const targets = new Float32Array(plan.rows.length);
  return { targets, outputs: 1, step: scaleTarget(table, plan, train, settings, targets) };
}

function* fitFeatures(
  table: Table,
  target: Column,
  roles: Map<string, string>,
  types: Map<string, TypeGuess>,
  train: Uint32Array,
  settings: DataSettings,
  leaks: ReadonlyMap<string, Notice[]>,
): Steps<{ steps: FeatureStep[]; dropped: Preprocessing['dropped']; notices: Notice[] }> {
  const steps: FeatureStep[] = [];
  const dropped: Preprocessing['dropped'] = [];
  const notices: Notice[] = [];
  const constants: { name: string; notice: Notice }[] = [];
  for (const column of table.columns) {
    if (column === target) continue;
    const { name } = column;
    const role = roles.get(name);
    if (role !== undefined) {
      dropped.push({ column: name, reason: role });
      continue;
    }
    yield { doing: 'fitting', column: name };
    const guess = findType(types, column);
    const fitted = fitFeature(table, column, guess, train, settings);
    if (guess.unclear) {
      const unclear = message(tables, 'type_unclear', { column: name, why: guess.unclear });
      notices.push(warning(unclear, { topic: 'unclear', column: name }));
    }
    if ('step' in fitted) {
      steps.push(fitted.step);
      if (fitted.notice) notices.push(fitted.notice);
      notices.push(...(leaks.get(name) ?? []));
    } else {
      dropped.push({ column: name, reason: fitted.reason });
      if (fitted.constant) constants.push({ name, notice: fitted.notice });
      else notices.push(fitted.notice);
    }
  }
  notices.push(...constantNotices(constants));
  if (steps.length === 0) {
    const names = dropped
      .filter(({ reason }) => reason === 'identifier' || reason === 'text')
      .map(({ column }) => column);
    throw new InputError(message(preparing, 'features_none', { source: table.source, column: target.name, names }));
  }
  return { steps, dropped, notices };
}

/** A few are named one by one; a table of pixels has many. */
function constantNotices(constants: { name: string; notice: Notice }[]): Notice[] {
  if (constants.length <= 3) return constants.map(({ notice }) => notice);
  const columns = constants.map(({ name }) => name);
  return [info(message(preparing, 'left_out_constants', { columns }), { topic: 'constant' })];
}

/** What each row counts for in training; undefined where all count alike. */
export function weighRows(
  table: Table,
  plan: TargetPlan,
  sets: RowSets,
  settings: DataSettings,
): Float32Array | undefined {
  const given = columnWeights(table, plan.rows, sets.train, settings);
  if (settings.class_weights === 'none') return trainingWeights(sets.train, given);
  if (plan.kind !== 'classes') {
    throw new InputError(message(preparing, 'balance_of_number'), 'class_weights');
  }
  return trainingWeights(sets.train, given, balancedWeights(plan.codes, sets.train));
}
