/** The page as `serve --queue` serves it, with a queue of the test's own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerFor, readPage } from '../../../src/cli/page-server.ts';
import { streamOf, streamPath } from '../../../src/cli/queue/stream.ts';
import type { Listener } from '../../../src/queue/watch.ts';
import type { FitStatus, QueueStatus, SweepStatus, WatchedQueue, WorkStatus } from '../../../src/sweep/queue-status.ts';
import { built } from '../../../tools/build.mjs';

export interface ServedQueue {
  /** Of the page, without the word that makes it watch. */
  url: string;
  /** Pages that listen. */
  listeners(): number;
  tell(queue: Partial<WatchedQueue>, sweeps?: Record<string, WorkStatus>): void;
  stop(): Promise<void>;
  /** On the same port. */
  start(): Promise<void>;
}

export async function serveQueue(): Promise<ServedQueue> {
  const listeners = new Set<Listener>();
  let queue: WatchedQueue = { queue: 'redis://test:6379/0', reachable: true, status: idle, works: [], unread: 0 };
  let works = new Map<string, WorkStatus>();
  const tellAll = (tell: Listener) => {
    for (const [id, sweep] of works) tell('work', JSON.stringify({ id, ...sweep }));
    tell('queue', JSON.stringify(queue));
  };
  const listen = (listener: Listener) => {
    listeners.add(listener);
    tellAll(listener);
    return () => void listeners.delete(listener);
  };
  const page = readPage(process.env.LAB_DIST ?? (await built('lab')));
  const server = createServer(answerFor(page, { [streamPath]: streamOf({ listen }) }));
  const start = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await start(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    listeners: () => listeners.size,
    tell(next, sweeps = {}) {
      works = new Map([...works, ...Object.entries(sweeps)]);
      queue = { ...queue, works: [...works.keys()].map((id) => ({ id, away: false })), ...next };
      for (const listener of listeners) tellAll(listener);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => start(port),
  };
}

const idle: QueueStatus = {
  version: 'test',
  workers: [],
  jobs: { waiting: 0, active: 0, delayed: 0, done: 0, failed: 0 },
  priorities: [],
  trials_per_second: 0,
  seconds_left: null,
  failures: [],
};

const worker = { machine: 'ada', pid: 1, version: 'test', engine: 'cpu', adapter: 'WebAssembly', concurrency: 2 };

/** One that trains, with a worker of this version and one of another, and a job that has failed. */
export const busy: QueueStatus = {
  ...idle,
  workers: [
    { ...worker, active: 1, jobs: 3, trials: 9, jobs_per_second: 0.5, trials_per_second: 1.5, at: 1 },
    {
      ...{ ...worker, machine: 'grace', version: 'old' },
      ...{ active: 0, jobs: 0, trials: 0, jobs_per_second: 0, trials_per_second: 0, at: 1 },
    },
  ],
  jobs: { waiting: 4, active: 1, delayed: 0, done: 0, failed: 1 },
  priorities: [{ priority: 50, waiting: 4 }],
  trials_per_second: 1.5,
  seconds_left: 12,
  failures: [
    { job: '1a2b3c4d', attempts: 3, why: { code: 'trainer_ended', params: { how: 'SIGKILL' }, text: 'It ended.' } },
  ],
};

const rates = [0.001, 0.01, 0.1];

/** How a sweep stands whose scores are known in advance: the lower the combination's number, the better. */
export function sweepOf(ended: number, trials: number, more: Partial<SweepStatus> = {}): SweepStatus {
  const order = Array.from({ length: ended }, (_, index) => index);
  const cell = order.map((index) => index % 6);
  const score = order.map((index) => 1 + 0.1 * cell[index] + 0.01 * ((index * 7) % 5));
  const leaders = [...new Set(cell)].sort().map((own) => {
    const scores = score.filter((_, index) => cell[index] === own);
    const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    const spread = { n: scores.length, mean, sd: 0.01, low: mean - 0.02, high: mean + 0.02 };
    return {
      ...{ cell: own, n: scores.length, diverged: 0, halved: 0 },
      settings: { 'model.activation': own < 3 ? 'relu' : 'tanh', 'training.optimizer.learning_rate': rates[own % 3] },
      score: { ...spread, interval: scores.length > 1 ? ('t' as const) : ('none' as const) },
    };
  });
  return {
    ...{ kind: 'sweep', version: 'test', table: 'curve.csv', target: 'y', state: 'training', at: 1, seconds: 30 },
    ...{ seconds_left: 30, trials, ended, diverged: 0, epochs: 10 * ended, of_epochs: 10 * trials, combinations: 6 },
    metric: ended > 0 ? { set: 'validation', name: 'rmse', large: false } : null,
    best: ended > 0 ? Math.min(...score) : null,
    varied: ['model.activation', 'training.optimizer.learning_rate'],
    leaders,
    points: { ended: order.map((index) => index + 1), score, cell },
    ...more,
  } as SweepStatus;
}

/** How a fit stands of which three packs have come. */
export const fitting: FitStatus = {
  ...{ kind: 'fit', version: 'test', table: 'houses.csv', target: 'price', state: 'training', at: 1 },
  ...{ seconds: 20, seconds_left: 40, metric: { set: 'validation', name: 'rmse', large: false }, best: 2.5 },
  ...{ networks: 24, members: 7, packs: 3, of_seconds: 60, of_packs: null, linear: 4, baseline: 9 },
  points: { seconds: [2, 7.3, 18], score: [3, 2.6, 2.5] },
};
