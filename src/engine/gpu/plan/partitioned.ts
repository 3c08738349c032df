/**
 * Populations that one buffer of the adapter or one plan does not hold: trained as several that are held, behind the same
 * interface; and data sets that do not fit a buffer: streamed in windows of rows. What one trial alone does not fit is
 * refused, with what would.
 */

import { gpu } from '../../../messages/en/engines/gpu.ts';
import { updateOf, updateTable } from '../../../spec/optimizers.ts';
import { chunks, groupBy } from '../../../util/arrays.ts';
import { InputError } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import type {
  Checkpoint,
  EngineData,
  EngineInfo,
  Evaluation,
  Hyperparameters,
  LiveHyperparameters,
  Population,
  PopulationSettings,
  PopulationShape,
  RowSet,
  StepsDone,
} from '../../engine.ts';
import { otherCheckpoint } from '../../engine.ts';
import { widestFitting } from '../../memory.ts';
import { parameterCount } from '../../parameters.ts';
import { createStepSchedules, type StepSchedule, stepAt } from '../../step-schedule.ts';
import { storedBytes } from '../layered/blocks.ts';
import { fillingGroups, type MatmulConfigs } from '../layered/matmul-config.ts';
import { dataStride } from '../memory/rows.ts';
import { partSeparator } from './plan-code.ts';
import { populateStreamed, type Streamable } from './streamed.ts';

/** The largest buffers of a population, in bytes: what a limit on one buffer is held against. */
interface LargestBuffers {
  /** [row, features, targets, weight]: shared by all trials; streamed where it is too large. */
  data: number;
  /** Parameters, or the optimizer's two numbers for each, of one trial. */
  parameters: number;
  /** A batch's values of the widest layer, of one trial; a batch's rows. */
  units: number;
  batch: number;
}

function largestBuffers(data: EngineData, { layers, trials }: PopulationShape): LargestBuffers {
  const kept = trials.map((trial) => updateTable[updateOf(trial)].state.length);
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const batch = Math.max(...trials.map(({ batch_size }) => batch_size));
  return {
    data: 4 * data.rows * dataStride(data),
    parameters: 4 * parameterCount(layers) * Math.max(1, ...kept),
    units: 4 * batch * widest,
    batch: 4 * batch * dataStride(data),
  };
}

/**
 * Trials that one population may have when no buffer may be larger than `limit` bytes.
 * @throws InputError when not even one trial fits, or the data set does not
 */
export function trialsThatFit(limit: number, data: EngineData, settings: PopulationShape): number {
  const needs = largestBuffers(data, settings);
  const list = 4 * data.sets.train.length;
  if (list > limit) {
    const sizes = { bytes: list, limit, count: Math.floor(limit / 4) };
    throw new InputError(message(gpu, 'rows_too_many', sizes), 'engine');
  }
  if (needs.parameters > limit) {
    const units = widestFitting(settings, (some) => largestBuffers(data, some).parameters <= limit);
    throw new InputError(
      message(gpu, 'parameters_too_many', { bytes: needs.parameters, limit, units }),
      'model.hidden',
    );
  }
  const batch = Math.max(needs.units, needs.batch);
  if (batch > limit) {
    const count = Math.floor((limit / batch) * Math.max(...settings.trials.map(({ batch_size }) => batch_size)));
    throw new InputError(message(gpu, 'batch_too_large', { bytes: batch, limit, count }), 'training.batch_size');
  }
  return Math.floor(limit / Math.max(needs.parameters, needs.units));
}

/** Bytes of rows that are on the GPU at once where not all fit: enough that bringing them in is rare. */
const windowBytes = 64 * 2 ** 20;

export interface Parts {
  /** Bytes that one buffer may have. */
  limit: number;
  /** Whether some plan trains these trials together. */
  together(settings: PopulationSettings): Promise<boolean>;
  populate(data: EngineData, settings: PopulationSettings): Promise<Streamable>;
  /** How products run, which may have to be measured. */
  configs(): Promise<MatmulConfigs>;
}

