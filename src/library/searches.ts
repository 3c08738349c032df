/** The long searches and what is asked of a model, with rows in and models out as programs use them. Loaded when first called. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine, RowSet } from '../engine/engine.ts';
import { type FitOptions, type FitResult as Fitted, fit as fitTable } from '../fit/fit.ts';
import { library } from '../messages/en/library.ts';
import type { ModelData } from '../model/model-data.ts';
import { lossFor } from '../spec/answers.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import { type WinnerAverage as Average, type AverageOptions, averageWinner as averageOf } from '../sweep/average.ts';
import type { SweepInput } from '../sweep/definition/definition.ts';
import type { SweepResult as Swept, TrialResult } from '../sweep/results/types.ts';
import { type SweepOptions as SweepChoices, sweep as sweepOf } from '../sweep/sweep.ts';
import {
  modelDependence as dependenceOf,
  type ExplainOptions,
  type ExplanationOptions,
  modelExplanations as explanationsOf,
  modelImportance as importanceOf,
  type ModelDependence,
  type ModelExplanations,
  type ModelImportance,
} from '../train/explain/explain.ts';
import type { CreateRun } from '../train/trainer.ts';
import { InputError, RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type CustomLoss, outputError } from './custom-loss.ts';
import { type CustomMetrics, customMetrics } from './custom-metrics.ts';
import { featuresOf, type Model, modelOf } from './model.ts';
import { type RowOptions, type Rows, tableOf } from './rows.ts';
import { type MetricsWithOwn, Run, type RunOptions } from './run.ts';

/** What `fit` may be given beside its settings. */
export type FitFunctions = Pick<RunOptions, 'loss' | 'metrics'>;

/** What `sweep` may be given beside its settings. A store does not go with a loss or metrics of your own. */
export interface SweepOptions extends SweepChoices, Pick<RunOptions, 'loss' | 'metrics' | 'monitor'> {}

/** What `fit` gives: the model, how good it is on rows that had no say in it, and how to repeat it. */
export interface FitResult extends Fitted {
  /** An ensemble that predicts as one model. */
  model: Model;
  /** Of the rows that were held out, in turns or always, by ensembles that were chosen without them; `custom` are metrics of your own. */
  metrics: MetricsWithOwn;
}

/** One trial of a sweep. */
export interface SweptTrial extends TrialResult {
  /** At the epoch that it kept; `custom` are metrics of your own. */
  metrics: Record<RowSet, MetricsWithOwn | null>;
}

/** What `sweep` gives. */
export interface SweepResult extends Swept {
  /** In the order of combinations, then seeds, then folds. */
  trials: SweptTrial[];
  /** The loss of your own that its trials were trained with; `averageWinner` trains with it again. */
  loss?: CustomLoss;
  /** The best `trial` of the best configuration, by the same metric, as an index into `trials`, and its `model`. */
  best: { trial: number; model: Model };
}

/** What `averageWinner` gives. */
export interface WinnerAverage extends Average {
  /** The average of the networks. */
  model: Model;
}

export async function fit(
  engine: Engine,
  rows: Table | Rows,
  { header, ...options }: DataSettingsInput & FitOptions & RowOptions,
  { loss, metrics }: FitFunctions = {},
): Promise<FitResult> {
  try {
    const found = await fitTable(engine, tableOf(rows, { header }), options, {
      create: (...given) => new Run({ loss }, ...given),
      ...(loss ? { error: outputError(loss) } : {}),
    });
    const custom = metrics && heldOutMetrics(metrics, found);
    return {
      ...found,
      metrics: { ...found.metrics, ...(custom ? { custom } : {}) },
      model: modelOf(withLossName(found.model, loss)),
    };
  } catch (error) {
    // With nothing to keep, the signal's reason is what there is to say.
    if (error instanceof RunError && error.code === 'nothing_trained') options.signal?.throwIfAborted();
    throw error;
  }
}

export async function sweep(
  engine: Engine,
  data: DataSet | DataSet[],
  settings: SweepInput,
  { loss, metrics, monitor, ...options }: SweepOptions = {},
): Promise<SweepResult> {
  if (options.store && (loss || metrics)) {
    throw new InputError(message(library, 'store_own', { option: 'store', name: loss ? 'loss' : 'metrics' }), 'store');
  }
  const create: CreateRun<Run> = (...given) => new Run({ loss, metrics, monitor }, ...given);
  const swept = await sweepOf(engine, data, settings, options, create);
  return { ...swept, best: { ...swept.best, model: modelOf(swept.best.model) }, ...(loss ? { loss } : {}) };
}

export async function averageWinner(
  engine: Engine,
  data: DataSet,
  swept: SweepResult,
  options?: AverageOptions,
): Promise<WinnerAverage> {
  const { loss } = swept;
  const average = await averageOf(engine, data, swept, options, (...given) => new Run({ loss }, ...given));
  return { ...average, model: modelOf(withLossName(average.model, loss)) };
}

function withLossName(model: ModelData, loss: CustomLoss | undefined): ModelData {
  return loss ? { ...model, origin: { ...model.origin, custom_loss: loss.name } } : model;
}

function heldOutMetrics(metrics: CustomMetrics, { data, heldOut }: Fitted): Record<string, number> {
  const sets = { ...data.sets, test: heldOut.rows };
  const loss = lossFor('auto', data.preprocessing.task);
  return customMetrics(metrics, heldOut.outputs, { ...data, sets }, 'test', loss);
}

export function modelImportance(
  model: ModelData,
  rows: Table | Rows,
  { header, ...options }: ExplainOptions & RowOptions = {},
): Promise<ModelImportance> {
  return importanceOf(model, tableOf(rows, { header }, model.preprocessing), options);
}

export function modelDependence(
  model: ModelData,
  rows: Table | Rows,
  column: string,
  { header, ...options }: ExplainOptions & RowOptions = {},
): Promise<ModelDependence> {
  return dependenceOf(model, tableOf(rows, { header }, model.preprocessing), column, options);
}

export function modelExplanations(
  model: ModelData,
  rows: Table | Rows,
  { header, background, ...options }: RowExplanationOptions = {},
): Promise<ModelExplanations> {
  const columns = featuresOf(model);
  const table = tableOf(rows, { header }, columns);
  const compared = background && tableOf(background, { header }, columns);
  return explanationsOf(model, table, compared ? { ...options, background: compared } : options);
}

/** Which rows `modelExplanations` explains, and what it compares them with. */
export interface RowExplanationOptions extends Omit<ExplanationOptions, 'background'>, RowOptions {
  /** Rows like those of the training, with or without answers, to compare with; the rows themselves unless given. */
  background?: Table | Rows;
}
