/**
 * Workers, server and submitter of a sweep are killed, stopped and filled up while it trains: each trial ends once, none is lost, and
 * the results are those of one machine that nothing disturbs, bit for bit.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashAt } from '../../src/util/random.ts';
import { faultSeed, times } from '../support/faults.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { ask, jobs, lock, said, startWorker, submit, trainAlone, trialsIn } from './support.ts';

const faults = {
  'worker killed': times(2, 50),
  'worker stopped': times(1, 10),
  'submitter killed': times(1, 10),
  'server killed': times(1, 10),
  'server full': times(1, 10),
};
type Fault = keyof typeof faults;

const count = Object.values(faults).reduce((sum, each) => sum + each, 0);
const sweep = {
  base: { model: { hidden: [32, 32] }, training: { epochs: 150, early_stopping: false } },
  grid: { 'model.activation': ['relu', 'tanh'], 'training.batch_size': [4, 8] },
  seeds: times(16, 200),
};

let redis: RedisServer;
let alone: string;
beforeAll(async () => {
  redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'always');
  alone = await trainAlone('faults', sweep);
});
afterAll(() => redis.remove());

/** In an order that the seed decides. */
const order = (Object.keys(faults) as Fault[])
  .flatMap((fault) => Array.from({ length: faults[fault] }, () => fault))
  .map((fault, index) => ({ fault, draw: hashAt(faultSeed, index, 90) }))
  .sort((a, b) => a.draw - b.draw);

it(`ends each trial once, whatever happens (${count} times, seed ${faultSeed})`, async () => {
  const server = ask(redis);
  let workers = [startWorker(redis), startWorker(redis)];
  let submitter = submit('faults', 'faults-shared', redis, '--job-trials', '1');
  const made: Fault[] = [];
  const disturb: Record<Fault, (draw: number) => Promise<void>> = {
    async 'worker killed'(draw) {
      const worker = workers[draw % workers.length];
      worker.child.kill('SIGKILL');
      await worker.ended;
      workers = [...workers.filter((other) => other !== worker), startWorker(redis)];
    },
    async 'worker stopped'(draw) {
      const { child } = workers[draw % workers.length];
      child.kill('SIGSTOP');
      // The other one takes its job: a fault is that it had one, or might have.
      await elapsed(2 * lock);
      child.kill('SIGCONT');
    },
    async 'submitter killed'() {
      submitter.child.kill('SIGKILL');
      await submitter.ended;
      submitter = submit('faults', 'faults-shared', redis, '--job-trials', '1', '--resume');
    },
    async 'server killed'() {
      // Who only comes to it now is refused.
      await said([submitter], /jobs? with/);
      for (const worker of workers) await said([worker], /waits for jobs/);
      await redis.stop('SIGKILL');
      await redis.start();
    },
    async 'server full'() {
      const before = workers.map(({ text }) => text().length);
      await server.config('SET', 'maxmemory', '1');
      await said(workers, /no memory left/, before);
      await server.config('SET', 'maxmemory', '0');
    },
  };
  let waiting = Number.POSITIVE_INFINITY;
  for (const { fault, draw } of order) {
    // Another job has been taken since the last fault.
    await expect
      .poll(() => jobs(server, 'wait'), { interval: 10, message: `after ${made.length} faults` })
      .toSatisfy((left) => left > 0 && left < waiting);
    waiting = await jobs(server, 'wait');
    await disturb[fault](draw);
    made.push(fault);
    for (const { child, ended } of [submitter, ...workers]) {
      if (child.exitCode) throw new Error(`${made.at(-1)}: ${(await ended).err}`);
    }
  }
  const { code, err } = await submitter.ended;
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  expect(made).toHaveLength(count);
  expect(trialsIn('faults-shared')).toBe(alone);
  // One that was begun last may not hear signals yet.
  for (const worker of workers) await said([worker], /waits for jobs/);
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) expect((await ended).code).toBe(0);
  server.disconnect();
}, 1_200_000);

/** What is waited for is that time passes: a lock that nobody renews. */
function elapsed(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
