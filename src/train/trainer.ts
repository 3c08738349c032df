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
import { checkPlanned, type LiveChanges, type PlannedChange } from '../spec/changes.ts';
import { checkTrial } from '../spec/check.ts';
import { withDefaultsFor } from '../spec/defaults.ts';
import { checkStoredTrial } from '../spec/first-defaults.ts';
import type { TrialInput } from '../spec/settings.ts';
import type { Said } from '../util/message.ts';
import { type RunCheckpoint, takeCheckpoint } from './checkpoint.ts';
import { createProgress, type EpochRecord, type Outcome, type TrialProgress } from './progress.ts';
import { modelDataOf } from './run-model.ts';
import { metricsOfPopulation } from './scoring.ts';
import { type Score, TrainingLoop } from './training-loop.ts';
import { checkPopulation, createPopulation, layersOf, populationShape, resolveTrial } from './trials.ts';

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
  return new Run(engine, data, [settings], undefined, changes, [], planCode);
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

  #population: Promise<Population> | undefined;
  readonly #loop: TrainingLoop;
  /** Engine state to resume from. */
  #from: RunCheckpoint['population'] | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #planCode: string | undefined;
  readonly #customLoss: CustomLoss | undefined;
  /** The population once it is there. */
  #made: Population | undefined;

  /** @param planned changes of the first trial @param refitEpochs of each trial of a refit: see `refit.ts` */
  constructor(
    engine: Engine,
    data: DataSet,
    settings: TrialInput[],
    from?: RunCheckpoint,
    planned: readonly PlannedChange[] = [],
    refitEpochs: readonly number[] = [],
    planCode?: string,
    { loss, score }: OwnFunctions = {},
  ) {
    this.#planCode = planCode;
    this.#customLoss = loss;
    this.engine = engine;
    this.data = data;
    this.trials = settings.map((input, trial) => {
      const complete = checkTrial(withDefaultsFor({ rows: data.sets.train.length, outputs: data.outputs }, input));
      return createProgress(
        resolveTrial(complete, data.preprocessing.task),
        trial === 0 ? planned : [],
        refitEpochs[trial],
      );
    });
    checkPlanned(this.trials[0].trial, planned);
    this.layers = layersOf(this.trials[0].trial.model, data);
    const trials = this.trials.map(({ trial }) => trial);
    checkPopulation(trials, this.layers, data);
    from?.trials.forEach((progress, trial) => {
      // A checkpoint of an earlier build lacks newer settings.
      const initial = resolveTrial(checkStoredTrial(progress.initial), data.preprocessing.task);
      Object.assign(this.trials[trial], structuredClone(progress), { trial: trials[trial], initial });
    });
    this.#from = from?.population;
    this.#loop = new TrainingLoop(data, this.trials, from, score);
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
    const trials = this.trials.map(({ trial }) => trial);
    return this.engine.memoryFor(this.data, populationShape(this.data, this.layers, trials, this.#customLoss), others);
  }

  /** The engine that trains it: where `auto` was asked for, the one that it took. */
  async engineInfo(): Promise<EngineInfo> {
    return (await this.#ready()).engine;
  }

  /** The plan the engine chose. */
  async plan(): Promise<string> {
    return (await this.#ready()).plan;
  }

  /**
   * What decides the run's bits beside its settings: with it another run has the same, on the same machine. Of a run that
   * was not given one: once it has its plan, and whole once it has evaluated anything.
   */
  get planCode(): string | undefined {
    return this.#made?.planCode ?? this.#planCode;
  }

  /** Why it chose that plan. */
  async planWhy(): Promise<Said> {
    return (await this.#ready()).why;
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
    return this.#serially(async () => this.#loop.trainEpoch(await this.#ready()));
  }

  /**
   * Trains exactly so many more steps, whatever the stopping rules say, and resolves when the device has done them.
   * Epochs that end on the way get their records; a paused run goes on when it is resumed.
   * @param count batches, from 0
   */
  steps(count: number): Promise<void> {
    return this.#serially(async () => this.#loop.trainSteps(await this.#ready(), count));
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
      this.#serially(async () => this.#loop.control.proceed(await this.#ready())).catch(reject);
    });
  }

  /**
   * Stops some trials after the epoch in progress, because others do better (successive halving).
   * @param trials by their numbers
   */
  stopTrials(trials: readonly number[]): Promise<void> {
    return this.#serially(async () => this.#loop.stopTrials(await this.#ready(), trials));
  }

  /**
   * The parameters of one trial as they are now, in one flat array: its layers in order, each `weight` [out, in] and
   * then `bias` [out].
   * @param trial of a population, by its number
   */
  async parameters(trial = 0): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#ready()).parameters(trial);
  }

  /**
   * Outputs as they are now, [trial, row, output], in scaled units.
   * @param features [row, column]
   * @param rows how many there are
   */
  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    return (await this.#ready()).predict(features, rows);
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
    return metricsOfPopulation(await this.#ready(), this.data, set, this.#loss);
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
    return modelDataOf({ data, trials, population: await this.#ready() }, trial);
  }

  /** Frees what the run holds on the engine. The run cannot be used afterwards. */
  async destroy(): Promise<void> {
    this.stop();
    await this.#queue;
    await this.#population?.then(
      (population) => population.destroy(),
      () => {}, // it was not made, and whoever asked for it was told
    );
  }

  /** `await using` destroys the run at the end of the block. */
  [asyncDispose](): Promise<void> {
    return this.destroy();
  }

  /** The population, created on first use. */
  #ready(): Promise<Population> {
    this.#population ??= createPopulation(
      this.engine,
      this.data,
      this.layers,
      this.trials.map(({ trial }) => trial),
      this.#from,
      this.#planCode,
      this.#customLoss,
    ).then((population) => {
      this.#made = population;
      return population;
    });
    this.#from = undefined;
    return this.#population;
  }

  /** Runs one task at a time on the population, in call order. */
  #serially<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}

/** What makes a run: the library's has more to it. */
export type CreateRun<Made extends Run> = (...given: ConstructorParameters<typeof Run>) => Made;
export const newRun: CreateRun<Run> = (...given) => new Run(...given);
