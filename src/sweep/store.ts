/**
 * The store that makes a sweep resumable: results of populations that have ended, and checkpoints of those that train. The
 * caller of `sweep` provides it (a folder, a browser's database); values are plain data that structured clone can copy.
 */
import { sweeps } from '../messages/en/sweeps.ts';
import type { ModelData } from '../model/model-data.ts';
import type { RunCheckpoint } from '../train/checkpoint.ts';
import type { Run } from '../train/trainer.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import type { TrialResult } from './types.ts';

export interface SweepStore {
  /** Names of all values. */
  list(): Promise<string[]>;
  /** @throws InputError where what is there cannot be read */
  read(name: string): Promise<unknown>;
  /** Atomic: the store holds the new value or the one before it. @throws RunError when there is no room */
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
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
}

/** A value of a store. @throws InputError when it is of another version */
export async function readStored(store: SweepStore, name: string): Promise<unknown> {
  const value = await store.read(name);
  if (typeof value === 'object' && value !== null && 'version' in value && value.version === storeVersion) return value;
  throw new InputError(message(sweeps, 'store_version', { name }), 'resume');
}

/** Everything in a store. @throws InputError when it is of another version */
export async function readStore(store: SweepStore): Promise<StoredSweep> {
  const stored: StoredSweep = { about: undefined, ended: [], running: [] };
  for (const name of (await store.list()).sort()) {
    const value = await readStored(store, name);
    if (name === 'about') stored.about = value as unknown as SweepIdentity;
    else if (name.startsWith('ended ')) stored.ended.push(value as unknown as EndedPopulation);
    else if (name.startsWith('running ')) stored.running.push(value as unknown as RunningPopulation);
  }
  return stored;
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
