/** How a queue stands: workers, jobs, speed, what has failed. */
import type { Said } from '../util/message.ts';
import type { QueueConnection } from './connection.ts';
import { decodeFailure } from './failure.ts';
import { listWorkers, type WorkerState } from './heartbeat.ts';

export interface QueueStatus {
  /** Of this program; jobs are those of this version. */
  version: string;
  /** Of all versions. */
  workers: WorkerState[];
  /** `done`: results that wait for who has sent them. `delayed`: failed, and tried again in a moment. */
  jobs: Record<'waiting' | 'active' | 'delayed' | 'done' | 'failed', number>;
  /** Of workers of this version, in the last minute. */
  trials_per_second: number;
  /** At that speed; null where nothing trains. */
  seconds_left: number | null;
  /** The latest first. */
  failures: { job: string; attempts: number; why: Said }[];
}

const mostFailures = 10;

export async function queueStatus(connection: QueueConnection): Promise<QueueStatus> {
  const { bullmq, keys, options, version } = connection;
  const queue = new bullmq.Queue(keys.queue, { connection: options, prefix: keys.prefix });
  // The connection is watched elsewhere.
  queue.on('error', () => {});
  try {
    const { waiting, active, delayed, completed, failed } = await queue.getJobCounts();
    const latest = await queue.getFailed(0, mostFailures - 1);
    const workers = await listWorkers(connection);
    const sum = (of: (worker: WorkerState) => number) =>
      workers.filter((worker) => worker.version === version).reduce((total, worker) => total + of(worker), 0);
    const jobsPerSecond = sum((worker) => worker.jobs_per_second);
    return {
      version,
      workers,
      jobs: { waiting, active, delayed, done: completed, failed },
      trials_per_second: sum((worker) => worker.trials_per_second),
      seconds_left: jobsPerSecond > 0 ? (waiting + active + delayed) / jobsPerSecond : null,
      failures: latest.map((job) => ({
        job: String(job.id).slice(0, 8),
        attempts: job.attemptsMade,
        why: decodeFailure(job.failedReason),
      })),
    };
  } finally {
    await queue.close();
  }
}

/** Removes the jobs of this version, and all tables and results. @returns jobs that were removed */
export async function clearQueue({ bullmq, keys, options, redis, version }: QueueConnection): Promise<number> {
  const queue = new bullmq.Queue(keys.queue, { connection: options, prefix: keys.prefix });
  queue.on('error', () => {});
  try {
    const count = Object.values(await queue.getJobCounts()).reduce((sum, jobs) => sum + jobs, 0);
    // Jobs that train among them: their workers find that they have lost them.
    await queue.obliterate({ force: true });
    for (const kind of [keys.table('*'), keys.task('*'), keys.results('*')]) {
      for await (const names of redis.scanStream({ match: kind, count: 1000 })) {
        if (names.length > 0) await redis.unlink(names);
      }
    }
    await redis.srem(keys.versions, version);
    return count;
  } finally {
    await queue.close();
  }
}
