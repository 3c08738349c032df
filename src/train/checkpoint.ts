/**
 * A run between two slices of work, whole: with it, another process goes on and ends with the same bits. Plain data that
 * can be stored (structured clone keeps every bit, and the numbers that JSON has no word for).
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Checkpoint, Hyperparameters, Population } from '../engine/engine.ts';
import { createStepSchedules } from '../engine/step-schedule.ts';
import { training } from '../messages/en/training.ts';
import { checkStoredTrial } from '../spec/first-defaults.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { checkpointSchema } from './checkpoint-schema.ts';
import type { EpochAccumulator } from './epoch-accumulator.ts';
import type { TrialProgress } from './progress.ts';
import { hyperparametersOf, layersOf, type ResolvedTrial, resolveTrial } from './trials.ts';

export interface RunCheckpoint {
  /** Raised when older checkpoints can no longer be read, or would go on with other random numbers. */
  version: number;
  /** The data set that was trained on, by its size. */
  rows: number;
  columns: number;
  outputs: number;
  population: Checkpoint;
  /** Settings as they are now, without initial parameters, and all records. */
  trials: TrialProgress[];
  epochs: number;
  /** Steps of the population; in the middle of an epoch no multiple of its length. */
  steps: number;
  /** Training so far, in seconds. */
  seconds: number;
  /** Losses of the epoch in progress, summed over its rows so far: [trial]. */
  loss_sums: Float64Array;
}

const checkpointVersion = 2;

/** The run between two slices, as a copy that does not move on with it. */
export async function takeCheckpoint(
  population: Population,
  { rows, columns, outputs }: DataSet,
  trials: readonly TrialProgress[],
  epoch: EpochAccumulator,
): Promise<RunCheckpoint> {
  return {
    version: checkpointVersion,
    rows,
    columns,
    outputs,
    population: await population.checkpoint(),
    trials: trials.map(
      ({ trial: { initial_parameters: _, ...trial }, initial: { initial_parameters: __, ...initial }, ...progress }) =>
        structuredClone({ ...progress, trial, initial }),
    ),
    ...epoch.state(),
  };
}

/** @throws InputError when the checkpoint is not of this version, is damaged, or not of such data */
export function checkCheckpoint(checkpoint: RunCheckpoint, data: DataSet): void {
  const { version } = checkpoint;
  if (version !== checkpointVersion) {
    const versions = { given: version, own: checkpointVersion };
    throw new InputError(message(training, 'checkpoint_version', versions), 'checkpoint');
  }
  const { success, error } = checkpointSchema.safeParse(checkpoint);
  if (!success) throw damaged(error.issues[0].path.join('.'));
  const { rows, columns, outputs } = checkpoint;
  if (rows !== data.rows || columns !== data.columns || outputs !== data.outputs) {
    const sizes = {
      stored: { rows, columns, outputs },
      data: { rows: data.rows, columns: data.columns, outputs: data.outputs },
    };
    throw new InputError(message(training, 'checkpoint_data', sizes), 'checkpoint');
  }
  const { task } = data.preprocessing;
  const trials = ofCheckpoint(() => checkpoint.trials.map(({ trial }) => resolveTrial(checkStoredTrial(trial), task)));
  checkSteps(checkpoint, trials, data);
  checkNumbers(checkpoint, trials, data);
}

/** Epochs follow from steps, and those from the batch sizes. */
function checkSteps({ epochs, steps }: RunCheckpoint, trials: readonly ResolvedTrial[], { sets }: DataSet): void {
  const batchSizes = trials.map(({ training }) => training.batch_size);
  const [{ populationSteps }] = createStepSchedules(sets.train.length, batchSizes);
  if (Math.floor(steps / populationSteps) !== epochs) throw damaged('steps');
}

/** What the engine trains by follows from the settings, but for the learning rate; populations in parts have it in these. */
function checkNumbers({ population, ...run }: RunCheckpoint, trials: readonly ResolvedTrial[], data: DataSet): void {
  if (population.parts) return;
  trials.forEach((trial, index) => {
    const layers = ofCheckpoint(() => layersOf(trial.model, data));
    const { learning_rate } = run.trials[index];
    const expected = { ...hyperparametersOf(trial, layers, data.sets.train.length), learning_rate };
    // Earlier builds knew no label smoothing.
    const stored: Hyperparameters = { label_smoothing: 0, ...population.trials[index] };
    const odd = Object.entries(expected).find(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof Hyperparameters]),
    );
    if (odd) throw damaged(`population.trials.${index}.${odd[0]}`);
  });
}

/** Whatever is wrong with its settings is the checkpoint's. @throws InputError */
export function ofCheckpoint<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(message(training, 'checkpoint_settings', { why: saidBy(error) }), 'checkpoint');
  }
}

function damaged(path: string): InputError {
  return new InputError(message(training, 'checkpoint_contents', { path }), 'checkpoint');
}
