/** Packs of a fit in a store, a value each: what a shard keeps, and what shards are put together of. */
import { packSchema } from '../../fit/pack-schema.ts';
import type { PackStore, TrainedPack } from '../../fit/trained-pack.ts';
import { readStored } from '../../sweep/store/read-store.ts';
import { type SweepStore, storeVersion, type UnusableValue } from '../../sweep/store/store.ts';

const nameOf = (number: number) => `pack ${number}`;

/** @param unusable gets what is damaged, which is as if it were not there */
export function keptPacks(store: SweepStore, unusable: UnusableValue[]): PackStore {
  return {
    async read(number) {
      if (!(await store.list()).includes(nameOf(number))) return undefined;
      return readStored<TrainedPack>(store, nameOf(number), packSchema, unusable);
    },
    write: (number, pack) => store.write(nameOf(number), { version: storeVersion, ...pack }),
  };
}

/** Numbers of the packs that are kept there. */
export async function keptNumbers(store: SweepStore): Promise<number[]> {
  const names = await store.list();
  return names.flatMap((name) => (/^pack \d{1,9}$/.test(name) ? [Number(name.slice(5))] : [])).sort((a, b) => a - b);
}
