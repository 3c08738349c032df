/** The results of a job, as they lie on the queue: values of its sweep's store, of which nothing is believed that is not its own. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { decodeCheckpoint } from '../machine/checkpoint-file.ts';
import { type EndedPopulation, storeVersion } from '../sweep/store.ts';
import { endedSchema } from '../sweep/store-schema.ts';
import { jsonIn } from './keys.ts';
import { type Done, doneSchema } from './task.ts';

/** The field that says that a job is done. */
export const doneField = 'done';

export function doneIn(fields: Readonly<Record<string, Uint8Array>>): Done | undefined {
  const text = fields[doneField];
  const parsed = doneSchema.safeParse(jsonIn(text ? Buffer.from(text).toString() : null));
  return parsed.success ? parsed.data : undefined;
}

/**
 * By the names that they have in a store; undefined where something is damaged, or they are not of these trials.
 * @param keys of the job's trials
 */
export async function resultsIn(
  fields: Readonly<Record<string, Uint8Array>>,
  keys: readonly string[],
): Promise<Map<string, EndedPopulation> | undefined> {
  const results = new Map<string, EndedPopulation>();
  for (const [name, bytes] of Object.entries(fields)) {
    if (!/^ended [0-9a-f]{16}$/.test(name)) continue;
    const value = await decoded(bytes);
    if (!value) return undefined;
    results.set(name, value);
  }
  const there = [...results.values()].flatMap(({ trials }) => trials.map(({ key }) => key)).sort();
  const wanted = [...keys].sort();
  return there.length === wanted.length && there.every((key, index) => key === wanted[index]) ? results : undefined;
}

async function decoded(bytes: Uint8Array): Promise<EndedPopulation | undefined> {
  let unpacked: Uint8Array;
  try {
    unpacked = await promisify(gunzip)(bytes);
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) return undefined;
    throw error;
  }
  const read = decodeCheckpoint(unpacked);
  if (!('value' in read) || !endedSchema.safeParse(read.value).success) return undefined;
  const value = read.value as EndedPopulation & { version: unknown };
  return value.version === storeVersion ? value : undefined;
}
