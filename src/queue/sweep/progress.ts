/** How far a sweep on a queue is, as whoever has sent it sees it: by what its store has, and by what workers tell of their jobs. */
import { epochsDone, type SweepProgress, sweepProgress } from '../../sweep/schedule/progress.ts';
import { expectedEpochs } from '../../sweep/schedule/time-left.ts';
import type { QueuedJobs } from '../jobs.ts';
import type { QueuePlan, SweepJob } from './plan.ts';

/** Of an epoch: what is before a rung has still to pass it. */
const justBefore = 1e-6;

export function queuedProgress(
  { specs, ended, stages, halving }: QueuePlan,
  jobs: Pick<QueuedJobs<SweepJob, unknown>, 'open' | 'epochs'>,
): () => SweepProgress {
  const begun = performance.now();
  /** Epochs that are in the store, all trials together. */
  const trained = () => {
    const waiting = stages.populations.flatMap(({ trials }) => trials.map(({ history }) => history.length));
    return [...ended.map(({ epochs_run }) => epochs_run), ...waiting].reduce((sum, epochs) => sum + epochs, 0);
  };
  const before = trained();
  return () => {
    const seconds = (performance.now() - begun) / 1000;
    const live = stages.populations.flatMap(({ trials }) => trials);
    /** With halving most trials end long before their last epoch: at the speed of all workers so far. */
    const left = (stopRate: number) => {
      const rate = (trained() - before) / seconds;
      if (halving.rungs.length === 0 || rate === 0) return undefined;
      // Losers of the rung where they are wait as well, until their next job.
      const expected = live
        .filter(({ outcome }) => !outcome)
        .map(({ history, trial }) => [history.length - justBefore, trial.training.epochs] as const)
        .map((epochs) => expectedEpochs(epochs, halving, stopRate));
      return expected.reduce((sum, epochs) => sum + epochs, 0) / rate;
    };
    const progress = sweepProgress(specs, ended, live, seconds, left);
    const known = jobs.open.flatMap(({ part }) => part.population.trials).map(epochsDone);
    const told = jobs.epochs() - known.reduce((sum, epochs) => sum + epochs, 0);
    return { ...progress, epochs: progress.epochs + told };
  };
}
