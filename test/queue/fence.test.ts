/** A worker that was taken for dead, and comes back after another has done its job: what it writes changes nothing. */
import { Worker } from 'bullmq';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { openJobQueue } from '../../src/queue/job-queue.ts';
import { commonTask, sendTask } from '../../src/queue/send.ts';
import type { SweepJobData } from '../../src/queue/task.ts';
import type { Trained, TrainWatch } from '../../src/queue/trainer.ts';
import { runWorker } from '../../src/queue/worker.ts';
import { checkData } from '../../src/spec/check.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { untrained } from './support.ts';

let redis: RedisServer;
let connection: QueueConnection;
const lines: string[] = [];
beforeAll(async () => {
  redis = await startRedis();
  const say = ({ text }: { text: string }) => void lines.push(text);
  connection = await openQueue(parseAddress(redis.url), { version: 'fence', say });
});
afterAll(async () => {
  connection.close();
  await redis.remove();
});

/** A worker whose training the test ends. */
function worker() {
  const begun = deferred<TrainWatch>();
  const trained = deferred<Trained | undefined>();
  const trainer = { ...untrained(), stop: () => trained.resolve(undefined), kill: vi.fn() };
  trainer.train.mockImplementation(async (_, watch) => {
    begun.resolve(watch);
    watch.signal?.addEventListener('abort', () => trained.reject(new Error('killed')));
    return trained.promise;
  });
  const end = new AbortController();
  const running = runWorker(connection, {
    concurrency: 1,
    lock: 3600,
    startTrainer: () => trainer,
    signal: end.signal,
  });
  const stop = async () => {
    end.abort();
    await running;
  };
  return { begun: begun.promise, end: trained.resolve, trainer, stop };
}

function deferred<Value>() {
  let settle!: { resolve(value: Value): void; reject(error: Error): void };
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {}); // it may be of no use
  return { promise, ...settle };
}

const done: Trained = { engine: 'cpu', adapter: 'none', trials: 1, seconds: 1 };

async function sendJob(id: string): Promise<void> {
  const table = Buffer.from('x,y\n1,2\n');
  const sent = { table: { bytes: table, source: 'a', reading: {} }, data: checkData({ target: 'y' }) };
  const common = commonTask({ ...sent, engine: 'cpu', reproducible: true });
  const task = await sendTask(connection, { kind: 'sweep', ...common, sweep: {} }, table);
  const queue = openJobQueue(connection);
  const data: SweepJobData = { kind: 'sweep', task, trials: [0], keys: '0'.repeat(64) };
  await queue.add('sweep', data, { jobId: id, attempts: 1, priority: 50 });
  await queue.close();
}

/** A worker that is silent for an hour, and the one that has its job then. */
async function lostJob(id: string) {
  const { redis: server, keys } = connection;
  const field = (name: string) => server.hget(keys.results(id), name);
  lines.length = 0;
  await sendJob(id);
  const first = worker();
  const before = await first.begun;
  before.store('running a', Buffer.from('early'));
  await expect.poll(() => field('running a'), { interval: 5 }).toBe('early');
  const own = `${keys.prefix}:${keys.queue}`;
  await server.del(`${own}:${id}:lock`, `${own}:stalled-check`);
  const given = { connection: connection.options, prefix: keys.prefix, stalledInterval: 50, skipLockRenewal: true };
  const watchman = new Worker(keys.queue, null, given);
  await watchman.startStalledCheckTimer();
  await expect.poll(() => server.lrange(`${own}:wait`, 0, -1), { interval: 5 }).toEqual([id]);
  await watchman.close();
  const second = worker();
  const now = await second.begun;
  now.store('running a', Buffer.from('late'));
  await expect.poll(() => field('running a'), { interval: 5 }).toBe('late');
  const stop = async () => {
    await first.stop();
    await second.stop();
    expect(lines.filter((line) => /went to another/.test(line))).toHaveLength(1);
    expect(first.trainer.kill).toHaveBeenCalled();
    expect(second.trainer.kill).toHaveBeenCalledTimes(1);
  };
  return { first, before, second, field, stop };
}

it('writes no checkpoint over that of the worker that has the job now, and lets go of it', async () => {
  const { first, before, second, field, stop } = await lostJob('a');
  before.store('running a', Buffer.from('of old'));
  await expect.poll(() => lines, { interval: 5 }).toContainEqual(expect.stringMatching(/job a went to another worker/));
  await expect.poll(() => first.trainer.kill, { interval: 5 }).toHaveBeenCalled();
  expect(await field('running a')).toBe('late');
  second.end(done);
  await expect.poll(() => field('done'), { interval: 5 }).not.toBeNull();
  await stop();
});

it('says of no job that it is done which another has ended', async () => {
  const { first, second, field, stop } = await lostJob('b');
  second.end(done);
  await expect.poll(() => field('done'), { interval: 5 }).toContain('"trials":1');
  first.end({ ...done, trials: 2 });
  await expect.poll(() => lines, { interval: 5 }).toContainEqual(expect.stringMatching(/job b went to another worker/));
  expect(await field('done')).toContain('"trials":1');
  await stop();
});

it('gives back no job that it has no more', async () => {
  const { first, second, field, stop } = await lostJob('d');
  await first.stop();
  const { redis: server, keys } = connection;
  expect(await server.lrange(`${keys.prefix}:${keys.queue}:active`, 0, -1)).toEqual(['d']);
  expect(lines.filter((line) => /failed/.test(line))).toEqual([]);
  second.end(done);
  await expect.poll(() => field('done'), { interval: 5 }).not.toBeNull();
  await stop();
});

it('keeps what it has come to where nobody else has begun', async () => {
  const { redis: server, keys } = connection;
  lines.length = 0;
  await sendJob('c');
  const { begun, end, stop } = worker();
  const { store } = await begun;
  await server.del(`${keys.prefix}:${keys.queue}:c:lock`);
  store('ended a', Buffer.from('all'));
  end(done);
  await expect.poll(() => server.hlen(keys.results('c')), { interval: 5 }).toBe(2);
  expect(await server.hget(keys.results('c'), 'ended a')).toBe('all');
  await stop();
  expect(lines.filter((line) => /went to another/.test(line))).toEqual([]);
});
