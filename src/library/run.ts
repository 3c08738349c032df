/** A run as programs use it: it ends with a signal, tells of its epochs, and takes losses and metrics of their own. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { RowSet } from '../engine/engine.ts';
import { library } from '../messages/en/library.ts';
import type { Metrics } from '../model/metrics.ts';
import type { ModelData } from '../model/model-data.ts';
import type { PlannedChange } from '../spec/changes.ts';
import type { RunCheckpoint } from '../train/checkpoint.ts';
import { outputsOf } from '../train/scoring.ts';
import { type EpochRecord, type OwnFunctions, Run as TrainingRun } from '../train/trainer.ts';
import type { Score } from '../train/training-loop.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type CustomLoss, engineLoss } from './custom-loss.ts';
import { type CustomMetrics, customMetrics } from './custom-metrics.ts';
import { type Model, modelOf } from './model.ts';

/** What a run may be given beside its settings; none of it is in its files. */
export interface RunOptions {
  /**
   * Stops the run, which keeps what it has learned. Where that is nothing, `model` rejects with the signal's reason.
   */
  signal?: AbortSignal;
  /** Told the first trial's record of each epoch, however the run is trained. Training waits for it. */
  onEpoch?: (record: EpochRecord) => void | Promise<void>;
  /** In the place of `training.loss`; engines on the CPU alone. */
  loss?: CustomLoss;
  /** By their names: `custom` of records and metrics has them. */
  metrics?: CustomMetrics;
  /** What early stopping goes by in the place of a loss: one of `metrics`. */
  monitor?: Monitor;
}

/** What early stopping goes by, in the place of a loss. */
export interface Monitor {
  /** The name of one of `metrics`. */
  metric: string;
  /** Whether the lowest or the highest is the best; `min` unless given. */
  mode?: 'min' | 'max';
}

/** What `train` may be given beside its settings. */
export interface TrainOptions extends RunOptions {
  /**
   * Settings to change at their steps: `trials[0]` of a run has its `initial` settings and its `changes`, which repeat
   * it.
   */
  changes?: readonly PlannedChange[];
  /** `planCode` of another run, to have its bits. */
  planCode?: string;
}

/**
 * A run as it is, to go on from: see `resumeRun`. Plain data that can be stored or sent, but for its arrays not as
 * JSON.
 */
export interface Checkpoint extends RunCheckpoint {
  /** The name of the loss, where that is your own. */
  custom_loss?: string;
}

/** Metrics of a set of rows, with those of your own under `custom`. */
export type MetricsWithOwn = Metrics & { custom?: Record<string, number> };

type Given = ConstructorParameters<typeof TrainingRun>;

/**
 * A training run, as `train` gives it. It trains while it is asked to: by iterating over it, or by `model`, `epoch` or
 * `steps`.
 */
export class Run extends TrainingRun {
  /** What it was given beside its settings. */
  readonly options: RunOptions;
  #told: number;
  readonly #abort = () => this.stop();

