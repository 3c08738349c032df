/** Sweeps that workers train: the same results as on one machine, whatever happens to workers, server and submitter. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, lab, start } from '../support/cli.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const sweep = {
  base: { model: { hidden: [16, 16] }, training: { epochs: 20 } },
  grid: { 'model.activation': ['relu', 'tanh'], 'model.hidden': [[16, 16], [12]] },
  seeds: 3,
};
const words = 'sweep curve.csv sweep.json --target y --engine cpu --reproducible --model best --quiet';
const trials = (out: string) => readFileSync(join(folder, out, 'trials.csv'), 'utf8');

let redis: RedisServer;
beforeAll(async () => {
  writeFileSync(join(folder, 'sweep.json'), JSON.stringify(sweep));
  redis = await startRedis();
  const { code } = await lab(`${words} --out alone`);
  expect(code).toBe(0);
});
afterAll(() => redis.remove());

const worker = (...more: string[]) => start(['worker', '--queue', redis.url, '--engine', 'cpu', ...more]);

it('trains on two workers what one machine trains, to the last bit', async () => {
  const workers = [worker(), worker()];
  const { code, err } = await lab(`${words} --out shared --queue ${redis.url}`);
  expect({ code, err: err.split('\n')[0] }).toEqual({
    code: 0,
    err: `12 jobs with 12 trials on ${redis.url}/0.`,
  });
  expect(trials('shared')).toBe(trials('alone'));
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) expect((await ended).code).toBe(0);
});
