/**
 * A training run, from first step to last. The page, the command line, sweeps and tests all train through it. Read it first.
 *
 *   start      checks the settings, draws initial parameters, and lets the engine create a population of P trials
 *   each epoch trains one pass over the training rows, in slices cut by measured time; evaluates the validation rows, adds a
 *              record to each trial, and lets `checkStopping` decide whether to continue (`training-loop.ts`)
 *   end        restores the parameters to keep; `model()` returns the trained network as plain data
 *
 * `train` runs one trial, `trainPopulation` many of one shape at once; one trial is a population of one.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import {
  asyncDispose,
  type CustomLoss,
  type Engine,
  type EngineInfo,
  type Population,
  type RowSet,
} from '../engine/engine.ts';
import { type LayerShape, parameterCount } from '../engine/parameters.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel, type Model } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import type { LiveChanges, PlannedChange } from '../spec/changes.ts';
import type { TrialInput } from '../spec/settings.ts';
import type { Said } from '../util/message.ts';
import { type RunCheckpoint, takeCheckpoint } from './checkpoint.ts';
import type { EpochRecord, Outcome, TrialProgress } from './progress.ts';
import { modelDataOf } from './run-model.ts';
import { RunPopulation } from './run-population.ts';
import { metricsOfPopulation } from './scoring.ts';
import { type RunStart, startTrials } from './start.ts';
import { type Score, TrainingLoop } from './training-loop.ts';
import { createPopulation, populationShape } from './trials.ts';

export type { LiveChanges, MadeChange, PlannedChange } from '../spec/changes.ts';
export type { EpochRecord, Outcome, TrialProgress } from './progress.ts';
export type { StopReason } from './stopping.ts';

/**
 * Starts nothing yet: iterate over the run, or call `steps`.
 * @param settings what is left out takes its default; hidden layers, batch size and epochs follow from the rows
 * @param changes settings to change at their steps: `trials[0]` of a run has its `initial` settings and its `changes`, which
 * together repeat it
 * @param planCode of another run, to have its bits (see `planCode`)
 */
export function train(
  engine: Engine,
  data: DataSet,
  settings: TrialInput = {},
  changes: readonly PlannedChange[] = [],
  planCode?: string,
): Run {
  return new Run(engine, data, [settings], { planned: changes, planCode });
}

/** Many trials that share shape and loss, trained together. */
export function trainPopulation(engine: Engine, data: DataSet, settings: TrialInput[]): Run {
  return new Run(engine, data, settings);
}

/** What the caller does in functions of its own: no file holds them. */
export interface OwnFunctions {
  loss?: CustomLoss;
  /** Told at the end of each epoch, to add to the records of its trials. */
  score?: Score;
}

export class Run implements AsyncIterable<EpochRecord>, AsyncDisposable {
  /** Of every trial, first to last. */
  readonly layers: LayerShape[];
  /** Of each trial: settings, records, changes, how it ended. */
  readonly trials: TrialProgress[];
  /** What is trained on. */
  readonly data: DataSet;
  /** What it was given to train with. */
  readonly engine: Engine;

  readonly #population: RunPopulation;
  readonly #loop: TrainingLoop;
  readonly #planCode: string | undefined;
  readonly #customLoss: CustomLoss | undefined;

  constructor(
    engine: Engine,
    data: DataSet,
    settings: TrialInput[],
    start: RunStart = {},
    { loss, score }: OwnFunctions = {},
  ) {
    const { trials, layers } = startTrials(data, settings, start);
    this.engine = engine;
    this.data = data;
    this.trials = trials;
    this.layers = layers;
    this.#planCode = start.planCode;
    this.#customLoss = loss;
    this.#loop = new TrainingLoop(data, trials, start.from, score);
    const from = start.from?.population;
    this.#population = new RunPopulation(() =>
      createPopulation(engine, data, layers, this.#settings, from, start.planCode, loss),
    );
  }

