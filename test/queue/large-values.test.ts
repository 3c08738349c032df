/** Values that no server takes at once: what it is sent is cut into parts, and what it holds is put together again. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { openJobQueue } from '../../src/queue/job-queue.ts';
import { JobLost, openJobStore, readJobStore, startJobStore } from '../../src/queue/job-store.ts';
import { sha256 } from '../../src/queue/keys.ts';
import { putTable } from '../../src/queue/tables.ts';
import { folder, lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { ask, startWorker, submit, trialsIn, words } from './support.ts';

let redis: RedisServer;
let connection: QueueConnection;
beforeAll(async () => {
  // The least that a server can be set to.
  redis = await startRedis('--proto-max-bulk-len', '1048576');
  connection = await openQueue(parseAddress(redis.url), { version: 'large', say() {} });
});
afterAll(async () => {
  connection.close();
  await redis.remove();
});

const bytes = (size: number, first: number) =>
  Buffer.from(Uint8Array.from({ length: size }, (_, at) => (first + at) % 251));

/** To compare them, as long arrays take their time. */
const sums = (values: Iterable<[string, Uint8Array]>) =>
  new Map([...values].map(([name, value]) => [name, [value.length, sha256(value)]]));
const stored = async (job: string) => sums(Object.entries(await readJobStore(connection, job)));

/** A job that a worker has taken, and its store. */
async function taken(id: string) {
  const queue = openJobQueue(connection);
  await queue.add('sweep', {}, { jobId: id });
  await queue.close();
  const since = 1_700_000_000_000;
  await connection.redis.hset(`${connection.keys.prefix}:${connection.keys.queue}:${id}`, 'processedOn', since);
  return { since, open: (token = 'a') => openJobStore(connection, id, { token, since }) };
}

it('is written, replaced, removed and read', async () => {
  const { redis: server, keys } = connection;
  const { open } = await taken('a');
  const store = await open();
  expect(store.fields).toEqual({});
  const [large, larger] = [bytes(2_500_000, 0), bytes(3_500_000, 7)];
  await store.write('small', Buffer.from('few'));
  await store.write('one', large);
  await store.write('two', large);
  await store.write('two', larger);
  const all: [string, Uint8Array][] = [
    ['small', Buffer.from('few')],
    ['one', large],
    ['two', larger],
  ];
  expect(await stored('a')).toEqual(sums(all));
  expect(await server.hlen(keys.parts('a'))).toBe(7);

  const next = await open();
  expect(sums(Object.entries(next.fields))).toEqual(sums(all));
  await next.write('two', undefined);
  await next.write('one', Buffer.from('less'));
  expect(await readJobStore(connection, 'a')).toEqual({ small: Buffer.from('few'), one: Buffer.from('less') });
  expect(await server.exists(keys.parts('a'))).toBe(0);
});

it('loses parts of writes that were cut off, and is damaged where a part is gone', async () => {
  const { redis: server, keys } = connection;
  const { open, since } = await taken('b');
  const store = await open();
  await store.write('one', bytes(2_500_000, 0));
  await server.hset(keys.parts('b'), 'of one that was killed 0', 'part');
  expect((await open()).fields.one).toHaveLength(2_500_000);
  expect(await server.hlen(keys.parts('b'))).toBe(3);
  const [part] = await server.hkeys(keys.parts('b'));
  await server.hdel(keys.parts('b'), part);
  expect((await readJobStore(connection, 'b')).one.length).toBeLessThan(2_500_000);

  // Another has begun with it since.
  await server.hset(`${keys.prefix}:${keys.queue}:b`, 'processedOn', since + 1);
  await expect(store.write('one', bytes(2_500_000, 3))).rejects.toThrow(JobLost);
  expect(await server.hlen(keys.parts('b'))).toBe(2);
});

it('is what a job begins with, unless there is something', async () => {
  const start = new Map([
    ['running a', bytes(1_500_000, 1)],
    ['running b', bytes(10, 1)],
  ]);
  await startJobStore(connection, 'c', start);
  expect(await stored('c')).toEqual(sums(start));
  await startJobStore(connection, 'c', new Map([['running a', bytes(1_500_000, 9)]]));
  expect(await stored('c')).toEqual(sums(start));
  expect(await connection.redis.hlen(connection.keys.parts('c'))).toBe(2);
});

it('is a table too', async () => {
  const { redis: server, keys } = connection;
  // Which nothing compresses.
  const table = randomBytes(2_500_000);
  await putTable(connection, sha256(table), table);
  const lengths = [0, 1, 2].map((index) => server.strlen(keys.tablePart(sha256(table), index)));
  const [first, second, third] = await Promise.all(lengths);
  expect([first, second]).toEqual([1_000_000, 1_000_000]);
  expect(third).toBeGreaterThan(500_000);
});

it('goes with a sweep from rung to rung, whose results are those of one machine', async () => {
  const training = { epochs: 4, early_stopping: false };
  const sweep = {
    base: { model: { hidden: [600, 600] }, training: { ...training, batch_size: 64 } },
    grid: { 'training.optimizer.learning_rate': [0.001, 0.003] },
    halving: { first: 2, factor: 2 },
  };
  writeFileSync(join(folder, 'large.json'), JSON.stringify(sweep));
  const own = `${words('large')} --threads 1`;
  const alone = await lab(`${own} --out large-alone`);
  expect(alone.code).toBe(0);
  const server = ask(redis);
  const sent = submit('large', 'large', redis, '--job-trials', '1');
  startWorker(redis);
  expect(await sent.ended).toMatchObject({ code: 0 });
  expect(trialsIn('large')).toBe(trialsIn('large-alone'));
  const [model, known] = ['large', 'large-alone'].map((out) => readFileSync(join(folder, out, 'model.safetensors')));
  expect(model.equals(known)).toBe(true);
  expect(model.length).toBeGreaterThan(2 ** 20);
  // And nothing of it stays.
  expect(await server.keys('perceptron-lab:parts:????????????????????????????????')).toEqual([]);
  server.disconnect();
});
