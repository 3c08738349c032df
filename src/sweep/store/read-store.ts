/** Reads a store, and believes nothing in it that is damaged, of another version, or not what it should be. */
import type * as z from 'zod/mini';
import { type Notice, warning } from '../../data/table/notices.ts';
import { sweeps, type ValueProblem } from '../../messages/en/training/sweeps.ts';
import { groupBy } from '../../util/arrays.ts';
import { message } from '../../util/message.ts';
import {
  type EndedPopulation,
  type RunningPopulation,
  type StoredSweep,
  type SweepStore,
  storeVersion,
  UnusableError,
  type UnusableValue,
} from './store.ts';
import { endedSchema, identitySchema, runningSchema } from './store-schema.ts';

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
