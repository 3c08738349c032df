/** Sweeps that workers train: the results are those of one machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { ask, endWorkers, said, startHeldWorker, startWorker, submit, trainAlone, trialsIn } from './support.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.remove());

it('trains on two workers what one machine trains, to the last bit', async () => {
  const alone = await trainAlone('shared', {
    base: { model: { hidden: [16, 16] }, training: { epochs: 20 } },
    grid: { 'model.activation': ['relu', 'tanh'], 'model.hidden': [[16, 16], [12]] },
    seeds: 3,
  });
  const workers = [startWorker(redis), startWorker(redis)];
  const { code, err } = await submit('shared', 'shared', redis).ended;
  expect({ code, err: err.split('\n')[0] }).toEqual({ code: 0, err: `12 jobs with 12 trials on ${redis.url}/0.` });
  expect(trialsIn('shared')).toBe(alone);
  const { resumed, notices } = JSON.parse(readFileSync(join(folder, 'shared', 'sweep.json'), 'utf8'));
  expect(resumed).toBe(0);
  expect(notices.map(({ code }: { code: string }) => code)).toContain('trials_trained');
  await endWorkers(workers);
});

it('gives a job back on SIGTERM, and the next ones go on from what it has saved, one that is killed or not', async () => {
  const training = { epochs: 300, batch_size: 4, early_stopping: false };
  const alone = await trainAlone('long', { base: { model: { hidden: [32, 32] }, training } });
  const server = ask(redis);
  const sent = submit('long', 'long', redis);
  const first = startHeldWorker(redis);
  await first.held;
  const [meta] = await server.keys('perceptron-lab:sweeps-*:meta');
  const [id] = await server.lrange(meta.replace(/meta$/, 'active'), 0, 0);
  /** Epochs, as often as workers have told them: from the first that each trains on. */
  const told = async () => {
    const events = await server.xrange(meta.replace(/meta$/, 'events'), '-', '+');
    return events.flatMap(([, [, event, ...fields]]) =>
      event === 'progress' && fields.includes(id)
        ? [JSON.parse(fields[fields.indexOf('data') + 1]).epochs as number]
        : [],
    );
  };
  await expect.poll(told, { interval: 10 }).not.toEqual([]);
  const early = await told();
  first.child.kill('SIGTERM');
  await said([first], /ends, and gives 1 job back to the queue/);
  first.release();
  expect((await first.ended).code).toBe(0);
  expect(await server.hkeys(`perceptron-lab:results:${id}`)).toEqual([expect.stringMatching(/^running /)]);
  const { length: before } = await told();
  const killed = startHeldWorker(redis);
  await expect.poll(told, { interval: 10 }).not.toHaveLength(before);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { length } = await told();
  startWorker(redis);
  expect((await sent.ended).code).toBe(0);
  expect(trialsIn('long')).toBe(alone);
  const epochs = await told();
  expect(epochs.length).toBeGreaterThan(length);
  // Who had begun anew would have told of the first epoch.
  expect(Math.min(...epochs.slice(before))).toBeGreaterThan(Math.max(...early));
  server.disconnect();
});
