/** Keeps a sweep in its store while it runs. A store that fails, such as a full disk, is told of once: training goes on. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { type Notice, warning } from '../data/table/notices.ts';
import type { Sweep } from './definition.ts';
import { type TakenUp, takeUp } from './resume.ts';
import type { Group } from './scheduler.ts';
import { type About, type Ended, type Running, type SweepStore, storeVersion } from './store.ts';
import { digest, type Entry, keysOf } from './trial-specs.ts';

export interface Keeper {
  /** What was there. */
  readonly found: TakenUp;
  /** Names of the trials, by place. */
  readonly keys: readonly string[];
  /** Keeps a population as it is, to go on from. */
  save(group: Group): Promise<void>;
  ended(group: Group, population: Ended): Promise<void>;
}

/** @throws InputError where the store holds another sweep */
export async function createKeeper(
  store: SweepStore,
  definition: Sweep,
  entries: readonly Entry[],
  folds: readonly DataSet[],
  notices: Notice[],
): Promise<Keeper> {
  const keys = await keysOf(entries, folds);
  const about: About = { trials: await nameOf([...keys].sort()), halving: definition.halving !== undefined };
  const found = await takeUp(store, about, entries, keys);
  let failed = false;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!failed)
        notices.push(warning(`The sweep could not be kept, and cannot be gone on from: ${(error as Error).message}`));
      failed = true;
    }
  };
  const ownKeys = ({ entries }: Group) => entries.map(({ place }) => keys[place]);
  await attempt(async () => {
    await store.write('about', { version: storeVersion, ...about });
    for (const own of found.overtaken) await store.remove(`running ${await nameOf(own)}`);
  });
  return {
    found,
    keys,
    async save(group) {
      const own = ownKeys(group);
      const value: Running = { keys: own, run: await group.run.checkpoint() };
      await attempt(async () => store.write(`running ${await nameOf(own)}`, { version: storeVersion, ...value }));
    },
    async ended(group, population) {
      const name = await nameOf(ownKeys(group));
      await attempt(async () => {
        await store.write(`ended ${name}`, { version: storeVersion, ...population });
        await store.remove(`running ${name}`);
      });
    },
  };
}

/** Of some trials together. */
async function nameOf(keys: readonly string[]): Promise<string> {
  return (await digest(new TextEncoder().encode(keys.join('\n')))).slice(0, 16);
}
