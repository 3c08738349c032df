/** A table prepared as a model had its own: to go on training it, on other rows or on more. */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { checkData } from '../../spec/check.ts';
import type { ColumnType, DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { allSteps } from '../../util/yielding.ts';
import type { Table } from '../table/table.ts';
import type { DataSet, Preprocessing } from './dataset.ts';
import { encodeSteps } from './encode.ts';
import { featureNames } from './features.ts';
import { Findings } from './findings.ts';
import { encodeTargets } from './labels.ts';
import { originOf, weighRows } from './prepare.ts';
import { emptyParts } from './split.ts';
import { planTable } from './table-plan.ts';
import { outputCount } from './target.ts';

/** What a model leaves open. */
export type LikeSettings = Pick<DataSettingsInput, 'split' | 'weights' | 'class_weights'>;

/**
 * Columns, encodings, scales and classes are the model's; rows are split anew. Columns that the model does not know are left out.
 * @throws InputError about a setting, a column that is missing, a cell that cannot be used, or a class that the model does not know
 */
export function prepareLike(
  { preprocessing }: { preprocessing: Preprocessing },
  table: Table,
  settings: LikeSettings = {},
): DataSet {
  return allSteps(likeSteps(preprocessing, table, settingsLike(preprocessing, table, settings)));
}

/** All settings of the data that the model and these say together. @throws InputError about a setting, columns that are missing, or several targets */
export function settingsLike(preprocessing: Preprocessing, table: Table, settings: LikeSettings): DataSettings {
  const { features, targets, task, scaling } = preprocessing;
  if (targets.length > 1) {
    throw new InputError(message(preparing, 'targets_several', { columns: targets.map(({ column }) => column) }));
  }
  const [{ column: target }] = targets;
  const names = table.columns.map(({ name }) => name);
  const missing = [...features.map(({ column }) => column), target].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      message(preparing, 'columns_of_model', { source: table.source, columns: missing, names }),
      missing[0],
    );
  }
  const { group, time } = settings.split ?? {};
  const used = new Set([...features.map(({ column }) => column), target, settings.weights, group, time]);
  return checkData({
    ...settings,
    target,
    task: task === 'regression' ? 'regression' : 'classification',
    scaling,
    types: Object.fromEntries(features.map(({ column, kind }): [string, ColumnType] => [column, kind])),
    ignore: names.filter((name) => !used.has(name)),
  });
}

function* likeSteps(preprocessing: Preprocessing, read: Table, wanted: DataSettings) {
  const planned = yield* planTable(read, wanted);
  const { table, settings, target, plan, sets, tiny } = planned;
  const { rows } = plan;
  const { targets, notices } = encodeTargets(preprocessing.targets, table, [target], rows);
  const findings = new Findings();
  const features = yield* encodeSteps(table, rows, preprocessing.features, findings);
  const weights = weighRows(table, plan, sets, settings);
  const data: DataSet = {
    rows: rows.length,
    columns: features.length / rows.length,
    outputs: outputCount(preprocessing.targets),
    features,
    targets,
    ...(weights ? { weights } : {}),
    sets,
    origin: originOf(read, wanted),
    ...(rows.length < table.rows ? { places: Uint32Array.from(rows) } : {}),
    preprocessing,
    featureNames: preprocessing.features.flatMap(featureNames),
    notices: [
      ...plan.notices,
      ...planned.notices,
      ...notices,
      ...findings.notices,
      ...(tiny ? [] : emptyParts(sets, settings.split)),
    ],
  };
  return data;
}
