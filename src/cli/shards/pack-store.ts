/** Packs of a fit in a store, a value each: what a shard keeps, and what shards are put together of. */
import * as z from 'zod/mini';
import type { PackStore, TrainedPack } from '../../fit/trained-pack.ts';
import { networkSchema } from '../../model/model-data-schema.ts';
import { readStored } from '../../sweep/read-store.ts';
import { type SweepStore, storeVersion, type UnusableValue } from '../../sweep/store.ts';

const whole = z.int().check(z.minimum(0));

const candidateSchema = z.object({
  networks: z.array(networkSchema).check(z.minLength(1)),
  outputs: z.instanceof(Float32Array),
  inputs: z.enum(['all', 'values']),
});

const packSchema = z.object({
  candidates: z.array(candidateSchema),
  networks: whole,
  diverged: whole,
  whole: z.boolean(),
  epochs: whole,
  engine: z.looseObject({
    kind: z.enum(['webgpu', 'cpu', 'reference']),
    adapter: z.string(),
    software: z.boolean(),
    why: z.union([z.string(), z.looseObject({ text: z.string(), code: z.string() })]),
  }),
  seconds: z.number().check(z.minimum(0)),
});

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
