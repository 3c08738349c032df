/**
 * Accumulates a run's steps, epochs and seconds, and the losses of the epoch in progress, summed over rows for each trial,
 * and turns them into a record per trial when the epoch ends.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Evaluation, StepsDone } from '../engine/engine.ts';
import { createStepSchedules, rowsInStep, type StepSchedule, stepAt } from '../engine/step-schedule.ts';
import type { EpochMetrics } from '../model/metrics.ts';
import type { EpochRecord } from './progress.ts';

/** Measurements of all trials at the end of an epoch. */
export interface EpochEnd {
  /** Undefined where there are no validation rows. */
  validated: readonly Evaluation[] | undefined;
  metrics: readonly EpochMetrics[] | undefined;
  finite: readonly boolean[];
}

/** Its part of a checkpoint. */
export interface EpochState {
  steps: number;
  epochs: number;
  seconds: number;
  loss_sums: Float64Array;
}

export class EpochAccumulator {
  steps = 0;
  epochs = 0;
  seconds = 0;
  readonly #rows: number;
  readonly #stepSchedules: StepSchedule[];
  readonly #lossSums: Float64Array;

  constructor({ sets }: DataSet, batchSizes: readonly number[], from?: EpochState) {
    this.#rows = sets.train.length;
    this.#stepSchedules = createStepSchedules(
      this.#rows,
      batchSizes.map((size) => Math.min(size, this.#rows)),
    );
    this.#lossSums = new Float64Array(batchSizes.length);
    if (!from) return;
    this.steps = from.steps;
    this.epochs = from.epochs;
    this.seconds = from.seconds;
    this.#lossSums.set(from.loss_sums);
  }

  state(): EpochState {
    return { steps: this.steps, epochs: this.epochs, seconds: this.seconds, loss_sums: this.#lossSums.slice() };
  }

  /** Adds the losses of finished steps to the epoch's sums, each weighted by the rows of its batch. */
  add({ steps, losses }: StepsDone): void {
    const trials = this.#stepSchedules.length;
    this.#stepSchedules.forEach((stepSchedule, trial) => {
      for (let populationStep = 0; populationStep < steps; populationStep++) {
        const step = stepAt(stepSchedule, this.steps + populationStep);
        if (step !== undefined)
          this.#lossSums[trial] += losses[populationStep * trials + trial] * rowsInStep(stepSchedule, step);
      }
    });
    this.steps += steps;
  }

  /** Ends the epoch: returns the record of each trial and resets the sums. */
  close({ validated, metrics, finite }: EpochEnd): EpochRecord[] {
    this.epochs += 1;
    const records = this.#stepSchedules.map(
      ({ steps }, trial): EpochRecord => ({
        number: this.epochs,
        steps: this.epochs * steps,
        train_loss: this.#lossSums[trial] / this.#rows,
        validation_loss: validated ? validated[trial].loss : null,
        finite: finite[trial],
        validation: metrics ? metrics[trial] : null,
        seconds: this.seconds,
      }),
    );
    this.#lossSums.fill(0);
    return records;
  }
}
