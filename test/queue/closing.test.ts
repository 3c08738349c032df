/** What goes wrong while work begins leaves no connection and no process behind. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { generate } from '../../src/data/prepare/generate.ts';
import { prepare } from '../../src/data/prepare/prepare.ts';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { openJobs } from '../../src/queue/jobs.ts';
import { clearQueue } from '../../src/queue/status.ts';
import { submitSweep } from '../../src/queue/sweep/submit.ts';
import { runWorker } from '../../src/queue/worker.ts';

import { checkData } from '../../src/spec/check.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { memoryStore } from '../support/sweeps/memory-store.ts';
import { ask, untrained } from './support.ts';

let redis: RedisServer;
let connection: QueueConnection;
beforeAll(async () => {
  redis = await startRedis();
  connection = await openQueue(parseAddress(redis.url), { version: 'closing', say() {} });
});
afterAll(async () => {
  connection.close();
  await redis.remove();
});

/** The work fails of that, and all connections that it has made are gone. */
async function expectNoneLeft(work: () => Promise<unknown>): Promise<void> {
  const server = ask(redis);
  const clients = async () => ((await server.client('LIST')) as string).trim().split('\n').length;
  const before = await clients();
  await expect(work()).rejects.toThrow('as the test wants it');
  await expect.poll(clients, { interval: 10 }).toBe(before);
  server.disconnect();
}

const fail = () => {
  throw new Error('as the test wants it');
};

/** The connection, but for a command that fails. */
const without = (command: string): QueueConnection => ({
  ...connection,
  redis: Object.assign(Object.create(connection.redis), { [command]: async () => fail() }),
});

it('of a sweep whose progress cannot be told', async () => {
  const data = checkData({ target: 'y' });
  const sets = [prepare(generate('curve', { rows: 20, seed: 4 }), data)];
  const broken = Object.defineProperty({ ...data }, 'target', { get: fail, enumerable: false });
  await expectNoneLeft(() =>
    submitSweep(
      connection,
      sets,
      {},
      {
        ...{ attempts: 1, priority: 1, engine: 'cpu', reproducible: true, notices: [], store: memoryStore() },
        table: { bytes: Buffer.from('x,y'), source: 'table.csv', reading: {} },
        signal: new AbortController().signal,
        data: broken,
      },
    ),
  );
});

it('of jobs that cannot be sent', async () => {
  const options = { attempts: 1, priority: 1, resultsIn: async () => ({}), send: async () => {} };
  const job = { id: 'a', data: { kind: 'fit' as const, task: 'a'.repeat(64), pack: 0 } };
  await expectNoneLeft(() => openJobs(without('xrevrange'), [], options));
  await expectNoneLeft(() => openJobs(connection, [job], { ...options, startOf: fail }));
});

it('of a worker, whose processes end too', async () => {
  const trainer = { ...untrained(), kill: vi.fn() };
  const options = { concurrency: 1, lock: 30, startTrainer: () => trainer, signal: new AbortController().signal };
  await expectNoneLeft(() => runWorker(without('smembers'), options));
  expect(trainer.kill).toHaveBeenCalled();
});

it('of a queue that cannot be cleared', async () => {
  await expectNoneLeft(() => clearQueue(without('srem')));
});