/** One population where all trials and rows fit together, else several, or windows of rows. */
export async function createPartitioned(
  { limit, together, populate, configs }: Parts,
  data: EngineData,
  settings: PopulationSettings,
): Promise<Population> {
  const { trials, layers, plan } = settings;
  let most = trialsThatFit(limit, data, settings);
  // Only where it could be too much is it worth to know how products run.
  if (plan !== 'resident' && 4 * parameterCount(layers) * fillingGroups * Math.min(most, trials.length) > limit) {
    const stored = storedBytes(await configs(), layers, Math.max(...trials.map(({ batch_size }) => batch_size)));
    most = Math.max(1, Math.min(most, Math.floor(limit / stored)));
  }
  const all = trials.map((_, trial) => trial);
  const kinds = (await together(settings)) ? [all] : groupBy(all, (trial) => kindOf(trials[trial]));
  if (largestBuffers(data, settings).data <= limit) {
    const parts = kinds.flatMap((members) => chunks(members, most));
    return partitioned(data, settings, parts, (part) => populate(data, part));
  }
  // Trials that see different rows at the same time cannot share a window: each has its own.
  const groups = kinds.flatMap((members) => groupBy(members, (trial) => rowsOf(trials[trial])));
  const parts = groups.flatMap((members) => chunks(members, most));
  const largestBatch = Math.max(...trials.map(({ batch_size }) => batch_size));
  const bytes = Math.min(limit, windowBytes / parts.length);
  const windowRows = Math.max(largestBatch, Math.floor(bytes / (4 * dataStride(data))));
  return partitioned(data, settings, parts, (part) => populateStreamed(windowRows, data, part, populate));
}

/** What the layered plan needs all trials to share. */
function kindOf({ activations, optimizer, batch_size }: Hyperparameters): string {
  return JSON.stringify([activations, optimizer, batch_size]);
}

/** What decides which rows a trial sees when. */
function rowsOf({ seed, shuffle, batch_size }: Hyperparameters): string {
  return JSON.stringify([batch_size, shuffle, shuffle ? seed : 0]);
}

/** A population for each list of trials, behind one interface. */
async function partitioned(
  data: EngineData,
  settings: PopulationSettings,
  lists: number[][],
  populate: (part: PopulationSettings) => Promise<Population>,
): Promise<Population> {
  const { trials, initial_parameters } = settings;
  if (lists.length === 1) return populate(settings);
  const codes = settings.plan_code?.split(partSeparator) ?? [];
  const count = parameterCount(settings.layers);
  const parts: Part[] = [];
  try {
    for (const [part, members] of lists.entries()) {
      const initial = new Float32Array(members.length * count);
      members.forEach((trial, index) => {
        initial.set(initial_parameters.subarray(trial * count, (trial + 1) * count), index * count);
      });
      const some = {
        ...settings,
        trials: members.map((trial) => trials[trial]),
        initial_parameters: initial,
        plan_code: codes.length === 1 ? codes[0] : codes[part],
      };
      parts.push({ members, population: await populate(some) });
    }
  } catch (error) {
    for (const { population } of parts) population.destroy();
    throw error;
  }
  const stepSchedules = createStepSchedules(
    data.sets.train.length,
    trials.map(({ batch_size }) => batch_size),
  );
  return new PartitionedPopulation(parts, stepSchedules);
}

/** Some of the trials, by their numbers among all. */
interface Part {
  members: number[];
  population: Population;
}

/** Milliseconds that all parts together may train before the signal is looked at again. */
const roundMs = 100;

class PartitionedPopulation implements Population {
  readonly engine: EngineInfo;
  readonly plan: string;
  readonly why: Said;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #parts: Part[];
  /** Where each trial is. */
  readonly #places: { population: Population; index: number }[] = [];
  #populationStepsDone = 0;
  #round = 1;

  /** `stepSchedules`: one for each trial, over the same population steps. */
  constructor(parts: Part[], stepSchedules: StepSchedule[]) {
    this.#parts = parts;
    for (const { members, population } of parts) {
      members.forEach((trial, index) => {
        this.#places[trial] = { population, index };
      });
    }
    const plans = new Set(parts.map(({ population }) => population.plan));
    this.plan = `${[...plans].join(' and ')}, in ${parts.length} parts`;
    this.engine = parts[0].population.engine;
    this.why = parts[0].population.why;
    this.trials = stepSchedules.length;
    this.parameterCount = parts[0].population.parameterCount;
    this.stepsPerEpoch = stepSchedules[0].populationSteps;
  }

