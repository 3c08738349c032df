/** What the shards of a sweep have trained, put together: each trial once. */
import { isDeepStrictEqual } from 'node:util';
import { info, type Notice } from '../../data/table/notices.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import type { TrialSpec } from '../../sweep/definition/trial-specs.ts';
import { readStored } from '../../sweep/store/read-store.ts';
import {
  type EndedPopulation,
  type StoredTrial,
  type SweepStore,
  storeVersion,
  type UnusableValue,
} from '../../sweep/store/store.ts';
import { endedSchema } from '../../sweep/store/store-schema.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { engineNotices, machinesOf } from '../sweeps/machines.ts';
import type { ShardFolder } from './read-shards.ts';

/** The whole sweep, by the keys of its trials. */
export interface WholeSweep {
  specs: readonly TrialSpec[];
  keys: readonly string[];
  /** A trial in a few words. */
  nameOf(spec: TrialSpec): string;
}

export interface Union {
  /** Names of the values to take, of each folder. */
  values: { shard: ShardFolder; names: string[] }[];
  /** Keys of the trials that have ended. */
  ended: ReadonlySet<string>;
  /** Of each folder, what is damaged. */
  damaged: Map<ShardFolder, UnusableValue[]>;
  notices: Notice[];
}

/** @throws InputError where two folders have different results of a trial */
export async function unite(folders: readonly ShardFolder[], { specs, keys, nameOf }: WholeSweep): Promise<Union> {
  const specByKey = new Map(keys.map((key, index) => [key, specs[index]]));
  const ended = new Map<string, { result: StoredTrial; folder: string }>();
  const damaged = new Map<ShardFolder, UnusableValue[]>();
  const values: Union['values'] = [];
  const doubled = new Set<string>();
  const doubledIn = new Set<string>();
  for (const shard of folders) {
    const { folder } = shard;
    const unusable: UnusableValue[] = [];
    const names: string[] = [];
    for (const [name, { trials }] of await endedPopulations(shard.store, unusable)) {
      let brings = false;
      for (const { key, result } of trials) {
        const spec = specByKey.get(key);
        if (!spec) continue;
        const other = ended.get(key);
        if (!other) {
          ended.set(key, { result, folder });
          brings = true;
        } else if (isDeepStrictEqual(withoutPlace(other.result), withoutPlace(result))) {
          doubled.add(key);
          doubledIn.add(other.folder).add(folder);
        } else {
          throw new InputError(message(shards, 'trial_differs', { trial: nameOf(spec), folder, other: other.folder }));
        }
      }
      if (brings) names.push(name);
    }
    values.push({ shard, names });
    damaged.set(shard, unusable);
  }
  const results = [...ended.values()].map(({ result }) => result);
  const merged = { count: ended.size, folders: folders.length, machines: machinesOf(results) };
  return {
    values,
    ended: new Set(ended.keys()),
    damaged,
    notices: [
      info(message(shards, 'shards_merged', merged)),
      ...doubledNotices(doubled.size, [...doubledIn]),
      ...engineNotices(results),
    ],
  };
}

async function endedPopulations(store: SweepStore, unusable: UnusableValue[]): Promise<[string, EndedPopulation][]> {
  const found: [string, EndedPopulation][] = [];
  for (const name of (await store.list()).sort()) {
    if (!name.startsWith('ended ')) continue;
    const population = await readStored<EndedPopulation>(store, name, endedSchema, unusable);
    if (population) found.push([name, population]);
  }
  return found;
}

/** What is the same whoever trains it, and however quickly. */
function withoutPlace({ history, ran_on: _, ...result }: StoredTrial) {
  return { ...result, history: history.map(({ seconds: _, ...record }) => record) };
}

function doubledNotices(count: number, folders: readonly string[]): Notice[] {
  return count > 0 ? [info(message(shards, 'trials_doubled', { count, names: [...folders].sort() }))] : [];
}

/** Copies what the shards have into the store of a whole sweep. */
export async function copyUnion({ values }: Union, into: SweepStore): Promise<void> {
  for (const { shard, names } of values) {
    for (const name of names) {
      const value = await readStored<EndedPopulation>(shard.store, name, endedSchema, []);
      // What has been damaged since is trained again.
      if (value) await into.write(name, { ...value, version: storeVersion });
    }
  }
}
