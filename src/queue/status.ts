/** How a queue stands: workers, jobs, speed, what has failed. */
import type { Queue } from 'bullmq';
import type { QueueStatus, WorkerState } from '../sweep/queue-status.ts';
import type { QueueConnection } from './connection.ts';
import { decodeFailure } from './failure.ts';
import { listWorkers } from './heartbeat.ts';
import { openJobQueue } from './job-queue.ts';
import { priorities } from './task.ts';

const mostFailures = 10;
/** With none, as jobs of other programs may be, which are taken before all. */
const allPriorities = Array.from({ length: priorities.last + 1 }, (_, priority) => priority);

export async function queueStatus(connection: QueueConnection, queue: Queue): Promise<QueueStatus> {
  const { version } = connection;
  const { waiting: plain, prioritized, active, delayed, completed, failed } = await queue.getJobCounts();
  const waiting = plain + prioritized;
  const perPriority = prioritized > 0 ? await queue.getCountsPerPriority(allPriorities) : { 0: plain };
  const latest = await queue.getFailed(0, mostFailures - 1);
  const workers = await listWorkers(connection);
  const sum = (of: (worker: WorkerState) => number) =>
    workers.filter((worker) => worker.version === version).reduce((total, worker) => total + of(worker), 0);
  const jobsPerSecond = sum((worker) => worker.jobs_per_second);
  return {
    version,
    workers,
    jobs: { waiting, active, delayed, done: completed, failed },
    priorities: Object.entries(perPriority)
      .filter(([, count]) => count > 0)
      .map(([priority, count]) => ({ priority: Number(priority), waiting: count })),
    trials_per_second: sum((worker) => worker.trials_per_second),
    seconds_left: jobsPerSecond > 0 ? (waiting + active + delayed) / jobsPerSecond : null,
    failures: latest.map((job) => ({
      job: String(job.id).slice(0, 8),
      attempts: job.attemptsMade,
      why: decodeFailure(job.failedReason),
    })),
  };
}

/** Removes the jobs of this version, and all tables, results and what is told of sweeps. @returns jobs that were removed */
export async function clearQueue(connection: QueueConnection): Promise<number> {
  const { keys, redis, version } = connection;
  const queue = openJobQueue(connection);
  try {
    const count = Object.values(await queue.getJobCounts()).reduce((sum, jobs) => sum + jobs, 0);
    // Jobs that train among them: their workers find that they have lost them.
    await queue.obliterate({ force: true });
    const kinds = [keys.table, keys.task, keys.cut, keys.results, keys.parts, keys.work].map((named) => named('*'));
    for (const kind of kinds) {
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
