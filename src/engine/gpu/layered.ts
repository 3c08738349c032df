/**
 * The layered plan: one dispatch per fused operation, the trial as the z axis of each. A step of L layers is 3L - 1
 * dispatches that are recorded the same way every time:
 *
 *   forward 1 .. L        the first finds its batch and begins the step, the last makes loss and output errors
 *   for l = L .. 2        input gradient: errors of layer l - 1, from weights that are not updated yet
 *                         weight gradient of layer l, with the optimizer's update in it
 *   weight gradient of 1  ends the step: loss into the log, step counter on
 *
 * Nothing is created, written or read back inside a step. Buffers: parameters and optimizer state [trial, parameter],
 * units of hidden layers [trial, row, unit], errors the same in two buffers that take turns.
 */
import { activationNames, lossNames } from '../../spec/settings.ts';
import type {
  EngineData,
  Evaluation,
  Population,
  PopulationSettings,
  RowSet,
  StepsDone,
  TrialNumbers,
} from '../engine.ts';
import { evaluationOf } from '../evaluation.ts';
import { layerOffsets, parameterCount } from '../parameters.ts';
import type { GpuContext } from './device.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import {
  type Buffers,
  bind,
  forwardKernel,
  inputGradientKernel,
  type Kernel,
  lossKernel,
  weightGradientKernel,
} from './kernels.ts';
import { createMemory, type Memory } from './memory.ts';
import { runSlices, type Slicer } from './slices.ts';
import { Layer, State, structArray, structBytes, Trial } from './structs.ts';
import { type Tiling, tileFor } from './tiles.ts';

interface Dispatch {
  pipeline: GPUComputePipeline;
  bindings: GPUBindGroup;
  groups: [number, number, number];
}

/** Everything on the GPU that a step and an evaluation use, by what it holds. */
export interface Arenas {
  trials: GPUBuffer;
  parameters: GPUBuffer;
  /** [row, features then targets] */
  data: GPUBuffer;
}

