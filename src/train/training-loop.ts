/**
 * The loop over slices and epochs of a run: the engine trains slices of about half a second, the losses are accumulated, and
 * at the end of each epoch the validation rows are evaluated and every live trial gets a record. The results do not depend
 * on how the work is sliced.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Population } from '../engine/engine.ts';
import type { LiveChanges } from '../spec/changes.ts';
import type { LossName } from '../spec/settings.ts';
import { awakeMs } from '../util/awake.ts';
import type { RunCheckpoint } from './checkpoint.ts';
import { EpochAccumulator } from './epoch-accumulator.ts';
import {
  addRecord,
  changeTrial,
  type EpochRecord,
  endTrial,
  finishEpoch,
  liveTrials,
  type TrialProgress,
} from './progress.ts';
import { createRunControl } from './run-control.ts';
import { endOfEpoch } from './scoring.ts';

/** Adds to the records of an epoch that has ended, one for each trial. */
export type Score = (population: Population, records: EpochRecord[], loss: LossName) => Promise<void>;

export class TrainingLoop {
  readonly control = createRunControl<Population>();
  readonly epoch: EpochAccumulator;
  readonly #data: DataSet;
  readonly #trials: readonly TrialProgress[];
  readonly #score: Score | undefined;
  /** Steps per call of the engine: about half a second's worth, so that `epoch.steps` advances during long epochs. */
  #stepsAtOnce = 64;

  constructor(data: DataSet, trials: readonly TrialProgress[], from?: RunCheckpoint, score?: Score) {
    this.#score = score;
    this.#data = data;
    this.#trials = trials;
    this.epoch = new EpochAccumulator(
      data,
      trials.map(({ trial }) => trial.training.batch_size),
      from,
    );
  }

  get liveTrials(): number[] {
    return liveTrials(this.#trials);
  }

  /** Trains to the end of the epoch in progress and applies the stopping rules. False when no record was added. */
  async trainEpoch(population: Population): Promise<boolean> {
    if (this.liveTrials.length === 0) return false;
    if (!(await this.#trainSlices(population, this.#stepsLeftInEpoch(population)))) {
      for (const index of this.liveTrials) endTrial(this.#trials[index], population, index, 'interrupted');
      return false;
    }
    for (const index of this.liveTrials) finishEpoch(this.#trials[index], population, index);
    return true;
  }

  /** Trains `count` more steps without applying the stopping rules. */
  async trainSteps(population: Population, count: number): Promise<void> {
    for (let left = count; left > 0 && !this.control.stopped; ) {
      const part = Math.min(left, this.#stepsLeftInEpoch(population));
      await this.#trainSlices(population, part);
      left -= part;
    }
  }

  /** Stops these trials where they are still live, because others do better (successive halving). */
  stopTrials(population: Population, trials: readonly number[]): void {
    const live = this.liveTrials;
    for (const index of trials.filter((trial) => live.includes(trial))) {
      endTrial(this.#trials[index], population, index, 'halving');
    }
  }

  change(population: Population, changes: LiveChanges, trial: number): void {
    const { steps, seconds } = this.epoch;
    const rows = this.#data.sets.train.length;
    changeTrial(this.#trials[trial], changes, population, trial, { rows, steps, seconds });
  }

  /** False when the run was stopped before all steps were done. Closes the epoch when its last step is. */
  async #trainSlices(population: Population, count: number): Promise<boolean> {
    for (let left = count; left > 0; ) {
      if (!(await this.control.proceed(population))) return false;
      const steps = Math.min(left, this.#stepsAtOnce, this.#applyPlannedChanges(population));
      const started = performance.now();
      const done = await population.train(steps, this.control.signal());
      const took = awakeMs(performance.now() - started);
      this.epoch.seconds += took / 1000;
      if (done.steps > 0) this.#stepsAtOnce = stepsFor(0.5, done.steps, took, this.#stepsAtOnce);
      this.epoch.add(done);
      left -= done.steps;
    }
    if (this.#stepsLeftInEpoch(population) === population.stepsPerEpoch) await this.#closeEpoch(population);
    return true;
  }

  /** Applies the changes planned up to this step; returns the number of steps until the next one. */
  #applyPlannedChanges(population: Population): number {
    let next = Number.POSITIVE_INFINITY;
    for (const [index, { planned }] of this.#trials.entries()) {
      while (planned.length > 0 && planned[0].step <= this.epoch.steps) {
        const { step: _, ...changes } = planned[0];
        planned.shift();
        this.change(population, changes, index);
      }
      next = Math.min(next, (planned[0]?.step ?? next) - this.epoch.steps);
    }
    return next;
  }

  #stepsLeftInEpoch(population: Population): number {
    return population.stepsPerEpoch - (this.epoch.steps % population.stepsPerEpoch);
  }

  /** Validates every trial and adds a record to each live one. */
  async #closeEpoch(population: Population): Promise<void> {
    const { loss } = this.#trials[0].trial.training;
    const records = this.epoch.close(await endOfEpoch(population, this.#data, loss));
    await this.#score?.(population, records, loss);
    for (const index of this.liveTrials) addRecord(this.#trials[index], records[index]);
  }
}

/** Steps that take about this many seconds, judging by the last call; at most four times as many as before. */
function stepsFor(seconds: number, steps: number, milliseconds: number, before: number): number {
  return Math.max(1, Math.min(4 * before, Math.round((1000 * seconds * steps) / Math.max(milliseconds, 1e-3))));
}
