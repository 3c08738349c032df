/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The interface that every engine keeps. An engine trains a *population*: P trials of one network shape over one data
 * set, each trial with its own numbers. P = 1 is the ordinary case and no special one.
 *
 * The engine knows nothing of files, tables or pages: it gets float32 arrays of prepared values and gives float32
 * arrays back. Shapes: features [row, column], targets [row, output], parameters [trial, parameter], outputs
 * [trial, row, output].
 */

import { engines } from '../messages/en/engines/engines.ts';
import type { OptimizerName } from '../spec/optimizer-settings.ts';
import type { ActivationName, LossName } from '../spec/settings.ts';
import { quotable } from '../util/bounded.ts';
import { InputError } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import type { LayerSize } from './parameters.ts';
import type { Loss } from './reference/losses.ts';
import type { ScheduleNumbers } from './schedule.ts';

export type EngineKind = 'webgpu' | 'cpu' | 'reference';
export type RowSet = 'train' | 'validation' | 'test';

/** What is trained on, as the engine sees it. The arrays are read, never written, and must not change meanwhile. */
export interface EngineData {
  /** Rows of features and targets. */
  rows: number;
  /** Features per row. */
  columns: number;
  /** Targets per row. */
  outputs: number;
  /** [row, column] */
  features: Float32Array;
  /** [row, output] */
  targets: Float32Array;
  /** [row]: what each row's loss is multiplied by; 1 where absent. */
  weights?: Float32Array;
  /** Which rows belong to which part; any may be empty but `train`. */
  sets: Record<RowSet, Uint32Array>;
}

/**
 * What may differ between the trials of a population: held beside the parameters, not compiled in. The layered plan
 * needs activations, optimizer and batch size to be the same for all.
 */
export interface Hyperparameters {
  /** One for each layer. */
  activations: ActivationName[];
  /** How a gradient becomes a step. */
  optimizer: OptimizerName;
  /** Rows of a step, from 1. */
  batch_size: number;
  /** Of the schedule at its full height. */
  learning_rate: number;
  /** sgd and rmsprop */
  momentum: number;
  /** sgd */
  nesterov: boolean;
  /** rmsprop */
  alpha: number;
  /** adam and adamw */
  betas: [number, number];
  /** rmsprop, adam and adamw */
  epsilon: number;
  /** Decoupled from the gradient; like l1 and l2, for weights alone. */
  weight_decay: number;
  /** Times the sign of each weight, added to its gradient. */
  l1: number;
  /** Times each weight, added to its gradient. */
  l2: number;
  /** Longest gradient, all parameters together; 0 is no limit. */
  clip_norm: number;
  /** Share of every target that the classes divide evenly; 0 where absent, as in checkpoints of earlier builds. */
  label_smoothing?: number;
  /** What multiplies the learning rate, in steps. */
  schedule: ScheduleNumbers;
  /** Rate of each hidden layer. */
  dropout: number[];
  /** Fixes the order of the rows. */
  seed: number;
  /** Whether each epoch takes the rows in a new order. */
  shuffle: boolean;
}

/** The numbers that may change while a trial trains. */
export type LiveHyperparameters = Partial<
  Omit<Hyperparameters, 'activations' | 'optimizer' | 'batch_size' | 'seed' | 'shuffle' | 'dropout'>
>;

/** How a GPU trains: see the design. `auto` measures where both can. */
export const planChoices = ['auto', 'resident', 'layered'] as const;
export type PlanChoice = (typeof planChoices)[number];

/** What a population is made of. */
export interface PopulationSettings {
  /** Of every trial, first to last. */
  layers: LayerSize[];
  /** What training makes small. */
  loss: LossName;
  /** In the place of `loss`, by which outputs keep their meaning; on the CPU alone. */
  custom_loss?: CustomLoss;
  /** The numbers of each trial. */
  trials: Hyperparameters[];
  /** [trial, parameter] */
  initial_parameters: Float32Array;
  /** Engines on the CPU have but one. */
  plan?: PlanChoice;
  /** That of another population, to take its way; chosen, or measured, unless given. */
  plan_code?: string;
}

