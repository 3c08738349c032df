/**
 * A training run, from first step to last. This is the loop that everything goes through: the page, the command line,
 * sweeps and tests. Read it first.
 *
 *   start      settings are checked, initial parameters drawn, the engine makes a population of P trials
 *   each epoch the engine trains one pass over the training rows, in slices it cuts by measured time;
 *              then the validation rows are evaluated, a record is made, and `checkStopping` decides whether to go on
 *   end        the parameters to keep are put back, and `model()` gives the trained network as plain data
 *
 * `train` runs one trial, `trainPopulation` many of one shape at once; one trial is a population of one.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { asyncDispose, type Engine, type Population, type RowSet } from '../engine/engine.ts';
import { type LayerShape, layerShapes, parameterCount } from '../engine/parameters.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel, type Model } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import { checkPlanned, type LiveChanges, type PlannedChange } from '../spec/changes.ts';
import { checkTrial } from '../spec/check.ts';
import type { TrialInput } from '../spec/settings.ts';
import { checkCheckpoint, type RunCheckpoint, takeCheckpoint } from './checkpoint.ts';
import { EpochAccumulator } from './epoch-accumulator.ts';
import {
  addRecord,
  changeTrial,
  createProgress,
  type EpochRecord,
  endTrial,
  finishEpoch,
  type Outcome,
  type TrialProgress,
} from './progress.ts';
import { createRunControl } from './run-control.ts';
import { modelDataOf } from './run-model.ts';
import { endOfEpoch, metricsOfPopulation } from './scoring.ts';
import { checkPopulation, createPopulation, resolveTrial } from './trials.ts';

export type { LiveChanges, MadeChange, PlannedChange } from '../spec/changes.ts';
export type { EpochRecord, Outcome, TrialProgress } from './progress.ts';
export type { StopReason } from './stopping.ts';

/**
 * Starts nothing yet: iterate over the run, or call `steps`.
 * @param changes settings to change at their steps: `trials[0]` of a run has its `initial` settings and its `changes`, which
 * together repeat it
 */
export function train(
  engine: Engine,
  data: DataSet,
  settings: TrialInput = {},
  changes: readonly PlannedChange[] = [],
): Run {
  return new Run(engine, data, [settings], undefined, changes);
}

/** Many trials that share shape and loss, trained together. */
export function trainPopulation(engine: Engine, data: DataSet, settings: TrialInput[]): Run {
  return new Run(engine, data, settings);
}

/** Goes on from a checkpoint of the same data: on the same engine and plan with the same bits. */
export function resumeRun(engine: Engine, data: DataSet, checkpoint: RunCheckpoint): Run {
  return new Run(
    engine,
    data,
    checkpoint.trials.map(({ trial }) => trial),
    checkpoint,
  );
}

export class Run implements AsyncIterable<EpochRecord>, AsyncDisposable {
  readonly layers: LayerShape[];
  readonly trials: TrialProgress[];
  readonly data: DataSet;
  readonly engine: Engine;

