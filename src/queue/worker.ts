/**
 * A worker: takes jobs from the queue and lets other processes train them. The lock of a job is renewed here, where nothing else
 * keeps the event loop busy. What a job has come to lies in the queue before the job is done, so that one which runs twice, as
 * its worker was taken for dead, counts once.
 */
import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import { queue } from '../messages/en/command-line/queue.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { pause } from '../util/promises.ts';
import { onceWritable, type QueueConnection, refusalOf } from './connection.ts';
import { encodeFailure } from './failure.ts';
import { beat } from './heartbeat.ts';
import { JobLost, type JobStore, openJobStore } from './job-store.ts';
import { expiry } from './keys.ts';
import { latestWriter } from './latest-writer.ts';
import { createPace } from './pace.ts';
import { doneField, doneIn } from './results.ts';
import { tableCache } from './tables.ts';
import { checkJob, type Done, type JobProgress, type Task, takeTask } from './task.ts';
import { type Trainer, TrainingError } from './trainer.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface WorkerOptions {
  /** Jobs at a time, each in a process of its own. */
  concurrency: number;
  /** Seconds without a sign of life after which a job goes to another worker. */
  lock: number;
  startTrainer(): Trainer;
  /** Ends the worker: what trains is saved and given back. */
  signal: AbortSignal;
}

/** A job may lose its worker so often: what kills workers is no fault of the job. */
const maxStalled = 100;

/** Milliseconds after which a server that has refused is asked again. */
const restMs = 1000;

