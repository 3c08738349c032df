/**
 * An engine that trains by the published rule (`as-published.ts`) and is the reference in everything else: initial
 * parameters, order of the rows, optimizers, scores. So `train` and `trainPopulation` run it like any other. It knows the
 * loss half_mse and the settings of the founding experiment, and nothing of dropout, regularisation or schedules.
 */
import { type Clock, clocksOf, rowsInStep, stepAt } from '../engine/clock.ts';
import type {
  Engine,
  EngineData,
  Population,
  PopulationSettings,
  RowSet,
  StepsDone,
  TrialNumbers,
} from '../engine/engine.ts';
import { nextTask } from '../engine/next-task.ts';
import { type LayerShape, parameterCount, withActivations } from '../engine/parameters.ts';
import { evaluationOf, gatherRows } from '../engine/reference/evaluation.ts';
import { createWorkspace, forward, forwardPass, type Workspace } from '../engine/reference/network.ts';
import { optimizers } from '../engine/reference/optimizers.ts';
import { shuffled, shuffleKey } from '../random/shuffle.ts';
import { asPublished, publishedGradients, type Slips } from './as-published.ts';

/** Milliseconds before the event loop has its turn. */
const slice_ms = 50;

/** @param slips all three unless given */
export function createPublishedEngine(slips: Slips = asPublished): Engine {
  return {
    kind: 'reference',
    adapter: 'plain TypeScript on one CPU thread, the published update rule',
    software: false,
    bytes: 0,
    why: 'only this engine knows the rule',
    lost: new Promise(() => {}),
    populate: async (data, settings) => {
      if (settings.loss !== 'half_mse') throw new Error(`the published rule is for half_mse, not ${settings.loss}`);
      return new PublishedPopulation(data, settings, slips);
    },
    destroy() {},
  };
}

interface State {
  layers: LayerShape[];
  clock: Clock;
  numbers: TrialNumbers;
  parameters: Float32Array<ArrayBuffer>;
  optimizerState: Float32Array;
  kept: Float32Array;
  live: boolean;
}

class PublishedPopulation implements Population {
  readonly plan = 'plain';
  readonly why = 'the CPU has no other';
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #data: EngineData;
  readonly #slips: Slips;
  readonly #states: State[];
  readonly #work: Workspace;
  readonly #targets: Float32Array;
  readonly #gradients: Float32Array;
  #ticksDone = 0;
  #sliceEnd = 0;

  constructor(data: EngineData, { layers, trials, initial_parameters }: PopulationSettings, slips: Slips) {
    this.#data = data;
    this.#slips = slips;
    this.trials = trials.length;
    this.parameterCount = parameterCount(layers);
    const sizes = trials.map(({ batch_size }) => batch_size);
    const clocks = clocksOf(data.sets.train.length, sizes);
    this.stepsPerEpoch = clocks[0].ticks;
    this.#work = createWorkspace(layers, Math.max(...sizes));
    this.#targets = new Float32Array(Math.max(...sizes) * data.outputs);
    this.#gradients = new Float32Array(this.parameterCount);
    this.#states = trials.map((numbers, trial) => {
      const parameters = initial_parameters.slice(trial * this.parameterCount, (trial + 1) * this.parameterCount);
      return {
        layers: withActivations(layers, numbers.activations),
        clock: clocks[trial],
        numbers: { ...numbers },
        parameters,
        optimizerState: new Float32Array(this.parameterCount * optimizers[numbers.optimizer].slots),
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
        const step = stepAt(state.clock, this.#ticksDone);
        if (state.live && step !== undefined) losses[done * this.trials + trial] = this.#step(state, step);
      });
      this.#ticksDone += 1;
      done += 1;
      if (performance.now() > this.#sliceEnd) {
        await nextTask();
        this.#sliceEnd = performance.now() + slice_ms;
      }
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  /** One step of one trial; returns the mean loss of its batch before the update. */
  #step({ layers, clock, numbers, parameters, optimizerState }: State, step: number): number {
    const rows = this.#gatherBatch(clock, numbers, step);
    forwardPass(layers, parameters, this.#work, rows);
    const loss = publishedGradients(layers, parameters, this.#work, this.#targets, this.#gradients, rows, this.#slips);
    const { optimizer, learning_rate } = numbers;
    optimizers[optimizer].update(parameters, this.#gradients, optimizerState, numbers, learning_rate, step + 1);
    return loss;
  }

  #gatherBatch(clock: Clock, { seed, shuffle }: TrialNumbers, step: number): number {
    const { columns, outputs, features, targets, sets } = this.#data;
    const count = sets.train.length;
    const first = (step % clock.steps) * clock.batch_size;
    const rows = rowsInStep(clock, step);
    const key = shuffleKey(seed, Math.floor(step / clock.steps));
    for (let r = 0; r < rows; r++) {
      const row = sets.train[shuffle ? shuffled(first + r, count, key) : first + r];
      this.#work.input.set(features.subarray(row * columns, (row + 1) * columns), r * columns);
      this.#targets.set(targets.subarray(row * outputs, (row + 1) * outputs), r * outputs);
    }
    return rows;
  }

  async evaluate(set: RowSet) {
    const rows = this.#data.sets[set];
    const features = gatherRows(this.#data.features, this.#data.columns, rows);
    return this.#states.map(({ layers, parameters }) =>
      evaluationOf(this.#data, set, 'half_mse', forward(layers, parameters, features, rows.length)),
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

  keep(trials: readonly number[]): void {
    for (const trial of trials) this.#states[trial].kept.set(this.#states[trial].parameters);
  }

  restore(trials: readonly number[]): void {
    for (const trial of trials) this.#states[trial].parameters.set(this.#states[trial].kept);
  }

  configure(): void {
    throw new Error('the published rule runs as it is');
  }

  stop(trial: number): void {
    this.#states[trial].live = false;
  }

  destroy(): void {}
}
