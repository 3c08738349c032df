import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beat } from '../../../src/queue/heartbeat.ts';
import { keysOf } from '../../../src/queue/keys.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that has done so many jobs as `done` says, and a server that may be away. */
function worker() {
  const said: number[] = [];
  const waiting: (() => void)[] = [];
  const server = { away: false, done: 0, asked: 0 };
  const redis = {
    status: 'ready',
    time: () => {
      server.asked++;
      return server.away ? new Promise((resolve) => waiting.push(() => resolve([1, 0]))) : Promise.resolve([1, 0]);
    },
    hset: async (_key: string, _id: string, state: string) => void said.push(JSON.parse(state).jobs),
    hdel: vi.fn(async () => 1),
  };
  const connection = { redis, keys: keysOf('test') } as unknown as Parameters<typeof beat>[0];
  const heart = beat(connection, () => ({ ...counts, jobs: server.done }));
  const back = () => {
    server.away = false;
    for (const answer of waiting) answer();
  };
  return { heart, server, said, redis, back };
}

const counts = {
  ...{ version: 'test', engine: 'cpu', adapter: 'cpu', concurrency: 1, active: 0 },
  ...{ trials: 0, jobs_per_second: 0, trials_per_second: 0 },
};

it('beats every 5 s, and soon after a change, once a second at most', async () => {
  const { heart, server, said } = worker();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(said).toEqual([0, 0, 0]);
  server.done = 1;
  heart.changed();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([0, 0, 0, 1]);
  // Tiny jobs.
  for (; server.done < 1000; server.done++) {
    heart.changed();
    await vi.advanceTimersByTimeAsync(4);
  }
  expect(said.slice(4)).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(said.at(-1)).toBe(1000);
  await heart.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('has one beat wait for a server that is away, which then says the latest', async () => {
  const { heart, server, said, redis, back } = worker();
  await vi.advanceTimersByTimeAsync(5000);
  server.away = true;
  for (server.done = 1; server.done < 600; server.done++) {
    heart.changed();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(server.asked).toBe(3);
  back();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([0, 0, 600]);
  await heart.stop();
  expect(redis.hdel).toHaveBeenCalledOnce();
});
