/** Jobs whose training is a pause; sent, taken, saved and taken up as those of a sweep. */
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { encodeCheckpoint } from '../../src/machine/checkpoint-file.ts';
import { parseAddress } from '../../src/queue/address.ts';
import { openQueue, type QueueConnection } from '../../src/queue/connection.ts';
import { listWorkers } from '../../src/queue/heartbeat.ts';
import { openJobs, type PlannedJob } from '../../src/queue/jobs.ts';
import { sha256 } from '../../src/queue/keys.ts';
import { resultsIn } from '../../src/queue/sweep/results.ts';
import { putTable } from '../../src/queue/tables.ts';
import { jobId, putTask, type SweepJobData } from '../../src/queue/task.ts';
import type { Trainer } from '../../src/queue/trainer.ts';
import { runWorker } from '../../src/queue/worker.ts';
import { type EndedPopulation, storeVersion } from '../../src/sweep/store/store.ts';

const connect = (url: string) =>
  openQueue(parseAddress(url), { version: 'bench', say: (said) => console.error(said.text) });
const keyOf = (place: number) => `trial ${place}`;

/** A worker, until SIGTERM. */
export async function work(url: string, seconds: number): Promise<void> {
  const connection = await connect(url);
  const abort = new AbortController();
  process.on('SIGTERM', () => abort.abort());
  await runWorker(connection, { concurrency: 1, lock: 30, signal: abort.signal, startTrainer: () => pausing(seconds) });
  connection.close();
}

function pausing(seconds: number): Trainer {
  const about = { engine: 'reference', adapter: 'a pause' };
  return {
    ready: async () => about,
    async train({ job }, { store }) {
      if (job.kind !== 'sweep') throw new Error('a job of another kind');
      if (seconds > 0) await wait(1000 * seconds);
      const value: EndedPopulation = { plan: 'none', models: [], trials: job.trials.map(result) };
      const bytes = gzipSync(Buffer.concat(encodeCheckpoint({ version: storeVersion, ...value })), { level: 1 });
      store('ended 0123456789abcdef', bytes);
      return { ...about, trials: job.trials.length, seconds };
    },
    cut() {},
    stop() {},
    kill() {},
  };
}

/** Of fifty epochs, as those of a small network. */
function result(place: number): EndedPopulation['trials'][number] {
  const metrics = { mse: place / 7, rmse: place / 3, mae: place / 11, r2: place / 13 };
  const record = (index: number) => ({
    number: index + 1,
    steps: 10 * (index + 1),
    train_loss: (place + 1) / (index + 1),
    validation_loss: (place + 2) / (index + 1),
    validation: metrics,
    finite: true,
    seconds: index / 100,
  });
  const history = Array.from({ length: 50 }, (_, index) => record(index)) as never;
  const all = { train: metrics, validation: metrics, test: metrics };
  return { key: keyOf(place), result: { metrics: all, epochs_run: 50, stopped: 'epochs', history } };
}

/** @returns seconds in all, and those that the server and who has sent the jobs have computed */
export async function runJobs(url: string, count: number, workers: number) {
  const connection = await connect(url);
  const planned = await plan(connection, count);
  while ((await listWorkers(connection)).length < workers) await wait(50);
  const signal = new AbortController().signal;
  const before = { server: await serverSeconds(connection), own: process.cpuUsage(), at: performance.now() };
  const jobs = await openJobs(connection, planned, {
    attempts: 3,
    priority: 50,
    resultsIn: (fields, { data }) => resultsIn(fields, data.trials.map(keyOf)),
    send: async () => {},
  });
  while (jobs.open.length > 0) {
    for await (const { job } of jobs.arrived()) await jobs.confirm(job);
    if (jobs.open.length > 0) await jobs.change(signal);
  }
  const wall = (performance.now() - before.at) / 1000;
  const { user, system } = process.cpuUsage(before.own);
  const server = (await serverSeconds(connection)) - before.server;
  await jobs.close();
  await connection.redis.flushall();
  connection.close();
  return { wall, server, submitter: (user + system) / 1e6 };
}

async function plan(connection: QueueConnection, count: number): Promise<PlannedJob<SweepJobData>[]> {
  const table = Buffer.from('x,y\n1,2\n2,3\n');
  const hash = sha256(table);
  await putTable(connection, hash, table);
  const task = await putTask(connection, {
    kind: 'sweep',
    ...{ store: storeVersion, table: hash, size: table.length, source: 'table.csv', reading: {} },
    ...{ data: { target: 'y' }, sweep: {}, engine: 'auto', reproducible: false },
  });
  return Array.from({ length: count }, (_, place) => {
    const data: SweepJobData = { kind: 'sweep', task, trials: [place], keys: sha256(keyOf(place)) };
    return { id: jobId(data), data };
  });
}

async function serverSeconds({ redis }: QueueConnection): Promise<number> {
  const information = await redis.info('cpu');
  const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(information)?.[1]);
  return of('used_cpu_sys') + of('used_cpu_user');
}
