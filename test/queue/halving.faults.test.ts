/** The same of a sweep with successive halving: who goes on is who goes on on one machine that nothing disturbs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { faultSeed, times } from '../support/faults.ts';
import { countOf, disturb } from './disturb.ts';
import { submit, trainAlone, trialsIn } from './support.ts';

const faults = {
  'worker killed': times(1, 50),
  'worker stopped': times(0, 10),
  'submitter killed': times(1, 10),
  'server killed': times(0, 10),
  'server full': times(0, 10),
};

const sweep = {
  base: { model: { hidden: [32, 32] }, training: { epochs: 150, early_stopping: false } },
  grid: { 'model.activation': ['relu', 'tanh'], 'training.batch_size': [4, 8] },
  // So many that there are jobs left for the last fault: some three at each trial.
  seeds: 3 * countOf(faults),
  halving: { first: 30, factor: 2 },
};

let redis: RedisServer;
let alone: string;
beforeAll(async () => {
  redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'always');
  alone = await trainAlone('halving-faults', sweep);
});
afterAll(() => redis.remove());

it(`trains from rung to rung, whatever happens (${countOf(faults)} times, seed ${faultSeed})`, async () => {
  const out = 'halving-faults-shared';
  await disturb(redis, faults, (...more) => submit('halving-faults', out, redis, '--job-trials', '1', ...more));
  expect(trialsIn(out)).toBe(alone);
}, 1_200_000);
