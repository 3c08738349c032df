/** The public API of the library, and nothing else. `docs/library.md` and the README show it in use. */

export type { DataSet, Preprocessing } from './data/prepare/dataset.ts';
export { type GenerateSettings, type GeneratorName, generate } from './data/prepare/generate.ts';
export type { LikeSettings } from './data/prepare/like.ts';
export { summarize, type TableSummary } from './data/prepare/summary.ts';
export { type CsvOptions, readCsv } from './data/read/csv.ts';
export type { Notice } from './data/table/notices.ts';
export type { Column, Table } from './data/table/table.ts';
export { createTrainer, type Trainer, type TrainerOptions, type TrainerState } from './embed/trainer.ts';
export type { Calibration } from './engine/calibration.ts';
export type { Engine, EngineData, EngineInfo, Population } from './engine/engine.ts';
export type { LayerShape } from './engine/parameters.ts';
export { requestEngine } from './engine/request.ts';

import type { ExportOptions } from './export/description.ts';
import type { PyTorchFiles } from './export/pytorch/pytorch.ts';
import type { ModelData } from './model/model-data.ts';

export type { ExportedFile, ExportOptions, ModelDescription } from './export/description.ts';
export type { ExportFormat } from './export/formats.ts';
export type { PyTorchFiles } from './export/pytorch/pytorch.ts';
export type { FitOptions, FitProgress } from './fit/fit.ts';
export type { Gain } from './fit/verdict.ts';
export type { CustomLoss, OutputLoss, RowLoss } from './library/custom-loss.ts';
export type { Answer, CustomMetric, CustomMetrics } from './library/custom-metrics.ts';
export { InputError, type MessageCode, type MessageParams, RunError } from './library/errors.ts';
export { loadModel, loadSequential, type Model } from './library/model.ts';
export type { ClassPrediction, NumberPrediction, Prediction, TargetsPrediction } from './library/predictions.ts';
export { createPredictor, type Predictor, type PredictorOptions } from './library/predictor.ts';
export { prepare, prepareAsync, prepareFolds, prepareLike } from './library/prepare.ts';
export type { CellValue, RowOptions, Rows } from './library/rows.ts';
export type { Checkpoint as RunCheckpoint, Monitor, Run, RunOptions, TrainOptions } from './library/run.ts';
export type {
  FitFunctions,
  FitResult,
  RowExplanationOptions as ExplanationOptions,
  SweepOptions,
  SweepResult,
  SweptTrial,
  WinnerAverage,
} from './library/searches.ts';
export { refit, resumeRun, type TrainSettings, train, trainPopulation } from './library/train.ts';
export type { ClassMetrics, ClassScores } from './model/class-metrics.ts';
export type { NetworkColumns } from './model/file/sequential.ts';
export type { EpochMetrics, Metrics, RegressionMetrics } from './model/metrics.ts';
export { saveModel } from './model/model.ts';
export type { Member, ModelCalibration, ModelData } from './model/model-data.ts';
export type { DataSettingsInput } from './spec/data-settings.ts';
export type { FitPlan } from './spec/fit-settings.ts';
export type { Trial, TrialInput } from './spec/settings.ts';
export type { AverageOptions, Estimate } from './sweep/average.ts';
export type { Sweep, SweepInput } from './sweep/definition/definition.ts';
export type { LeaderboardEntry as Leader, TrialResult } from './sweep/results/types.ts';
export type { SweepProgress } from './sweep/schedule/progress.ts';
export type { SweepStore } from './sweep/store/store.ts';
export type {
  ExplainOptions,
  ModelDependence,
  ModelExplanations,
  ModelImportance,
} from './train/explain/explain.ts';
export type { AnswerExplanation, Contribution } from './train/explain/shapley.ts';
export { fineTuning } from './train/fine-tune.ts';
export type { EpochRecord, LiveChanges, MadeChange, PlannedChange, StopReason } from './train/trainer.ts';

/**
 * Trains every combination of a sweep with its seeds and folds, as populations: many networks in one program. Its code
 * is loaded when it is first called.
 * @param engine what trains
 * @param data from `prepare`, or a data set for each fold from `prepareFolds`
 * @param settings what to try: a grid, draws at random, seeds, folds, successive halving
 * @param options a signal, who is told of the progress, a store to resume from, and a loss and metrics of your own
 * @throws InputError about the sweep's settings, naming the combination, or where the store holds another sweep
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const data = prepare(generate('moons'), { target: 'class' });
 * const base = { 'training.epochs': 10 };
 * const swept = await sweep(engine, data, { base, grid: { 'model.activation': ['relu', 'tanh'] }, seeds: 3 });
 * console.log(swept.trials.length, swept.leaderboard.length); // 6 2
 * ```
 */
export const sweep: typeof import('./library/searches.ts')['sweep'] = async (...given) =>
  (await import('./library/searches.ts')).sweep(...given);

/**
 * Trains the seeds and folds of a sweep's best combination again on all rows, each for the epochs that it had kept, and
 * averages them: one model. Its code is loaded when it is first called.
 * @param engine what trains
 * @param data the whole table, with `split: { train: 1 }`
 * @param swept what `sweep` gave
 * @param options a signal, and who is told of the progress
 * @throws RunError where there is nothing to average; the signal's reason
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const moons = generate('moons');
 * const sweeping = { base: { 'training.epochs': 10 }, grid: { 'model.hidden': [[8], [16]] }, seeds: 3 };
 * const swept = await sweep(engine, prepare(moons, { target: 'class' }), sweeping);
 * const { model, epochs } = await averageWinner(engine, prepare(moons, { target: 'class', split: { train: 1 } }),
 * swept);
 * console.log(epochs.length); // 3
 * ```
 */