  get planCode(): string {
    const codes = this.#parts.map(({ population }) => population.planCode);
    return new Set(codes).size === 1 ? codes[0] : codes.join(partSeparator);
  }

  /** In rounds: an aborted signal must not leave one part ahead of another. */
  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let done = 0;
    while (done < steps && !signal?.aborted) {
      const round = Math.min(this.#round, steps - done);
      const begun = performance.now();
      for (const part of this.#parts) await this.#trainPart(part, round, losses.subarray(done * this.trials));
      done += round;
      this.#populationStepsDone += round;
      const passed = Math.max(performance.now() - begun, 1e-3);
      this.#round = Math.max(1, Math.min(4 * this.#round, Math.round((round * roundMs) / passed)));
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** A part with fewer population steps in an epoch spreads them over all, as a trial with fewer steps does. */
  async #trainPart({ members, population }: Part, round: number, losses: Float32Array): Promise<void> {
    const stepSchedule = { populationSteps: this.stepsPerEpoch, steps: population.stepsPerEpoch };
    const due: number[] = [];
    for (let populationStep = 0; populationStep < round; populationStep++)
      if (stepAt(stepSchedule, this.#populationStepsDone + populationStep) !== undefined) due.push(populationStep);
    if (due.length === 0) return;
    const result = await population.train(due.length);
    due.forEach((populationStep, step) => {
      members.forEach((trial, index) => {
        losses[populationStep * this.trials + trial] = result.losses[step * members.length + index];
      });
    });
  }

  async evaluate(set: RowSet): Promise<Evaluation[]> {
    const evaluations: Evaluation[] = new Array(this.trials);
    for (const { members, population } of this.#parts) {
      const ofPart = await population.evaluate(set);
      members.forEach((trial, index) => {
        evaluations[trial] = ofPart[index];
      });
    }
    return evaluations;
  }

  async finite(): Promise<boolean[]> {
    const finite: boolean[] = new Array(this.trials);
    for (const { members, population } of this.#parts) {
      const ofPart = await population.finite();
      members.forEach((trial, index) => {
        finite[trial] = ofPart[index];
      });
    }
    return finite;
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    let joined = new Float32Array();
    for (const { members, population } of this.#parts) {
      const outputs = await population.predict(features, rows);
      const perTrial = outputs.length / members.length;
      if (joined.length === 0) joined = new Float32Array(perTrial * this.trials);
      members.forEach((trial, index) => {
        joined.set(outputs.subarray(index * perTrial, (index + 1) * perTrial), trial * perTrial);
      });
    }
    return joined;
  }

  parameters(trial: number) {
    const { population, index } = this.#places[trial];
    return population.parameters(index);
  }

  saveSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#places[trial].population.saveSnapshot([this.#places[trial].index]);
  }

  restoreSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#places[trial].population.restoreSnapshot([this.#places[trial].index]);
  }

  configure(trial: number, changes: LiveHyperparameters): void {
    const { population, index } = this.#places[trial];
    population.configure(index, changes);
  }

  stop(trial: number): void {
    const { population, index } = this.#places[trial];
    population.stop(index);
  }

  async checkpoint(): Promise<Checkpoint> {
    const parts: Checkpoint[] = [];
    for (const { population } of this.#parts) parts.push(await population.checkpoint());
    const { plan, planCode: plan_code } = this;
    return { plan, plan_code, steps: this.#populationStepsDone, trials: [], stopped: [], arrays: {}, parts };
  }

  async resume({ plan, steps, parts = [] }: Checkpoint): Promise<void> {
    if (plan !== this.plan || parts.length !== this.#parts.length) throw otherCheckpoint(plan, this.plan);
    for (const [index, { population }] of this.#parts.entries()) await population.resume(parts[index]);
    this.#populationStepsDone = steps;
  }

  destroy(): void {
    for (const { population } of this.#parts) population.destroy();
  }
}
