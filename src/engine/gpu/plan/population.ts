/**
 * What every plan on the GPU shares: slices of steps and their losses, evaluation, parameters kept and brought back, and
 * trials that change or stop between two submits. How a step is computed is the plan's own: `PlanWork`.
 */

import type { Said } from '../../../util/message.ts';
import {
  type Checkpoint,
  type EngineData,
  type EngineInfo,
  type Evaluation,
  type Hyperparameters,
  type LiveHyperparameters,
  otherCheckpoint,
  type PopulationSettings,
  type RowSet,
  type StepsDone,
} from '../../engine.ts';
import { parameterCount } from '../../parameters.ts';
import type { GpuContext } from '../context.ts';
import { createEvaluator, type Evaluator } from '../evaluate/evaluator.ts';
import { createFiniteCheck, type FiniteCheck } from '../evaluate/finite-check.ts';
import { createPredictor, type Predictor } from '../evaluate/predictor.ts';
import type { MatmulConfigs } from '../layered/matmul-config.ts';
import { type AllocatedBuffers, type BufferSpecs, listOf } from '../memory/buffer-spec.ts';
import { fitBuffers, readBuffers, writeBuffers } from '../memory/checkpoint.ts';
import { checkBudget } from '../memory/estimate.ts';
import { type Memory, owningMemory } from '../memory/memory.ts';
import { outOfMemory } from '../memory/refusal.ts';
import { type SharedBufferSpecs, type SharedBuffers, sharedBufferSpecs } from '../memory/shared-buffers.ts';
import { type FieldValues, fieldBytes, offsetOf, Trial } from '../memory/structs.ts';
import type { ResidentVariant } from '../resident/kernel.ts';
import { gpuPlanCode } from './plan-code.ts';
import type { Streamable } from './streamed.ts';
import { runTimeSlices, type TimeSlicer } from './time-slice.ts';
import { trialFields } from './trial-fields.ts';

/** How a plan trains. */
export interface PlanWork {
  plan: 'layered' | 'resident';
  /** Of the resident plan. */
  variant?: ResidentVariant;
  /** Where it has products. */
  configs?: MatmulConfigs;
  /** One phrase: why this plan. */
  why: Said;
  stepsPerEpoch: number;
  /** Steps of the first submit, of which nothing is known yet, and the most that one may hold. */
  firstSteps: number;
  mostSteps: number;
  /** What it keeps between steps beside the shared buffers; losses are none of it. */
  state: Record<string, GPUBuffer | undefined>;
  /** Steps done so far, by a population that is gone on from. */
  resume(steps: number): void;
  /** Records steps, and a copy of their losses [step, trial] to `target`. */
  record(encoder: GPUCommandEncoder, steps: number, target: GPUBuffer): void;
  /** @throws InputError when this population was not made for a trial with such numbers */
  check(trial: number, numbers: Hyperparameters): void;
}

/** What a plan declares and makes. */
export interface PlanParts<Own extends BufferSpecs> {
  /** Of each trial, for the kernels. */
  fields: (numbers: Hyperparameters, trial: number) => FieldValues;
  /** The plan's own buffers. */
  own: (settings: PopulationSettings) => Own;
  make: (shared: SharedBuffers, own: AllocatedBuffers<Own>) => Promise<PlanWork>;
}

/** Makes what all plans need, and lets the plan make the rest. @throws InputError when it does not fit */
export async function createPopulation<Own extends BufferSpecs>(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  { fields, own, make }: PlanParts<Own>,
): Promise<Streamable> {
  checkBudget(context, data, settings, own);
  const specs = { shared: sharedBufferSpecs(data, settings, fields), own: own(settings) };
  const refuse = () => outOfMemory(settings, [...listOf(specs.shared), ...listOf(specs.own)]);
  return owningMemory(context.device, (memory) =>
    context.guarded('making the population', async () => {
      const shared = await memory.make(specs.shared, refuse);
      const work = await make(shared, await memory.make(specs.own, refuse));
      return new GpuPopulation(context, memory, data, settings, shared, work);
    }),
  );
}

