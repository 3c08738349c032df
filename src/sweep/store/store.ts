/**
 * The store that makes a sweep resumable: results of populations that have ended, and checkpoints of those that train. The
 * caller of `sweep` provides it (a folder, a browser's database); values are plain data that structured clone can copy.
 */
import type { ValueProblem } from '../../messages/en/training/sweeps.ts';
import type { ModelData } from '../../model/model-data.ts';
import type { RunCheckpoint } from '../../train/checkpoint.ts';
import type { Run } from '../../train/trainer.ts';
import type { TrialResult } from '../results/types.ts';

/**
 * Where a sweep keeps what it has done: a folder, a browser's database. Values are plain data that structured clone can
 * copy.
 */
export interface SweepStore {
  /** Names of all values. */
  list(): Promise<string[]>;
  /**
   * The value of a name that `list` has.
   * @param name of a value
   * @throws an error with `place` and `problem` where what is there cannot be read; it is trained again then
   */
  read(name: string): Promise<unknown>;
  /**
   * What people know a value by; its name where absent.
   * @param name of a value
   */
  placeOf?(name: string): string;
  /**
   * Keeps a value. Atomic: the store holds the new value or the one before it.
   * @param name a plain text
   * @param value plain data
   * @throws RunError when there is no room
   */
  write(name: string, value: unknown): Promise<void>;
  /**
   * Removes a value.
   * @param name of a value
   */
  remove(name: string): Promise<void>;
}

/** A value that is there and cannot be gone on from. What it held is trained again. */
export interface UnusableValue {
  name: string;
  /** What people know it by. */
  place: string;
  problem: ValueProblem;
}

export class UnusableError extends Error {
  readonly place: string;
  readonly problem: ValueProblem;
  constructor(place: string, problem: ValueProblem) {
    super(`${place}: ${problem}`);
    this.place = place;
    this.problem = problem;
  }
}

/** Raised when older stores can no longer be read, or would go on with other random numbers. */
export const storeVersion = 3;

/** The part of a result that does not depend on the trial's place in a sweep. */
export type StoredTrial = Omit<TrialResult, 'cell' | 'settings' | 'seed' | 'fold'>;

/** A population that has ended. */
export interface EndedPopulation {
  plan: string;
  trials: { key: string; result: StoredTrial }[];
  /** Of some of the trials, by index. */
  models: { index: number; model: ModelData }[];
}

/** A population that trains. */
export interface RunningPopulation {
  /** Of its trials, in order. */
  keys: string[];
  run: RunCheckpoint;
}

/** Identifies the sweep that a store belongs to. */
export interface SweepIdentity {
  /** A digest of all trials. */
  trials: string;
  halving: boolean;
}

export interface StoredSweep {
  about: SweepIdentity | undefined;
  ended: EndedPopulation[];
  running: RunningPopulation[];
  unusable: UnusableValue[];
}

/** Milliseconds between saves; more where saving is slow. */
const saveIntervalMs = 10_000;
/** Saving takes at most 1/20 of the time. */
const saveCostFactor = 20;

/** Saves a population that has advanced, if its last save is long enough ago: often enough to lose little, rarely enough not to cost time. */
export function createAutosave<Population extends { run: Run }>(
  save: (population: Population) => Promise<void>,
): (population: Population) => Promise<void> {
  const begun = performance.now();
  const last = new Map<Population, { at: number; steps: number }>();
  let pause = saveIntervalMs;
  return async (population) => {
    const now = performance.now();
    const { at, steps } = last.get(population) ?? { at: begun, steps: 0 };
    if (now - at < pause || population.run.stepsDone === steps) return;
    await save(population);
    last.set(population, { at: performance.now(), steps: population.run.stepsDone });
    pause = Math.max(saveIntervalMs, saveCostFactor * (performance.now() - now));
  };
}
