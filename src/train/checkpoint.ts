/**
 * A run between two slices of work, whole: with it, another process goes on and ends with the same bits. Plain data that
 * can be stored (structured clone keeps every bit, and the numbers that JSON has no word for).
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Checkpoint, Population } from '../engine/engine.ts';
import type { EpochAccumulator } from './epoch-accumulator.ts';
import type { TrialProgress } from './progress.ts';

export interface RunCheckpoint {
  /** Raised when older checkpoints can no longer be read, or would go on with other random numbers. */
  version: number;
  /** The data set that was trained on, by its size. */
  rows: number;
  /** Features per row. */
  columns: number;
  /** Outputs per row. */
  outputs: number;
  /** What the engine holds. */
  population: Checkpoint;
  /** Settings as they are now, without initial parameters, and all records. */
  trials: TrialProgress[];
  /** Passes over the training rows that are done. */
  epochs: number;
  /** Steps of the population; in the middle of an epoch no multiple of its length. */
  steps: number;
  /** Training so far, in seconds. */
  seconds: number;
  /** Losses of the epoch in progress, summed over its rows so far: [trial]. */
  loss_sums: Float64Array;
}

export const checkpointVersion = 2;

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
