/** Who goes first: jobs of a lower priority, whoever came first, and those whose priority is changed while they wait. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, Worker } from 'bullmq';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { openJobQueue } from '../../src/queue/job-queue.ts';
import { openJobs, type PlannedJob } from '../../src/queue/jobs.ts';
import { queueStatus } from '../../src/queue/status.ts';
import { priorities, type SweepJobData } from '../../src/queue/task.ts';
import { folder, lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { said, submit, submitFit, words, writePlan } from './support.ts';

let redis: RedisServer;
let connection: QueueConnection;
beforeAll(async () => {
  redis = await startRedis();
  connection = await openQueue(parseAddress(redis.url), { version: 'priorities', say() {} });
});
afterAll(async () => {
  connection.close();
  await redis.remove();
});

const planned = (...ids: string[]): PlannedJob<SweepJobData>[] =>
  ids.map((id) => ({ id, data: { kind: 'sweep', task: 'a'.repeat(64), trials: [0], keys: 'b'.repeat(64) } }));

const send = (priority: number, ...ids: string[]) =>
  openJobs(connection, planned(...ids), { attempts: 1, priority, resultsIn: async () => ({}), send: async () => {} });

/** Takes jobs as a worker does, when it is asked to. */
function taker() {
  const worker = new Worker(connection.keys.queue, null, {
    connection: connection.options,
    prefix: connection.keys.prefix,
  });
  let taken = 0;
  const next = async () => (await worker.getNextJob(String(taken++), { block: false })) as Job;
  return { next, close: () => worker.close() };
}

it('is taken in the order of priorities, in that of coming within one, and after what has none', async () => {
  const queue = openJobQueue(connection);
  const sweep = await send(priorities.usual, 'sweep-1', 'sweep-2', 'sweep-3');
  await queue.add('other', {}, { jobId: 'plain' });
  const small = await send(10, 'small-1', 'small-2');
  const status = () => queueStatus(connection, queue);
  expect(await status()).toMatchObject({
    jobs: { waiting: 6, active: 0 },
    priorities: [
      { priority: 0, waiting: 1 },
      { priority: 10, waiting: 2 },
      { priority: 50, waiting: 3 },
    ],
  });
  const { next, close } = taker();
  const plain = await next();
  const first = await next();
  expect([plain.id, first.id]).toEqual(['plain', 'small-1']);
  // Given back: before those that have its priority.
  await first.moveToWait(first.token);
  const again = await next();
  expect(again.id).toBe('small-1');

  // The same jobs in a greater hurry: those that wait change, and what trains goes on.
  const hurried = await send(5, 'sweep-1', 'sweep-2', 'sweep-3', 'small-1');
  expect((await status()).priorities).toEqual([
    { priority: 5, waiting: 3 },
    { priority: 10, waiting: 1 },
  ]);
  await again.moveToWait(again.token);
  const third = await send(5, 'sweep-2');
  expect([await next(), await next()].map(({ id }) => id)).toEqual(['small-1', 'sweep-1']);
  // One that the queue has lost comes back as urgent as it was.
  await (await queue.getJob('sweep-2'))?.remove();
  for await (const _ of hurried.arrived()) expect.unreachable();
  expect((await status()).priorities).toEqual([
    { priority: 5, waiting: 2 },
    { priority: 10, waiting: 1 },
  ]);
  // And what is taken back is gone.
  await small.withdraw();
  expect(small.open.map(({ id }) => id)).toEqual(['small-1']);
  expect([await next(), await next()].map(({ id }) => id)).toEqual(['sweep-3', 'sweep-2']);
  expect(await status()).toMatchObject({ jobs: { waiting: 0, active: 5 }, priorities: [] });
  for (const jobs of [sweep, small, hurried, third]) await jobs.close();
  await close();
  await queue.close();
});

it('is of no concern where the job is gone by then, as another submitter has its results', async () => {
  const first = await send(priorities.usual, 'gone');
  const queue = openJobQueue(connection);
  const pipeline = () => {
    const asked = connection.redis.pipeline();
    const exec = asked.exec.bind(asked);
    return Object.assign(asked, {
      exec: async () => {
        const answers = await exec();
        await (await queue.getJob('gone'))?.remove();
        return answers;
      },
    });
  };
  const slow: QueueConnection = { ...connection, redis: Object.assign(Object.create(connection.redis), { pipeline }) };
  const options = { attempts: 1, priority: 3, resultsIn: async () => ({}), send: async () => {} };
  const second = await openJobs(slow, planned('gone'), options);
  expect(second.open.map(({ id }) => id)).toEqual(['gone']);
  for (const one of [first, second, queue]) await one.close();
});

it('is that of the option for a sweep as for a fit, and that of the last command where it is sent again', async () => {
  const base = { model: { hidden: [4] }, training: { epochs: 2 } };
  writeFileSync(join(folder, 'urgent.json'), JSON.stringify({ base, seeds: 3, halving: { first: 1, factor: 2 } }));
  writeFileSync(join(folder, 'long-sweep.json'), JSON.stringify({ base, seeds: 5 }));
  writePlan('priority.json', { folds: 2, held_out: 0.5, max_rows: 24, max_width: 8, trials: 1, epochs: 2, packs: 2 });
  const sent = [
    submit('long-sweep', 'long-sweep', redis, '--job-trials', '1'),
    submit('urgent', 'urgent', redis, '--job-trials', '1', '--priority', '7'),
    submitFit('--repeat priority.json', 'priority', redis, '--priority', '100'),
  ];
  for (const one of sent) await said([one], /No worker is there yet/);
  const status = async (...more: string[]) =>
    (await lab(`${['queue', 'status', '--queue', redis.url, ...more].join(' ')}`)).out;
  const { jobs, priorities: waiting } = JSON.parse(await status('--json'));
  expect({ jobs, waiting }).toMatchObject({
    jobs: { waiting: 10 },
    waiting: [
      { priority: 7, waiting: 3 },
      { priority: 50, waiting: 5 },
      { priority: 100, waiting: 2 },
    ],
  });
  const plain = (text: string) => text.replace(/\s+/g, ' ');
  expect(plain(await status())).toContain(
    '10 waiting (3 of priority 7, 5 of priority 50, 2 of priority 100), 0 active',
  );
  expect(plain(await status('--lang', 'ko'))).toContain(
    '대기 10개(우선순위 7: 3개, 우선순위 50: 5개, 우선순위 100: 2개),',
  );
  for (const { child } of sent) child.kill('SIGKILL');
  for (const { ended } of sent) await ended;

  const again = submit('long-sweep', 'long-sweep', redis, '--job-trials', '1', '--priority', '1', '--resume');
  await said([again], /No worker is there yet/);
  expect(JSON.parse(await status('--json')).priorities[0]).toEqual({ priority: 1, waiting: 5 });
  again.child.kill('SIGKILL');
  await again.ended;
});

it('is a whole number, of jobs on a queue', async () => {
  const refused = async (more: string) => (await lab(`${words('long-sweep')} --out none ${more}`)).err;
  expect(await refused(`--queue ${redis.url} --priority 0`)).toBe(
    '--priority: "0" is not a whole number from 1 to 100.\n',
  );
  expect(await refused('--priority 3')).toBe('--priority: is of jobs on a queue; give --queue as well.\n');
  expect(await refused('--job-trials 3')).toBe('--job-trials: is of jobs on a queue; give --queue as well.\n');
});
