/**
 * Training on more rows than a GPU buffer holds. The data buffer holds a window: rows that follow each other in the epoch's
 * order. The host gathers them, by the same shuffle that the kernels compute, and brings in the next window when the last
 * batch of this one is done. So the order of the rows is exactly the one of a data set that fits, every epoch shuffled
 * anew over all rows and not within windows, and the bits of a run are the same.
 *
 * Nothing in the kernels knows of windows: to them the rows are in order, and position p of the epoch is in slot
 * p mod (rows of a window). A window is a whole number of batches. While the GPU trains on one, the next is gathered.
 *
 * All trials have to see the same rows at the same time: one seed and one batch size (see `createPartitioned`).
 */

import type { Said } from '../../../util/message.ts';
import { shuffled, shuffleKey } from '../../../util/random.ts';
import type {
  Checkpoint,
  EngineData,
  EngineInfo,
  Evaluation,
  LiveHyperparameters,
  Population,
  PopulationSettings,
  RowSet,
  StepsDone,
} from '../../engine.ts';
import { otherCheckpoint } from '../../engine.ts';
import { joinRows } from '../memory/rows.ts';

/** What a population has to offer so that its rows can be streamed. */
export interface Streamable extends Population {
  /** Writes rows [row, features, targets, weight] to the first slots of the data buffer, after all that was submitted. */
  load(rows: Float32Array<ArrayBuffer>): void;
  /** Loss and error sums over the first `rows` slots. */
  evaluateLoaded(rows: number): Promise<Evaluation[]>;
}

/**
 * @param windowRows rows that the data buffer may hold, at least a batch
 * @param populate makes the population that trains on the window
 */
export async function populateStreamed(
  windowRows: number,
  data: EngineData,
  settings: PopulationSettings,
  populate: (data: EngineData, settings: PopulationSettings) => Promise<Streamable>,
): Promise<Population> {
  const { seed, shuffle, batch_size } = settings.trials[0];
  const rows = windowRows - (windowRows % batch_size);
  const order = (epoch: number) => rowsInOrder(data.sets.train, shuffle ? shuffleKey(seed, epoch) : undefined);
  const slots = Uint32Array.from({ length: data.sets.train.length }, (_, position) => position % rows);
  const window = { ...pick(data, order(0)(0, rows)), sets: { ...data.sets, train: slots } };
  const trials = settings.trials.map((numbers) => ({ ...numbers, shuffle: false }));
  const population = await populate(window, { ...settings, trials });
  return new StreamedPopulation(population, data, batch_size, rows, order, shuffle);
}

/** Row numbers at positions of an epoch: (first position, count) -> rows. */
type Order = (first: number, count: number) => Uint32Array;

export function rowsInOrder(train: Uint32Array, key: number | undefined): Order {
  if (key === undefined) return (first, count) => train.subarray(first, first + count);
  return (first, count) => {
    const rows = new Uint32Array(Math.min(count, train.length - first));
    for (let i = 0; i < rows.length; i++) rows[i] = train[shuffled(first + i, train.length, key)];
    return rows;
  };
}

/** These rows as a data set of their own. */
function pick(data: EngineData, rows: Uint32Array): EngineData {
  const pickFrom = (values: Float32Array, stride: number) => {
    const picked = new Float32Array(rows.length * stride);
    rows.forEach((row, slot) => {
      picked.set(values.subarray(row * stride, (row + 1) * stride), slot * stride);
    });
    return picked;
  };
  return {
    ...data,
    rows: rows.length,
    features: pickFrom(data.features, data.columns),
    targets: pickFrom(data.targets, data.outputs),
    weights: data.weights && pickFrom(data.weights, 1),
  };
}

class StreamedPopulation implements Population {
  readonly engine: EngineInfo;
  readonly plan: string;
  readonly why: Said;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #population: Streamable;
  readonly #data: EngineData;
  readonly #stepsPerWindow: number;
  readonly #windowRows: number;
  readonly #order: (epoch: number) => Order;
  readonly #shuffle: boolean;
  #stepsDone = 0;
  /** The first step of the window in the data buffer, which begins with the first of all. */
  #loaded: number | undefined = 0;
  /** A window gathered ahead, by its first step. */
  #ahead: { step: number; rows: Float32Array<ArrayBuffer> } | undefined;