export async function createLayeredPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
): Promise<Population> {
  const memory = createMemory(context.device);
  try {
    return await context.guarded('making the population', () => build(context, memory, data, settings));
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

async function build(
  context: GpuContext,
  memory: Memory,
  data: EngineData,
  settings: PopulationSettings,
): Promise<Population> {
  const { device } = context;
  const core = await context.core();
  const { layers, batch_size, trials, initial_parameters } = settings;
  const count = trials.length;
  const perTrial = parameterCount(layers);
  const stepsPerEpoch = Math.ceil(data.sets.train.length / batch_size);
  const logSteps = Math.max(64, Math.min(8192, Math.floor(2 ** 20 / count)));
  const last = layers.length - 1;
  const update = updateFor(settings);

  const arenas: Arenas = {
    trials: memory.storage('trials', structArray(Trial, trials.map(trialFields))),
    parameters: memory.storage('parameters', initial_parameters),
    data: memory.storage('data set', joinColumns(data)),
  };
  const kept = memory.storage('kept parameters', initial_parameters);
  const state = memory.storage('state', State.size * count);
  const rowList = memory.storage('batch rows', 4 * count * batch_size);
  const trainRows = memory.storage('training rows', data.sets.train);
  const units = layers
    .slice(0, last)
    .map(({ outputs }, l) => memory.storage(`units of layer ${l + 1}`, 4 * count * batch_size * outputs));
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const errors = [0, 1].map((turn) => memory.storage(`errors ${turn}`, 4 * count * batch_size * widest));
  const optimizerState =
    update === 'sgd'
      ? undefined
      : memory.storage('optimizer state', 4 * perTrial * count * (update === 'adam' ? 2 : 1));

  const lossTile = tileFor(core, batch_size, layers[last].outputs);
  const partials = lossTile.tilesM * lossTile.tilesN;
  const losses = memory.storage('losses', 4 * count * (logSteps + partials));

  const offsets = layerOffsets(layers);
  const layerUniforms = layers.map(({ inputs, outputs }, l) =>
    memory.uniform(
      `layer ${l + 1}`,
      structBytes(Layer, {
        inputs,
        outputs,
        ...offsets[l],
        parameters: perTrial,
        rows: batch_size,
        input_stride: batch_size * inputs,
        data_stride: data.columns + data.outputs,
        list_stride: batch_size,
        train_rows: data.sets.train.length,
        steps_per_epoch: stepsPerEpoch,
        log_steps: logSteps,
        trials: count,
        partials,
      }),
    ),
  );

  const dispatch = async (kernel: Kernel, { tilesM, tilesN }: Tiling, buffers: Buffers): Promise<Dispatch> => {
    const pipeline = await context.pipelines.get(kernel);
    return { pipeline, bindings: bind(device, pipeline, buffers), groups: [tilesN, tilesM, count] };
  };
  const activationOf = (l: number) => activationNames.indexOf(layers[l].activation);

  const forward = layers.map((layer, l) => {
    const tile = tileFor(core, batch_size, layer.outputs);
    const source = l === 0 ? 'batch' : 'units';
    const input: Buffers = l === 0 ? { 2: state, 4: arenas.data, 5: rowList, 6: trainRows } : { 4: units[l - 1] };
    const shared = { 0: layerUniforms[l], 1: arenas.trials, 3: arenas.parameters, ...input };
    if (l < last)
      return dispatch(forwardKernel(source, tile.tile, activationOf(l), true), tile, { ...shared, 7: units[l] });
    const goal: Buffers = l === 0 ? {} : { 2: state, 5: rowList, 10: arenas.data };
    const kernel = lossKernel(source, tile.tile, activationOf(l), lossNames.indexOf(settings.loss));
    return dispatch(kernel, tile, { ...shared, ...goal, 8: errors[last % 2], 9: losses });
  });

  const backward = layers
    .map((layer, l) => {
      const first = l === 0;
      const weightTile = tileFor(core, layer.outputs, layer.inputs + 1);
      const usesState = first || update === 'adam';
      const weightGradient = dispatch(weightGradientKernel(first, weightTile.tile, update), weightTile, {
        0: layerUniforms[l],
        1: arenas.trials,
        3: arenas.parameters,
        4: first ? arenas.data : units[l - 1],
        7: errors[l % 2],
        2: usesState ? state : undefined,
        5: first ? rowList : undefined,
        9: first ? losses : undefined,
        11: optimizerState,
      });
      if (first) return [weightGradient];
      const inputTile = tileFor(core, batch_size, layer.inputs);
      const inputGradient = dispatch(inputGradientKernel(inputTile.tile, activationOf(l - 1)), inputTile, {
        0: layerUniforms[l],
        1: arenas.trials,
        3: arenas.parameters,
        4: errors[l % 2],
        5: units[l - 1],
        7: errors[(l - 1) % 2],
      });
      return [inputGradient, weightGradient];
    })
    .reverse()
    .flat();

  const step = await Promise.all([...forward, ...backward]);
  return new LayeredPopulation(context, memory, data, settings, { ...arenas, kept, losses }, step, {
    perTrial,
    stepsPerEpoch,
    logSteps,
  });
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
  readonly #arenas: Arenas & { kept: GPUBuffer; losses: GPUBuffer };
  readonly #step: Dispatch[];
  readonly #logSteps: number;
  readonly #slicer: Slicer;
  readonly #evaluators = new Map<string, Promise<Evaluator>>();
  #stepsDone = 0;
  #destroyed = false;

  constructor(
    context: GpuContext,
    memory: Memory,
    data: EngineData,
    settings: PopulationSettings,
    arenas: Arenas & { kept: GPUBuffer; losses: GPUBuffer },
    step: Dispatch[],
    { perTrial, stepsPerEpoch, logSteps }: { perTrial: number; stepsPerEpoch: number; logSteps: number },
  ) {
    this.#context = context;
    this.#memory = memory;
    this.#data = data;
    this.#settings = settings;
    this.#arenas = arenas;
    this.#step = step;
    this.#logSteps = logSteps;
    this.#slicer = { target_ms: context.slice_ms, step_ms: 0 };
    this.trials = settings.trials.length;
    this.parameterCount = perTrial;
    this.stepsPerEpoch = stepsPerEpoch;
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
    const most = Math.floor(this.#logSteps / 2);
    const done = await this.#context.guarded('training', () => runSlices(this.#slicer, steps, most, submit, signal));
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** Records `count` steps in one pass, submits them, and resolves with their losses [step, trial]. */
  async #submitSteps(count: number): Promise<Float32Array> {
    const { device } = this.#context;
    const first = this.#stepsDone % this.#logSteps;
    this.#stepsDone += count;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let step = 0; step < count; step++) {
      for (const { pipeline, bindings, groups } of this.#step) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(...groups);
      }
    }
    pass.end();
    const bytes = 4 * this.trials;
    const beforeWrap = Math.min(count, this.#logSteps - first);
    const copied = await this.#memory.read(
      bytes * count,
      (target) => {
        encoder.copyBufferToBuffer(this.#arenas.losses, first * bytes, target, 0, beforeWrap * bytes);
        if (beforeWrap < count) {
          encoder.copyBufferToBuffer(this.#arenas.losses, 0, target, beforeWrap * bytes, (count - beforeWrap) * bytes);
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

  stop(trial: number): void {
    const offset = trial * Trial.size + Trial.fields.live.offset;
    this.#context.device.queue.writeBuffer(this.#arenas.trials, offset, new Uint32Array([0]));
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

/** The optimizer file a population needs: momentum costs memory traffic, so plain SGD has its own. */
function updateFor({ optimizer, trials }: PopulationSettings): 'sgd' | 'momentum' | 'adam' {
  if (optimizer === 'adam') return 'adam';
  return trials.some(({ momentum }) => momentum > 0) ? 'momentum' : 'sgd';
}

function trialFields({ learning_rate, momentum, betas: [beta1, beta2], epsilon, seed, shuffle }: TrialNumbers) {
  return {
    learning_rate,
    momentum,
    beta1,
    beta2,
    one_minus_beta1: 1 - beta1,
    one_minus_beta2: 1 - beta2,
    epsilon,
    seed,
    shuffled: Number(shuffle),
    live: 1,
  };
}

/** Features and targets of each row side by side, so that a kernel needs one binding for both. */
function joinColumns({ rows, columns, outputs, features, targets }: EngineData): Float32Array {
  const stride = columns + outputs;
  const joined = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    joined.set(features.subarray(row * columns, (row + 1) * columns), row * stride);
    joined.set(targets.subarray(row * outputs, (row + 1) * outputs), row * stride + columns);
  }
  return joined;
}
