/** `serve --queue`: whoever watches gets to know what submitter and workers do. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SweepStatus, WatchedQueue } from '../../src/sweep/queue-status.ts';
import { built } from '../../tools/build.mjs';
import { folder, lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { begun, startWorker, submit } from './support.ts';

let redis: RedisServer;
beforeAll(async () => {
  [redis] = await Promise.all([startRedis('--requirepass', 'geheim'), built('lab')]);
  redis.url = redis.url.replace('//', '//:geheim@');
});
afterAll(() => redis.remove());

/** Serves the page, and listens as it does. */
async function watch() {
  const { child, ended } = begun(['serve', '--queue', redis.url, '--port', '0', '--no-open']);
  const [first] = await Promise.race([once(child.stdout, 'data'), ended.then(({ err }) => Promise.reject(Error(err)))]);
  const [address, page] = /(http:\/\/127\.0\.0\.1:\d+\/)\?queue/.exec(String(first)) ?? [];
  const answer = await fetch(`${page}queue/events`);
  const stream = { text: '', leaks: false };
  const seen = { queue: undefined as WatchedQueue | undefined, sweeps: new Map<string, SweepStatus>() };
  const read = async () => {
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      stream.text += part;
      const events = stream.text.split('\n\n');
      for (const event of events.slice(0, -1)) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
        if (name === 'queue') seen.queue = JSON.parse(data);
        else if (name === 'work') seen.sweeps.set(JSON.parse(data).id, JSON.parse(data));
      }
      stream.leaks ||= stream.text.includes('geheim');
      stream.text = events.at(-1) ?? '';
    }
  };
  // It is cut off when the server ends.
  const reading = read().catch(({ message }) => message);
  return { child, ended, address, seen, stream, reading };
}

it('tells of a sweep from its first trial to its leaderboard, and of a server that goes and comes', async () => {
  const training = { epochs: 20, early_stopping: false };
  const grid = { 'model.activation': ['relu', 'tanh', 'gelu'] };
  writeFileSync(
    join(folder, 'watched.json'),
    JSON.stringify({ base: { model: { hidden: [8] }, training }, grid, seeds: 2 }),
  );
  const { child, ended, address, seen, stream, reading } = await watch();
  await expect.poll(() => seen.queue, { interval: 10 }).toMatchObject({ reachable: true, works: [], unread: 0 });
  const sent = submit('watched', 'watched', redis);
  const sweep = () => [...seen.sweeps.values()][0];
  await expect.poll(sweep, { interval: 10 }).toMatchObject({ table: 'curve.csv', target: 'y', trials: 6, ended: 0 });
  const worker = startWorker(redis);
  expect((await sent.ended).code).toBe(0);
  await expect.poll(sweep, { interval: 10 }).toMatchObject({ state: 'done', ended: 6, epochs: 120, of_epochs: 120 });
  const { leaderboard } = JSON.parse(readFileSync(join(folder, 'watched', 'sweep.json'), 'utf8'));
  expect(sweep().leaders.map(({ settings, score }) => [settings, score])).toEqual(
    leaderboard.map(({ settings, metrics }: { settings: object; metrics: { validation: { rmse: object } } }) => [
      settings,
      metrics.validation.rmse,
    ]),
  );
  const busy = { works: [{ away: false }], status: { workers: [{ engine: 'cpu' }] } };
  await expect.poll(() => seen.queue, { interval: 10 }).toMatchObject(busy);
  const { out } = await lab(`queue status --queue ${redis.url}`);
  expect(out).toMatch(/\ncurve\.csv: y, sweep +done +6 of 6 trials +rmse \d\.\d+ +– +50\n/);
  const { works } = JSON.parse((await lab(`queue status --queue ${redis.url} --json`)).out);
  const { leaders: _, points: __, ...told } = sweep();
  expect(works).toEqual([{ away: false, ...told }]);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?queue$/);

  await redis.stop();
  await expect.poll(() => seen.queue?.reachable, { interval: 10 }).toBe(false);
  await redis.start();
  await expect.poll(() => seen.queue?.reachable, { interval: 10 }).toBe(true);
  worker.child.kill('SIGTERM');
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(await reading).toBe('terminated');
  expect(stream.leaks).toBe(false);
});
