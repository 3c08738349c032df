/**
 * A population in the memory of the CPU's kernels. The host says which steps each trial is to train and hands the kernels
 * what needs float64; all else of a step happens there, on one thread or more.
 */

import { cpu } from '../../messages/en/engines/cpu.ts';
import { message, type Said } from '../../util/message.ts';
import { nextTask } from '../../util/yielding.ts';
import {
  type Checkpoint,
  type EngineData,
  type EngineInfo,
  type Evaluation,
  type Hyperparameters,
  type LiveHyperparameters,
  otherCheckpoint,
  type Population,
  type PopulationSettings,
  portablePlan,
  type RowSet,
  type StepsDone,
} from '../engine.ts';
import { parameterCount } from '../parameters.ts';
import { evaluationOf } from '../reference/evaluation.ts';
import { scheduleFactor } from '../schedule.ts';
import { createStepSchedules, type StepSchedule, stepAt } from '../step-schedule.ts';
import type { CpuLayout } from './memory/layout.ts';
import { fromPanels, toPanels } from './memory/panels.ts';
import { StructWriter, writeProblem, writeSteps, writeTrial } from './memory/struct-writer.ts';
import { instantiate, type KernelKind, type KernelModule, type Kernels } from './module.ts';
import { createThreadPool, type ThreadPool, type WorkerProvider } from './threads/thread-pool.ts';

/** In a plan's code. */
export const codes: Record<KernelKind, string> = { plain: 'simd', relaxed: 'relaxed' };

interface TrialState {
  stepSchedule: StepSchedule;
  numbers: Hyperparameters;
  snapshot: Float32Array<ArrayBuffer>;
  live: boolean;
}

export class CpuPopulation implements Population {
  readonly engine: EngineInfo;
  readonly plan: string;
  readonly planCode: string;
  readonly why: Said;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #data: EngineData;
  readonly #settings: PopulationSettings;
  readonly #layout: CpuLayout;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;
  readonly #structs: StructWriter;
  readonly #states: TrialState[];
  readonly #sliceMs: number;
  readonly #pool: ThreadPool;
  #populationStepsDone = 0;
  #training = false;
  /** Resolves when all predictions that were asked for are made. */
  #predictions: Promise<void> = Promise.resolve();
  /** Population steps of one slice, as the last ones took. */
  #populationSteps = 1;
  #sliceEnd = 0;

