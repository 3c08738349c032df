/** What a fit gives: the model, how good it is on rows that had no say in it, and how to repeat it. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { type Notice, warning } from '../data/table/notices.ts';
import type { EngineInfo } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { fits } from '../messages/en/training/fits.ts';
import { conformalResiduals } from '../model/conformal.ts';
import { atTemperature } from '../model/ensemble.ts';
import { intervalsAt } from '../model/intervals.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel, type Model, type ModelScores, scoreOutputs } from '../model/model.ts';
import { withPredictor } from '../model/predictor.ts';
import { fitTemperature } from '../model/temperature.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import type { FitPlan } from '../spec/fit-settings.ts';
import type { LossName } from '../spec/settings.ts';
import { recordedData } from '../train/recorded-data.ts';
import { message, type Said } from '../util/message.ts';
import type { EnsembleSearch, MemberInputs } from './ensemble.ts';
import { type Folds, heldOutMetrics } from './held-out.ts';
import { type Gain, gainOver, verdictOf } from './verdict.ts';

/** How far a fit is. */
export interface FitProgress {
  /** Since it began. */
  seconds: number;
  /** Networks that have trained to their end. */
  networks: number;
  /** Networks in the ensemble so far. */
  members: number;
  /** Of held-out rows, by the ensemble so far, which was chosen by them: the result has honest scores. Null at first. */
  metrics: Metrics | null;
  /** Of the linear model, on the same rows. */
  linear: Metrics | null;
  /** Of always giving the same answer. */
  baseline: Metrics;
}

export interface FitResult {
  model: Model;
  /** How each member sees numbers. */
  inputs: MemberInputs[];
  /** Of the rows that were held out, in turns or always, by ensembles that were chosen without them. */
  metrics: Metrics;
  /** Of the linear model, on the same rows; null where it could not be trained. */
  linear: Metrics | null;
  /** Of always giving the same answer, on the same rows. */
  baseline: Metrics;
  /** How much smaller the error is than the linear model's. */
  gain: Gain | undefined;
  /** By what share the error fell from half of the rows to all of them; undefined where there was no time to find out. */
  more: number | undefined;
  /** What the scores mean. */
  verdict: Notice[];
  /** Of the rows of `split.test`; null without any. */
  test: ModelScores | null;
  /** The rows that it was found with. */
  data: DataSet;
  /** The settings that made them, complete. */
  dataSettings: DataSettings;
  /** Rows that were held out, and the `outputs` that `metrics` are of: [row, output], in the units trained in. */
  heldOut: { rows: Uint32Array; outputs: Float32Array };
  /** Networks that trained to their end. */
  networks: number;
  /** Networks left out because one of their candidate diverged. */
  diverged: number;
  /** What trained. */
  engine: EngineInfo;
  /** With the seed, it repeats the fit. */
  plan: FitPlan;
  /** How far it was, after each pack of networks. */
  progress: FitProgress[];
  /** What was done to the data, and what went wrong. */
  notices: Notice[];
  /** That it took. */
  seconds: number;
}

export interface Found {
  data: DataSet;
  dataSettings: DataSettings;
  folds: Folds;
  search: EnsembleSearch;
  loss: LossName;
  linear: Float32Array | undefined;
  more: number | undefined;
  baseline: Metrics;
  engine: EngineInfo;
  seed: number;
  networks: number;
  diverged: number;
  /** Why the search ended before its time, if it did. */
  failed: Said | undefined;
  plan: FitPlan;
  progress: FitProgress[];
  seconds: () => number;
}

/** @throws Error where no candidate was found */
export async function resultOf(found: Found): Promise<FitResult> {
  const { data, folds, search, loss, baseline, engine, networks, diverged, plan, progress } = found;
  const honest = search.crossFitted();
  const targets = gatherRows(data.targets, data.outputs, folds.heldOut);
  const calibration =
    data.preprocessing.task === 'regression'
      ? conformalResiduals(honest, targets, data.outputs)
      : fitTemperature(honest, targets, data.outputs);
  const outputs = calibration.kind === 'temperature' ? atTemperature(calibration.temperature, honest) : honest;
  const metrics = heldOutMetrics(outputs, data, folds, loss);
  const linear = found.linear ? heldOutMetrics(found.linear, data, folds, loss) : null;
  const gain = found.linear && gainOver(found.linear, outputs, data, folds, loss);
  const model = createModel({
    members: search.members(),
    preprocessing: data.preprocessing,
    calibration,
    origin: {
      engine: engine.kind,
      adapter: engine.adapter,
      fit: { seed: found.seed, plan },
      metrics: { held_out: metrics },
      data: await recordedData(data),
    },
  });
  return {
    model,
    inputs: search.inputs(),
    metrics,
    linear,
    baseline,
    gain,
    test: data.sets.test.length > 0 ? await testMetrics(model, data) : null,
    verdict: verdictOf({ metrics, linear, baseline, gain, more: found.more }),
    more: found.more,
    data,
    dataSettings: found.dataSettings,
    heldOut: { rows: folds.heldOut, outputs },
    networks,
    diverged,
    engine,
    plan,
    progress,
    notices: [
      ...data.notices,
      ...(diverged > 0 ? [warning(message(fits, 'some_diverged', { count: diverged }))] : []),
      ...(found.failed ? [warning(message(fits, 'search_failed', { why: found.failed }))] : []),
    ],
    seconds: found.seconds(),
  };
}

async function testMetrics(model: Model, { features, columns, targets, outputs, sets }: DataSet): Promise<ModelScores> {
  const { test } = sets;
  const own = gatherRows(features, columns, test);
  const answers = await withPredictor(model, (predictor) => predictor.outputs(own, test.length));
  return scoreOutputs(model, answers, gatherRows(targets, outputs, test), intervalsAt(model));
}
