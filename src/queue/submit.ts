/**
 * A sweep whose trials other machines train: what its store lacks is sent as jobs, and their results go into the store as they
 * come. Nothing else is known here, so that who has sent a sweep may go away at any moment and come back.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Notice } from '../data/table/notices.ts';
import type { EngineChoice } from '../engine/request.ts';
import { queue as messages } from '../messages/en/queue.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { checkSweep, type SweepInput } from '../sweep/definition.ts';
import { type SweepProgress, sweepProgress } from '../sweep/progress.ts';
import { halvingOf } from '../sweep/rungs.ts';
import { type SweepStore, storeVersion } from '../sweep/store.ts';
import { InputError, RunError } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { onceThereIsRoom, type QueueConnection } from './connection.ts';
import { listWorkers } from './heartbeat.ts';
import { openJobs, type QueuedJobs } from './jobs.ts';
import { sha256 } from './keys.ts';
import { type PlannedJob, planSweep, withoutHistory } from './plan.ts';
import { maxTableSize, putTable } from './tables.ts';
import { putTask, type Task } from './task.ts';

export interface SubmitOptions {
  store: SweepStore;
  table: { bytes: Uint8Array; source: string; reading: Record<string, unknown> };
  data: DataSettings;
  engine: EngineChoice;
  reproducible: boolean;
  /** Trials of a job; by the size of the sweep where absent. */
  jobTrials?: number;
  /** How often a job is tried that fails. */
  attempts: number;
  /** Goes away; workers go on. */
  signal: AbortSignal;
  progress?(progress: SweepProgress): void;
  /** Gets what is wrong with the store. */
  notices: Notice[];
}

/**
 * Returns when the store has all results, or the signal aborts.
 * @returns trials of the sweep, and those that are left
 * @throws InputError as `sweep`; RunError where jobs have failed and all others are done
 */
export async function submitSweep(
  connection: QueueConnection,
  sets: readonly DataSet[],
  input: SweepInput,
  options: SubmitOptions,
): Promise<{ trials: number; left: number }> {
  const { store, table, data, engine, reproducible, signal, notices } = options;
  const { bytes, source, reading } = table;
  if (bytes.length > maxTableSize) {
    throw new InputError(
      message(messages, 'queue_table_too_large', { size: bytes.length, limit: maxTableSize }),
      'queue',
    );
  }
  const definition = checkSweep(input);
  const plan = await planSweep(definition, sets, store, notices, options.jobTrials);
  const hash = sha256(bytes);
  const { length: size } = bytes;
  const task: Task = {
    store: storeVersion,
    table: hash,
    size,
    source,
    reading,
    data,
    sweep: definition,
    engine,
    reproducible,
  };
  const send = async () => {
    await putTable(connection, hash, bytes);
    return putTask(connection, task);
  };
  const planned = plan.jobs(await send());
  const { redis, keys, version, say, address } = connection;
  await onceThereIsRoom(connection, () => redis.sadd(keys.versions, version));
  const left = () => plan.specs.length - ended.length;
  const { ended } = plan;
  const begun = performance.now();
  const halving = halvingOf(definition, plan.specs);
  const jobs = await openJobs(connection, planned, options.attempts);
  const report = () => {
    const seconds = (performance.now() - begun) / 1000;
    const { ofEpochs, ...progress } = sweepProgress(plan.specs, ended, [], halving, seconds);
    const open = jobs.open.flatMap(({ specs }) => specs).reduce((sum, { trial }) => sum + trial.training.epochs, 0);
    const epochs = ofEpochs - open + jobs.epochs();
    options.progress?.({ ...progress, ofEpochs, epochs, left: undefined });
  };
  try {
    if (planned.length > 0) {
      const trials = left();
      say(message(messages, 'jobs_sent', { jobs: planned.length, trials, queue: address.name }));
    }
    await lookForWorkers(connection, jobs);
    while (jobs.open.length > 0 && !signal.aborted) {
      report();
      for await (const { job, results } of jobs.arrived(plan.keys, send)) {
        for (const [name, population] of results) {
          await store.write(name, population);
          const specs = new Map(job.specs.map((spec) => [plan.keys[spec.place], spec]));
          ended.push(...population.trials.map(({ key, result }) => withoutHistory(specs.get(key)!, result)));
        }
        await jobs.confirm(job);
        report();
        if (signal.aborted) break;
      }
      if (jobs.open.length > 0 && jobs.open.every(({ id }) => jobs.failures.has(id))) {
        throw failed(jobs, planned);
      }
      if (jobs.open.length > 0) await jobs.change(signal);
    }
    report();
    return { trials: plan.specs.length, left: left() };
  } finally {
    await jobs.close();
  }
}

function failed({ failures }: QueuedJobs, planned: readonly PlannedJob[]): RunError {
  const [why] = failures.values() as Iterable<Said>;
  return new RunError(message(messages, 'jobs_failed', { count: failures.size, of: planned.length, why }));
}

/** Says it where nobody would take the jobs. */
async function lookForWorkers(connection: QueueConnection, { open }: QueuedJobs): Promise<void> {
  const { version, say } = connection;
  const workers = await listWorkers(connection);
  if (open.length === 0 || workers.some((worker) => worker.version === version)) return;
  const versions = [...new Set(workers.map((worker) => worker.version))];
  say(message(messages, 'no_workers', { version, versions }));
}
