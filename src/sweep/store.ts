/**
 * Where a sweep keeps what it has, so that it can be killed at any moment and go on: the results of populations that have
 * ended, and now and then a checkpoint of those that train. What a store is, a folder or a browser's database, is for
 * whoever calls `sweep` to know; values are plain data as structured clone has it.
 */
import type { ModelData } from '../model/model-data.ts';
import type { RunCheckpoint } from '../train/checkpoint.ts';
import { InputError } from '../util/errors.ts';
import type { TrialResult } from './sweep.ts';

export interface SweepStore {
  /** Names of all values. */
  list(): Promise<string[]>;
  /** @throws InputError where what is there cannot be read */
  read(name: string): Promise<unknown>;
  /** The whole value, or the one before it: never a half. @throws RunError when there is no room */
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Raised when older stores can no longer be read, or would go on with other random numbers. */
export const storeVersion = 2;

/** What does not depend on the place of a trial in a sweep. */
export type KeptTrial = Omit<TrialResult, 'cell' | 'settings' | 'seed' | 'fold'>;

/** A population that has ended. */
export interface Ended {
  plan: string;
  trials: { key: string; result: KeptTrial }[];
  /** Of some trials, by index. */
  models: { index: number; model: ModelData }[];
}

/** A population that trains. */
export interface Running {
  /** Of its trials, in their order. */
  keys: string[];
  run: RunCheckpoint;
}

/** What the sweep is, for one that is to go on from it. */
export interface About {
  /** A digest of all trials. */
  trials: string;
  halving: boolean;
}

export interface Kept {
  about: About | undefined;
  ended: Ended[];
  running: Running[];
}

/** A value of a store. @throws InputError when it is of another version */
export async function readKept(store: SweepStore, name: string): Promise<unknown> {
  const value = await store.read(name);
  if (typeof value === 'object' && value !== null && 'version' in value && value.version === storeVersion) return value;
  throw new InputError(
    `${name}: was kept by another version of the program, which draws other random numbers; begin anew in another place.`,
    'resume',
  );
}

/** Everything in a store. @throws InputError when it is of another version */
export async function readAll(store: SweepStore): Promise<Kept> {
  const kept: Kept = { about: undefined, ended: [], running: [] };
  for (const name of (await store.list()).sort()) {
    const value = await readKept(store, name);
    if (name === 'about') kept.about = value as unknown as About;
    else if (name.startsWith('ended ')) kept.ended.push(value as unknown as Ended);
    else if (name.startsWith('running ')) kept.running.push(value as unknown as Running);
  }
  return kept;
}
