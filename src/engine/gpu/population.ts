/**
 * What every plan on the GPU shares: slices of steps and their losses, evaluation, parameters kept and brought back, and
 * trials that change or stop between two submits. How a step is computed is the plan's own: `PlanWork`.
 */
import type {
  EngineData,
  Evaluation,
  LiveNumbers,
  PopulationSettings,
  RowSet,
  StepsDone,
  TrialNumbers,
} from '../engine.ts';
import { parameterCount } from '../parameters.ts';
import type { GpuContext } from './context.ts';
import { createFiniteCheck, type FiniteCheck } from './finite-check.ts';
import { createMemory, type Memory } from './memory.ts';
import { createPredictor, type Predictor } from './predictor.ts';
import { joinRows } from './rows.ts';
import { createScorer, type Scorer } from './scorer.ts';
import { runSlices, type Slicer } from './slices.ts';
import type { Streamable } from './streamed.ts';
import { fieldBytes, structArray, Trial } from './structs.ts';
import { trialFields } from './trial-fields.ts';

/** What training and evaluation both use. */
export interface Arenas {
  /** [trial]: `Trial` structs. */
  trials: GPUBuffer;
  /** [trial, parameter] */
  parameters: GPUBuffer;
  /** [row, features, targets, weight] */
  data: GPUBuffer;
}

/** How a plan trains. */
export interface PlanWork {
  plan: 'layered' | 'resident';
  stepsPerEpoch: number;
  /** Steps of the first submit, of which nothing is known yet, and the most that one may hold. */
  firstSteps: number;
  mostSteps: number;
  /** Records steps, and a copy of their losses [step, trial] to `target`. */
  record(encoder: GPUCommandEncoder, steps: number, target: GPUBuffer): void;
  /** @throws InputError when this population was not made for a trial with such numbers */
  check(trial: number, numbers: TrialNumbers): void;
}

/** Makes what all plans need, and lets `makeWork` make the rest. */
export async function createPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  fields: (numbers: TrialNumbers, trial: number) => ReturnType<typeof trialFields>,
  makeWork: (memory: Memory, arenas: Arenas) => Promise<PlanWork>,
): Promise<Streamable> {
  const memory = createMemory(context.device);
  try {
    return await context.guarded('making the population', async () => {
      const arenas = {
        trials: memory.storage('trials', structArray(Trial, settings.trials.map(fields))),
        parameters: memory.storage('parameters', settings.initial_parameters),
        data: memory.storage('data set', joinRows(data)),
      };
      const kept = memory.storage('kept parameters', settings.initial_parameters);
      const work = await makeWork(memory, arenas);
      return new GpuPopulation(context, memory, data, settings, { ...arenas, kept }, work);
    });
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

class GpuPopulation implements Streamable {
  readonly plan: string;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #context: GpuContext;
  readonly #memory: Memory;
  readonly #data: EngineData;
  readonly #settings: PopulationSettings;
  readonly #arenas: Arenas & { kept: GPUBuffer };
  readonly #work: PlanWork;
  readonly #numbers: TrialNumbers[];
  readonly #slicer: Slicer;
  readonly #scorers = new Map<RowSet | number, Promise<Scorer>>();
  readonly #predictors = new Map<number, Promise<Predictor>>();
  #finiteCheck: Promise<FiniteCheck> | undefined;
  readonly #stopped = new Set<number>();
  #destroyed = false;

  constructor(
    context: GpuContext,
    memory: Memory,
    data: EngineData,
    settings: PopulationSettings,
    arenas: Arenas & { kept: GPUBuffer },
    work: PlanWork,
  ) {
    this.#context = context;
    this.#memory = memory;
    this.#data = data;
    this.#settings = settings;
    this.#arenas = arenas;
    this.#work = work;
    this.#numbers = settings.trials.map((numbers) => ({ ...numbers }));
    this.#slicer = { target_ms: context.slice_ms, step_ms: 0, first: work.firstSteps };
    this.plan = work.plan;
    this.trials = settings.trials.length;
    this.parameterCount = parameterCount(settings.layers);
    this.stepsPerEpoch = work.stepsPerEpoch;
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
    const done = await this.#context.guarded('training', () => runSlices(this.#slicer, steps, most, submit, signal));
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
    this.#context.device.queue.writeBuffer(this.#arenas.data, 0, rows);
  }

  evaluateLoaded(rows: number): Promise<Evaluation[]> {
    return this.#score(rows, () => Uint32Array.from({ length: rows }, (_, slot) => slot));
  }

  async #score(key: RowSet | number, listed: () => Uint32Array): Promise<Evaluation[]> {
    const scorer = await this.#kept(this.#scorers, key, () =>
      createScorer(this.#context, this.#data, this.#settings, this.#arenas, listed()),
    );
    return this.#context.guarded('evaluating', () => scorer.score());
  }

  async finite(): Promise<boolean[]> {
    this.#finiteCheck ??= createFiniteCheck(this.#context, this.#settings, this.#arenas);
    const finite = await this.#finiteCheck;
    return this.#context.guarded('checking parameters', () => finite.check());
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    // A few sizes serve all: a page asks for the same number of rows every frame, and a program for any.
    const most = Math.max(64, 2 ** Math.ceil(Math.log2(rows)));
    const predictor = await this.#kept(this.#predictors, most, () =>
      createPredictor(this.#context, this.#data, this.#settings, this.#arenas, most),
    );
    return this.#context.guarded('predicting', () => predictor.predict(features, rows));
  }

  /** What was made for this key, or is made now. */
  #kept<Key, Made>(made: Map<Key, Promise<Made>>, key: Key, make: () => Promise<Made>): Promise<Made> {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
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
    this.#work.check(trial, numbers);
    this.#numbers[trial] = numbers;
    const fields = trialFields(numbers);
    for (const [name, value] of Object.entries(fields)) if (name !== 'live') this.#write(trial, name, value);
  }

  stop(trial: number): void {
    this.#stopped.add(trial);
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
    for (const part of [...this.#scorers.values(), ...this.#predictors.values(), this.#finiteCheck]) {
      part?.then(
        (made) => made.destroy(),
        () => {}, // it failed to be made, and whoever asked for it was told
      );
    }
    this.#memory.destroy();
  }
}