  /** Of each trial, as they are now. */
  get #settings() {
    return this.trials.map(({ trial }) => trial);
  }

  /** Weights and biases of one trial. */
  get parameterCount(): number {
    return parameterCount(this.layers);
  }

  /** Records of the first trial. */
  get history(): readonly EpochRecord[] {
    return this.trials[0].history;
  }

  /** How the first trial ended; undefined while it has not. */
  get outcome(): Outcome | undefined {
    return this.trials[0].outcome;
  }

  /** The epoch whose parameters the first trial has: once it has ended, that of the parameters kept. */
  get weightsEpoch(): number {
    return this.outcome?.kept_epoch ?? this.history.length;
  }

  /** Passes over the training rows that are done. */
  get epochsDone(): number {
    return this.#loop.epoch.epochs;
  }

  /** Steps trained so far; moves about twice a second in long epochs. */
  get stepsDone(): number {
    return this.#loop.epoch.steps;
  }

  /** Whether it is held by `pause`. */
  get paused(): boolean {
    return this.#loop.control.paused;
  }

  /**
   * About how many bytes of memory it will need. Nothing is allocated.
   * @param others bytes that other runs will need beside it
   * @throws InputError where there are not so many, with what would fit
   */
  memory(others?: number): number {
    const { data, layers } = this;
    return this.engine.memoryFor(data, populationShape(data, layers, this.#settings, this.#customLoss), others);
  }

  /** The engine that trains it: where `auto` was asked for, the one that it took. */
  async engineInfo(): Promise<EngineInfo> {
    return (await this.#population.ready()).engine;
  }

  /** The plan the engine chose. */
  async plan(): Promise<string> {
    return (await this.#population.ready()).plan;
  }

  /**
   * What decides the run's bits beside its settings: with it another run has the same, on the same machine. Of a run that
   * was not given one: once it has its plan, and whole once it has evaluated anything.
   */
  get planCode(): string | undefined {
    return this.#population.created?.planCode ?? this.#planCode;
  }

  /** Why it chose that plan. */
  async planWhy(): Promise<Said> {
    return (await this.#population.ready()).why;
  }

  /**
   * Trains, and yields the first trial's record of each epoch, until every trial has ended. Whoever leaves the loop stops the
   * run: what was learned stays.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<EpochRecord> {
    try {
      while (await this.epoch()) {
        const record = this.history.at(-1);
        if (record && record.number === this.#loop.epoch.epochs) yield record;
      }
    } finally {
      if (this.#loop.liveTrials.length > 0) this.stop();
    }
  }

  /**
   * Trains to the end of the epoch in progress and judges every trial. False when the run has ended, and no record
   * was added, because all trials were done or it was stopped.
   */
  epoch(): Promise<boolean> {
    return this.#population.serially((population) => this.#loop.trainEpoch(population));
  }

  /**
   * Trains exactly so many more steps, whatever the stopping rules say, and resolves when the device has done them.
   * Epochs that end on the way get their records; a paused run goes on when it is resumed.
   * @param count batches, from 0
   */
  steps(count: number): Promise<void> {
    return this.#population.serially((population) => this.#loop.trainSteps(population, count));
  }

  /**
   * Changes the learning rate or the regularisation of a running trial, from its next slice on. The trial's settings
   * are changed with it, and the step is noted in its `changes`; its seed, shape, batch size and the like need a new
   * run. Whoever changes a trial has it in hand: changes that were still to be repeated are not made.
   * @param changes what is to be otherwise
   * @param trial of a population, by its number
   * @throws InputError when a number is out of range
   */
  change(changes: LiveChanges, trial = 0): Promise<void> {
    return this.#betweenSlices(async (population) => {
      this.#loop.change(population, changes, trial);
      this.trials[trial].planned = [];
    });
  }

  /** Holds the run at the end of the slice in progress. */
  pause(): void {
    this.#loop.control.pause();
  }

  /** Goes on after `pause`. */
  resume(): void {
    this.#loop.control.resume();
  }

  /** Ends the run at the end of the slice in progress; what was learned stays. */
  stop(): void {
    this.#loop.control.stop();
  }

  /**
   * The run as it is, to go on from with `resumeRun`, in another process too. In the middle of an epoch, or of a pause, it
   * is taken at the end of the slice in progress.
   */
  checkpoint(): Promise<RunCheckpoint> {
    return this.#betweenSlices((population) => takeCheckpoint(population, this.data, this.trials, this.#loop.epoch));
  }

  /** Runs `work` between two slices, also while paused. */
  #betweenSlices<Result>(work: (population: Population) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#loop.control.request(work).then(resolve, reject);
      // Handles the request when no training is in progress; rejects when the population cannot be created.
      this.#population.serially((population) => this.#loop.control.proceed(population)).catch(reject);
    });
  }

  /**
   * Stops some trials after the epoch in progress, because others do better (successive halving).
   * @param trials by their numbers
   */
  stopTrials(trials: readonly number[]): Promise<void> {
    return this.#population.serially((population) => this.#loop.stopTrials(population, trials));
  }

  /**
   * The parameters of one trial as they are now, in one flat array: its layers in order, each `weight` [out, in] and
   * then `bias` [out].
   * @param trial of a population, by its number
   */
  async parameters(trial = 0): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#population.ready()).parameters(trial);
  }

  /**
   * Outputs as they are now, [trial, row, output], in scaled units.
   * @param features [row, column]
   * @param rows how many there are
   */
  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    return (await this.#population.ready()).predict(features, rows);
  }

  /**
   * Metrics of one trial as it is now, in the target's own units; null for a set without rows.
   * @param set which rows
   * @param trial of a population, by its number
   */
  async metrics(set: RowSet, trial = 0): Promise<Metrics | null> {
    return (await this.metricsOfAll(set))?.[trial] ?? null;
  }

  /**
   * The same of every trial, from one pass over the rows; null for a set without rows.
   * @param set which rows
   */
  async metricsOfAll(set: RowSet): Promise<Metrics[] | null> {
    if (this.data.sets[set].length === 0) return null;
    return metricsOfPopulation(await this.#population.ready(), this.data, set, this.#loss);
  }

  /** A population shares it. */
  get #loss() {
    return this.trials[0].trial.training.loss;
  }

  /** The trained network as plain data; trains to the end first if the run has not ended. */
  async model(trial = 0): Promise<Model> {
    while (await this.epoch());
    return this.snapshot(trial);
  }

  /**
   * The network as it is now, whether or not the run has ended.
   * @param trial of a population, by its number
   */
  async snapshot(trial = 0): Promise<Model> {
    return createModel(await this.modelData(trial));
  }

  /**
   * The same as plain data.
   * @param trial of a population, by its number
   */
  async modelData(trial = 0): Promise<ModelData> {
    const { data, trials } = this;
    return modelDataOf({ data, trials, population: await this.#population.ready() }, trial);
  }

  /** Frees what the run holds on the engine. The run cannot be used afterwards. */
  async destroy(): Promise<void> {
    this.stop();
    await this.#population.destroy();
  }

  /** `await using` destroys the run at the end of the block. */
  [asyncDispose](): Promise<void> {
    return this.destroy();
  }
}

/** What makes a run: the library's has more to it. */
export type CreateRun<Made extends Run> = (...given: ConstructorParameters<typeof Run>) => Made;
export const newRun: CreateRun<Run> = (...given) => new Run(...given);