  constructor(options: RunOptions, ...[engine, data, settings, start]: Given) {
    super(engine, data, settings, start, ownFunctions(options, data));
    this.options = options;
    this.#told = this.history.length;
    checkOptions(options, this, (start?.refitEpochs ?? []).length > 0);
    const { signal } = options;
    if (signal?.aborted) this.stop();
    else signal?.addEventListener('abort', this.#abort, { once: true });
  }

  override async epoch(): Promise<boolean> {
    const more = await super.epoch();
    await this.#tell();
    return more;
  }

  override async steps(count: number): Promise<void> {
    await super.steps(count);
    await this.#tell();
  }

  /**
   * The trained network; trains to the end first if the run has not ended.
   * @param trial of a population, by its number
   * @throws the signal's reason where that ended the run before its first epoch; RunError where memory or the device is
   * lost
   */
  override async model(trial = 0): Promise<Model> {
    while (await this.epoch());
    if (this.history.length === 0) this.options.signal?.throwIfAborted();
    return this.snapshot(trial);
  }

  override async snapshot(trial = 0): Promise<Model> {
    return modelOf(await this.modelData(trial));
  }

  override async modelData(trial = 0): Promise<ModelData> {
    const data = await super.modelData(trial);
    const { loss } = this.options;
    return loss ? { ...data, origin: { ...data.origin, custom_loss: loss.name } } : data;
  }

  override async metrics(set: RowSet, trial = 0): Promise<MetricsWithOwn | null> {
    return (await this.metricsOfAll(set))?.[trial] ?? null;
  }

  override async metricsOfAll(set: RowSet): Promise<MetricsWithOwn[] | null> {
    const all = await super.metricsOfAll(set);
    const { metrics } = this.options;
    if (!all || !metrics) return all;
    const outputs = await outputsOf(
      { trials: all.length, predict: (features, rows) => this.predict(features, rows) },
      this.data,
      set,
    );
    const { loss } = this.trials[0].trial.training;
    return all.map((own, trial) => ({ ...own, custom: customMetrics(metrics, outputs[trial], this.data, set, loss) }));
  }

  override async checkpoint(): Promise<Checkpoint> {
    const { loss } = this.options;
    return { ...(await super.checkpoint()), ...(loss ? { custom_loss: loss.name } : {}) };
  }

  override stop(): void {
    this.#unlisten();
    super.stop();
  }

  override destroy(): Promise<void> {
    this.#unlisten();
    return super.destroy();
  }

  /** Signals may outlive many runs. */
  #unlisten(): void {
    this.options.signal?.removeEventListener('abort', this.#abort);
  }

  /** Once of each epoch. */
  async #tell(): Promise<void> {
    this.#explain();
    const { onEpoch } = this.options;
    if (this.outcome) this.#unlisten();
    const untold = this.history.slice(this.#told);
    this.#told = this.history.length;
    for (const record of untold) await onEpoch?.(record);
  }

  /** Early stopping went by a metric, and no loss. */
  #explain(): void {
    const { monitor } = this.options;
    if (!monitor) return;
    for (const { outcome, history, trial } of this.trials) {
      if (outcome?.code !== 'ended_early') continue;
      const { patience = 0 } = trial.training.early_stopping || {};
      const said = { epoch: history.length, epochs: patience, name: monitor.metric };
      const { text: explanation, code, params } = message(library, 'ended_early_metric', said);
      Object.assign(outcome, { explanation, code, params });
    }
  }
}

function ownFunctions({ loss, metrics, monitor }: RunOptions, data: DataSet): OwnFunctions {
  return {
    ...(loss ? { loss: engineLoss(loss) } : {}),
    ...(metrics && data.sets.validation.length > 0 ? { score: scoreBy(metrics, monitor, data) } : {}),
  };
}

/** Adds the metrics to the records of an epoch. */
function scoreBy(metrics: CustomMetrics, monitor: Monitor | undefined, data: DataSet): Score {
  return async (population, records, loss) => {
    const outputs = await outputsOf(population, data, 'validation');
    records.forEach((record, trial) => {
      record.custom = customMetrics(metrics, outputs[trial], data, 'validation', loss);
      if (!monitor) return;
      const value = record.custom[monitor.metric];
      record.monitored = monitor.mode === 'max' ? -value : value;
    });
  };
}

/** @throws InputError about options that do not go together */
function checkOptions(
  { loss, metrics = {}, monitor }: RunOptions,
  { trials, data }: TrainingRun,
  refit: boolean,
): void {
  if (loss && trials.some(({ trial }) => trial.training.label_smoothing > 0)) {
    throw new InputError(message(library, 'loss_smoothed', { name: loss.name }), 'training.label_smoothing');
  }
  if (!monitor) return;
  const names = Object.keys(metrics);
  if (!names.includes(monitor.metric)) {
    throw new InputError(message(library, 'monitor_unknown', { name: monitor.metric, names }), 'monitor');
  }
  if (refit) return;
  if (trials.some(({ trial }) => !trial.training.early_stopping)) {
    throw new InputError(message(library, 'monitor_idle', { setting: 'training.early_stopping' }), 'monitor');
  }
  if (data.sets.validation.length === 0) throw new InputError(message(library, 'monitor_blind'), 'monitor');
}
