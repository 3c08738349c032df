/**
 * Workers, server and submitter of a sweep are killed, stopped and filled up while it trains: each trial ends once, none is lost, and
 * the results are those of one machine that nothing disturbs, bit for bit.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { faultSeed, times } from '../support/faults.ts';
import { countOf, disturb } from './disturb.ts';
import { submit, trainAlone, trialsIn } from './support.ts';

const faults = {
  'worker killed': times(2, 50),
  'worker stopped': times(1, 10),
  'submitter killed': times(1, 10),
  'server killed': times(1, 10),
  'server full': times(1, 10),
};

const sweep = {
  base: { model: { hidden: [32, 32] }, training: { epochs: 150, early_stopping: false } },
  grid: { 'model.activation': ['relu', 'tanh'], 'training.batch_size': [4, 8] },
  // So many that a fast machine does not run out of jobs before the last fault: 85 of them took 800.
  seeds: 3 * countOf(faults),
};

let redis: RedisServer;
let alone: string;
beforeAll(async () => {
  redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'always');
  alone = await trainAlone('faults', sweep);
});
afterAll(() => redis.remove());

it(`ends each trial once, whatever happens (${countOf(faults)} times, seed ${faultSeed})`, async () => {
  await disturb(redis, faults, (...more) => submit('faults', 'faults-shared', redis, '--job-trials', '1', ...more));
  expect(trialsIn('faults-shared')).toBe(alone);
}, 1_200_000);