export const averageWinner: typeof import('./library/searches.ts')['averageWinner'] = async (...given) =>
  (await import('./library/searches.ts')).averageWinner(...given);

/**
 * Looks for the best model of a table or rows until the time is up: an ensemble that predicts as one model, with
 * calibrated probabilities or intervals. Rows of `split.test` (none unless given) are kept out of everything and scored
 * at the end. Its code is loaded when it is first called.
 * @param engine what trains
 * @param rows a table, or rows as objects or arrays
 * @param options the `target`, how the data is prepared, `minutes`, `seed`, and the `plan` of an earlier result to
 * repeat it
 * @param functions a loss and metrics of your own
 * @throws InputError about a setting, a column or a value; RunError where nothing could be trained; the signal's reason
 * where that came before there was anything to keep
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const best = await fit(engine, generate('moons'), { target: 'class', minutes: 0.01 });
 * console.log(best.metrics.accuracy > 0.8); // true
 * ```
 */
export const fit: typeof import('./library/searches.ts')['fit'] = async (...given) =>
  (await import('./library/searches.ts')).fit(...given);

/**
 * How much worse a model does when one column is shuffled, for each column (permutation importance, Breiman 2001), by
 * up to 2,000 rows with known answers. Its code is loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param rows a table, or rows as objects or arrays, with the target
 * @param options a signal, and who is told of the progress
 * @throws InputError about a column or a value, and where fewer than two rows have an answer
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const moons = generate('moons');
 * const model = await train(engine, moons, { target: 'class', training: { epochs: 20 } }).model();
 * const { columns } = await modelImportance(model, moons);
 * console.log(columns.length); // 2
 * ```
 */
export const modelImportance: typeof import('./library/searches.ts')['modelImportance'] = async (...given) =>
  (await import('./library/searches.ts')).modelImportance(...given);

/**
 * The mean answer of a model when a column is set to a value in every row (partial dependence, Friedman 2001), for
 * values over its range, and the answers for single rows (individual conditional expectation). Its code is loaded when
 * it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param rows a table, or rows as objects or arrays; the target is not needed
 * @param column the one that is set
 * @param options a signal, and who is told of the progress
 * @throws InputError about a column or a value, and where the model has not learned from the column
 */
export const modelDependence: typeof import('./library/searches.ts')['modelDependence'] = async (...given) =>
  (await import('./library/searches.ts')).modelDependence(...given);

/**
 * What each column contributes to the predictions of a model for rows, against its mean prediction for a background:
 * Shapley values by sampled permutations, with their standard errors. Base and contributions add up to the prediction.
 * Its code is loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param rows a table, or rows as objects or arrays; the target is not needed
 * @param options which rows, and what they are compared with
 * @throws InputError about a column or a value, and where there is no row to compare with
 */
export const modelExplanations: typeof import('./library/searches.ts')['modelExplanations'] = async (...given) =>
  (await import('./library/searches.ts')).modelExplanations(...given);

/**
 * The files of a model for other programs: columns as they are in the table go in, answers in original units or class
 * names come out. Its code is loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param format which one; docs/export.md has each of them
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had, or the format cannot hold the model
 */
export const exportModel: typeof import('./export/formats.ts')['exportModel'] = async (...given) =>
  (await import('./export/formats.ts')).exportModel(...given);

/**
 * The bytes of an .onnx file of a model, for ONNX Runtime and other programs: docs/export.md. Its code is loaded when
 * it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const model = await train(engine, generate('curve'), { target: 'y', training: { epochs: 5 } }).model();
 * const bytes = await toOnnx(model);
 * console.log(bytes.length > 1000); // true
 * ```
 */
export async function toOnnx(model: ModelData, options?: ExportOptions): Promise<Uint8Array<ArrayBuffer>> {
  return (await import('./export/onnx/onnx.ts')).toOnnx(model, options);
}

/**
 * A model as the text of one ES module without dependencies, whose `predict` takes rows as objects. Its code is loaded
 * when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had
 */
export async function toJavaScript(model: ModelData, options?: ExportOptions): Promise<string> {
  return (await import('./export/javascript/javascript.ts')).toJavaScript(model, options);
}

/**
 * A model as the text of one header of C99 that allocates nothing. Its code is loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had
 */
export async function toC(model: ModelData, options?: ExportOptions): Promise<string> {
  return (await import('./export/c/c.ts')).toC(model, options);
}

/**
 * A model as an `nn.Module` of PyTorch with a loop that goes on training it: three files of a folder. Its code is
 * loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had
 */
export async function toPyTorch(model: ModelData, options?: ExportOptions): Promise<PyTorchFiles> {
  return (await import('./export/pytorch/pytorch.ts')).toPyTorch(model, options);
}

/**
 * What can be said of a model from its file, as Markdown: columns, splits, scores, calibration, limits, how to repeat
 * it. Its code is loaded when it is first called.
 * @param model from a run, `fit`, `sweep` or a file
 * @param options the level of intervals
 * @throws InputError where the level of intervals that was asked for cannot be had
 */
export async function toModelCard(model: ModelData, options?: ExportOptions): Promise<string> {
  return (await import('./export/card/card.ts')).toModelCard(model, options);
}
