/**
 * Populations that do not fit one buffer of the adapter: trained as several that do, behind the same interface. What one
 * trial alone does not fit is refused, with what would.
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
} from '../engine.ts';
import { parameterCount } from '../parameters.ts';
import { dataStride } from './windows.ts';

/** The largest buffers of a population, in bytes: what a limit on one buffer is held against. */
interface BufferNeeds {
  /** [row, features, targets, weight]: shared by all trials. */
  data: number;
  /** Parameters, or the optimizer's two numbers for each, of one trial. */
  parameters: number;
  /** A batch's values of the widest layer, of one trial. */
  units: number;
}

function bufferNeeds(data: EngineData, { layers, trials }: PopulationSettings): BufferNeeds {
  const twoSlots = trials.some(({ optimizer }) => optimizer !== 'sgd');
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const batch = Math.max(...trials.map(({ batch_size }) => batch_size));
  return {
    data: 4 * data.rows * dataStride(data),
    parameters: 4 * parameterCount(layers) * (twoSlots ? 2 : 1),
    units: 4 * batch * widest,
  };
}

/**
 * Trials that one population may have when no buffer may be larger than `limit` bytes.
 * @throws InputError when not even one trial fits, or the data set does not
 */
function trialsThatFit(limit: number, data: EngineData, settings: PopulationSettings): number {
  const needs = bufferNeeds(data, settings);
  const refuse = (where: string, what: string, bytes: number, mend: string) =>
    new InputError(
      `${what} ${megabytes(bytes)} MB; this adapter's largest buffer is ${megabytes(limit)} MB. ${mend}`,
      where,
    );
  if (needs.data > limit) {
    const fitting = Math.floor(limit / (4 * dataStride(data)));
    throw refuse('engine', 'The data set takes', needs.data, `Use ${fitting} rows or fewer, or engine cpu.`);
  }
  if (needs.parameters > limit) {
    throw refuse(
      'model.hidden',
      'The parameters and what the optimizer keeps for them take',
      needs.parameters,
      'Use fewer units, optimizer sgd, or engine cpu.',
    );
  }
  if (needs.units > limit) {
    const rows = Math.floor((limit / needs.units) * Math.max(...settings.trials.map(({ batch_size }) => batch_size)));
    throw refuse(
      'training.batch_size',
      'A batch takes',
      needs.units,
      `Use a batch_size of ${rows} or less, or fewer units.`,
    );
  }
  return Math.floor(limit / Math.max(needs.parameters, needs.units));
}

/** One population where all trials fit together, else several. */
export async function populateInParts(
  limit: number,
  data: EngineData,
  settings: PopulationSettings,
  populate: (part: PopulationSettings) => Promise<Population>,
): Promise<Population> {
  const most = trialsThatFit(limit, data, settings);
  const { trials, initial_parameters } = settings;
  if (trials.length <= most) return populate(settings);
  const count = parameterCount(settings.layers);
  const parts: Population[] = [];
  try {
    for (let first = 0; first < trials.length; first += most) {
      const last = Math.min(first + most, trials.length);
      parts.push(
        await populate({
          ...settings,
          trials: trials.slice(first, last),
          initial_parameters: initial_parameters.subarray(first * count, last * count),
        }),
      );
    }
  } catch (error) {
    for (const part of parts) part.destroy();
    throw error;
  }
  return new SplitPopulation(
    parts,
    most,
    parts.map(({ stepsPerEpoch }) => stepsPerEpoch),
  );
}

/** Milliseconds that all parts together may train before the signal is looked at again. */
const roundMs = 100;

class SplitPopulation implements Population {
  readonly plan: string;
  readonly trials: number;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly #parts: Population[];
  /** Trials of every part but the last. */
  readonly #size: number;
  #round = 1;

  constructor(parts: Population[], size: number, steps: number[]) {
    this.#parts = parts;
    this.#size = size;
    this.plan = `${parts[0].plan}, in ${parts.length} parts`;
    this.trials = parts.reduce((sum, { trials }) => sum + trials, 0);
    this.parameterCount = parts[0].parameterCount;
    this.stepsPerEpoch = steps[0];
    if (steps.some((count) => count !== steps[0])) {
      throw new InputError(
        'Trials with different batch sizes do not fit this adapter together; train them one batch size at a time.',
      );
    }
  }

  /** In rounds: an aborted signal must not leave one part ahead of another. */
  async train(steps: number, signal?: AbortSignal): Promise<StepsDone> {
    const losses = new Float32Array(steps * this.trials);
    let done = 0;
    while (done < steps && !signal?.aborted) {
      const round = Math.min(this.#round, steps - done);
      const begun = performance.now();
      let offset = 0;
      for (const part of this.#parts) {
        const result = await part.train(round);
        for (let step = 0; step < round; step++) {
          const row = result.losses.subarray(step * part.trials, (step + 1) * part.trials);
          losses.set(row, (done + step) * this.trials + offset);
        }
        offset += part.trials;
      }
      done += round;
      const passed = Math.max(performance.now() - begun, 1e-3);
      this.#round = Math.max(1, Math.min(4 * this.#round, Math.round((round * roundMs) / passed)));
    }
    return { steps: done, losses: losses.subarray(0, done * this.trials) };
  }

  async evaluate(set: RowSet): Promise<Evaluation[]> {
    const evaluations: Evaluation[] = [];
    for (const part of this.#parts) evaluations.push(...(await part.evaluate(set)));
    return evaluations;
  }

  async finite(): Promise<boolean[]> {
    const finite: boolean[] = [];
    for (const part of this.#parts) finite.push(...(await part.finite()));
    return finite;
  }

  async predict(features: Float32Array, rows: number): Promise<Float32Array> {
    const outputs: Float32Array[] = [];
    for (const part of this.#parts) outputs.push(await part.predict(features, rows));
    const joined = new Float32Array(outputs.reduce((sum, { length }) => sum + length, 0));
    outputs.reduce((at, part) => {
      joined.set(part, at);
      return at + part.length;
    }, 0);
    return joined;
  }

  parameters(trial: number) {
    return this.#partOf(trial).parameters(trial % this.#size);
  }

  keep(trials: readonly number[]): void {
    for (const trial of trials) this.#partOf(trial).keep([trial % this.#size]);
  }

  restore(trials: readonly number[]): void {
    for (const trial of trials) this.#partOf(trial).restore([trial % this.#size]);
  }

  configure(trial: number, changes: LiveNumbers): void {
    this.#partOf(trial).configure(trial % this.#size, changes);
  }

  stop(trial: number): void {
    this.#partOf(trial).stop(trial % this.#size);
  }

  destroy(): void {
    for (const part of this.#parts) part.destroy();
  }

  #partOf(trial: number): Population {
    return this.#parts[Math.floor(trial / this.#size)];
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString('en', { maximumSignificantDigits: 3 });
}
