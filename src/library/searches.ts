/** The long searches and what is asked of a model, with rows in and models out as programs use them. Loaded when first called. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import { type FitOptions, type FitResult as Fitted, fit as fitTable } from '../fit/fit.ts';
import type { ModelData } from '../model/model-data.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import { type WinnerAverage as Average, type AverageOptions, averageWinner as averageOf } from '../sweep/average.ts';
import type { SweepInput } from '../sweep/definition.ts';
import { type SweepOptions, sweep as sweepOf } from '../sweep/sweep.ts';
import type { SweepResult as Swept } from '../sweep/types.ts';
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
import { RunError } from '../util/errors.ts';
import { featuresOf, type Model, modelOf } from './model.ts';
import { type RowOptions, type Rows, tableOf } from './rows.ts';

/** What `fit` gives: the model, how good it is on rows that had no say in it, and how to repeat it. */
export interface FitResult extends Fitted {
  /** An ensemble that predicts as one model. */
  model: Model;
}

/** What `sweep` gives. */
export interface SweepResult extends Swept {
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
): Promise<FitResult> {
  try {
    const found = await fitTable(engine, tableOf(rows, { header }), options);
    return { ...found, model: modelOf(found.model) };
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
  options?: SweepOptions,
): Promise<SweepResult> {
  const swept = await sweepOf(engine, data, settings, options);
  return { ...swept, best: { ...swept.best, model: modelOf(swept.best.model) } };
}

export async function averageWinner(
  engine: Engine,
  data: DataSet,
  swept: SweepResult,
  options?: AverageOptions,
): Promise<WinnerAverage> {
  const average = await averageOf(engine, data, swept, options);
  return { ...average, model: modelOf(average.model) };
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
