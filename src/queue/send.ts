/** What those who send a sweep and those who send a fit have in common: its table and task, and what is said of its jobs. */
import type { EngineChoice } from '../engine/request.ts';
import { queue } from '../messages/en/command-line/queue.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { storeVersion } from '../sweep/store/store.ts';
import { InputError, RunError } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { onceWritable, type QueueConnection } from './connection.ts';
import { listWorkers } from './heartbeat.ts';
import { sha256 } from './keys.ts';
import { maxTableSize, putTable } from './tables.ts';
import { type CommonTask, putTask, type Task } from './task.ts';

export interface Sent {
  table: { bytes: Uint8Array; source: string; reading: Record<string, unknown> };
  data: DataSettings;
  engine: EngineChoice;
  reproducible: boolean;
}

/** Who has sent jobs. */
export interface Submission extends Sent {
  /** How often a job is tried that fails. */
  attempts: number;
  /** Of its jobs: see `priorities`. */
  priority: number;
  /** Goes away; workers go on. */
  signal: AbortSignal;
}

/** @throws InputError where the table is too large */
export function commonTask({ table, data, engine, reproducible }: Sent): CommonTask {
  const { bytes, source, reading } = table;
  const { length: size } = bytes;
  if (size > maxTableSize) {
    throw new InputError(message(queue, 'queue_table_too_large', { size, limit: maxTableSize }), 'queue');
  }
  return { store: storeVersion, table: sha256(bytes), size, source, reading, data, engine, reproducible };
}

/** Table and task, unless they are there. @returns the hash of the task */
export async function sendTask(connection: QueueConnection, task: Task, bytes: Uint8Array): Promise<string> {
  await putTable(connection, task.table, bytes);
  const name = await putTask(connection, task);
  const { redis, keys, version } = connection;
  await onceWritable(connection, () => redis.sadd(keys.versions, version));
  return name;
}

/** Says it where nobody would take the jobs. */
export async function lookForWorkers(connection: QueueConnection): Promise<void> {
  const { version, say } = connection;
  const workers = await listWorkers(connection);
  if (workers.some((worker) => worker.version === version)) return;
  const versions = [...new Set(workers.map((worker) => worker.version))];
  say(message(queue, 'no_workers', { version, versions }));
}

/** @param of jobs that were sent */
export function jobsFailed(failures: ReadonlyMap<string, Said>, of: number): RunError {
  const [why] = failures.values();
  return new RunError(message(queue, 'jobs_failed', { count: failures.size, of, why }));
}
