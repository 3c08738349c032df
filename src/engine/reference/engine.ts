/** The reference as an engine: one trial after another, each step as the formulas in `network.ts` say. */

import { cpu } from '../../messages/en/engines/cpu.ts';
import { stateOf } from '../../spec/optimizers.ts';
import { message, type Said } from '../../util/message.ts';
import { shuffled, shuffleKey } from '../../util/random.ts';
import { nextTask } from '../../util/yielding.ts';
import {
  type Checkpoint,
  type Engine,
  type EngineData,
  type EngineInfo,
  type EngineKind,
  type Hyperparameters,
  type LiveHyperparameters,
  otherCheckpoint,
  type Population,
  type PopulationSettings,
  type PopulationShape,
  planRefused,
  portablePlan,
  type RowSet,
  type StepsDone,
} from '../engine.ts';
import type { LayerShape } from '../layers.ts';
import { type HostMemory, requireMemory } from '../memory.ts';
import { modelTensors, parameterCount, withActivations } from '../parameters.ts';
import { scheduleFactor } from '../schedule.ts';
import { createStepSchedules, rowsInStep, type StepSchedule, stepAt } from '../step-schedule.ts';
import { backwardPass } from './backward.ts';
import { evaluationOf, gatherRows } from './evaluation.ts';
import { smoothTargets } from './losses.ts';
import { referenceBytes } from './memory.ts';
import { createWorkspace, forward, forwardPass, type Workspace } from './network.ts';
import { optimizers } from './optimizers.ts';
import { clearFrozen, clipGradients, regularize, type UpdateRange, updateRanges } from './training.ts';

interface TrialState {
  layers: LayerShape[];
  ranges: UpdateRange[];
  stepSchedule: StepSchedule;
  numbers: Hyperparameters;
  parameters: Float32Array<ArrayBuffer>;
  optimizerState: Float32Array;
  kept: Float32Array;
  live: boolean;
}

export interface ReferenceOptions extends HostMemory {
  /** Milliseconds of work between two turns of the event loop. */
  slice_ms?: number;
  /** Why a population is trained by plain loops. */
  planWhy?: Said;
  /** What the engine is called. */
  adapter?: string;
  /** Fills the gradients of a batch, and gives its loss. */
  backward?: typeof backwardPass;
}

export function createReferenceEngine(kind: EngineKind, why: Said, options: ReferenceOptions = {}): Engine {
  const info: EngineInfo = {
    kind,
    adapter: options.adapter ?? 'plain TypeScript on one CPU thread',
    software: false,
    why,
  };
  const memoryFor = (data: EngineData, settings: PopulationShape, others?: number) =>
    requireMemory(options, settings, (some) => referenceBytes(data, some), others);
  return {
    ...info,
    bytes: 0,
    lost: new Promise(() => {}),
    memoryFor,
    async createPopulation(data, settings) {
      const { plan_code = `${kind}:plain` } = settings;
      if (plan_code !== `${kind}:plain`) throw planRefused(plan_code, info.adapter);
      memoryFor(data, settings);
      return new ReferencePopulation(info, data, settings, options);
    },
    destroy() {},
  };
}

class ReferencePopulation implements Population {
  readonly engine: EngineInfo;
  readonly plan = 'plain';
  readonly planCode: string;
  readonly why: Said;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #data: EngineData;
  readonly #settings: PopulationSettings;
  readonly #sliceMs: number;
  readonly #backward: typeof backwardPass;
  readonly #states: TrialState[];
  readonly #work: Workspace;
  readonly #targets: Float32Array;
  readonly #weights: Float32Array | undefined;
  readonly #gradients: Float32Array;
  /** Whether all tensors are trained, at the learning rate as it is. */
  readonly #uniform: boolean;
  #populationStepsDone = 0;
  #sliceEnd = 0;

