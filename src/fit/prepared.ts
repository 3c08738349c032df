/** What a fit trains on and is judged by: it follows from the table, the settings and the plan, on every machine alike. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { prepareShared } from '../data/prepare/prepare.ts';
import type { Table } from '../data/table/table.ts';
import { fits } from '../messages/en/training/fits.ts';
import { baselineMetrics, type Metrics } from '../model/metrics.ts';
import { lossFor } from '../spec/answers.ts';
import { checkData } from '../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../spec/data-settings.ts';
import { fitDataDefaults, fitSplit } from '../spec/fit-defaults.ts';
import type { FitPlan, FitSettings } from '../spec/fit-settings.ts';
import type { LossName } from '../spec/settings.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type Folds, foldsOf } from './held-out.ts';

export interface PreparedFit {
  data: DataSet;
  /** Complete. */
  dataSettings: DataSettings;
  settings: FitSettings;
  plan: FitPlan;
  folds: Folds;
  loss: LossName;
  /** Of always giving the same answer, for the held-out rows. */
  baseline: Metrics;
}

/**
 * @param planned makes the plan where the settings have none
 * @throws InputError about a setting, a column or a value
 */
export async function prepareFit(
  table: Table,
  dataSettings: DataSettingsInput,
  settings: FitSettings,
  planned: (data: DataSet, ordered: boolean) => FitPlan | Promise<FitPlan>,
  signal?: AbortSignal,
): Promise<PreparedFit> {
  const used = checkData({
    ...fitDataDefaults(table.columns.length),
    ...dataSettings,
    split: fitSplit(dataSettings.split),
  });
  const shared = await prepareShared(table, used, { signal });
  const { data } = shared;
  if (data.sets.train.length < fewestRows) {
    throw new InputError(
      message(fits, 'fit_rows_too_few', { source: table.source, count: data.sets.train.length, least: fewestRows }),
    );
  }
  const plan = settings.plan ?? (await planned(data, shared.ordered));
  const folds = foldsOf(data, heldOutBy(plan, shared), plan.max_rows);
  const loss = lossFor('auto', data.preprocessing.task);
  const baseline = baselineMetrics({ ...data, sets: { ...data.sets, test: folds.heldOut } }, 'test');
  return { data, dataSettings: used, settings, plan, folds, loss, baseline };
}

/** With fewer, no row could be spared to judge by. */
const fewestRows = 10;

function heldOutBy(plan: FitPlan, { ordered, folds }: Awaited<ReturnType<typeof prepareShared>>): Uint32Array[] {
  if (plan.folds > 1) return folds(plan.folds);
  const parts = folds(Math.round(1 / plan.held_out));
  return [ordered ? parts[parts.length - 1] : parts[0]];
}
