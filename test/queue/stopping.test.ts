/** A worker that is asked to end before it trains: it gives its job back at once. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { commonTask, sendTask } from '../../src/queue/send.ts';
import type { Task } from '../../src/queue/task.ts';
import { forkTrainer } from '../../src/queue/trainer.ts';
import { runWorker } from '../../src/queue/worker.ts';
import { checkData } from '../../src/spec/check.ts';
import { checkSweep } from '../../src/sweep/definition/definition.ts';
import { built } from '../../tools/build.mjs';
import { folder } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { untrained } from './support.ts';

/** Which no worker has. */
const table = Buffer.from(`x,y\n1,2\n# ${randomUUID()}\n`);
const common = commonTask({
  table: { bytes: table, source: 'table.csv', reading: {} },
  data: checkData({ target: 'y' }),
  engine: 'cpu',
  reproducible: true,
});
const task: Task = { kind: 'sweep', ...common, sweep: { ...checkSweep({}) } };
const job = (name: string) => ({ kind: 'sweep' as const, task: name, trials: [0], keys: '0'.repeat(64) });

let redis: RedisServer;
let connection: QueueConnection;
beforeAll(async () => {
  redis = await startRedis();
  connection = await openQueue(parseAddress(redis.url), { version: 'test', say() {} });
});
afterAll(async () => {
  connection.close();
  await redis.remove();
});

it('while it takes the table', async () => {
  const name = await sendTask(connection, task, table);
  const queue = new Queue(connection.keys.queue, { prefix: connection.keys.prefix, connection: connection.options });
  await queue.add('sweep', job(name));
  const getBuffer = vi.fn(() => new Promise<Buffer>(() => {}));
  const slow: QueueConnection = { ...connection, redis: Object.assign(Object.create(connection.redis), { getBuffer }) };
  const end = new AbortController();
  const trainer = untrained();
  const worker = runWorker(slow, { concurrency: 1, lock: 30, startTrainer: () => trainer, signal: end.signal });
  await expect.poll(() => getBuffer).toHaveBeenCalled();
  expect(await queue.getJobCounts('active', 'waiting')).toEqual({ active: 1, waiting: 0 });
  end.abort();
  await worker;
  expect(await queue.getJobCounts('active', 'waiting', 'failed')).toEqual({ active: 0, waiting: 1, failed: 0 });
  expect(trainer.train).not.toHaveBeenCalled();
  await queue.close();
});

it('while the table is read', async () => {
  const words = [JSON.stringify({ engine: 'cpu', threads: '1' })];
  const trainer = forkTrainer(join(await built('cli'), 'trainer.js'), words);
  await trainer.ready();
  const pipe = join(folder, 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  const request = { task, name: 'a', job: job('a'.repeat(64)), table: pipe, stored: [] };
  const training = trainer.train(request, { store() {}, progress() {}, notice() {} });
  // Opens where somebody reads.
  const writing = await open(pipe, 'w');
  trainer.stop();
  expect(await training).toBeUndefined();
  trainer.kill();
  await writing.close();
});

it('or where its process does not stop', async () => {
  const trainer = forkTrainer(join(await built('cli'), 'trainer.js'), ['{"engine":"cpu","threads":"1"}']);
  const pipe = join(folder, 'other.csv');
  execFileSync('mkfifo', [pipe]);
  const request = { task, name: 'a', job: job('a'.repeat(64)), table: pipe, stored: [] };
  const training = trainer.train(request, { store() {}, progress() {}, notice() {} });
  trainer.stop();
  trainer.kill();
  expect(await training).toBeUndefined();
});
