/**
 * The best model by itself: packs of networks with random settings train as populations, one after the other, until the time
 * is up; after each the ensemble is chosen anew from all that have been trained, by their answers for rows that they did not
 * train on. The linear model trains first, as what everything is compared with and as a candidate like any other.
 *
 *   prepared.ts   rows and folds                 plan.ts   folds, width and networks at once, from rows, speed and budget
 *   search.ts     pack after pack                sequence.ts   which packs those are, on one machine or several
 *   space.ts      what is drawn at random        pack.ts   trains a pack on every fold; trained-pack.ts   what comes of it
 *   ensemble.ts   greedy selection, and honest answers for held-out rows        result.ts   scores, calibration, verdict
 */

import type { DataSet } from '../data/prepare/dataset.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import { fits } from '../messages/en/training/fits.ts';
import { checkFit } from '../spec/check.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { FitSettingsInput } from '../spec/fit-settings.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { gainOfMoreRows } from './more-rows.ts';
import { planFit } from './plan.ts';
import { type PreparedFit, prepareFit } from './prepared.ts';
import { type FitProgress, type FitResult, resultOf } from './result.ts';
import { type OwnParts, type SearchOptions, searchPacks } from './search.ts';
import { planWith } from './sequence.ts';

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
export async function fit(
  engine: Engine,
  table: Table,
  options: DataSettingsInput & FitOptions,
  own: OwnParts = {},
): Promise<FitResult> {
  const { minutes, seed, plan: given, progress, signal, ...dataSettings } = options;
  const settings = checkFit({ minutes, seed, plan: given });
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const left = () => Math.max(0.5, 60 * settings.minutes - seconds());
  const planned = (data: DataSet, ordered: boolean) => planFit(engine, data, left(), ordered, own.create);
  const prepared = await prepareFit(table, dataSettings, settings, planned, signal);
  return fitPrepared(engine, prepared, { progress, signal, seconds, own });
}

/** `fit` of rows that are prepared. */
export async function fitPrepared(engine: Engine, prepared: PreparedFit, options: SearchOptions): Promise<FitResult> {
  const { seconds, own = {} } = options;
  const found = await searchPacks(engine, prepared, options);
  const { search, diverged, failed } = found;
  if (search.empty) throw new RunError(message(fits, 'nothing_trained', { diverged }));
  if (!found.engine) throw new Error('an ensemble without an engine');
  const isOver = () => found.after(0.99);
  const more = failed ? undefined : await gainOfMoreRows(engine, prepared.folds, search, isOver, own.create);
  return resultOf({
    ...prepared,
    ...found,
    engine: found.engine,
    more,
    seed: prepared.settings.seed,
    plan: planWith(prepared.plan, found.trained),
    seconds,
  });
}
