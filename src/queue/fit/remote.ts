/** `fit` on a queue, as whoever has sent it sees it: where packs come from, and how long it has taken. */
import type { RemotePacks } from '../../fit/search.ts';
import type { Said } from '../../util/message.ts';
import { onceWritable, type QueueConnection } from '../connection.ts';
import { openJobs } from '../jobs.ts';
import { sendTask } from '../send.ts';
import type { FitTask } from '../task.ts';
import { type FitJobs, PackStream, type StreamParts } from './pack-stream.ts';
import { packIn } from './pack-value.ts';

export interface FitSubmission extends Pick<StreamParts, 'prepared' | 'packs' | 'kept' | 'signal' | 'onKept'> {
  task: FitTask;
  /** The table. */
  bytes: Uint8Array;
  /** Seconds that the fit had taken where it goes on. */
  before: number;
  /** How often a job is tried that fails. */
  attempts: number;
  /** Of its jobs. */
  priority: number;
}

export interface QueuedPacks extends RemotePacks {
  /** Since a worker took the first pack, and before. */
  seconds(): number;
  /** Machines that have trained. */
  readonly machines: ReadonlySet<string>;
  /** Why some are missing, by job. */
  readonly failures: ReadonlyMap<string, Said>;
}

export function queuedPacks(connection: QueueConnection, submission: FitSubmission): QueuedPacks {
  const { before } = submission;
  const machines = new Set<string>();
  const failures = new Map<string, Said>();
  let jobs: FitJobs | undefined;
  const seconds = () => before + (jobs?.begun === undefined ? 0 : (performance.now() - jobs.begun) / 1000);
  return {
    machines,
    failures,
    seconds,
    async *arrived(watch) {
      const opened = await openFit(connection, submission);
      jobs = opened.jobs;
      try {
        for await (const found of new PackStream({ connection, ...submission, ...opened, watch, seconds, failures })) {
          if (found.pack.machine) machines.add(found.pack.machine);
          yield found;
        }
      } finally {
        await jobs.close();
      }
    },
  };
}

async function openFit(connection: QueueConnection, { prepared, task, bytes, attempts, priority }: FitSubmission) {
  const { redis, keys } = connection;
  const answers = prepared.folds.heldOut.length * prepared.data.outputs;
  const send = () => sendTask(connection, task, bytes);
  const name = await send();
  // The same fit may have ended before.
  await onceWritable(connection, () => redis.del(keys.cut(name)));
  const jobs: FitJobs = await openJobs(connection, [], {
    attempts,
    priority,
    async resultsIn(fields) {
      const pack = await packIn(fields, answers);
      return pack === undefined ? undefined : { pack };
    },
    send,
  });
  return { name, jobs };
}
