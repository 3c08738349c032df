/**
 * Goes on with the trials of a run that have not ended, in a population of their own: what has ended takes part in every
 * evaluation, and its memory stays taken, for as long as its population is there.
 */
import { selectTrials } from '../engine/some-trials.ts';
import { createStepSchedules } from '../engine/step-schedule.ts';
import type { RunCheckpoint } from './checkpoint.ts';
import { liveTrials } from './progress.ts';
import type { Run } from './trainer.ts';

/** Whether most of a run's memory, and of its evaluations, is for trials that have ended. */
export function mostlyEnded({ trials }: Run): boolean {
  const live = liveTrials(trials).length;
  return live > 0 && 2 * live <= trials.length;
}

/**
 * The live trials of a run between two epochs, to go on from with `resumeRun`: each ends with the bits that it would have
 * had beside the others. Undefined for a population in parts.
 */
export async function checkpointOfLive(run: Run): Promise<RunCheckpoint | undefined> {
  const kept = liveTrials(run.trials);
  const checkpoint = await run.checkpoint();
  const { epochs, trials, population, loss_sums } = checkpoint;
  const selected = kept.map((trial) => trials[trial]);
  const batchSizes = selected.map(({ trial }) => trial.training.batch_size);
  // The shortest batch may have been that of a trial that has ended.
  const [{ populationSteps }] = createStepSchedules(run.data.sets.train.length, batchSizes);
  const steps = epochs * populationSteps;
  const part = selectTrials(population, kept, steps);
  return (
    part && {
      ...checkpoint,
      population: part,
      trials: selected,
      steps,
      loss_sums: loss_sums.filter((_, trial) => kept.includes(trial)),
    }
  );
}
