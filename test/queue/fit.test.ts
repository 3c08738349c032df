/** Fits whose packs workers train: the model is that of one machine. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, lab } from '../support/cli.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { fitWords, startWorker, submitFit } from './support.ts';

const plan = { folds: 2, held_out: 0.5, max_rows: 24, max_width: 16, trials: 2, epochs: 30, packs: 6, last_epochs: 5 };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
  const settings = { data: { target: 'y' }, fit: { minutes: 1, seed: 10, plan } };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ command: 'fit', engine: { kind: 'cpu' }, settings }));
});
afterAll(() => redis.remove());

const read = (out: string, file: string) => readFileSync(join(folder, out, file));
const json = (out: string) => JSON.parse(read(out, 'fit.json').toString());

function expectSame(out: string, other: string): void {
  expect(read(out, 'model.safetensors').equals(read(other, 'model.safetensors'))).toBe(true);
  const [own, others] = [json(out), json(other)];
  for (const part of ['settings', 'members', 'networks', 'diverged', 'metrics', 'gain', 'more_rows', 'calibration']) {
    expect(own[part]).toEqual(others[part]);
  }
}

it('makes with three workers what one machine makes, to the last bit', async () => {
  const workers = [startWorker(redis), startWorker(redis, '--concurrency', '2')];
  const [sent, alone] = await Promise.all([
    submitFit('--repeat plan.json', 'shared', redis).ended,
    lab(fitWords('--repeat plan.json', 'alone')),
  ]);
  expect(alone.code).toBe(0);
  expect({ code: sent.code, err: sent.err.split('\n')[0] }).toEqual({
    code: 0,
    err: `7 packs of networks on ${redis.url}/0.`,
  });
  expectSame('shared', 'alone');
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) expect((await ended).code).toBe(0);
});
