/**
 * How a fit uses its time: folds, widths, and networks at once follow from the rows, the measured speed and the budget. The
 * plan is recorded with the result, and repeats it without a clock.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { batchFor } from '../spec/defaults.ts';
import type { FitPlan } from '../spec/fit-settings.ts';
import { type CreateRun, newRun, type Run } from '../train/trainer.ts';

/** What a network takes until it stops, in epochs. */
const usualEpochs = 50;
/** Rows that one fold holds out at most: more would say no more of which networks are good. */
const mostHeldOut = 20_000;
/** With more rows, a part of them says enough. */
const mostFoldedRows = 100_000;
/** Milliseconds in which the speed is measured. */
const measuringMs = 150;

/** Widths of hidden layers that are tried; a plan may allow the first of them only. */
export function widthsFor(rows: number): number[] {
  return rows < 3000 ? [64, 128] : rows < 10_000 ? [64, 128, 256] : [128, 256];
}

export interface PlannedFor {
  rows: number;
  /** Rows are split by time: what is held out has to be the latest. */
  ordered: boolean;
  /** Of the budget. */
  seconds: number;
  /** Of one network's epoch, where several train at once. */
  secondsPerEpoch: number;
}

/**
 * Where the time allows some forty networks or more, every row is held out by one of five folds; where it does not, by one of
 * three; where it is short, rows are very many, or they have an order, the same rows are held out always.
 */
export function planFor({ rows, ordered, seconds, secondsPerEpoch }: PlannedFor): FitPlan {
  const networks = seconds / (usualEpochs * secondsPerEpoch);
  const folds = ordered || networks < 12 || rows > mostFoldedRows ? 1 : networks < 40 ? 3 : 5;
  const widths = widthsFor(rows);
  return {
    folds,
    held_out: folds > 1 ? 1 / folds : Math.min(0.2, mostHeldOut / rows),
    // Ten epochs of two networks have to fit.
    max_rows: Math.max(2, Math.min(rows, Math.floor((rows * seconds) / (20 * secondsPerEpoch)))),
    max_width: networks < 4 ? widths[0] : widths[widths.length - 1],
    trials: networks < 40 ? 2 : networks < 200 ? 4 : 8,
    epochs: Math.max(10, Math.min(200, Math.round(seconds / secondsPerEpoch / 6))),
  };
}

/** Measures how fast networks train, which takes a moment, and plans by it. @param seconds of the budget */
export async function planFit(
  engine: Engine,
  data: DataSet,
  seconds: number,
  ordered: boolean,
  create: CreateRun<Run> = newRun,
): Promise<FitPlan> {
  const rows = data.sets.train.length;
  return planFor({ rows, ordered, seconds, secondsPerEpoch: await measureEpoch(engine, data, create) });
}

/** Seconds of one network's epoch where two train at once. */
async function measureEpoch(engine: Engine, data: DataSet, create: CreateRun<Run>): Promise<number> {
  const rows = data.sets.train.length;
  const batch_size = Math.min(batchFor(rows), rows);
  const trial = { model: { hidden: [128, 128], activation: 'silu' as const }, training: { batch_size } };
  await using run = create(engine, data, [trial, trial]);
  const stepsPerEpoch = Math.ceil(rows / batch_size);
  // The first steps are slower: memory is touched for the first time, shaders are compiled.
  await run.steps(1);
  let steps = 0;
  const begun = performance.now();
  while (performance.now() - begun < measuringMs && steps < 3 * stepsPerEpoch) {
    await run.steps(4);
    steps += 4;
  }
  return ((performance.now() - begun) / 1000 / steps / 2) * stepsPerEpoch;
}
