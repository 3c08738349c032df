/** Sweeps with successive halving that workers train: who goes on, and all results, are those of one machine. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, lab } from '../support/commands/cli.ts';
import { replay } from '../support/commands/optuna-journal.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { ask, endWorkers, said, startHeldWorker, startWorker, submit, words } from './support.ts';

const sweep = {
  base: { training: { epochs: 24 } },
  grid: {
    'model.hidden': [[24, 24], [12]],
    'training.optimizer.learning_rate': [1e-5, 0.003, 0.03, 0.01],
  },
  seeds: 2,
  halving: { first: 5, factor: 2 },
};

/** Like the workers: a model says how many threads trained it. */
const own = `${words('halving')} --threads 1`;

let redis: RedisServer;
let alone: ReturnType<typeof filesIn>;
beforeAll(async () => {
  redis = await startRedis();
  writeFileSync(join(folder, 'halving.json'), JSON.stringify(sweep));
  const { code, err } = await lab(`${own} --out halving-alone`);
  if (code !== 0) throw new Error(err);
  alone = filesIn('halving-alone');
});
afterAll(() => redis.remove());

/** All that one machine and many have to agree in. */
function filesIn(out: string) {
  const file = (name: string) => readFileSync(join(folder, out, name));
  const { leaderboard, best } = JSON.parse(file('sweep.json').toString());
  return {
    trials: file('trials.csv').toString(),
    model: createHash('sha256').update(file('model.safetensors')).digest('hex'),
    leaderboard,
    best,
  };
}

it('trains on two workers what one machine trains, from rung to rung', async () => {
  expect(alone.trials).toMatch(/,halving,/);
  const workers = [startWorker(redis), startWorker(redis)];
  const { code, err } = await submit('halving', 'halving-shared', redis, '--job-trials', '3', '--optuna').ended;
  expect({ code, stages: err.match(/.* on redis.*/g) }).toEqual({
    code: 0,
    stages: [
      `6 jobs with 16 trials up to epoch 5 on ${redis.url}/0.`,
      `6 jobs with 8 trials up to epoch 10 on ${redis.url}/0.`,
      `4 jobs with 4 trials up to epoch 20 on ${redis.url}/0.`,
      `2 jobs with 2 trials up to the end on ${redis.url}/0.`,
    ],
  });
  expect(filesIn('halving-shared')).toEqual(alone);
  const { trials } = replay(readFileSync(join(folder, 'halving-shared', 'optuna.log'), 'utf8'));
  expect(trials.map(({ state }) => state).sort()).toEqual([...Array(2).fill('COMPLETE'), ...Array(14).fill('PRUNED')]);
  await endWorkers(workers);
});

it('goes on where worker, submitter and server are lost, on the queue or on one machine', async () => {
  const server = ask(redis);
  const sent = submit('halving', 'halving-lost', redis, '--job-trials', '3');
  await said([sent], /6 jobs with 16 trials up to epoch 5/);
  // It comes to the next stage when no worker is there any more.
  sent.child.kill('SIGSTOP');
  const worker = startWorker(redis);
  await said([worker], /6 jobs so far/);
  await endWorkers([worker]);
  sent.child.kill('SIGCONT');
  await said([sent], /to epoch 10/);
  sent.child.kill('SIGKILL');
  await sent.ended;
  await server.flushall();
  cpSync(join(folder, 'halving-lost'), join(folder, 'halving-taken'), { recursive: true });

  const again = submit('halving', 'halving-lost', redis, '--job-trials', '3', '--resume', '--priority', '7');
  await said([again], /6 jobs with 8 trials up to epoch 10/);
  // As urgent as those of the first were.
  const [waiting] = await server.keys('perceptron-lab:sweeps-*:prioritized');
  expect(await server.zcount(waiting, 7 * 2 ** 32, 8 * 2 ** 32 - 1)).toBe(6);
  // The jobs of the second stage go on from what lies beside them.
  const [first] = await server.keys('perceptron-lab:results:*');
  expect(await server.hkeys(first)).toEqual([expect.stringMatching(/^running /)]);
  const killed = startHeldWorker(redis);
  await killed.held;
  killed.child.kill('SIGKILL');
  startWorker(redis);
  const [taken, { code }] = await Promise.all([lab(`${own} --out halving-taken --resume`), again.ended]);
  expect({ code, taken: taken.code }).toEqual({ code: 0, taken: 0 });
  expect(filesIn('halving-lost')).toEqual(alone);
  expect(filesIn('halving-taken')).toEqual(alone);
  server.disconnect();
});