/**
 * A loss that the caller computes, as a mean over rows. It takes the place of the one that is named, by which outputs
 * keep their meaning: values, or logits of classes. `reference` and `cpu` train with it.
 */
export interface CustomLoss extends Loss {
  /** What it is called in files. */
  readonly name: string;
  /**
   * The same for panels of rows in the memory of the CPU's kernels, by addresses there.
   * @param memory of the kernels
   */
  panels(memory: WebAssembly.Memory): (...of: number[]) => number;
}

/** What is known of a population before its parameters are drawn. */
export type PopulationShape = Omit<PopulationSettings, 'initial_parameters'>;

/** What `train` did. */
export interface StepsDone {
  /** Steps trained: as many as were asked for, or fewer when the signal was aborted. */
  steps: number;
  /** Mean loss over the rows of each step's batch, before its update: [step, trial]; 0 where a trial took no step. */
  losses: Float32Array;
}

/** Sums over the rows of a set, in the scaled units that the engine trains in; `metrics.ts` makes metrics of them. */
export interface Evaluation {
  /** Rows of the set. */
  rows: number;
  /** The training loss over these rows. */
  loss: number;
  /** Rows whose class is right (see `spec/answers.ts`); no meaning where the targets are no classes. */
  correct: number;
  /** Sum over rows of the squared error, per output. */
  squared_error: Float64Array;
  /** Sum over rows of the absolute error, per output. */
  absolute_error: Float64Array;
}

/**
 * All that a population is between two steps. One that was made of the same data and settings goes on from it, on the same
 * engine and plan with the same bits. Plain data: it can be stored, and sent to a worker.
 */
export interface Checkpoint {
  /** The plan that trained: no other can go on, but from a portable one. */
  plan: string;
  /** Its code; those of earlier builds have none. */
  plan_code?: string;
  /** Steps of the population that are done. */
  steps: number;
  /** Numbers of each trial. */
  trials: Hyperparameters[];
  /** Trials that were stopped, by their numbers. */
  stopped: number[];
  /** What the plan keeps, by names of its own. */
  arrays: Record<string, Uint8Array<ArrayBuffer>>;
  /** Where a population trains in parts: theirs. */
  parts?: Checkpoint[];
}

/** What trains, for the record: plain data that stays as it is. */
export interface EngineInfo<Kind extends string = EngineKind> {
  /** Which engine; `auto` before it has chosen. */
  readonly kind: Kind;
  /** The adapter's name, or the name of the CPU engine. */
  readonly adapter: string;
  /** True when WebGPU runs on a CPU in disguise: right numbers, no speed. */
  readonly software: boolean;
  /** One sentence: why this one. */
  readonly why: Said;
}

/**
 * Trials of one shape that train together on an engine. `train` and `sweep` make and drive populations; programs rarely
 * do.
 */
export interface Population {
  /** The engine that trains it, and why that one. */
  readonly engine: EngineInfo;
  /** How the work is laid out, for the run's record: `layered`, `resident`, `plain`. */
  readonly plan: string;
  /** What decides its bits beside its settings: given to another population, that has the same. See `engineOfPlan`. */
  readonly planCode: string;
  /** One phrase for the record: why this plan, with figures where it was measured. */
  readonly why: Said;
  /** How many networks there are. */
  readonly trials: number;
  /** Parameters of one trial. */
  readonly parameterCount: number;
  /**
   * Steps in one pass over the training rows; the last batch of an epoch may be smaller. Where batch sizes differ: those
   * of the smallest. The others spread their own over as many population steps (see `step-schedule.ts`), and a step below
   * is one of these.
   */
  readonly stepsPerEpoch: number;
  /**
   * Trains every live trial for `steps` more steps and resolves when the device has done them. Work is cut into slices
   * by measured time; between slices the event loop runs. Calls may not overlap.
   * @param steps of the population, from 1
   * @param signal ends the call early, between two slices
   */
  train(steps: number, signal?: AbortSignal): Promise<StepsDone>;
  /**
   * Loss and error sums of every trial over a set of rows.
   * @param set which rows
   */
  evaluate(set: RowSet): Promise<Evaluation[]>;
  /** Of every trial: whether all its parameters are finite numbers. */
  finite(): Promise<boolean[]>;
  /**
   * The outputs of every trial, [trial, row, output], for rows given here.
   * @param features [row, column]
   * @param rows how many there are
   */
  predict(features: Float32Array, rows: number): Promise<Float32Array>;
  /**
   * A copy of one trial's parameters, in one flat array.
   * @param trial by its number
   */
  parameters(trial: number): Promise<Float32Array<ArrayBuffer>>;
  /**
   * Saves the current parameters of some trials; each trial has one snapshot, which is overwritten.
   * @param trials by their numbers
   */
  saveSnapshot(trials: readonly number[]): void;
  /**
   * Sets the parameters of some trials back to their snapshots.
   * @param trials by their numbers
   */
  restoreSnapshot(trials: readonly number[]): void;
  /**
   * Changes numbers of a live trial from its next step on; its seed, row order and dropout stay.
   * @param trial by its number
   * @param changes what is to be otherwise
   */
  configure(trial: number, changes: LiveHyperparameters): void;
  /**
   * Leaves a trial as it is: later steps do not train it.
   * @param trial by its number
   */
  stop(trial: number): void;
  /** All that it is now. May not overlap with `train`. */
  checkpoint(): Promise<Checkpoint>;
  /**
   * Goes on from a checkpoint.
   * @param checkpoint of a population of the same data, settings, plan and engine
   * @throws InputError where it is of another
   */
  resume(checkpoint: Checkpoint): Promise<void>;
  /** Frees everything the population holds. Safe to call twice. */
  destroy(): void;
}

