/** Fits whose packs workers train: the model is that of one machine. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../package.json';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue } from '../../src/queue/connection.ts';
import { TrainingError } from '../../src/queue/trainer.ts';
import { runWorker } from '../../src/queue/worker.ts';
import type { Message } from '../../src/util/message.ts';
import { folder, lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import {
  ask,
  endWorkers,
  expectSameFit,
  fitOf,
  fitWords,
  type Process,
  startHeldWorker,
  startWorker,
  statusesOn,
  submitFit,
  submitTimedFit,
  untrained,
  writePlan,
} from './support.ts';

const shape = { folds: 2, held_out: 0.5, max_rows: 24, max_width: 16, trials: 2, epochs: 30 };

let redis: RedisServer;
let workers: Process[];
beforeAll(async () => {
  redis = await startRedis();
  workers = [startWorker(redis), startWorker(redis, '--concurrency', '2')];
});
afterAll(async () => {
  await endWorkers(workers);
  await redis.remove();
});

it('makes with three processes what one machine makes, to the last bit', async () => {
  writePlan('plan.json', { ...shape, packs: 6, last_epochs: 5 });
  const [sent, alone] = await Promise.all([
    submitFit('--repeat plan.json', 'shared', redis).ended,
    lab(fitWords('--repeat plan.json', 'alone')),
  ]);
  expect(alone.code).toBe(0);
  const [first] = sent.err.split('\n');
  expect({ code: sent.code, first }).toEqual({ code: 0, first: `7 packs of networks on ${redis.url}/0.` });
  expectSameFit('shared', 'alone');
  const { progress } = fitOf('shared');
  expect(await statusesOn(redis)).toMatchObject([
    {
      kind: 'fit',
      state: 'done',
      packs: 7,
      of_packs: 7,
      networks: progress.at(-1).networks,
      best: progress.at(-1).score,
    },
  ]);
});

it('ends when the time is up, cuts off what trains, and is repeated by its plan', async () => {
  writePlan('timed.json', { ...shape, max_rows: 30, max_width: 32, trials: 100, epochs: 200 }, { minutes: 60 });
  const own = { url: `${redis.url}/2` };
  const sent = submitTimedFit('--repeat timed.json', 'timed', own);
  const held = [startHeldWorker(own), startHeldWorker(own)];
  await Promise.all(held.map((worker) => worker.held));
  // Two packs train when the time is up, and hear of it before they come to their end.
  await expect.poll(() => existsSync(join(folder, 'timed', 'checkpoint', 'pack-0.checkpoint'))).toBe(true);
  sent.pass();
  const server = ask(own);
  await expect.poll(() => server.keys('perceptron-lab:cut:*')).toHaveLength(1);
  server.disconnect();
  for (const worker of held) worker.release();
  const { code, err } = await sent.ended;
  expect({ code, err: err.split('\n')[0] }).toEqual({
    code: 0,
    err: expect.stringMatching(/^Packs of networks go to redis:.*; the time counts from the first/),
  });
  const { plan } = fitOf('timed').settings.fit;
  expect(plan.shard_packs).toEqual([1, 0, 0]);
  expect(Math.min(...plan.shard_epochs.slice(1))).toBeGreaterThan(0);
  expect((await lab(fitWords('--repeat timed/fit.json', 'repeated'))).code).toBe(0);
  expectSameFit('timed', 'repeated');
});

it('keeps the best so far on Ctrl-C, goes on with --resume, and takes no other fit for its own', async () => {
  writePlan('long.json', shape, { minutes: 60 });
  const sent = submitFit('--repeat long.json', 'left', redis);
  // They come in any order, and one that was kept last may not have been counted yet.
  const kept = (number: number) => existsSync(join(folder, 'left', 'checkpoint', `pack-${number}.checkpoint`));
  await expect.poll(() => [0, 1, 2, 3].every(kept)).toBe(true);
  sent.child.kill('SIGINT');
  const { code, err } = await sent.ended;
  expect(code).toBe(130);
  expect(err).toMatch(/Interrupted; the same command with --resume goes on\.\n$/);
  const left = fitOf('left');
  expect(left).toMatchObject({ interrupted: true, notices: expect.arrayContaining([notice('packs_trained')]) });
  expect(left.progress.length).toBeGreaterThan(2);
  expect((await statusesOn(redis)).map(({ state }) => state)).toContain('left');

  // One after the other: a folder has one writer at a time, and the second would be told so.
  const others = [
    await submitFit('--repeat long.json --seed 11', 'left', redis, '--resume').ended,
    await lab(fitWords('--repeat long.json --shard 1/2 --resume', 'left')),
  ];
  for (const { code, err } of others) {
    expect(code).toBe(2);
    expect(err).toMatch(/^--resume: .* holds packs of another fit: .*\n$/);
  }
  writeFileSync(join(folder, 'left', 'checkpoint', 'pack-1.checkpoint'), 'damaged');
  // The time that it is given is over.
  writePlan('long.json', shape, { minutes: 0.001 });
  expect(await submitFit('--repeat long.json', 'left', redis, '--resume').ended).toMatchObject({ code: 0 });
  const again = fitOf('left');
  expect(again).toMatchObject({ interrupted: false, notices: expect.arrayContaining([notice('values_unusable')]) });
  expect(again.progress.length).toBeGreaterThanOrEqual(left.progress.length - 1);
});

const notice = (code: string) => expect.objectContaining({ code });

it('ends in one line where all packs fail, and tries them again', async () => {
  writePlan('failing.json', { ...shape, packs: 2 });
  const url = `${redis.url}/1`;
  const connection = await openQueue(parseAddress(url), { version, say: () => {} });
  const end = new AbortController();
  const trainer = untrained();
  const said: Message = { code: 'unknown', params: {}, text: 'It burns.' };
  trainer.train.mockRejectedValue(new TrainingError(said, true));
  const options = { concurrency: 1, lock: 30, startTrainer: () => trainer, signal: end.signal };
  const failing = runWorker(connection, options);
  const sent = await submitFit('--repeat failing.json', 'failing', { url }).ended;
  expect(sent.code).toBe(1);
  expect(sent.err).toMatch(/\n2 of 2 jobs failed: It burns\. The others are done; --resume tries these again\.\n$/);
  end.abort();
  await failing;
  connection.close();
  workers.push(startWorker({ url }));
  expect(await submitFit('--repeat failing.json', 'failing', { url }, '--resume').ended).toMatchObject({ code: 0 });
});

it('is no shard, and nothing to go on with without a folder', async () => {
  const refused = async (words: string) => (await lab(`fit curve.csv --target y ${words}`)).err;
  const queued = `--queue ${redis.url}`;
  const [shard, nowhere, alone] = await Promise.all([
    refused(`--out x --shard 1/2 ${queued}`),
    refused(queued),
    refused('--out x --resume'),
  ]);
  expect(shard).toMatch(/^--shard: is for machines that know nothing of each other, .*\n$/);
  expect(nowhere).toBe('--queue: results come in one by one and have to be kept; give a folder with --out.\n');
  expect(alone).toMatch(/^--resume: .* give --shard or --queue\.\n$/);
});
