/** Training a population to its end, watched and stoppable: the one place where the report spends its hours. */
import type { DataSet } from '../data/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { TrialInput } from '../spec/settings.ts';
import { type Run, trainPopulation } from '../train/trainer.ts';

export type Stage = 'timing' | 'population' | 'depth' | 'theory' | 'published';

export interface Progress {
  stage: Stage;
  /** Epochs of a population, of all its trials together; other stages count their own parts. */
  done: number;
  of: number;
  /** Since this stage began. */
  seconds: number;
}

export interface Watching {
  progress?: (progress: Progress) => void;
  /** Ends the training; trials stay as they are. */
  signal?: AbortSignal;
}

/** How often a long epoch is looked at. */
const look_ms = 500;

/**
 * Trains all trials together, hands the ended run to `use`, and frees it. `run.trials[i]` is trial i; those that the
 * signal ended are `interrupted`.
 */
export async function withTrained<Result>(
  engine: Engine,
  data: DataSet,
  trials: TrialInput[],
  { progress, signal }: { progress?: (share: number) => void; signal?: AbortSignal },
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const run = trainPopulation(engine, data, trials);
  const stop = () => run.stop();
  signal?.addEventListener('abort', stop);
  const timer = setInterval(() => progress?.(shareOf(run)), look_ms);
  try {
    if (signal?.aborted) stop();
    while (await run.epoch()) progress?.(shareOf(run));
    return await use(run);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    await run.destroy();
  }
}

/** Epochs trained of those asked for, where trials that have ended count as done. */
function shareOf(run: Run): number {
  const asked = run.trials.reduce((sum, { trial }) => sum + trial.training.epochs, 0);
  const ticks = Math.ceil(
    run.data.sets.train.length / Math.min(...run.trials.map(({ trial }) => trial.training.batch_size)),
  );
  const part = run.stepsDone / ticks;
  const done = run.trials.reduce(
    (sum, { trial, outcome }) => sum + (outcome ? trial.training.epochs : Math.min(trial.training.epochs, part)),
    0,
  );
  return done / asked;
}