/** The plan of a checkpoint that the CPU and the reference go on from, whatever trained it: see `portable.ts`. */
export const portablePlan = 'portable';

export function otherCheckpoint(theirs: string, ours: string): InputError {
  const said =
    theirs === ours ? message(engines, 'checkpoint_other') : message(engines, 'checkpoint_plan', { theirs, ours });
  return new InputError(said, 'checkpoint');
}

/**
 * The engine of a plan code, which is what decides the bits of a run beside its settings as one word: the engine, the plan, and the
 * kernels that were measured to be the quickest. `cpu:relaxed`; `gpu/plan/plan-code.ts` says what a GPU's consists of.
 * Undefined where it is of none.
 */
export function engineOfPlan(code: string): EngineKind | undefined {
  const kind = code.split(':', 1)[0];
  return kind === 'webgpu' || kind === 'cpu' || kind === 'reference' ? kind : undefined;
}

/** The code is of no plan, or of one that cannot be had here. */
export function planRefused(code: string, engine: string): InputError {
  return new InputError(message(engines, 'plan_not_here', { code: quotable(code), engine }), 'plan');
}

/**
 * What trains. It says how it was opened; one of kind `auto` takes one of two others for each population, which then
 * says which.
 */
export interface Engine extends EngineInfo<EngineKind | 'auto'> {
  /** Bytes of GPU memory that its populations hold now; 0 on the CPU. */
  readonly bytes: number;
  /** Milliseconds of training until it is as quick as it gets; absent where it is at once. */
  readonly warmup_ms?: number;
  /** Resolves with the reason when the device is lost; never for an engine on the CPU. */
  readonly lost: Promise<Said>;
  /**
   * About how many bytes a population takes, in the machine's memory and the GPU's together. Nothing is allocated.
   * @param data what it is to train on
   * @param settings its shape
   * @param others bytes of other populations that are to be made too
   * @throws InputError when there are not so many, with what would fit
   */
  memoryFor(data: EngineData, settings: PopulationShape, others?: number): number;
  /**
   * Makes a population, and on a GPU compiles its kernels.
   * @param data what it trains on
   * @param settings its shape, numbers and initial parameters
   * @throws InputError where there is no memory for it, or the plan cannot be had; RunError where the device is lost
   */
  createPopulation(data: EngineData, settings: PopulationSettings): Promise<Population>;
  /** Frees the device and every population on it. */
  destroy(): void;
}

/** `Symbol.asyncDispose`; where a browser lacks it, the symbol that compilers of `await using` take in its place. */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** How long the event loop waits at a time. */
export interface SliceTarget {
  /** Milliseconds that one slice of work should take; 50 unless given. A page that is used meanwhile wants 8 to 16. */
  slice_ms?: number;
}
