/**
 * The layered plan: one dispatch per fused operation, the trial as the z axis of each (see `layered-step.ts`). Nothing
 * is created, written or read back inside a step; many steps go into one submit, and their losses come back with it.
 */
import { InputError } from '../../spec/errors.ts';
import type {
  EngineData,
  Evaluation,
  LiveNumbers,
  Population,
  PopulationSettings,
  RowSet,
  StepsDone,
  TrialNumbers,
} from '../engine.ts';
import { evaluationOf } from '../evaluation.ts';
import { parameterCount } from '../parameters.ts';
import type { GpuContext } from './device.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { type Arenas, createStep, dataStride, type Step } from './layered-step.ts';
import { createMemory, type Memory } from './memory.ts';
import { runSlices, type Slicer } from './slices.ts';
import { fieldBytes, structArray, Trial } from './structs.ts';
import { trialFields } from './trial-fields.ts';

export async function createLayeredPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
): Promise<Population> {
  const memory = createMemory(context.device);
  try {
    return await context.guarded('making the population', async () => {
      const arenas = {
        trials: memory.storage('trials', structArray(Trial, settings.trials.map(trialFields))),
        parameters: memory.storage('parameters', settings.initial_parameters),
        data: memory.storage('data set', joinColumns(data)),
      };
      const kept = memory.storage('kept parameters', settings.initial_parameters);
      const step = await createStep(context, memory, data, settings, arenas);
      return new LayeredPopulation(context, memory, data, settings, { ...arenas, kept }, step);
    });
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

class LayeredPopulation implements Population {
  readonly plan = 'layered';
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #context: GpuContext;
  readonly #memory: Memory;
  readonly #data: EngineData;
  readonly #settings: PopulationSettings;
  readonly #arenas: Arenas & { kept: GPUBuffer };
  readonly #step: Step;
  readonly #numbers: TrialNumbers[];
  readonly #slicer: Slicer;
  readonly #evaluators = new Map<string, Promise<Evaluator>>();
  #stepsDone = 0;
  #destroyed = false;

  constructor(
    context: GpuContext,
    memory: Memory,
    data: EngineData,
    settings: PopulationSettings,
    arenas: Arenas & { kept: GPUBuffer },
    step: Step,
  ) {
    this.#context = context;
    this.#memory = memory;
    this.#data = data;
    this.#settings = settings;
    this.#arenas = arenas;
    this.#step = step;
    this.#numbers = settings.trials.map((numbers) => ({ ...numbers }));
    this.#slicer = { target_ms: context.slice_ms, step_ms: 0 };
    this.trials = settings.trials.length;
    this.parameterCount = parameterCount(settings.layers);
    this.stepsPerEpoch = step.stepsPerEpoch;
  }

  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let submitted = 0;
    const submit = async (count: number) => {
      const at = submitted * this.trials;
      submitted += count;
      losses.set(await this.#submitSteps(count), at);
    };
    // Half the log at most: two submits may be in flight, and neither may write over what the other has yet to copy.
    const most = Math.floor(this.#step.logSteps / 2);
    const done = await this.#context.guarded('training', () => runSlices(this.#slicer, steps, most, submit, signal));
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** Records `count` steps in one pass, submits them, and resolves with their losses [step, trial]. */
  async #submitSteps(count: number): Promise<Float32Array> {
    const { device } = this.#context;
    const first = this.#stepsDone % this.#step.logSteps;
    this.#stepsDone += count;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let step = 0; step < count; step++) {
      for (const { pipeline, bindings, groups } of this.#step.dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(...groups);
      }
    }
    pass.end();
    const bytes = 4 * this.trials;
    const beforeWrap = Math.min(count, this.#step.logSteps - first);
    const copied = await this.#memory.read(
      bytes * count,
      (target) => {
        encoder.copyBufferToBuffer(this.#step.losses, first * bytes, target, 0, beforeWrap * bytes);
        if (beforeWrap < count) {
          encoder.copyBufferToBuffer(this.#step.losses, 0, target, beforeWrap * bytes, (count - beforeWrap) * bytes);
        }
      },
      () => device.queue.submit([encoder.finish()]),
    );
    return new Float32Array(copied);
  }

  async evaluate(set: RowSet): Promise<Evaluation[]> {
    const rows = this.#data.sets[set];
    const evaluator = await this.#evaluator(set, rows.length, rows);
    const outputs = await this.#context.guarded('evaluating', () => evaluator.run());
    const perTrial = rows.length * this.#data.outputs;
    return this.#settings.trials.map((_, trial) =>
      evaluationOf(this.#data, set, this.#settings.loss, outputs.subarray(trial * perTrial, (trial + 1) * perTrial)),
    );
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    const evaluator = await this.#evaluator(`rows ${rows}`, rows);
    return this.#context.guarded('predicting', () => evaluator.run(features));
  }

  /** Evaluators are kept: the sets come back every epoch, and a page asks for the same number of rows every frame. */
  #evaluator(key: string, rows: number, listed?: Uint32Array): Promise<Evaluator> {
    let evaluator = this.#evaluators.get(key);
    if (!evaluator) {
      evaluator = createEvaluator(this.#context, this.#data, this.#settings, this.#arenas, rows, listed);
      this.#evaluators.set(key, evaluator);
    }
    return evaluator;
  }

  async parameters(trial: number): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.#context;
    const bytes = 4 * this.parameterCount;
    const encoder = device.createCommandEncoder();
    const copied = await this.#context.guarded('reading parameters', () =>
      this.#memory.read(
        bytes,
        (target) => encoder.copyBufferToBuffer(this.#arenas.parameters, trial * bytes, target, 0, bytes),
        () => device.queue.submit([encoder.finish()]),
      ),
    );
    return new Float32Array(copied);
  }

  keep(trials: readonly number[]): void {
    this.#copy(this.#arenas.parameters, this.#arenas.kept, trials);
  }

  restore(trials: readonly number[]): void {
    this.#copy(this.#arenas.kept, this.#arenas.parameters, trials);
  }

  #copy(from: GPUBuffer, to: GPUBuffer, trials: readonly number[]): void {
    const { device } = this.#context;
    const bytes = 4 * this.parameterCount;
    const encoder = device.createCommandEncoder();
    for (const trial of trials) encoder.copyBufferToBuffer(from, trial * bytes, to, trial * bytes, bytes);
    device.queue.submit([encoder.finish()]);
  }

  configure(trial: number, changes: LiveNumbers): void {
    const numbers = { ...this.#numbers[trial], ...changes };
    if (this.#step.update === 'sgd' && numbers.momentum > 0) {
      throw new InputError('momentum: this run began without momentum; start a new run to use it.', 'momentum');
    }
    if (!this.#step.clips && numbers.clip_norm > 0) {
      throw new InputError('clip_norm: this run began without clipping; start a new run to use it.', 'clip_norm');
    }
    this.#numbers[trial] = numbers;
    const fields = trialFields(numbers);
    for (const [name, value] of Object.entries(fields)) if (name !== 'live') this.#write(trial, name, value);
  }

  stop(trial: number): void {
    this.#write(trial, 'live', 0);
  }

  /** Writes one field of a trial, between two submits. */
  #write(trial: number, field: string, value: number | readonly number[]): void {
    const offset = trial * Trial.size + Trial.fields[field].offset;
    this.#context.device.queue.writeBuffer(this.#arenas.trials, offset, fieldBytes(Trial, field, value));
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    for (const evaluator of this.#evaluators.values()) {
      evaluator.then(
        (made) => made.destroy(),
        () => {}, // it failed to be made, and whoever asked for it was told
      );
    }
    this.#memory.destroy();
  }
}

/** Features, targets and weight of each row side by side, so that a kernel needs one binding for all. */
function joinColumns(data: EngineData): Float32Array {
  const { rows, columns, outputs, features, targets, weights } = data;
  const stride = dataStride(data);
  const joined = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    joined.set(features.subarray(row * columns, (row + 1) * columns), row * stride);
    joined.set(targets.subarray(row * outputs, (row + 1) * outputs), row * stride + columns);
    joined[(row + 1) * stride - 1] = weights?.[row] ?? 1;
  }
  return joined;
}
