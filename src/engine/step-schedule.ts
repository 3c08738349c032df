/**
 * The step schedule of a population: one tick is one step of the trial with the most steps in an epoch. Trials with larger
 * batches have fewer steps in an epoch and spread them evenly over its ticks, so that all of them finish it together.
 * `shaders/lib/step_schedule.wgsl` computes the same. For a single trial, or equal batch sizes, every tick is a step.
 */

export interface StepSchedule {
  /** Ticks in one pass over the training rows. */
  ticks: number;
  /** Steps of this trial in the same pass. */
  steps: number;
  rows: number;
  batch_size: number;
}

/** Steps in one pass over `rows` rows. */
export function stepsInEpoch(rows: number, batch_size: number): number {
  return Math.ceil(rows / batch_size);
}

/** One schedule for each trial, over the same ticks. */
export function createStepSchedules(rows: number, batchSizes: readonly number[]): StepSchedule[] {
  const ticks = Math.max(...batchSizes.map((batch_size) => stepsInEpoch(rows, batch_size)));
  return batchSizes.map((batch_size) => ({ ticks, steps: stepsInEpoch(rows, batch_size), rows, batch_size }));
}

/** The step, counted from 0, that a trial takes in a tick counted from 0; undefined when it takes none. */
export function stepAt({ ticks, steps }: Pick<StepSchedule, 'ticks' | 'steps'>, tick: number): number | undefined {
  if (steps === ticks) return tick;
  const epoch = Math.floor(tick / ticks);
  const within = tick % ticks;
  const before = Math.floor((within * steps) / ticks);
  const after = Math.floor(((within + 1) * steps) / ticks);
  return after > before ? epoch * steps + before : undefined;
}

/** Rows of the batch in a step: the last of an epoch may be short. */
export function rowsInStep({ steps, rows, batch_size }: StepSchedule, step: number): number {
  return Math.min(batch_size, rows - (step % steps) * batch_size);
}
