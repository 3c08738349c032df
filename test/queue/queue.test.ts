/** Sweeps that workers train: the results are those of one machine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { ask, jobs, startWorker, submit, trainAlone, trialsIn } from './support.ts';

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
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) expect((await ended).code).toBe(0);
});

it('gives a job back on SIGTERM, and the next ones go on from what it has saved, one that is killed or not', async () => {
  const training = { epochs: 3000, batch_size: 4, early_stopping: false };
  const alone = await trainAlone('long', { base: { model: { hidden: [32, 32] }, training } });
  const server = ask(redis);
  const sent = submit('long', 'long', redis);
  const first = startWorker(redis);
  await expect.poll(() => jobs(server, 'active'), { interval: 10 }).toBe(1);
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
  first.child.kill('SIGTERM');
  const { code, err } = await first.ended;
  expect(code).toBe(0);
  expect(err).toMatch(/ends, and gives 1 job back to the queue/);
  expect(await server.hkeys(`perceptron-lab:results:${id}`)).toEqual([expect.stringMatching(/^running /)]);
  const saved = await told();
  const killed = startWorker(redis);
  await expect.poll(told, { interval: 10 }).not.toHaveLength(saved.length);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { length } = await told();
  startWorker(redis);
  expect((await sent.ended).code).toBe(0);
  expect(trialsIn('long')).toBe(alone);
  const epochs = await told();
  expect(epochs.length).toBeGreaterThan(length);
  // Who had begun anew would have told of the first epoch.
  expect(Math.min(...epochs.slice(saved.length))).toBeGreaterThan(Math.max(...saved));
  server.disconnect();
});
