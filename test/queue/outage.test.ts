/** What others do to a server, workers and submitters of a sweep while it trains, at the point where it matters. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../package.json';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue } from '../../src/queue/connection.ts';
import { listWorkers } from '../../src/queue/heartbeat.ts';
import { runWorker } from '../../src/queue/worker.ts';
import { folder, lab } from '../support/commands/cli.ts';
import { replay } from '../support/commands/optuna-journal.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import {
  ask,
  type Process,
  said,
  startHeldWorker,
  startWorker,
  submit,
  trainAlone,
  trialsIn,
  untrained,
} from './support.ts';

/** Its jobs take a tenth of a second each. */
const sweep = { base: { model: { hidden: [32, 32] }, training: { epochs: 100, early_stopping: false } }, seeds: 12 };

const disk = mkdtempSync(join(tmpdir(), 'redis-disk-'));
let redis: RedisServer;
let server: Redis;
let alone: string;
/** One for all tests, from the first on. */
let worker: Process;
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

it('leaves jobs to workers of their version', async () => {
  const sent = submit('outage', 'versions', redis, '--job-trials', '1');
  await said([sent], /No worker is there yet; start one/);
  sent.child.kill('SIGINT');
  expect(await sent.ended).toMatchObject({ code: 130 });

  const lines: string[] = [];
  const connection = await openQueue(parseAddress(redis.url), {
    version: '0.0.9',
    say: ({ text }) => void lines.push(text),
  });
  const end = new AbortController();
  const trainer = untrained();
  const options = { concurrency: 1, lock: 30, startTrainer: () => trainer, signal: end.signal };
  const other = runWorker(connection, options);
  const waits = `Jobs of ${version} wait there too, which this worker (version 0.0.9) does not take.`;
  await expect.poll(() => lines).toContain(waits);
  await expect.poll(() => listWorkers(connection)).toMatchObject([{ version: '0.0.9' }]);

  const again = submit('outage', 'versions', redis, '--job-trials', '1', '--resume');
  await said([again], new RegExp(`No worker of version ${version} is there yet; those of 0.0.9 do not take its jobs`));
  worker = startWorker(redis);
  expect(await again.ended).toMatchObject({ code: 0 });
  expect(trialsIn('versions')).toBe(alone);
  expect(trainer.train).not.toHaveBeenCalled();
  end.abort();
  await other;
  connection.close();
});

it('waits while the server cannot write its files', async () => {
  const before = worker.text().length;
  const held = startHeldWorker(redis);
  // Who waits for the first job is another one; and a result has come that has not been taken up yet.
  worker.child.kill('SIGSTOP');
  const sent = submit('outage', 'disk', redis, '--job-trials', '1');
  await said([sent], /12 jobs with/);
  await held.held;
  sent.child.kill('SIGSTOP');
  worker.child.kill('SIGCONT');
  await said([worker], /jobs? so far/, [before]);
  // Its snapshot cannot be put there.
  mkdirSync(join(disk, 'dump.rdb'));
  await server.bgsave();
  await expect.poll(() => server.info('persistence')).toContain('rdb_last_bgsave_status:err');
  sent.child.kill('SIGCONT');
  held.release();
  await Promise.all([said([held], /cannot write its files/), said([sent], /cannot write its files/)]);
  expect(await lab(`queue status --queue ${redis.url}`)).toMatchObject({ code: 0 });
  rmSync(join(disk, 'dump.rdb'), { recursive: true });
  await server.bgsave();
  expect(await sent.ended).toMatchObject({ code: 0 });
  expect(trialsIn('disk')).toBe(alone);
  expect(worker.text().match(/cannot write its files/g)?.length).toBeLessThan(5);
});

it('has all results for two submitters of the same sweep, whose jobs are the same', async () => {
  const folders = ['first', 'second'];
  const sent = folders.map((name) => submit('outage', name, redis, '--job-trials', '1', '--optuna'));
  await Promise.all(sent.map((one) => said([one], /12 jobs with/)));
  for (const { ended } of sent) expect(await ended).toMatchObject({ code: 0 });
  expect(folders.map(trialsIn)).toEqual([alone, alone]);
  for (const name of folders) {
    const { trials } = replay(readFileSync(join(folder, name, 'optuna.log'), 'utf8'));
    expect(trials.map(({ state }) => state)).toEqual(Array(12).fill('COMPLETE'));
  }
});
