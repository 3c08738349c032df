/**
 * Successive halving (Jamieson & Talwalkar 2016) on the rungs of ASHA (Li et al. 2020): after `first` epochs, then `factor`
 * times as many, and so on, only the best of every `factor` combinations go on. A rung is decided when all have
 * reached it, and by their records at its epoch alone: the populations take turns on one device, so nobody waits for
 * others that ASHA would not make wait, and the outcome does not depend on who happened to be quicker.
 */

import type { EpochRecord } from '../train/trainer.ts';
import { groupBy } from '../util/arrays.ts';
import { meanOf } from '../util/statistics.ts';
import type { Sweep } from './definition.ts';
import { deciding } from './leaderboard.ts';

/** Epochs after which it is decided who goes on, all below `epochs`. */
export function rungsOf({ halving }: Sweep, epochs: number): number[] {
  const rungs: number[] = [];
  if (halving) for (let rung = halving.first; rung < epochs; rung *= halving.factor) rungs.push(rung);
  return rungs;
}

/** What a trial had reached. */
export interface Reached {
  cell: number;
  history: readonly EpochRecord[];
}

/**
 * Combinations that do not go on from a rung: all but the best by the mean over their trials of the validation metric at
 * its epoch, or at the last before it where a trial ended; between equals the validation loss decides. One that diverged
 * is last.
 */
export function losersAt(rung: number, factor: number, reached: readonly Reached[]): Set<number> {
  const cells = groupBy([...reached], ({ cell }) => cell).map((trials) => {
    const records = trials.map(({ history }) => history[Math.min(rung, history.length) - 1]);
    const mean = (of: (record: EpochRecord | undefined) => number) => meanOf(records.map(of));
    return { cell: trials[0].cell, score: mean(scoreOf), loss: mean(lossOf) };
  });
  const apart = (a: number, b: number) => (a === b ? 0 : a - b);
  cells.sort((a, b) => apart(a.score, b.score) || apart(a.loss, b.loss) || a.cell - b.cell);
  return new Set(cells.slice(Math.ceil(cells.length / factor)).map(({ cell }) => cell));
}

/** Accuracies are often equal; losses hardly ever. */
function lossOf(record: EpochRecord | undefined): number {
  return record?.validation_loss ?? Number.POSITIVE_INFINITY;
}

/** The smaller the better. */
function scoreOf(record: EpochRecord | undefined): number {
  const { name, large } = deciding(record?.validation);
  const value = (record?.validation as Record<string, number> | null | undefined)?.[name];
  if (value === undefined || !record?.finite || !Number.isFinite(value)) return Number.POSITIVE_INFINITY;
  return large ? -value : value;
}