class GpuPopulation implements Streamable {
  readonly engine: EngineInfo;
  readonly plan: string;
  readonly why: Said;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #context: GpuContext;
  readonly #memory: Memory;
  readonly #data: EngineData;
  readonly #settings: PopulationSettings;
  readonly #shared: AllocatedBuffers<SharedBufferSpecs>;
  readonly #work: PlanWork;
  /** How products run: evaluation has them on either plan, and what only trains residents does not measure them. */
  #configs: MatmulConfigs | undefined;
  readonly #numbers: Hyperparameters[];
  readonly #slicer: TimeSlicer;
  readonly #evaluators = new Map<RowSet | number, Promise<Evaluator>>();
  readonly #predictors = new Map<number, Promise<Predictor>>();
  readonly #checks = new Map<'finite', Promise<FiniteCheck>>();
  readonly #stopped = new Set<number>();
  #stepsDone = 0;
  #destroyed = false;

  constructor(
    context: GpuContext,
    memory: Memory,
    data: EngineData,
    settings: PopulationSettings,
    shared: AllocatedBuffers<SharedBufferSpecs>,
    work: PlanWork,
  ) {
    this.#context = context;
    this.#memory = memory;
    this.#data = data;
    this.#settings = settings;
    this.#shared = shared;
    this.#work = work;
    this.#numbers = settings.trials.map((numbers) => ({ ...numbers }));
    this.#slicer = { target_ms: context.slice_ms, step_ms: 0, first: work.firstSteps };
    this.engine = context.engine;
    this.plan = work.plan;
    this.#configs = work.configs;
    this.why = work.why;
    this.trials = settings.trials.length;
    this.parameterCount = parameterCount(settings.layers);
    this.stepsPerEpoch = work.stepsPerEpoch;
  }

  get planCode(): string {
    return gpuPlanCode(this.#work.variant, this.#configs);
  }

  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let submitted = 0;
    const submit = async (count: number) => {
      const at = submitted * this.trials;
      submitted += count;
      losses.set(await this.#submitSteps(count), at);
    };
    const most = this.#work.mostSteps;
    const done = await this.#context.guarded('training', () =>
      runTimeSlices(this.#slicer, steps, most, submit, signal),
    );
    this.#stepsDone += done;
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** Records `count` steps, submits them, and resolves with their losses [step, trial]. */
  async #submitSteps(count: number): Promise<Float32Array> {
    const { device } = this.#context;
    const encoder = device.createCommandEncoder();
    // Kernels pass over stopped trials without a trace in the log: what is there is of an earlier submit.
    const stopped = [...this.#stopped];
    const copied = await this.#memory.read(
      4 * this.trials * count,
      (target) => this.#work.record(encoder, count, target),
      () => device.queue.submit([encoder.finish()]),
    );
    const losses = new Float32Array(copied);
    for (const trial of stopped) for (let i = trial; i < losses.length; i += this.trials) losses[i] = 0;
    return losses;
  }

  evaluate(set: RowSet): Promise<Evaluation[]> {
    return this.#score(set, () => this.#data.sets[set]);
  }

  load(rows: Float32Array<ArrayBuffer>): void {
    // A set without rows: Deno 2.9 ends the process over an empty write.
    if (rows.length > 0) this.#context.device.queue.writeBuffer(this.#shared.data, 0, rows);
  }

  evaluateLoaded(rows: number): Promise<Evaluation[]> {
    return this.#score(rows, () => Uint32Array.from({ length: rows }, (_, slot) => slot));
  }

  async #score(key: RowSet | number, listed: () => Uint32Array): Promise<Evaluation[]> {
    const evaluator = await this.#kept(this.#evaluators, key, () =>
      createEvaluator(this.#context, this.#data, this.#settings, this.#shared, listed()),
    );
    this.#configs = await this.#context.configs();
    return this.#context.guarded('evaluating', () => evaluator.score());
  }

  async finite(): Promise<boolean[]> {
    const finite = await this.#kept(this.#checks, 'finite', () =>
      createFiniteCheck(this.#context, this.#settings, this.#shared),
    );
    return this.#context.guarded('checking parameters', () => finite.check());
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    // A few sizes serve all: a page asks for the same number of rows every frame, and a program for any.
    const most = Math.max(64, 2 ** Math.ceil(Math.log2(rows)));
    const predictor = await this.#kept(this.#predictors, most, () =>
      createPredictor(this.#context, this.#data, this.#settings, this.#shared, most),
    );
    return this.#context.guarded('predicting', () => predictor.predict(features, rows));
  }

