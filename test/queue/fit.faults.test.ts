/** The same of a fit: each pack counts once, and the model is that of one machine that nothing disturbs, bit for bit. */
import { afterAll, beforeAll, it } from 'vitest';
import { lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { faultSeed, times } from '../support/faults.ts';
import { countOf, disturb } from './disturb.ts';
import { expectSameFit, fitWords, submitFit, writePlan } from './support.ts';

const faults = {
  'worker killed': times(1, 50),
  'worker stopped': times(0, 10),
  'submitter killed': times(1, 10),
  'server killed': times(0, 10),
  'server full': times(0, 10),
};

/** Left for the last fault on a fast machine too, which takes more of them for each. */
const packs = Math.max(20, 27 * (countOf(faults) - 2));
const plan = { folds: 2, held_out: 0.5, max_rows: 30, max_width: 16, trials: 2, epochs: 300, packs };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'always');
  writePlan('faults.json', plan);
  const { code, err } = await lab(fitWords('--repeat faults.json', 'alone'));
  if (code !== 0) throw new Error(err);
});
afterAll(() => redis.remove());

it(`trains each pack once, whatever happens (${countOf(faults)} times, seed ${faultSeed})`, async () => {
  await disturb(redis, faults, (...more) => submitFit('--repeat faults.json', 'shared', redis, ...more));
  expectSameFit('shared', 'alone');
}, 1_200_000);
