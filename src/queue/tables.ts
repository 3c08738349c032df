/** Tables on the queue: compressed, in parts, by the SHA-256 of their bytes, which is checked wherever they arrive. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod/mini';
import { defaultPath } from '../machine/calibration-file.ts';
import { disk } from '../machine/disk.ts';
import { makeFolders, removeOrphans, writeWhole } from '../machine/whole-file.ts';
import { queue } from '../messages/en/command-line/queue.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { onceWritable, type QueueConnection, refusalOf } from './connection.ts';
import { expiry, jsonIn, partSize, sha256 } from './keys.ts';

/** Bytes of a table. */
export const maxTableSize = 1_000_000_000;

const headSchema = z.object({ size: z.number().check(z.lte(maxTableSize)), parts: z.number() });

/** Sends it, unless it is there. @throws RunError where the server has no room for it */
export async function putTable(connection: QueueConnection, hash: string, bytes: Uint8Array): Promise<void> {
  const { redis, keys, address } = connection;
  const head = headSchema.safeParse(jsonIn(await redis.get(keys.table(hash))));
  if (head.success && (await onceWritable(connection, () => renew(connection, hash, head.data.parts)))) return;
  const compressed = await promisify(gzip)(bytes, { level: 1 });
  // Memory for a table does not come by waiting.
  const set = (key: string, value: string | Buffer) =>
    onceWritable(connection, () => redis.set(key, value, 'EX', expiry), ['disk']);
  try {
    let parts = 0;
    for (; parts * partSize < compressed.length; parts++) {
      const part = compressed.subarray(parts * partSize, (parts + 1) * partSize);
      await set(keys.tablePart(hash, parts), part);
    }
    // Last: where it is, all parts are.
    await set(keys.table(hash), JSON.stringify({ size: bytes.length, parts }));
  } catch (error) {
    if (refusalOf(error) !== 'memory') throw error;
    throw new RunError(message(queue, 'queue_full_table', { queue: address.name, size: compressed.length }));
  }
}

/** @returns whether all of it is still there */
async function renew(
  { redis, keys }: Pick<QueueConnection, 'redis' | 'keys'>,
  hash: string,
  parts: number,
): Promise<boolean> {
  const names = [keys.table(hash), ...Array.from({ length: parts }, (_, index) => keys.tablePart(hash, index))];
  for (const name of names) if ((await redis.expire(name, expiry)) === 0) return false;
  return true;
}

/** @throws RunError where it is not there; where it is damaged, which removes it */
async function takeTable({ redis, keys }: QueueConnection, hash: string): Promise<Uint8Array> {
  const head = headSchema.safeParse(jsonIn(await redis.get(keys.table(hash))));
  if (!head.success) throw new RunError(message(queue, 'queue_table_missing'));
  const { size, parts } = head.data;
  const taken: Uint8Array[] = [];
  for (let index = 0; index < parts; index++) {
    const part = await redis.getBuffer(keys.tablePart(hash, index));
    if (part) taken.push(part);
  }
  const bytes = await unpacked(Buffer.concat(taken), size);
  if (bytes && sha256(bytes) === hash) return bytes;
  // The submitter sends it again.
  await redis.del(keys.table(hash));
  throw new RunError(message(queue, 'queue_table_damaged'));
}

/** Undefined where the bytes are not those of such a table. */
async function unpacked(bytes: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    if (/^(Z_|ERR_BUFFER_TOO_LARGE)/.test(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw error;
  }
}

/** A table that was taken so long ago is removed. */
const keptMs = 30 * 24 * 3600 * 1000;

/** Where tables are kept between jobs, by the customs of the system. */
const folders = [join(dirname(defaultPath()), 'tables'), join(tmpdir(), 'perceptron-lab-tables')];

export interface TableCache {
  /** A file with the table. @throws as `takeTable` */
  file(hash: string): Promise<string>;
}

/** What it has, it does not take again, and other workers of this machine find it. */
export function tableCache(connection: QueueConnection): TableCache {
  /** Those whose bytes have been looked at. */
  const files = new Map<string, Promise<string>>();
  removeOldTables();
  return {
    async file(hash) {
      const known = files.get(hash) ?? kept(connection, hash);
      files.set(hash, known);
      try {
        const file = await known;
        if (existsSync(file)) return file;
      } catch (error) {
        files.delete(hash);
        throw error;
      }
      files.delete(hash);
      return this.file(hash);
    },
  };
}

async function kept(connection: QueueConnection, hash: string): Promise<string> {
  for (const folder of folders) {
    const file = join(folder, hash);
    if (existsSync(file) && (await hashOf(file)) === hash) return file;
  }
  const bytes = await takeTable(connection, hash);
  let refusal: unknown;
  for (const folder of folders) {
    try {
      makeFolders(folder);
      removeOrphans(folder);
      // Unflushed: one that a power cut empties is taken again.
      writeWhole(join(folder, hash), [bytes], false);
      return join(folder, hash);
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** One that is still worked on is taken again. */
function removeOldTables(): void {
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (/^[0-9a-f]{64}$/.test(name) && written !== undefined && Date.now() - written > keptMs) disk.remove(file);
    }
  }
}
