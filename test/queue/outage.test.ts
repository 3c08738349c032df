/** What others do to a server, workers and submitters of a sweep while it trains, at the point where it matters. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lab } from '../support/cli.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { ask, said, startWorker, submit, trainAlone, trialsIn } from './support.ts';

const sweep = { base: { model: { hidden: [32, 32] }, training: { epochs: 100, early_stopping: false } }, seeds: 12 };

const disk = mkdtempSync(join(tmpdir(), 'redis-disk-'));
let redis: RedisServer;
let server: Redis;
let alone: string;
beforeAll(async () => {
  redis = await startRedis('--dir', disk, '--save', '3600 1000000');
  server = ask(redis);
  alone = await trainAlone('outage', sweep);
});
afterAll(async () => {
  server.disconnect();
  await redis.remove();
  rmSync(disk, { recursive: true });
});

it('waits while the server cannot write its files', async () => {
  const worker = startWorker(redis);
  const sent = submit('outage', 'disk', redis, '--job-trials', '1');
  await said([worker], /jobs? so far/);
  // Its snapshot cannot be put there.
  mkdirSync(join(disk, 'dump.rdb'));
  await server.bgsave();
  await Promise.all([said([worker], /cannot write its files/), said([sent], /cannot write its files/)]);
  expect(await lab(`queue status --queue ${redis.url}`)).toMatchObject({ code: 0 });
  rmSync(join(disk, 'dump.rdb'), { recursive: true });
  await server.bgsave();
  expect(await sent.ended).toMatchObject({ code: 0 });
  expect(trialsIn('disk')).toBe(alone);
  worker.child.kill('SIGTERM');
  expect((await worker.ended).err.match(/cannot write its files/g)?.length).toBeLessThan(5);
});