  /** What was made for this key, or is made now; what failed to be made is tried again. */
  #kept<Key, AllocatedBuffers>(
    known: Map<Key, Promise<AllocatedBuffers>>,
    key: Key,
    make: () => Promise<AllocatedBuffers>,
  ): Promise<AllocatedBuffers> {
    const before = known.get(key);
    if (before) return before;
    const now = make();
    known.set(key, now);
    now.catch(() => known.delete(key));
    return now;
  }

  async parameters(trial: number): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.#context;
    const bytes = 4 * this.parameterCount;
    const encoder = device.createCommandEncoder();
    const copied = await this.#context.guarded('reading parameters', () =>
      this.#memory.read(
        bytes,
        (target) => encoder.copyBufferToBuffer(this.#shared.parameters, trial * bytes, target, 0, bytes),
        () => device.queue.submit([encoder.finish()]),
      ),
    );
    return new Float32Array(copied);
  }

  saveSnapshot(trials: readonly number[]): void {
    this.#copy(this.#shared.parameters, this.#shared.kept, trials);
  }

  restoreSnapshot(trials: readonly number[]): void {
    this.#copy(this.#shared.kept, this.#shared.parameters, trials);
  }

  #copy(from: GPUBuffer, to: GPUBuffer, trials: readonly number[]): void {
    const { device } = this.#context;
    const bytes = 4 * this.parameterCount;
    const encoder = device.createCommandEncoder();
    for (const trial of trials) encoder.copyBufferToBuffer(from, trial * bytes, to, trial * bytes, bytes);
    device.queue.submit([encoder.finish()]);
  }

  configure(trial: number, changes: LiveHyperparameters): void {
    const numbers = { ...this.#numbers[trial], ...changes };
    this.#work.check(trial, numbers);
    this.#numbers[trial] = numbers;
    const fields = trialFields(numbers);
    for (const [name, value] of Object.entries(fields)) if (name !== 'live') this.#write(trial, name, value);
  }

  stop(trial: number): void {
    this.#stopped.add(trial);
    this.#write(trial, 'live', 0);
  }

  /** Everything that steps read and write. */
  get #buffers(): Record<string, GPUBuffer | undefined> {
    const { trials, parameters, kept } = this.#shared;
    return { trials, parameters, kept, ...this.#work.state };
  }

  async checkpoint(): Promise<Checkpoint> {
    const { device } = this.#context;
    return {
      plan: this.plan,
      plan_code: this.planCode,
      steps: this.#stepsDone,
      trials: this.#numbers.map((numbers) => ({ ...numbers })),
      stopped: [...this.#stopped],
      arrays: await this.#context.guarded('saving', () => readBuffers(device, this.#memory, this.#buffers)),
    };
  }

  async resume({ plan, steps, trials, stopped, arrays }: Checkpoint): Promise<void> {
    const fits = plan === this.plan && trials.length === this.trials && fitBuffers(this.#buffers, arrays);
    if (!fits) throw otherCheckpoint(plan, this.plan);
    writeBuffers(this.#context.device, this.#buffers, arrays);
    this.#work.resume(steps);
    this.#stepsDone = steps;
    for (const trial of stopped) this.#stopped.add(trial);
    trials.forEach((numbers, trial) => {
      this.#numbers[trial] = { ...numbers };
    });
  }

  /** Writes one field of a trial, between two submits. */
  #write(trial: number, field: string, value: number | readonly number[]): void {
    const offset = trial * Trial.size + offsetOf(Trial, field);
    this.#context.device.queue.writeBuffer(this.#shared.trials, offset, fieldBytes(Trial, field, value));
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    for (const part of [...this.#evaluators.values(), ...this.#predictors.values(), ...this.#checks.values()]) {
      part.then(
        (made) => made.destroy(),
        () => {}, // it failed to be made, and whoever asked for it was told
      );
    }
    this.#memory.destroy();
  }
}
