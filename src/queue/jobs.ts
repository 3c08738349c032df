/** Jobs on the queue, as who has sent them sees them: sent, done, failed, lost. */
import type { Job } from 'bullmq';
import { queue as messages } from '../messages/en/command-line/queue.ts';
import { chunks } from '../util/arrays.ts';
import { message, type Said } from '../util/message.ts';
import { onceWritable, type QueueConnection } from './connection.ts';
import { decodeFailure } from './failure.ts';
import { openHeardQueue } from './job-queue.ts';
import { readJobStore, startJobStore } from './job-store.ts';
import { doneField, doneIn, type ResultFields } from './results.ts';
import { type JobData, progressSchema } from './task.ts';

export interface PlannedJob<Data extends JobData = JobData> {
  id: string;
  data: Data;
  /** That its trials have trained before. */
  epochs?: number;
}

export interface JobOptions<Planned, Results> {
  /** How often each is tried that fails. */
  attempts: number;
  /** Jobs of a lower one are taken first. */
  priority: number;
  /** What has come of a job; undefined where something is damaged or not its own. */
  resultsIn(fields: ResultFields, job: Planned): Promise<Results | undefined>;
  /** Puts on the queue what they need. */
  send(): Promise<unknown>;
  /** What a job goes on from: values of its store, by name, packed. */
  startOf?(job: Planned): Promise<ReadonlyMap<string, Uint8Array>>;
}

