/**
 * How long a sweep still takes. Each population has a pace of its own, and they take turns by time, not by epochs: small networks
 * are far ahead of large ones after the first round, so that epochs per second of all together say little of what is left. An
 * epoch costs training and evaluation for each trial that goes on: populations shrink as their trials end.
 */

import type { StopReason } from '../../train/stopping.ts';
import type { Run } from '../../train/trainer.ts';

/** Epochs after which successive halving lets one of every `factor` combinations go on, rounded up. */
export interface Halving {
  rungs: readonly number[];
  factor: number;
  /** How many there are. */
  combinations: number;
}

/** What a population has done in the time that was measured. */
export interface Spent {
  /** Seconds of training. */
  training: number;
  /** Seconds at the ends of epochs. */
  closing: number;
  epochs: number;
  /** Epochs of all of its trials, as far as they went. */
  trialEpochs: number;
}

export interface TimedPopulation {
  run: Run;
  spent: Spent;
}

/**
 * Epochs that a trial still trains, on average. Stopping rules end a trial with the same chance in every epoch, which is all
 * that the trials before it tell.
 * @param most epochs asked for @param stopRate trials that rules stop, for each epoch trained
 */
export function expectedEpochs(
  [done, most]: readonly [number, number],
  { rungs, factor, combinations }: Halving,
  stopRate: number,
): number {
  let [from, left, epochs] = [done, 1, 0];
  const next = (count: number) => Math.ceil(count / factor);
  let still = rungs.filter((rung) => rung <= done).reduce(next, combinations);
  for (const end of [...rungs.filter((rung) => rung > done && rung < most), most]) {
    const length = end - from;
    epochs += left * (stopRate > 0 ? -Math.expm1(-stopRate * length) / stopRate : length);
    left *= Math.exp(-stopRate * length) * (next(still) / still);
    still = next(still);
    from = end;
  }
  return epochs;
}

const byRule: readonly (StopReason | undefined)[] = ['early_stopping', 'loss_plateau', 'diverged'];

/** Trials that rules have stopped, for each epoch of any trial. */
export function stopRateOf(trials: readonly { epochs: number; stopped: StopReason | undefined }[]): number {
  const epochs = trials.reduce((sum, trial) => sum + trial.epochs, 0);
  const stopped = trials.filter((trial) => byRule.includes(trial.stopped)).length;
  return epochs > 0 ? stopped / epochs : 0;
}

/** A row costs about as much as so many parameters besides those that it has (measured on the CPU engine). */
const overhead = 500;

/** What an epoch costs in relation to that of other shapes, as long as nothing is measured. */
export function relativeCost({ parameterCount }: Pick<Run, 'parameterCount'>): number {
  return parameterCount + overhead;
}

/** Seconds of training up to the last end of an epoch, without what is done there. */
export function trainingSeconds({ trials }: Run): number {
  return trials.reduce((most, { history }) => Math.max(most, history.at(-1)?.seconds ?? 0), 0);
}

/** Undefined before any has trained. @param populations those that have not ended */
export function secondsLeft(
  populations: readonly TimedPopulation[],
  halving: Halving,
  stopRate: number,
): number | undefined {
  if (populations.length === 0) return 0;
  const known = populations.filter(({ spent }) => spent.epochs > 0);
  if (known.length === 0) return undefined;
  return populations.reduce((seconds, population) => {
    const { run } = population;
    const model = population.spent.epochs > 0 ? population : nearest(run, known);
    const { training, closing, epochs, trialEpochs } = model.spent;
    const scale = relativeCost(run) / relativeCost(model.run);
    const ofTrial = training / trialEpochs + closing / epochs / model.run.trials.length;
    return seconds + scale * ofTrial * epochsLeft(run, halving, stopRate);
  }, 0);
}

/** Of its trials together. */
function epochsLeft({ trials }: Run, halving: Halving, stopRate: number): number {
  const live = trials.filter(({ outcome }) => !outcome);
  return live.reduce(
    (sum, { history, trial }) => sum + expectedEpochs([history.length, trial.training.epochs], halving, stopRate),
    0,
  );
}

function nearest(run: Run, known: readonly TimedPopulation[]): TimedPopulation {
  const distance = (other: TimedPopulation) => Math.abs(Math.log(relativeCost(other.run) / relativeCost(run)));
  return known.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}
