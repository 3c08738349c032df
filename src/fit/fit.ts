/**
 * The best model by itself: packs of networks with random settings train as populations, one after the other, until the time
 * is up; after each the ensemble is chosen anew from all that have been trained, by their answers for rows that they did not
 * train on. The linear model trains first, as what everything is compared with and as a candidate like any other.
 *
 *   plan.ts       folds, width and networks at once, from rows, measured speed and budget
 *   space.ts      what is drawn at random        pack.ts   trains a pack on every fold
 *   ensemble.ts   greedy selection, and honest answers for held-out rows        result.ts   scores, calibration, verdict
 */

import { prepareShared } from '../data/prepare/prepare.ts';
import { clipOutputs } from '../data/prepare/preprocessing.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import { fits } from '../messages/en/fits.ts';
import { baselineMetrics } from '../model/metrics.ts';
import { lossFor } from '../spec/answers.ts';
import { checkData, checkFit } from '../spec/check.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import { fitDataDefaults, fitSplit } from '../spec/fit-defaults.ts';
import type { FitPlan, FitSettingsInput } from '../spec/fit-settings.ts';
import { InputError, RunError, saidBy } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { EnsembleSearch } from './ensemble.ts';
import { foldsOf, heldOutMetrics } from './held-out.ts';
import { gainOfMoreRows } from './more-rows.ts';
import { Pack } from './pack.ts';
import { planFit } from './plan.ts';
import { type FitProgress, type FitResult, resultOf } from './result.ts';
import { packSettings } from './space.ts';

export type { FitProgress, FitResult } from './result.ts';

/** How `fit` searches, and who is told. */
export interface FitOptions extends FitSettingsInput {
  /** Called a few times a second, and after each pack of networks. */
  progress?: (progress: FitProgress) => void;
  /** Ends the search: the result is the best so far. Aborted before anything has trained, it is an error. */
  signal?: AbortSignal;
}

/**
 * Looks for the best model of a table until the time is up. Rows of `split.test` (none unless told) are kept out of
 * everything and scored at the end.
 * @throws InputError about a setting, a column or a value; RunError where nothing could be trained
 */
export async function fit(engine: Engine, table: Table, options: DataSettingsInput & FitOptions): Promise<FitResult> {
  const { minutes, seed, plan: given, progress, signal, ...dataSettings } = options;
  const settings = checkFit({ minutes, seed, plan: given });
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const budget = 60 * settings.minutes;
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
  const plan = settings.plan ?? (await planFit(engine, data, Math.max(0.5, budget - seconds()), shared.ordered));
  const folds = foldsOf(data, heldOutBy(plan, shared), plan.max_rows);
  const loss = lossFor('auto', data.preprocessing.task);
  const search = new EnsembleSearch(data, folds, loss);
  const baseline = baselineMetrics({ ...data, sets: { ...data.sets, test: folds.heldOut } }, 'test');
  const rows = folds.sets[0].sets.train.length;
  const done: FitProgress[] = [];
  let [networks, diverged, packs, lastEpochs] = [0, 0, 0, 0];
  let linear: Float32Array | undefined;
  let engineInfo: EngineInfo | undefined;
  let failed: Said | undefined;
  const after = (share: number) => signal?.aborted || (!settings.plan && seconds() > budget * share);
  const over = () => after(1 - reserve);
  let said: FitProgress = { seconds: 0, networks, members: 0, metrics: null, linear: null, baseline };
  const tick = () => progress?.({ ...said, seconds: seconds() });
  const report = () => {
    said = {
      seconds: seconds(),
      networks,
      members: search.members().length,
      metrics: search.empty ? null : heldOutMetrics(search.outputs(), data, folds, loss),
      linear: linear ? heldOutMetrics(linear, data, folds, loss) : null,
      baseline,
    };
    done.push(said);
    progress?.(said);
  };
  for (let number = 0; ; number++) {
    const limit =
      settings.plan && number === (settings.plan.packs ?? 0)
        ? (settings.plan.last_epochs ?? 0)
        : Number.POSITIVE_INFINITY;
    if (limit === 0 || (number > 0 && over())) break;
    const pack = new Pack(engine, folds, packSettings(number, { plan, seed: settings.seed, rows }));
    try {
      // The linear model may take twice the time: without it there would be nothing.
      const isOver = () => over() && (number > 0 || signal?.aborted || seconds() > 2 * budget);
      const whole = await pack.train(isOver, { limit, tick });
      const found = await pack.result();
      engineInfo = await pack.engine();
      search.add(found.candidates);
      const first = number === 0 && search.best();
      if (first) linear = clipOutputs(data.preprocessing, first.outputs);
      networks += found.candidates.length * folds.sets.length;
      diverged += found.diverged;
      if (whole) packs += 1;
      else lastEpochs = pack.epochs;
    } catch (error) {
      // A lost device takes the pack with it, not what was found before.
      if (search.empty || !(error instanceof RunError)) throw error;
      failed = saidBy(error);
    } finally {
      await pack.destroy();
    }
    report();
    if (lastEpochs > 0 || failed) break;
  }
  if (search.empty) throw new RunError(message(fits, 'nothing_trained', { diverged }));
  if (!engineInfo) throw new Error('an ensemble without an engine');
  const more = failed ? undefined : await gainOfMoreRows(engine, folds, search, () => after(0.99));
  return resultOf({
    data,
    dataSettings: used,
    folds,
    search,
    loss,
    linear,
    more,
    baseline,
    engine: engineInfo,
    seed: settings.seed,
    networks,
    diverged,
    failed,
    plan: { ...plan, packs, last_epochs: lastEpochs },
    progress: done,
    seconds,
  });
}

/** With fewer, no row could be spared to judge by. */
const fewestRows = 10;
/** Share of the time that is left for the end: for half of the rows, for choosing and for scoring. */
const reserve = 0.08;

function heldOutBy(plan: FitPlan, { ordered, folds }: Awaited<ReturnType<typeof prepareShared>>): Uint32Array[] {
  if (plan.folds > 1) return folds(plan.folds);
  const parts = folds(Math.round(1 / plan.held_out));
  return [ordered ? parts[parts.length - 1] : parts[0]];
}