export interface QueuedJobs<Planned, Results> {
  /** Those that are not confirmed. */
  readonly open: readonly Planned[];
  /** Why some of them have failed, by id. */
  readonly failures: ReadonlyMap<string, Said>;
  /** When a worker took the first, by `performance.now`; undefined while none has. */
  readonly begun: number | undefined;
  /** Trained so far by the trials of those that are open. */
  epochs(): number;
  /** Results that are there. Jobs that the queue has lost are sent again. */
  arrived(): AsyncIterable<{ job: Planned; results: Results }>;
  /** Sends more of them, but for those that are there. Failed ones are tried again. */
  send(jobs: readonly Planned[]): Promise<void>;
  /** Takes back those that no worker trains: they are open no more. */
  withdraw(): Promise<void>;
  /** Its results have been kept: the queue forgets it. */
  confirm(job: Planned): Promise<void>;
  /** Resolves when something may have changed, and after so many milliseconds at the latest. */
  change(signal: AbortSignal, ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds after which all jobs are looked at again. */
const lookMs = 5000;
/** Commands that are sent at once. */
const portion = 500;
/** Milliseconds between two attempts of a job that fails; twice as many each time. */
const backoffMs = 2000;

export async function openJobs<Planned extends PlannedJob, Results>(
  connection: QueueConnection,
  planned: readonly Planned[],
  { attempts, priority, resultsIn, send: sendRest, startOf }: JobOptions<Planned, Results>,
): Promise<QueuedJobs<Planned, Results>> {
  const { keys, redis, say } = connection;
  const { ErrorCode } = connection.bullmq;
  const open = new Map<string, Planned>();
  let begun: number | undefined;
  const epochs = new Map<string, number>();
  const failures = new Map<string, Said>();
  /** How often results were of no use. */
  const damaged = new Map<string, number>();
  const { queue, events, close } = await openHeardQueue(connection);

  /** When all were looked at last. */
  let looked = Number.NEGATIVE_INFINITY;
  /** Jobs that events have told of, and who waits for any. */
  const heard = new Set<string>();
  let wake = () => {};
  const hear = (id: string) => {
    if (!open.has(id)) return;
    heard.add(id);
    wake();
  };
  events.on('progress', ({ jobId, data }) => {
    const parsed = progressSchema.safeParse(data);
    if (!parsed.success || !open.has(jobId)) return;
    begun ??= performance.now();
    epochs.set(jobId, parsed.data.epochs);
  });
  events.on('active', ({ jobId }) => {
    if (!open.has(jobId)) return;
    begun ??= performance.now();
    wake();
  });
  events.on('completed', ({ jobId }) => hear(jobId));
  // One that is tried again may have lacked what only this process has.
  events.on('delayed', ({ jobId }) => {
    looked = Number.NEGATIVE_INFINITY;
    hear(jobId);
  });
  events.on('failed', ({ jobId, failedReason }) => {
    if (open.has(jobId)) failures.set(jobId, decodeFailure(failedReason));
    hear(jobId);
  });

  const add = async (jobs: readonly Planned[]) => {
    const backoff = { type: 'exponential', delay: backoffMs, jitter: 0.5 };
    const opts = { attempts, backoff, priority };
    for (const some of chunks(jobs, portion)) {
      if (startOf) for (const job of some) await startJobStore(connection, job.id, await startOf(job));
      const bulk = some.map(({ id, data }) => ({ name: data.kind, data, opts: { ...opts, jobId: id } }));
      const added = await onceWritable(connection, () => queue.addBulk(bulk));
      await prioritize(added);
    }
  };
  /** Another submitter of the same may have taken it up, or tried it again, just now: what is lost is seen later. */
  const unlessGone = (work: Promise<void>) =>
    work.catch((error) => {
      if (error.code !== ErrorCode.JobNotExist && error.code !== ErrorCode.JobNotInState) throw error;
    });
  /** Those that were there with another priority get this one; the others keep their turn. */
  const prioritize = async (added: readonly Job[]) => {
    const asked = redis.pipeline();
    for (const { id } of added) asked.hget(queue.toKey(id!), 'priority');
    const known = (await asked.exec()) ?? [];
    const others = added.filter((_, index) => {
      const [error, own] = known[index];
      return !error && own !== null && Number(own) !== priority;
    });
    for (const job of others) await onceWritable(connection, () => unlessGone(job.changePriority({ priority })));
  };
  const remove = async (id: string) => {
    await onceWritable(connection, () => redis.unlink(keys.results(id), keys.parts(id)));
    const job: Job | undefined = await queue.getJob(id);
    // One that another worker is at, which was taken for dead, stays until that has ended.
    await job?.remove().catch(() => {});
  };
  const among = async (state: 'completed' | 'failed') => {
    const ids = await queue.getRanges([state], 0, -1);
    return ids.filter((id) => open.has(id));
  };

  const send = async (jobs: readonly Planned[]) => {
    if (jobs.length === 0) return;
    for (const job of jobs) {
      open.set(job.id, job);
      epochs.set(job.id, job.epochs ?? 0);
    }
    await add(jobs);
    const sent = new Set(jobs.map(({ id }) => id));
    for (const id of await among('failed')) {
      const job = sent.has(id) ? await queue.getJob(id) : undefined;
      if (job) await onceWritable(connection, () => unlessGone(job.retry('failed', { resetAttemptsMade: true })));
    }
  };
  try {
    await send(planned);
  } catch (error) {
    await close();
    throw error;
  }

  const forget = (id: string) => {
    open.delete(id);
    epochs.delete(id);
    failures.delete(id);
  };

  /** What is there of each job: events may have been lost with a connection. */
  const lookAtAll = async () => {
    // Before the results: a job is done when they are there.
    const completed = new Set(await among('completed'));
    for (const id of await among('failed')) {
      const job = await queue.getJob(id);
      failures.set(id, decodeFailure(job?.failedReason));
    }
    const done: string[] = [];
    const lost: Planned[] = [];
    for (const ids of chunks([...open.keys()], portion)) {
      const asked = redis.pipeline();
      for (const id of ids) asked.hexists(keys.results(id), doneField).exists(queue.toKey(id));
      const answers = (await asked.exec()) ?? [];
      for (const [index, id] of ids.entries()) {
        const [[, isDone], [, isThere]] = [answers[2 * index], answers[2 * index + 1]];
        if (isDone) done.push(id);
        else if (!isThere || completed.has(id)) lost.push(open.get(id)!);
      }
    }
    return { done, lost };
  };

  return {
    get open() {
      return [...open.values()];
    },
    get begun() {
      return begun;
    },
    failures,
    epochs: () => [...epochs.values()].reduce((sum, count) => sum + count, 0),
    async *arrived() {
      const all = performance.now() - looked > lookMs;
      const told = [...heard];
      heard.clear();
      const { done, lost } = all
        ? await lookAtAll()
        : { done: told.filter((id) => open.has(id)), lost: [] as Planned[] };
      for (const id of done) {
        const job = open.get(id)!;
        const fields = await readJobStore(connection, id);
        if (!doneIn(fields)) {
          // Another submitter of the same sweep has taken them up.
          if (!failures.has(id)) lost.push(job);
          continue;
        }
        const results = await resultsIn(fields, job);
        if (results) {
          yield { job, results };
          continue;
        }
        const damage = message(messages, 'result_damaged', { job: id.slice(0, 8) });
        const times = (damaged.get(id) ?? 0) + 1;
        damaged.set(id, times);
        if (times >= attempts) failures.set(id, damage);
        else {
          say(damage);
          lost.push(job);
        }
      }
      if (open.size === 0) return;
      // Also where nothing is lost: a table that arrived damaged is gone.
      if (all) await sendRest();
      if (all) looked = performance.now();
      if (lost.length === 0) return;
      for (const { id } of lost) await remove(id);
      await add(lost);
    },
    send,
    async withdraw() {
      for (const id of [...open.keys()]) {
        const job: Job | undefined = await queue.getJob(id);
        const state = await job?.getState();
        if (state === 'active' || state === 'completed') continue;
        // A worker may have begun with it just now.
        const isTaken = await job?.remove().then(
          () => false,
          () => true,
        );
        if (!isTaken) forget(id);
      }
    },
    async confirm({ id }) {
      await remove(id);
      forget(id);
    },
    change: (signal, ms = lookMs) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        wake = end;
        signal.addEventListener('abort', end);
        if (signal.aborted || heard.size > 0) end();
      }),
    close,
  };
}
