/**
 * The store that makes a sweep resumable: results of populations that have ended, and checkpoints of those that train. The
 * caller of `sweep` provides it (a folder, a browser's database); values are plain data that structured clone can copy.
 */
import type * as z from 'zod/mini';
import { type Notice, warning } from '../data/table/notices.ts';
import { sweeps, type ValueProblem } from '../messages/en/sweeps.ts';
import type { ModelData } from '../model/model-data.ts';
import type { RunCheckpoint } from '../train/checkpoint.ts';
import type { Run } from '../train/trainer.ts';
import { groupBy } from '../util/arrays.ts';
import { message } from '../util/message.ts';
import { endedSchema, identitySchema, runningSchema } from './store-schema.ts';
import type { TrialResult } from './types.ts';

export interface SweepStore {
  /** Names of all values. */
  list(): Promise<string[]>;
  /** @throws UnusableError where what is there cannot be read */
  read(name: string): Promise<unknown>;
  /** What people know a value by; its name where absent. */
  placeOf?(name: string): string;
  /** Atomic: the store holds the new value or the one before it. @throws RunError when there is no room */
  write(name: string, value: unknown): Promise<void>;
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

/**
 * A value of a store; undefined where it is of no use, which is added to `unusable`.
 * @param schema what it holds beside its version
 */
export async function readStored<Value>(
  store: SweepStore,
  name: string,
  schema: z.ZodMiniType<unknown>,
  unusable: UnusableValue[],
): Promise<Value | undefined> {
  const refuse = (place: string, problem: ValueProblem) => {
    unusable.push({ name, place, problem });
    return undefined;
  };
  let value: unknown;
  try {
    value = await store.read(name);
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error;
    return refuse(error.place, error.problem);
  }
  const place = store.placeOf?.(name) ?? name;
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version !== storeVersion) return refuse(place, 'version');
  if (version !== storeVersion || !schema.safeParse(value).success) return refuse(place, 'contents');
  return value as Value;
}

/** Everything in a store that is of use, and what is not. */
export async function readStore(store: SweepStore): Promise<StoredSweep> {
  const unusable: UnusableValue[] = [];
  const stored: StoredSweep = { about: undefined, ended: [], running: [], unusable };
  for (const name of (await store.list()).sort()) {
    if (name === 'about') stored.about = await readStored(store, name, identitySchema, unusable);
    else if (name.startsWith('ended ')) {
      stored.ended.push(...listed(await readStored<EndedPopulation>(store, name, endedSchema, unusable)));
    } else if (name.startsWith('running ')) {
      stored.running.push(...listed(await readStored<RunningPopulation>(store, name, runningSchema, unusable)));
    }
  }
  return stored;
}

const listed = <Value>(value: Value | undefined): Value[] => (value === undefined ? [] : [value]);

/** One notice for each thing that is wrong. */
export function unusableNotices(unusable: readonly UnusableValue[]): Notice[] {
  return groupBy([...unusable], ({ problem }) => problem).map((alike) => {
    const names = alike.map(({ place }) => place);
    return warning(message(sweeps, 'values_unusable', { names, damage: alike[0].problem }));
  });
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
