/** The results of a job, as they lie on the queue: values of a store, of which nothing is believed that is not its own. */
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import type * as z from 'zod/mini';
import { decodeCheckpoint, encodeCheckpoint } from '../machine/checkpoint-file.ts';
import { storeVersion } from '../sweep/store/store.ts';
import { jsonIn } from './keys.ts';
import { type Done, doneSchema } from './task.ts';

/** What lies there, by name. */
export type ResultFields = Readonly<Record<string, Uint8Array>>;

/** The field that says that a job is done. */
export const doneField = 'done';

export function doneIn(fields: ResultFields): Done | undefined {
  const text = fields[doneField];
  const parsed = doneSchema.safeParse(jsonIn(text ? Buffer.from(text).toString() : null));
  return parsed.success ? parsed.data : undefined;
}

/** A value of a store, as it lies there. */
export function packedValue(value: unknown): Uint8Array {
  return gzipSync(Buffer.concat(encodeCheckpoint(value)), { level: 1 });
}

/** A value of a store; undefined where it is damaged, of another version, or not what the schema says. */
export async function storedValue<Value>(
  bytes: Uint8Array,
  schema: z.ZodMiniType<unknown>,
): Promise<Value | undefined> {
  let unpacked: Uint8Array;
  try {
    unpacked = await promisify(gunzip)(bytes);
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) return undefined;
    throw error;
  }
  const read = decodeCheckpoint(unpacked);
  if (!('value' in read) || !schema.safeParse(read.value).success) return undefined;
  const value = read.value as Value & { version: unknown };
  return value.version === storeVersion ? value : undefined;
}
