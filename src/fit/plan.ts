/**
 * How a fit uses its time: folds, width, and networks at once follow from the rows, the measured speed and the budget. The
 * plan is recorded with the result, and repeats it without a clock.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { FitPlan } from '../spec/fit-settings.ts';
import { trainPopulation } from '../train/trainer.ts';

/** Rows of a batch: a fiftieth of the rows, as a power of two from 16 to 256. */
export function batchFor(rows: number): number {
  return Math.min(256, Math.max(16, 2 ** Math.round(Math.log2(rows / 50))));
}

/** Networks at once where the time is short and where it is not. */
const trialsAtOnce = { least: 2, most: 8 };
/** What a network takes until it stops, in epochs. */
const usualEpochs = 50;

/**
 * @param seconds of the budget
 * @param ordered rows are split by time: what is held out has to be the latest
 */
export async function planFit(engine: Engine, data: DataSet, seconds: number, ordered: boolean): Promise<FitPlan> {
  const rows = data.sets.train.length;
  const width = 128;
  const perEpoch = await secondsPerEpoch(engine, data, width);
  const affordable = seconds / (usualEpochs * perEpoch);
  const folds = ordered || affordable < 12 ? 1 : affordable < 40 ? 3 : 5;
  const held_out = folds > 1 ? 1 / folds : rows >= 20_000 ? 0.1 : 0.2;
  const trials = affordable / folds < 8 ? trialsAtOnce.least : affordable / folds < 40 ? 4 : trialsAtOnce.most;
  return {
    folds: Math.min(folds, rows),
    held_out,
    // At least ten epochs of two networks have to fit.
    max_rows: Math.max(2, Math.min(rows, Math.floor((rows * seconds) / (20 * perEpoch)))),
    max_width: affordable < 4 ? 64 : affordable < 400 ? 256 : 128,
    trials,
    epochs: Math.max(10, Math.min(200, Math.round(seconds / perEpoch / 6))),
  };
}

/** Seconds of one network's epoch where several train at once, measured on a few steps. */
async function secondsPerEpoch(engine: Engine, data: DataSet, width: number): Promise<number> {
  const rows = data.sets.train.length;
  const batch_size = batchFor(rows);
  const trial = { model: { hidden: [width, width], activation: 'silu' as const }, training: { batch_size } };
  await using run = trainPopulation(engine, data, [trial, trial]);
  const stepsPerEpoch = Math.ceil(rows / Math.min(batch_size, rows));
  await run.steps(1);
  let steps = 0;
  const begun = performance.now();
  while (performance.now() - begun < 150 && steps < 3 * stepsPerEpoch) {
    await run.steps(4);
    steps += 4;
  }
  return ((performance.now() - begun) / 1000 / steps / 2) * stepsPerEpoch;
}
