/**
 * A stage of a sweep with successive halving: what some of its trials train from one rung to the next, by themselves. Who has
 * lost at a rung is decided elsewhere, among all trials (`stages.ts`). Trained so in parts, a sweep comes to the bits of one that is
 * trained whole. Without halving there is one stage, which trains to the end.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { checkSweep, type SweepInput } from './definition/definition.ts';
import type { SweepStore } from './store/store.ts';
import { type SweepOptions, type TrainedTrials, trainTrials } from './sweep.ts';

/** Who stops at a rung. */
export interface Losers {
  /** Its epochs. */
  rung: number;
  /** By index; their trials stop. */
  configurations: readonly number[];
}

export interface Stage {
  /** Of the rungs up to the one where it begins: trials that begin anew go by all of them. */
  losers: readonly Losers[];
  /** Epochs after which what has not ended stays in the store as it is; trains to the end where absent. */
  until?: number;
}

export interface StageOptions extends Pick<SweepOptions, 'max_trials' | 'progress' | 'signal' | 'machine'> {
  /** What the trials go on from, and what they come to. */
  store: SweepStore;
  /** Whether a trial takes part, by its place. */
  only(place: number): boolean;
}

/** @throws InputError as `sweep` */
export async function trainStage(
  engine: Engine,
  folds: DataSet[],
  input: SweepInput,
  { losers, until }: Stage,
  options: StageOptions,
): Promise<Pick<TrainedTrials, 'engine' | 'notices'>> {
  return trainTrials(engine, folds, checkSweep(input), options, {
    rungs: losers.map(({ rung }) => rung),
    losersAt: (at) => new Set(losers.find(({ rung }) => rung === at)?.configurations),
    until,
  });
}
