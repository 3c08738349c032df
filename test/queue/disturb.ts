/** Workers, server and submitter are killed, stopped and filled up while jobs train, in an order that a seed decides. */
import type { Redis } from 'ioredis';
import { expect } from 'vitest';
import { hashAt } from '../../src/util/random.ts';
import type { RedisServer } from '../support/commands/redis.ts';
import { faultSeed } from '../support/faults.ts';
import { ask, endWorkers, jobs, lock, type Process, said, startWorker } from './support.ts';

export type Fault = 'worker killed' | 'worker stopped' | 'submitter killed' | 'server killed' | 'server full';

/** How often each is provoked. */
export type Faults = Record<Fault, number>;

export const countOf = (faults: Faults) => Object.values(faults).reduce((sum, each) => sum + each, 0);

/** @param send starts who sends the jobs, which ends well after all. There are more jobs than faults. */
export async function disturb(redis: RedisServer, faults: Faults, send: (...more: string[]) => Process): Promise<void> {
  const order = (Object.keys(faults) as Fault[])
    .flatMap((fault) => Array.from({ length: faults[fault] }, () => fault))
    .map((fault, index) => ({ fault, draw: hashAt(faultSeed, index, 90) }))
    .sort((a, b) => a.draw - b.draw);
  const server = ask(redis);
  let workers = [startWorker(redis), startWorker(redis)];
  let submitter = send();
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
      submitter = send('--resume');
    },
    async 'server killed'() {
      // Who only comes to it now is refused.
      await said([submitter], /(jobs?|packs?) .* on redis:/);
      for (const worker of workers) await said([worker], /waits for jobs/);
      await redis.stop('SIGKILL');
      await redis.start();
    },
    async 'server full'() {
      // Not by what is said: whoever is refused still, since the time before, says nothing more.
      const before = await refused(server);
      await server.config('SET', 'maxmemory', '1');
      await expect.poll(() => refused(server), { interval: 10 }).toBeGreaterThan(before);
      await server.config('SET', 'maxmemory', '0');
    },
  };
  let waiting = Number.POSITIVE_INFINITY;
  for (const { fault, draw } of order) {
    // Another job has been taken since the last fault, or the next ones have been sent.
    await expect
      .poll(() => jobs(server, 'wait'), { interval: 10, message: `after ${made.length} faults` })
      .toSatisfy((left) => left > 0 && left !== waiting);
    waiting = await jobs(server, 'wait');
    await disturb[fault](draw);
    made.push(fault);
    for (const { child, ended } of [submitter, ...workers]) {
      if (child.exitCode) throw new Error(`${made.at(-1)}: ${(await ended).err}`);
    }
  }
  const { code, err } = await submitter.ended;
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  expect(made).toHaveLength(order.length);
  await endWorkers(workers);
  server.disconnect();
}

/** Writes for which the server had no memory. */
async function refused(server: Redis): Promise<number> {
  return Number(/^errorstat_OOM:count=(\d+)/m.exec(await server.info('errorstats'))?.[1] ?? 0);
}

/** What is waited for is that time passes: a lock that nobody renews. */
function elapsed(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