  constructor(engine: EngineInfo, data: EngineData, settings: PopulationSettings, options: ReferenceOptions) {
    const { layers, trials, initial_parameters } = settings;
    this.#data = data;
    this.#settings = settings;
    this.engine = engine;
    this.planCode = `${engine.kind}:plain`;
    this.why = options.planWhy ?? message(cpu, 'only_plan');
    this.#sliceMs = options.slice_ms ?? 50;
    this.#backward = options.backward ?? backwardPass;
    this.trials = trials.length;
    this.parameterCount = parameterCount(layers);
    const stepSchedules = createStepSchedules(
      data.sets.train.length,
      trials.map(({ batch_size }) => batch_size),
    );
    this.stepsPerEpoch = stepSchedules[0].populationSteps;
    const largest = Math.max(...trials.map(({ batch_size }) => batch_size));
    this.#work = createWorkspace(layers, largest);
    this.#targets = new Float32Array(largest * data.outputs);
    this.#weights = data.weights && new Float32Array(largest);
    this.#gradients = new Float32Array(this.parameterCount);
    this.#uniform = modelTensors(layers).every((tensor) => tensor.trainable && tensor.learning_rate_scale === 1);
    this.#states = trials.map((numbers, trial) => {
      const parameters = initial_parameters.slice(trial * this.parameterCount, (trial + 1) * this.parameterCount);
      return {
        layers: withActivations(layers, numbers.activations),
        ranges: updateRanges(layers),
        stepSchedule: stepSchedules[trial],
        numbers: { ...numbers },
        parameters,
        optimizerState: new Float32Array(this.parameterCount * stateOf(numbers.optimizer).length),
        kept: parameters.slice(),
        live: true,
      };
    });
  }

  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let done = 0;
    while (done < steps && !signal?.aborted) {
      this.#states.forEach((state, trial) => {
        const step = stepAt(state.stepSchedule, this.#populationStepsDone);
        if (state.live && step !== undefined) losses[done * this.trials + trial] = this.#step(state, step);
      });
      this.#populationStepsDone += 1;
      done += 1;
      // Slices go on from one call to the next: epochs may be shorter than a slice, and clicks still want their turn.
      if (performance.now() > this.#sliceEnd) {
        await nextTask();
        this.#sliceEnd = performance.now() + this.#sliceMs;
      }
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** One step of one trial; returns the mean loss of its batch before the update. */
  #step({ layers, ranges, stepSchedule, numbers, parameters, optimizerState }: TrialState, step: number): number {
    const { seed, dropout, optimizer, learning_rate, weight_decay, clip_norm, schedule } = numbers;
    const rows = this.#gatherBatch(stepSchedule, numbers, step);
    forwardPass(layers, parameters, this.#work, rows, { rates: dropout, seed, step });
    const { loss, custom_loss } = this.#settings;
    const goal = { loss, custom_loss, targets: this.#targets, weights: this.#weights };
    const batchLoss = this.#backward(layers, parameters, this.#work, goal, this.#gradients, rows);
    const rate = learning_rate * scheduleFactor(schedule, step);
    if (!this.#uniform) clearFrozen(layers, this.#gradients);
    clipGradients(this.#gradients, clip_norm);
    regularize(layers, parameters, this.#gradients, numbers, rate * weight_decay);
    const { update } = optimizers[optimizer];
    if (this.#uniform) {
      update(parameters, this.#gradients, optimizerState, numbers, rate, step + 1);
      return batchLoss;
    }
    const slots = stateOf(optimizer).length;
    for (const { first, end, learning_rate_scale } of ranges) {
      const own = parameters.subarray(first, end);
      const gradients = this.#gradients.subarray(first, end);
      const state = optimizerState.subarray(first * slots, end * slots);
      update(own, gradients, state, numbers, rate * learning_rate_scale, step + 1);
    }
    return batchLoss;
  }

  /** Copies the rows of a step into the workspace; returns how many there are. */
  #gatherBatch(
    stepSchedule: StepSchedule,
    { seed, shuffle, label_smoothing = 0 }: Hyperparameters,
    step: number,
  ): number {
    const { columns, outputs, features, targets, weights, sets } = this.#data;
    const count = sets.train.length;
    const first = (step % stepSchedule.steps) * stepSchedule.batch_size;
    const rows = rowsInStep(stepSchedule, step);
    const key = shuffleKey(seed, Math.floor(step / stepSchedule.steps));
    for (let r = 0; r < rows; r++) {
      const position = shuffle ? shuffled(first + r, count, key) : first + r;
      const row = sets.train[position];
      this.#work.input.set(features.subarray(row * columns, (row + 1) * columns), r * columns);
      this.#targets.set(targets.subarray(row * outputs, (row + 1) * outputs), r * outputs);
      if (weights && this.#weights) this.#weights[r] = weights[row];
    }
    if (label_smoothing > 0) {
      smoothTargets(this.#targets.subarray(0, rows * outputs), this.#settings.loss, outputs, label_smoothing);
    }
    return rows;
  }

  async evaluate(set: RowSet) {
    const rows = this.#data.sets[set];
    const features = gatherRows(this.#data.features, this.#data.columns, rows);
    return this.#states.map(({ layers, parameters }) =>
      evaluationOf(this.#data, set, this.#settings, forward(layers, parameters, features, rows.length)),
    );
  }

  async finite() {
    return this.#states.map(({ parameters }) => parameters.every(Number.isFinite));
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    const perTrial = rows * this.#data.outputs;
    const result = new Float32Array(this.trials * perTrial);
    this.#states.forEach(({ layers, parameters }, trial) => {
      result.set(forward(layers, parameters, features, rows), trial * perTrial);
    });
    return result;
  }

  async parameters(trial: number) {
    return this.#states[trial].parameters.slice();
  }

  saveSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#states[trial].kept.set(this.#states[trial].parameters);
  }

  restoreSnapshot(trials: readonly number[]): void {
    for (const trial of trials) this.#states[trial].parameters.set(this.#states[trial].kept);
  }

  configure(trial: number, changes: LiveHyperparameters): void {
    Object.assign(this.#states[trial].numbers, changes);
  }

  stop(trial: number): void {
    this.#states[trial].live = false;
  }

  async checkpoint(): Promise<Checkpoint> {
    const arrays: Checkpoint['arrays'] = {};
    this.#states.forEach(({ parameters, kept, optimizerState }, trial) => {
      for (const [name, values] of Object.entries({ parameters, kept, optimizerState })) {
        arrays[`${name} ${trial}`] = new Uint8Array(values.slice().buffer);
      }
    });
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
    const portable = plan === portablePlan;
    const places = this.#states.flatMap(({ parameters, kept, optimizerState }, trial) =>
      Object.entries({ parameters, kept, optimizerState }).map(([name, into]) => ({
        into,
        from: portable && name === 'optimizerState' ? this.#interleaved(arrays, trial) : arrays[`${name} ${trial}`],
      })),
    );
    const fits =
      (portable || plan === this.plan) && places.every(({ into, from }) => from?.byteLength === into.byteLength);
    if (!fits || trials.length !== this.trials) throw otherCheckpoint(plan, this.plan);
    for (const { into, from } of places) new Uint8Array(into.buffer).set(from);
    this.#states.forEach((state, trial) => {
      state.numbers = { ...trials[trial] };
      state.live = !stopped.includes(trial);
    });
    this.#populationStepsDone = steps;
  }

  /** The optimizer's state parameter by parameter, from a portable checkpoint; empty where that has not all of it. */
  #interleaved(arrays: Checkpoint['arrays'], trial: number): Uint8Array<ArrayBuffer> {
    const { optimizerState, numbers } = this.#states[trial];
    const lists = stateOf(numbers.optimizer).map((_, slot) => arrays[`slot ${slot} ${trial}`]);
    if (lists.some((list) => list?.byteLength !== 4 * this.parameterCount)) return new Uint8Array();
    const slots = lists.map((list) => new Float32Array(list.slice().buffer));
    const read = (_: unknown, i: number) => slots[i % slots.length][Math.floor(i / slots.length)];
    return new Uint8Array(Float32Array.from(optimizerState, read).buffer);
  }

  destroy(): void {}
}