  #population: Promise<Population> | undefined;
  readonly #epoch: EpochAccumulator;
  /** Steps per call of the engine: about half a second's worth, so that `stepsDone` advances during long epochs. */
  #stepsAtOnce = 64;
  /** Engine state to resume from. */
  #from: RunCheckpoint['population'] | undefined;
  readonly #control = createRunControl<Population>();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param planned changes of the first trial */
  constructor(
    engine: Engine,
    data: DataSet,
    settings: TrialInput[],
    from?: RunCheckpoint,
    planned: readonly PlannedChange[] = [],
  ) {
    this.engine = engine;
    this.data = data;
    if (from) checkCheckpoint(from, data);
    this.trials = settings.map((input, trial) =>
      createProgress(resolveTrial(checkTrial(input), data.preprocessing.task), trial === 0 ? planned : []),
    );
    checkPlanned(this.trials[0].trial, planned);
    this.layers = layerShapes(this.trials[0].trial.model, data.columns, data.outputs);
    const trials = this.trials.map(({ trial }) => trial);
    this.#epoch = new EpochAccumulator(
      data,
      trials.map(({ training }) => training.batch_size),
      from,
    );
    checkPopulation(trials, this.layers, data);
    from?.trials.forEach((progress, trial) => {
      Object.assign(this.trials[trial], structuredClone(progress));
    });
    this.#from = from?.population;
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
    return this.#epoch.epochs;
  }

  /** Steps trained so far; moves about twice a second in long epochs. */
  get stepsDone(): number {
    return this.#epoch.steps;
  }

  get paused(): boolean {
    return this.#control.paused;
  }

  /** The plan the engine chose. */
  async plan(): Promise<string> {
    return (await this.#ready()).plan;
  }

  /** Why it chose that plan. */
  async planWhy(): Promise<string> {
    return (await this.#ready()).why;
  }

  /** Trains, and yields the first trial's record of each epoch, until every trial has ended. */
  async *[Symbol.asyncIterator](): AsyncGenerator<EpochRecord> {
    while (await this.epoch()) {
      const record = this.history.at(-1);
      if (record && record.number === this.#epoch.epochs) yield record;
    }
  }

  /**
   * Trains to the end of the epoch in progress and judges every trial. False when the run has ended, and no record
   * was added, because all trials were done or it was stopped.
   */
  epoch(): Promise<boolean> {
    return this.#serially(async () => {
      const population = await this.#ready();
      if (this.#ended()) return false;
      if (!(await this.#trainSteps(population, this.#stepsLeftInEpoch(population)))) {
        for (const index of this.#liveTrials()) endTrial(this.trials[index], population, index, 'interrupted');
        return false;
      }
      for (const index of this.#liveTrials()) finishEpoch(this.trials[index], population, index);
      return true;
    });
  }

  /**
   * Trains exactly `count` more steps, whatever the stopping rules say, and resolves when the device has done them.
   * Epochs that end on the way get their records; a paused run goes on when it is resumed.
   */
  steps(count: number): Promise<void> {
    return this.#serially(async () => {
      const population = await this.#ready();
      for (let left = count; left > 0 && !this.#control.stopped; ) {
        const part = Math.min(left, this.#stepsLeftInEpoch(population));
        await this.#trainSteps(population, part);
        left -= part;
      }
    });
  }

  /**
   * Changes the learning rate or the regularisation of a running trial, from its next slice on. The trial's settings
   * are changed with it, and the step is noted in its `changes`; its seed, shape, batch size and the like need a new run.
   * Whoever changes a trial has it in hand: changes that were still to be repeated are not made.
   */
  change(changes: LiveChanges, trial = 0): Promise<void> {
    return this.#betweenSlices(async (population) => {
      this.#change(population, changes, trial);
      this.trials[trial].planned = [];
    });
  }

  /** Holds the run at the end of the slice in progress. */
  pause(): void {
    this.#control.pause();
  }

  resume(): void {
    this.#control.resume();
  }

  /** Ends the run at the end of the slice in progress; what was learned stays. */
  stop(): void {
    this.#control.stop();
  }

  /**
   * The run as it is, to go on from with `resumeRun`, in another process too. In the middle of an epoch, or of a pause, it
   * is taken at the end of the slice in progress.
   */
  checkpoint(): Promise<RunCheckpoint> {
    return this.#betweenSlices((population) => takeCheckpoint(population, this.data, this.trials, this.#epoch));
  }

  /** Runs `work` between two slices, also while paused. */
  #betweenSlices<Result>(work: (population: Population) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#control.request(work).then(resolve, reject);
      // Handles the request when no training is in progress; rejects when the population cannot be created.
      this.#serially(async () => this.#control.proceed(await this.#ready())).catch(reject);
    });
  }

  /** Stops these trials after the epoch in progress, because others do better (successive halving). */
  stopTrials(trials: readonly number[]): Promise<void> {
    return this.#serially(async () => {
      const population = await this.#ready();
      const live = this.#liveTrials();
      for (const index of trials.filter((trial) => live.includes(trial))) {
        endTrial(this.trials[index], population, index, 'halving');
      }
    });
  }

  /** The parameters of one trial as they are now. */
  async parameters(trial = 0): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#ready()).parameters(trial);
  }

  /** Outputs as they are now, in scaled units: features [row, column] -> [trial, row, output]. */
  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    return (await this.#ready()).predict(features, rows);
  }

  /** Metrics of one trial as it is now, in the target's own units; null for a set without rows. */
  async metrics(set: RowSet, trial = 0): Promise<Metrics | null> {
    return (await this.metricsOfAll(set))?.[trial] ?? null;
  }

  /** The same of every trial, from one pass over the rows; null for a set without rows. */
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

  /** The network as it is now, whether or not the run has ended. */
  async snapshot(trial = 0): Promise<Model> {
    return createModel(await this.modelData(trial));
  }

  /** The same as plain data. */
  async modelData(trial = 0): Promise<ModelData> {
    const { engine, data, trials } = this;
    return modelDataOf({ engine, data, trials, population: await this.#ready() }, trial);
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
    );
    this.#from = undefined;
    return this.#population;
  }

  /** False when the run was stopped before all steps were done. Closes the epoch when its last step is. */
  async #trainSteps(population: Population, count: number): Promise<boolean> {
    for (let left = count; left > 0; ) {
      if (!(await this.#control.proceed(population))) return false;
      const stride = Math.min(left, this.#stepsAtOnce, this.#applyPlannedChanges(population));
      const begun = performance.now();
      const done = await population.train(stride, this.#control.signal());
      this.#epoch.seconds += (performance.now() - begun) / 1000;
      if (done.steps > 0) this.#stepsAtOnce = stepsFor(0.5, done.steps, performance.now() - begun, this.#stepsAtOnce);
      this.#epoch.add(done);
      left -= done.steps;
    }
    if (this.#stepsLeftInEpoch(population) === population.stepsPerEpoch) await this.#closeEpoch(population);
    return true;
  }

  #change(population: Population, changes: LiveChanges, trial: number): void {
    const { steps, seconds } = this.#epoch;
    const rows = this.data.sets.train.length;
    changeTrial(this.trials[trial], changes, population, trial, { rows, steps, seconds });
  }

  /** Applies the changes planned up to this step; returns the number of steps until the next one. */
  #applyPlannedChanges(population: Population): number {
    let next = Number.POSITIVE_INFINITY;
    for (const [index, { planned }] of this.trials.entries()) {
      while (planned.length > 0 && planned[0].step <= this.#epoch.steps) {
        const { step: _, ...changes } = planned[0];
        planned.shift();
        this.#change(population, changes, index);
      }
      next = Math.min(next, (planned[0]?.step ?? next) - this.#epoch.steps);
    }
    return next;
  }

  #stepsLeftInEpoch(population: Population): number {
    return population.stepsPerEpoch - (this.#epoch.steps % population.stepsPerEpoch);
  }

  /** Validates every trial and adds a record to each live one. */
  async #closeEpoch(population: Population): Promise<void> {
    const records = this.#epoch.close(await endOfEpoch(population, this.data, this.#loss));
    for (const index of this.#liveTrials()) addRecord(this.trials[index], records[index]);
  }

  #liveTrials(): number[] {
    return this.trials.flatMap(({ outcome }, index) => (outcome ? [] : [index]));
  }

  #ended(): boolean {
    return this.#liveTrials().length === 0;
  }

  /** Runs one task at a time on the population, in call order. */
  #serially<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}

/** Steps that take about this many seconds, judging by the last call; at most four times as many as before. */
function stepsFor(seconds: number, steps: number, milliseconds: number, before: number): number {
  return Math.max(1, Math.min(4 * before, Math.round((1000 * seconds * steps) / Math.max(milliseconds, 1e-3))));
}
