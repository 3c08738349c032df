/**
 * Work that takes a while, in steps: a generator that says before each of them what comes. Whoever has nobody waiting runs it
 * through; whoever has gives others their turns between steps, tells how far it is, and stops it when asked to.
 */
import { breather, type Watch } from './breather.ts';

export interface Step {
  doing: 'types' | 'comparing' | 'fitting' | 'encoding';
  /** The column that is worked on. */
  column: string;
}

export type Steps<Result> = Generator<Step, Result>;

export interface StepWatch extends Pick<Watch, 'signal'> {
  /** Told before each step: steps that are done, all of them, and what comes. */
  progress?: (done: number, total: number, step: Step) => void;
}

export function allSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * @param total how many steps there will be at most
 * @throws the signal's reason where that ends the work, within a step's time
 */
export async function watchedSteps<Result>(
  steps: Steps<Result>,
  total: number,
  { progress, signal }: StepWatch,
): Promise<Result> {
  const breathe = breather(signal);
  for (let count = 0; ; count += 1) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return value;
    progress?.(Math.min(count, total), total, value);
    await breathe();
  }
}