export async function runWorker(connection: QueueConnection, options: WorkerOptions): Promise<void> {
  const { bullmq, keys, redis, say, version } = connection;
  const { ErrorCode, UnrecoverableError, WaitingError } = bullmq;
  const { concurrency, lock, signal, startTrainer } = options;
  const machine = hostname();
  const tables = tableCache(connection);
  const counts = { active: 0, jobs: 0, trials: 0 };
  const pace = createPace();
  const idle: Trainer[] = [];
  const all = new Set<Trainer>();
  const start = () => {
    const trainer = startTrainer();
    all.add(trainer);
    return trainer;
  };
  const first = start();
  let known: { engine: string; adapter: string };
  try {
    known = await first.ready();
  } catch (error) {
    first.kill();
    throw error instanceof TrainingError ? new InputError(error.said) : error;
  }
  idle.push(first);

  const tasks = new Map<string, Task>();
  const taskOf = async (name: string) => {
    const task = tasks.get(name) ?? (await takeTask(connection, name));
    tasks.set(name, task);
    return task;
  };

  const shortName = (job: Job) => job.id?.slice(0, 8) ?? '';
  /** Jobs that others have now, until what trains here has let go of them. */
  const lost = new Set<string>();
  const letGo = (job: string) => {
    if (lost.has(job)) return;
    lost.add(job);
    say(message(queue, 'worker_lost_job', { machine, job: job.slice(0, 8) }));
    worker.cancelJob(job);
  };

  const giveBack = (job: Job, token?: string) =>
    job.moveToWait(token).catch((error) => {
      const { JobNotExist, JobLockNotExist, JobLockMismatch } = ErrorCode;
      if (![JobNotExist, JobLockNotExist, JobLockMismatch].includes(error.code)) throw error;
      letGo(job.id!);
    });

  const train = async (job: Job, store: JobStore, trainer: Trainer, given?: AbortSignal): Promise<Done | undefined> => {
    const data = checkJob(job.data);
    const before = doneIn(store.fields);
    if (before) return before;
    const save = async (...value: Parameters<JobStore['write']>) => {
      try {
        await store.write(...value);
      } catch (error) {
        if (error instanceof JobLost) letGo(job.id!);
        throw error;
      }
    };
    const isCut = async () => (await redis.exists(keys.cut(data.task))) > 0;
    const take = async () => {
      const task = await taskOf(data.task);
      return { task, table: await tables.file(task.table), cut: await isCut() };
    };
    // Asked to end meanwhile: its trainer has not heard of that, or not of this job.
    const taken = await unlessAborted(take(), signal);
    if (!taken) return undefined;
    const { cut, ...own } = taken;
    const saved = latestWriter<Uint8Array | undefined>(save);
    let trains = true;
    const hear = async () => {
      if ((await isCut()) && trains) trainer.cut();
    };
    // What the server refuses is told, and asked, the next time.
    const told = latestWriter<JobProgress>((_, progress) =>
      Promise.all([job.updateProgress(progress), hear()]).catch(() => {}),
    );
    const trained = cut
      ? { ...known, trials: 0, seconds: 0 }
      : await trainer.train(
          { ...own, name: data.task, job: data, stored: Object.entries(store.fields) },
          {
            signal: given,
            store: saved.put,
            progress: (progress) => told.put('progress', progress),
            notice: (what) => say(message(queue, 'worker_notice', { machine, job: shortName(job), what })),
          },
        );
    trains = false;
    await saved.written();
    if (!trained) return undefined;
    const done: Done = { machine, ...trained };
    await save(doneField, JSON.stringify(done));
    known = { engine: done.engine, adapter: done.adapter };
    counts.trials += done.trials;
    pace.ended(done.trials);
    return done;
  };

  const work = async (job: Job, token: string | undefined, given: AbortSignal | undefined): Promise<Done> => {
    const trainer = idle.pop() ?? start();
    counts.active++;
    const short = shortName(job);
    try {
      const holder = { token: token ?? '', since: job.processedOn ?? 0 };
      const done = await train(job, await openJobStore(connection, job.id!, holder), trainer, given);
      if (!done) {
        await giveBack(job, token);
        throw new WaitingError();
      }
      counts.jobs++;
      const { trials } = done;
      const rate = pace.trials();
      say(
        message(queue, 'worker_job', { machine, job: short, trials, seconds: done.seconds, jobs: counts.jobs, rate }),
      );
      idle.push(trainer);
      return done;
    } catch (error) {
      if (error instanceof WaitingError || error instanceof JobLost || given?.aborted) {
        retire(trainer);
        throw error;
      }
      const said: Said = error instanceof TrainingError ? error.said : saidBy(error);
      say(message(queue, 'worker_failed', { machine, job: short, why: said }));
      // Its process may be what is wrong.
      retire(trainer);
      const everywhere = error instanceof TrainingError ? error.input : error instanceof InputError;
      const reason = encodeFailure(said);
      throw everywhere ? new UnrecoverableError(reason) : new Error(reason);
    } finally {
      lost.delete(job.id!);
      counts.active--;
      heart.changed();
    }
  };
  const retire = (trainer: Trainer) => {
    trainer.kill();
    all.delete(trainer);
  };

  const worker = new bullmq.Worker(keys.queue, (job, token, given) => work(job, token, given), {
    connection: connection.options,
    prefix: keys.prefix,
    name: machine,
    concurrency,
    lockDuration: 1000 * lock,
    stalledInterval: 1000 * lock,
    maxStalledCount: maxStalled,
    runRetryDelay: 1000,
    removeOnComplete: { age: expiry },
    removeOnFail: { age: expiry },
  });
  worker.on('error', restWhileRefused(connection, worker));
  worker.on('lockRenewalFailed', (jobs) => jobs.forEach(letGo));
  const heart = beat(connection, () => ({
    version,
    concurrency,
    ...known,
    ...counts,
    jobs_per_second: pace.jobs(),
    trials_per_second: pace.trials(),
  }));
  try {
    say(message(queue, 'worker_waits', { machine, queue: connection.address.name, ...known }));
    const versions = (await redis.smembers(keys.versions)).filter((other) => other !== version);
    if (versions.length > 0) say(message(queue, 'other_versions', { version, versions }));
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
      if (signal.aborted) resolve();
    });
  } finally {
    // No further jobs; those that train are given back.
    const closed = worker.close();
    if (counts.active > 0) say(message(queue, 'worker_gives_back', { machine, count: counts.active }));
    for (const trainer of all) trainer.stop();
    await closed;
    for (const trainer of all) trainer.kill();
    await heart.stop();
  }
}

/**
 * BullMQ asks for the next job again at once where the server refuses to give one (it has no memory, or cannot write its
 * files), which keeps both busy with nothing else. Other errors need nothing: a connection that is gone has been told of, and a
 * job whose lock is gone is another worker's.
 */
function restWhileRefused(connection: QueueConnection, worker: Worker): (error: Error) => void {
  const { redis, keys, say, address } = connection;
  let resting = false;
  const rest = async (error: Error) => {
    await worker.pause(true);
    // The probe says the others.
    if (!refusalOf(error)) say(message(queue, 'queue_refuses', { queue: address.name, detail: error.message }));
    const probe = () =>
      onceWritable(connection, () => redis.hset(keys.probe, 'at', Date.now())).then(
        () => true,
        () => false, // for as long as what has been said of the server lasts
      );
    while (!worker.closing && !(await probe())) await pause(restMs);
    await pause(restMs);
    if (!worker.closing) await worker.resume();
    resting = false;
  };
  return (error) => {
    if (error.name !== 'ReplyError' || resting) return;
    resting = true;
    // The connection ends with the worker.
    rest(error).catch(() => {});
  };
}
