/**
 * The step schedule of a population: one population step is one step of the trial with the most steps in an epoch. Trials
 * with larger batches have fewer steps in an epoch and spread them evenly over its population steps, so that all of them
 * finish it together. `shaders/lib/step_schedule.wgsl` computes the same. For a single trial, or equal batch sizes, every
 * population step is a step.
 */

export interface StepSchedule {
  /** Population steps in one pass over the training rows. */
  populationSteps: number;
  /** Steps of this trial in the same pass. */
  steps: number;
  rows: number;
  batch_size: number;
}

/** Steps in one pass over `rows` rows. */
export function stepsInEpoch(rows: number, batch_size: number): number {
  return Math.ceil(rows / batch_size);
}

/** One schedule for each trial, over the same population steps. */
export function createStepSchedules(rows: number, batchSizes: readonly number[]): StepSchedule[] {
  const populationSteps = Math.max(...batchSizes.map((batch_size) => stepsInEpoch(rows, batch_size)));
  return batchSizes.map((batch_size) => ({ populationSteps, steps: stepsInEpoch(rows, batch_size), rows, batch_size }));
}

/** The step, counted from 0, that a trial takes in a population step counted from 0; undefined when it takes none. */
export function stepAt(
  { populationSteps, steps }: Pick<StepSchedule, 'populationSteps' | 'steps'>,
  populationStep: number,
): number | undefined {
  if (steps === populationSteps) return populationStep;
  const epoch = Math.floor(populationStep / populationSteps);
  const within = populationStep % populationSteps;
  const before = Math.floor((within * steps) / populationSteps);
  const after = Math.floor(((within + 1) * steps) / populationSteps);
  return after > before ? epoch * steps + before : undefined;
}

/** Rows of the batch in a step: the last of an epoch may be short. */
export function rowsInStep({ steps, rows, batch_size }: StepSchedule, step: number): number {
  return Math.min(batch_size, rows - (step % steps) * batch_size);
}