  constructor(
    population: Streamable,
    data: EngineData,
    batch_size: number,
    windowRows: number,
    order: (epoch: number) => Order,
    shuffle: boolean,
  ) {
    this.#population = population;
    this.#data = data;
    this.#stepsPerWindow = windowRows / batch_size;
    this.#windowRows = windowRows;
    this.#order = order;
    this.#shuffle = shuffle;
    this.engine = population.engine;
    this.why = population.why;
    this.trials = population.trials;
    this.parameterCount = population.parameterCount;
    this.stepsPerEpoch = population.stepsPerEpoch;
    const windows = Math.ceil(this.stepsPerEpoch / this.#stepsPerWindow);
    this.plan = `${population.plan}, in ${windows} ${windows === 1 ? 'window' : 'windows'} of rows`;
  }

  get planCode(): string {
    return this.#population.planCode;
  }

  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let done = 0;
    while (done < steps && !signal?.aborted) {
      const first = this.#firstStep(this.#stepsDone);
      if (this.#loaded !== first) {
        this.#population.load(this.#ahead?.step === first ? this.#ahead.rows : this.#gather(first));
        this.#loaded = first;
      }
      const last = this.#lastStep(first);
      const training = this.#population.train(Math.min(last - this.#stepsDone, steps - done), signal);
      let result: StepsDone;
      try {
        if (this.#ahead?.step !== last) this.#ahead = { step: last, rows: this.#gather(last) };
      } finally {
        // Also where there is no memory for the rows: nothing of this call may still be running when it ends.
        result = await training;
      }
      losses.set(result.losses, done * this.trials);
      done += result.steps;
      this.#stepsDone += result.steps;
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** The first step of the window that a step belongs to, and the first of the window after it. */
  #firstStep(step: number): number {
    const within = step % this.stepsPerEpoch;
    return step - (within % this.#stepsPerWindow);
  }

  #lastStep(first: number): number {
    const left = this.stepsPerEpoch - (first % this.stepsPerEpoch);
    return first + Math.min(left, this.#stepsPerWindow);
  }

  #gather(firstStep: number): Float32Array<ArrayBuffer> {
    const epoch = Math.floor(firstStep / this.stepsPerEpoch);
    const window = (firstStep % this.stepsPerEpoch) / this.#stepsPerWindow;
    return joinRows(this.#data, this.#order(epoch)(window * this.#windowRows, this.#windowRows));
  }

  /** The rows of a set take the place of the training window, which comes back when training goes on. */
  async evaluate(set: RowSet): Promise<Evaluation[]> {
    const listed = this.#data.sets[set];
    const sums: Evaluation[] = [];
    for (let first = 0; first < Math.max(1, listed.length); first += this.#windowRows) {
      const rows = listed.subarray(first, first + this.#windowRows);
      this.#loaded = undefined;
      this.#population.load(joinRows(this.#data, rows));
      const evaluations = await this.#population.evaluateLoaded(rows.length);
      evaluations.forEach((evaluation, trial) => {
        sums[trial] = first === 0 ? evaluation : added(sums[trial], evaluation);
      });
    }
    return sums;
  }

  finite(): Promise<boolean[]> {
    return this.#population.finite();
  }

  predict(features: Float32Array, rows: number): Promise<Float32Array> {
    return this.#population.predict(features, rows);
  }

  parameters(trial: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#population.parameters(trial);
  }

  saveSnapshot(trials: readonly number[]): void {
    this.#population.saveSnapshot(trials);
  }

  restoreSnapshot(trials: readonly number[]): void {
    this.#population.restoreSnapshot(trials);
  }

  configure(trial: number, changes: LiveHyperparameters): void {
    this.#population.configure(trial, changes);
  }

  stop(trial: number): void {
    this.#population.stop(trial);
  }

  /** The population on the window has its rows in order; whoever goes on from here has them as they were asked for. */
  async checkpoint(): Promise<Checkpoint> {
    const checkpoint = await this.#population.checkpoint();
    const trials = checkpoint.trials.map((numbers) => ({ ...numbers, shuffle: this.#shuffle }));
    return { ...checkpoint, plan: this.plan, trials };
  }

  async resume(checkpoint: Checkpoint): Promise<void> {
    if (checkpoint.plan !== this.plan) throw otherCheckpoint(checkpoint.plan, this.plan);
    const trials = checkpoint.trials.map((numbers) => ({ ...numbers, shuffle: false }));
    await this.#population.resume({ ...checkpoint, plan: this.#population.plan, trials });
    this.#stepsDone = checkpoint.steps;
    this.#loaded = undefined;
    this.#ahead = undefined;
  }

  destroy(): void {
    this.#ahead = undefined;
    this.#population.destroy();
  }
}

/** The evaluation of two sets of rows together. */
function added(a: Evaluation, b: Evaluation): Evaluation {
  const rows = a.rows + b.rows;
  return {
    rows,
    loss: (a.loss * a.rows + b.loss * b.rows) / rows,
    squared_error: a.squared_error.map((sum, output) => sum + b.squared_error[output]),
    absolute_error: a.absolute_error.map((sum, output) => sum + b.absolute_error[output]),
    correct: a.correct + b.correct,
  };
}