  constructor(
    engine: EngineInfo,
    data: EngineData,
    settings: PopulationSettings,
    layout: CpuLayout,
    memory: WebAssembly.Memory,
    module: KernelModule,
    sliceMs: number,
    provider: WorkerProvider,
  ) {
    const { trials, initial_parameters } = settings;
    this.engine = engine;
    this.plan = module.kind === 'plain' ? 'simd' : 'relaxed simd';
    this.planCode = `cpu:${codes[module.kind]}`;
    this.why = message(cpu, module.kind === 'plain' ? 'same_bits' : 'quickest');
    this.#data = data;
    this.#settings = settings;
    this.#layout = layout;
    this.#memory = memory;
    this.#sliceMs = sliceMs;
    this.#kernels = instantiate(module, memory, settings.custom_loss?.panels(memory));
    this.#pool = createThreadPool(layout, this.#kernels, module, memory, provider);
    this.#structs = new StructWriter(memory.buffer);
    this.trials = trials.length;
    this.parameterCount = parameterCount(settings.layers);
    const trained = data.sets.train.length;
    const stepSchedules = createStepSchedules(
      trained,
      trials.map(({ batch_size }) => batch_size),
    );
    this.stepsPerEpoch = stepSchedules[0].populationSteps;
    writeProblem(memory.buffer, layout, data, settings);
    this.#states = trials.map((numbers, trial) => {
      const plain = initial_parameters.subarray(trial * this.parameterCount, (trial + 1) * this.parameterCount);
      toPanels(layout.layers, plain, this.#arena(trial));
      writeTrial(memory.buffer, layout, trial, numbers, trained);
      return {
        stepSchedule: stepSchedules[trial],
        numbers: { ...numbers },
        snapshot: this.#arena(trial).slice(),
        live: true,
      };
    });
  }

  #arena(trial: number, address = this.#layout.trials[trial].parameters): Float32Array {
    return new Float32Array(this.#memory.buffer, address, this.#layout.arena);
  }

  get #live(): number {
    return this.#states.reduce((count, { live }) => count + (live ? 1 : 0), 0);
  }

  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    await this.#predictions;
    this.#training = true;
    try {
      return await this.#train(steps, signal);
    } finally {
      this.#training = false;
    }
  }

  async #train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let done = 0;
    while (done < steps && !signal?.aborted) {
      const most = Math.min(steps - done, this.#populationSteps, this.#layout.steps);
      const { threads, populationSteps } = this.#pool.next(this.#live, most);
      const begun = performance.now();
      await this.#slice(populationSteps, threads, losses.subarray(done * this.trials));
      const took = performance.now() - begun;
      this.#pool.record(threads, populationSteps, took);
      const fitting = Math.max(1, Math.floor((populationSteps * this.#sliceMs) / Math.max(took, 1e-3)));
      this.#populationSteps = Math.min(fitting, 4 * Math.max(populationSteps, this.#populationSteps));
      this.#populationStepsDone += populationSteps;
      done += populationSteps;
      await this.#turn();
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** Slices go on from one call to the next: epochs may be shorter than a slice, and clicks still want their turn. */
  async #turn(): Promise<void> {
    if (performance.now() <= this.#sliceEnd) return;
    await nextTask();
    this.#sliceEnd = performance.now() + this.#sliceMs;
  }

  async #slice(populationSteps: number, threads: number, losses: Float32Array): Promise<void> {
    const first = this.#populationStepsDone;
    const jobs = this.#states.flatMap((state, trial) => {
      if (!state.live) return [];
      const begin = stepsBefore(state.stepSchedule, first);
      const count = stepsBefore(state.stepSchedule, first + populationSteps) - begin;
      if (count > 0) this.#writeJob(trial, state, begin, count);
      return count > 0 ? [trial] : [];
    });
    await this.#pool.work(jobs, threads);
    for (const trial of jobs) this.#readLosses(trial, first, populationSteps, losses);
  }

  #writeJob(trial: number, { stepSchedule, numbers }: TrialState, begin: number, count: number): void {
    const { record, job, steps, losses } = this.#layout.trials[trial];
    const epoch = Math.floor(begin / stepSchedule.steps);
    const within = begin % stepSchedule.steps;
    this.#structs.words('job', job, { trial: record, epoch, within, step: begin, count, steps, losses });
    const factor = (step: number) => scheduleFactor(numbers.schedule, step);
    writeSteps(new Float32Array(this.#memory.buffer, steps, 4 * count), factor, begin, count, numbers);
  }

  /** Into losses [population step, trial], where this trial has a step. */
  #readLosses(trial: number, first: number, populationSteps: number, losses: Float32Array): void {
    const { stepSchedule } = this.#states[trial];
    const own = new Float32Array(this.#memory.buffer, this.#layout.trials[trial].losses, populationSteps);
    let next = 0;
    for (let populationStep = 0; populationStep < populationSteps; populationStep++) {
      if (stepAt(stepSchedule, first + populationStep) !== undefined)
        losses[populationStep * this.trials + trial] = own[next++];
    }
  }

  async evaluate(set: RowSet): Promise<Evaluation[]> {
    await this.#predictions;
    const rows = this.#data.sets[set].length;
    return this.#layout.trials.map((_, trial) =>
      evaluationOf(this.#data, set, this.#settings, this.#outputs(trial, set, rows)),
    );
  }

  /** Outputs [row, output] of the rows of a set. */
  #outputs(trial: number, set: RowSet, rows: number): Float32Array {
    const { problem, trials, workspaces, predictionBuffers, data, rows: most } = this.#layout;
    const { record } = trials[trial];
    const to = predictionBuffers.outputs;
    const width = this.#data.outputs;
    const result = new Float32Array(rows * width);
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      this.#kernels.outputs(problem, record, workspaces[0].record, data.features, data[set], first, count, to);
      result.set(new Float32Array(this.#memory.buffer, to, count * width), first * width);
    }
    return result;
  }

  /** One after the other: they share their buffers. */
  predict(features: Float32Array, rows: number): Promise<Float32Array> {
    const prediction = this.#predictions.then(() => this.#predict(features, rows));
    this.#predictions = prediction.then(
      () => {},
      () => {}, // whoever asked for it is told
    );
    return prediction;
  }

  async #predict(features: Float32Array, rows: number): Promise<Float32Array> {
    const { columns, outputs } = this.#data;
    const { predictionBuffers } = this.#layout;
    const result = new Float32Array(this.trials * rows * outputs);
    for (let first = 0; first < rows; first += predictionBuffers.rows) {
      const count = Math.min(predictionBuffers.rows, rows - first);
      const given = features.subarray(first * columns, (first + count) * columns);
      new Float32Array(this.#memory.buffer, predictionBuffers.features, given.length).set(given);
      // Other threads would see parameters of another step, and those of a trial that they train.
      if (this.#training) this.#pool.predictHere(count);
      else {
        await this.#pool.predict(count);
        await this.#turn();
      }
      const size = count * outputs;
      const all = new Float32Array(this.#memory.buffer, predictionBuffers.outputs, this.trials * size);
      for (let trial = 0; trial < this.trials; trial++) {
        result.set(all.subarray(trial * size, (trial + 1) * size), (trial * rows + first) * outputs);
      }
    }
    return result;
  }

  async finite(): Promise<boolean[]> {
    return this.#layout.trials.map(({ parameters }) => this.#kernels.finite(parameters, 4 * this.#layout.arena) !== 0);
  }

  async parameters(trial: number): Promise<Float32Array<ArrayBuffer>> {
    return fromPanels(this.#layout.layers, this.#arena(trial), this.parameterCount);
  }

  saveSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#states[trial].snapshot.set(this.#arena(trial));
  }

  restoreSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#arena(trial).set(this.#states[trial].snapshot);
  }

  configure(trial: number, changes: LiveHyperparameters): void {
    const state = this.#states[trial];
    Object.assign(state.numbers, changes);
    writeTrial(this.#memory.buffer, this.#layout, trial, state.numbers, this.#data.sets.train.length);
  }

  stop(trial: number): void {
    this.#states[trial].live = false;
  }

  /** What a trial is, in the arena that everybody knows, by name. */
  #arrays(trial: number): [string, Float32Array][] {
    const { slots } = this.#layout.trials[trial];
    return [
      [`parameters ${trial}`, this.#arena(trial)],
      [`kept ${trial}`, this.#states[trial].snapshot],
      ...slots.map((address, slot): [string, Float32Array] => [`slot ${slot} ${trial}`, this.#arena(trial, address)]),
    ];
  }

  async checkpoint(): Promise<Checkpoint> {
    const arrays: Checkpoint['arrays'] = {};
    for (let trial = 0; trial < this.trials; trial++) {
      for (const [name, padded] of this.#arrays(trial)) {
        arrays[name] = new Uint8Array(fromPanels(this.#layout.layers, padded, this.parameterCount).buffer);
      }
    }
    return {
      plan: this.plan,
      plan_code: this.planCode,
      steps: this.#populationStepsDone,
      trials: this.#states.map(({ numbers }) => ({ ...numbers })),
      stopped: this.#states.flatMap(({ live }, trial) => (live ? [] : [trial])),
      arrays,
    };
  }

  async resume({ plan, steps, trials, stopped, arrays }: Checkpoint): Promise<void> {
    const places = this.#states.flatMap((_, trial) =>
      this.#arrays(trial).map(([name, to]) => ({ to, from: arrays[name] })),
    );
    const known = plan === this.plan || plan === portablePlan;
    const fits = known && places.every(({ from }) => from?.byteLength === 4 * this.parameterCount);
    if (!fits || trials.length !== this.trials) throw otherCheckpoint(plan, this.plan);
    for (const { to, from } of places) toPanels(this.#layout.layers, new Float32Array(from.slice().buffer), to);
    this.#states.forEach((state, trial) => {
      state.numbers = { ...trials[trial] };
      state.live = !stopped.includes(trial);
      writeTrial(this.#memory.buffer, this.#layout, trial, state.numbers, this.#data.sets.train.length);
    });
    this.#populationStepsDone = steps;
  }

  destroy(): void {
    this.#pool.end();
  }
}

/** Steps that a trial has taken before a population step; see `stepAt`. */
function stepsBefore({ populationSteps, steps }: StepSchedule, populationStep: number): number {
  return (
    Math.floor(populationStep / populationSteps) * steps +
    Math.floor(((populationStep % populationSteps) * steps) / populationSteps)
  );
}
