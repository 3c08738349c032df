/**
 * Successive halving (Jamieson & Talwalkar 2016) on the rungs of ASHA (Li et al. 2020): after `first` epochs, then `factor`
 * times as many, and so on, only the best of every `factor` combinations go on. A rung is decided when all have
 * reached it, and by their records at its epoch alone: the populations take turns on one device, so nobody waits for
 * others that ASHA would not make wait, and the outcome does not depend on who happened to be quicker.
 */

import type { EpochRecord } from '../../train/trainer.ts';
import { groupBy } from '../../util/arrays.ts';
import { meanOf } from '../../util/statistics/statistics.ts';
import type { Sweep } from '../definition/definition.ts';
import type { TrialSpec } from '../definition/trial-specs.ts';
import { primaryMetric } from '../results/leaderboard.ts';

/** Epochs after which it is decided who goes on, all below `epochs`. */
export function halvingRungs({ halving }: Sweep, epochs: number): number[] {
  const rungs: number[] = [];
  if (halving) for (let rung = halving.first; rung < epochs; rung *= halving.factor) rungs.push(rung);
  return rungs;
}

/** The same with what else decides how many go on. */
export function halvingOf(definition: Sweep, specs: readonly TrialSpec[]) {
  const epochs = Math.max(...specs.map(({ trial }) => trial.training.epochs));
  const combinations = new Set(specs.map(({ configuration }) => configuration)).size;
  return { rungs: halvingRungs(definition, epochs), factor: definition.halving?.factor ?? 1, combinations };
}

/** The records of a trial so far. */
export interface TrialHistory {
  /** Index of its configuration. */
  configuration: number;
  history: readonly EpochRecord[];
}

/**
 * Configurations that stop at a rung: all but the best, by the mean over their trials of the primary validation metric at
 * its epoch, or at the last one before it where a trial ended. The validation loss breaks ties; diverged trials are last.
 */
export function selectLosers(rung: number, factor: number, reached: readonly TrialHistory[]): Set<number> {
  const configurations = groupBy([...reached], ({ configuration }) => configuration).map((trials) => {
    const records = trials.map(({ history }) => history[Math.min(rung, history.length) - 1]);
    // In order of size: a mean must not depend on which trial ended first.
    const mean = (of: (record: EpochRecord | undefined) => number) => meanOf(records.map(of).sort((a, b) => a - b));
    return { configuration: trials[0].configuration, score: mean(scoreOf), loss: mean(lossOf) };
  });
  const compare = (a: number, b: number) => (a === b ? 0 : a - b);
  configurations.sort(
    (a, b) => compare(a.score, b.score) || compare(a.loss, b.loss) || a.configuration - b.configuration,
  );
  const winners = Math.ceil(configurations.length / factor);
  return new Set(configurations.slice(winners).map(({ configuration }) => configuration));
}

/** Accuracies are often equal; losses hardly ever. */
function lossOf(record: EpochRecord | undefined): number {
  return record?.validation_loss ?? Number.POSITIVE_INFINITY;
}

/** The smaller the better. */
function scoreOf(record: EpochRecord | undefined): number {
  const { name, large } = primaryMetric(record?.validation);
  const value = (record?.validation as Record<string, number> | null | undefined)?.[name];
  if (value === undefined || !record?.finite || !Number.isFinite(value)) return Number.POSITIVE_INFINITY;
  return large ? -value : value;
}
