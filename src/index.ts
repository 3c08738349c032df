/** The public API of the library, and nothing else. `docs/` and the README show it in use. */
export { type CsvOptions, readCsv } from './data/csv.ts';
export type { DataSet, Preprocessing } from './data/dataset.ts';
export { type GenerateSettings, type GeneratorName, generate } from './data/generate.ts';
export type { Notice } from './data/notices.ts';
export { prepare, prepareFolds } from './data/prepare.ts';
export { summarize, type TableSummary } from './data/summary.ts';
export type { Column, Table } from './data/table.ts';
export type { Calibration } from './engine/calibration.ts';
export type { Engine, EngineData, Population } from './engine/engine.ts';
export type { LayerShape } from './engine/parameters.ts';
export { requestEngine } from './engine/request.ts';
export type { DataSettingsInput } from './spec/data-settings.ts';
export { InputError, RunError } from './spec/errors.ts';
export type { Trial, TrialInput } from './spec/settings.ts';
export type { Sweep, SweepInput } from './sweep/definition.ts';
export type { Leader } from './sweep/leaderboard.ts';
export type { SweepStore } from './sweep/store.ts';
export type { SweepOptions, SweepProgress, SweepResult, TrialResult } from './sweep/sweep.ts';
export type { RunCheckpoint } from './train/checkpoint.ts';
export type { ClassMetrics, ClassScores } from './train/class-metrics.ts';
export type { EpochMetrics, Metrics, RegressionMetrics } from './train/metrics.ts';
export { loadModel, type Model, saveModel } from './train/model.ts';
export {
  type EpochRecord,
  type LiveChanges,
  type MadeChange,
  type PlannedChange,
  type Run,
  resumeRun,
  type StopReason,
  train,
} from './train/trainer.ts';

/**
 * Trains every combination of a sweep with its seeds and folds as populations. Its code is loaded when it is first called.
 * @param folds a data set for each fold (see `prepareFolds`), or the only one
 * @throws InputError about the sweep's settings, naming the combination, or where the store holds another sweep
 */
export const sweep: typeof import('./sweep/sweep.ts')['sweep'] = async (...given) =>
  (await import('./sweep/sweep.ts')).sweep(...given);
