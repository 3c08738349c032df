/**
 * The store of a job on the queue: a hash of values by name. A value that is larger than a part is a head there, which names its
 * parts in a second hash: a server takes no value beyond its limit (512 MB, or what `proto-max-bulk-len` says) and closes the
 * connection, so that who has sent it would send it again without end; and it serves nobody while it takes in a large one.
 *
 * A worker that was taken for dead may come back when another has its job. What it writes is refused then, by the server and within
 * the write itself: whoever looked first and wrote then might be stopped in between.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { onceWritable, type QueueConnection } from './connection.ts';
import { expiry, jsonIn, partSize } from './keys.ts';
import type { ResultFields } from './results.ts';

/** Who may write: the worker that has taken the job last. */
export interface Holder {
  /** Of BullMQ's lock. */
  token: string;
  /** When it has taken the job, as BullMQ notes it. */
  since: number;
}

/** Another worker has the job, or it is gone. */
export class JobLost extends Error {}

export interface JobStore {
  /** What was there when it was opened. */
  readonly fields: ResultFields;
  /** Replaces a value, or removes it. @throws JobLost */
  write(name: string, bytes: Uint8Array | string | undefined): Promise<void>;
}

const headSchema = z.object({
  /** What the fields of its parts begin with. */
  of: z.string(),
  parts: z.int().check(z.positive()),
});

type Head = z.infer<typeof headSchema>;

/** Where nobody has begun with the job since: its lock may have ended while the server took no writes. */
const isHolder = `
local lock = redis.call('GET', KEYS[1])
if lock and lock ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], 'processedOn') ~= ARGV[2] then return 0 end`;

/** KEYS lock, job, results, parts, and the one that is written; ARGV token, since, expiry, field, and its value where it has one. */
const writeScript = `${isHolder}
if ARGV[5] then redis.call('HSET', KEYS[5], ARGV[4], ARGV[5]) else redis.call('HDEL', KEYS[5], ARGV[4]) end
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('EXPIRE', KEYS[4], ARGV[3])
return 1`;

/** KEYS results, parts; ARGV expiry, then fields and values in turn. Unless there is something already. */
const startScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
redis.call('EXPIRE', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[1])
return 1`;

/** For the worker that has the job. Removes parts that belong to nothing: who has written them was killed. */
export async function openJobStore(
  connection: QueueConnection,
  job: string,
  { token, since }: Holder,
): Promise<JobStore> {
  const { redis, keys } = connection;
  const [results, parts] = [keys.results(job), keys.parts(job)];
  const { fields, heads, others } = await read(connection, job);
  if (others.length > 0) await redis.hdel(parts, ...others);
  const own = `${keys.prefix}:${keys.queue}:${job}`;
  const write = async (target: string, field: string, ...value: (Buffer | string)[]) => {
    const words = [`${own}:lock`, own, results, parts, target, token, since, expiry, field, ...value];
    const written = await onceWritable(connection, () => redis.eval(writeScript, 5, ...words));
    if (!written) throw new JobLost(job);
  };
  return {
    fields,
    async write(name, bytes) {
      const before = heads.get(name);
      heads.delete(name);
      if (bytes === undefined) await write(results, name);
      else {
        const cut = partsOf(bytes);
        for (const [field, part] of cut.parts) await write(parts, field, part);
        await write(results, name, cut.value);
        if (cut.head) heads.set(name, cut.head);
      }
      if (before) await redis.hdel(parts, ...fieldsOf(before));
    },
  };
}

/** All that is there; what lacks a part is damaged, and known by its checksum. */
export async function readJobStore(connection: QueueConnection, job: string): Promise<ResultFields> {
  return (await read(connection, job)).fields;
}

/** What a job goes on from, unless a worker has come further. */
export async function startJobStore(
  connection: QueueConnection,
  job: string,
  values: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { redis, keys } = connection;
  const [results, parts] = [keys.results(job), keys.parts(job)];
  if (values.size === 0 || (await redis.exists(results))) return;
  const words: (string | Buffer)[] = [];
  const sent: string[] = [];
  for (const [name, bytes] of values) {
    const cut = partsOf(bytes);
    for (const [field, part] of cut.parts) {
      await onceWritable(connection, () => redis.multi().hset(parts, field, part).expire(parts, expiry).exec());
      sent.push(field);
    }
    words.push(name, cut.value);
  }
  const isStart = await onceWritable(connection, () => redis.eval(startScript, 2, results, parts, expiry, ...words));
  if (!isStart && sent.length > 0) await redis.hdel(parts, ...sent);
}

async function read({ redis, keys }: QueueConnection, job: string) {
  const parts = keys.parts(job);
  const [fields, there] = await Promise.all([redis.hgetallBuffer(keys.results(job)), redis.hkeys(parts)]);
  const heads = new Map<string, Head>();
  for (const [name, bytes] of Object.entries(fields)) {
    const head = headIn(bytes);
    if (!head) continue;
    heads.set(name, head);
    const taken: Buffer[] = [];
    for (const field of fieldsOf(head)) {
      const part = await redis.hgetBuffer(parts, field);
      if (part) taken.push(part);
    }
    fields[name] = Buffer.concat(taken);
  }
  const known = new Set([...heads.values()].flatMap(fieldsOf));
  return { fields, heads, others: there.filter((field) => !known.has(field)) };
}

const brace = '{'.charCodeAt(0);

/** Values are compressed, and begin otherwise. */
function headIn(bytes: Uint8Array): Head | undefined {
  if (bytes[0] !== brace) return undefined;
  const parsed = headSchema.safeParse(jsonIn(Buffer.from(bytes).toString()));
  return parsed.success ? parsed.data : undefined;
}

function fieldsOf({ of, parts }: Head): string[] {
  return Array.from({ length: parts }, (_, index) => `${of} ${index}`);
}

/** A small value as it is; else its head, and its parts by the fields that they get. */
function partsOf(bytes: Uint8Array | string): { value: Buffer; head?: Head; parts: [string, Buffer][] } {
  const all =
    typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (all.length <= partSize) return { value: all, parts: [] };
  const head: Head = { of: randomBytes(8).toString('hex'), parts: Math.ceil(all.length / partSize) };
  const parts = fieldsOf(head).map((field, index): [string, Buffer] => [
    field,
    all.subarray(index * partSize, (index + 1) * partSize),
  ]);
  return { value: Buffer.from(JSON.stringify(head)), head, parts };
}
