/**
 * What jobs are: parts of a task, which is what they have in common: how its table is read and prepared, and what is tried on
 * it. A task is stored once, by the SHA-256 of its JSON; a job names it. The kind of both says what they are of.
 */
import * as z from 'zod/mini';
import { checkReading } from '../data/read/csv-options.ts';
import { engineChoices } from '../engine/request.ts';
import { queue } from '../messages/en/command-line/queue.ts';
import { checkData, checkFit } from '../spec/check.ts';
import { checkSweep } from '../sweep/definition/definition.ts';
import { storeVersion } from '../sweep/store/store.ts';
import { InputError, RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { onceWritable, type QueueConnection } from './connection.ts';
import { expiry, jsonIn, sha256 } from './keys.ts';

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const settings = z.record(z.string(), z.unknown());

/** Of every kind of task. */
const common = {
  store: z.literal(storeVersion),
  /** The SHA-256 of its bytes. */
  table: hash,
  /** Bytes. */
  size: z.number(),
  /** What messages call it, and what its kind may be known by. */
  source: z.string(),
  reading: settings,
  data: settings,
  /** What is to train; `auto` leaves that to the worker. */
  engine: z.enum(engineChoices),
  /** On the CPU: the same bits on every machine. */
  reproducible: z.boolean(),
};

const sweepTask = z.object({ kind: z.literal('sweep'), ...common, sweep: settings });

const fitTask = z.object({
  kind: z.literal('fit'),
  ...common,
  fit: settings,
  /** A digest of the rows that a worker has to make of table and settings. */
  rows: hash,
});

const taskSchema = z.discriminatedUnion('kind', [sweepTask, fitTask]);

export type Task = z.infer<typeof taskSchema>;
export type SweepTask = z.infer<typeof sweepTask>;
export type FitTask = z.infer<typeof fitTask>;

/** What all kinds have. */
export type CommonTask = Omit<SweepTask, 'kind' | 'sweep'>;

/** Of a job. */
export const mostTrials = 1024;

const sweepJob = z.object({
  kind: z.literal('sweep'),
  /** The SHA-256 of the task. */
  task: hash,
  /** Places of its trials in the sweep. */
  trials: z.array(z.int().check(z.nonnegative())).check(z.minLength(1), z.maxLength(mostTrials)),
  /** The SHA-256 of their keys in a store: what a worker has to make of table and settings. */
  keys: hash,
  /** With successive halving: epochs after which the trials that have not ended wait, in the job's store. */
  until: z.optional(z.int().check(z.positive())),
  /** Configurations that have stopped at rungs before, or stop now. */
  losers: z.optional(
    z.array(
      z.object({
        rung: z.int().check(z.positive()),
        configurations: z.array(z.int().check(z.nonnegative())).check(z.maxLength(mostTrials)),
      }),
    ),
  ),
});

const fitJob = z.object({
  kind: z.literal('fit'),
  /** The SHA-256 of the task. */
  task: hash,
  /** Its number in the sequence of the fit. */
  pack: z.int().check(z.nonnegative()),
  /** Epochs after which it is cut off. */
  limit: z.optional(z.int().check(z.positive())),
});

const jobSchema = z.discriminatedUnion('kind', [sweepJob, fitJob]);

export type JobData = z.infer<typeof jobSchema>;
export type SweepJobData = z.infer<typeof sweepJob>;
export type FitJobData = z.infer<typeof fitJob>;

/**
 * BullMQ's: jobs of a lower one are taken first, those of the same one in the order in which they came. What has none goes before all,
 * so every job has one: somebody may always have to go first.
 */
export const priorities = { first: 1, usual: 50, last: 100 };

/** What a worker answers; the results are too large for that, and lie beside the job. */
export const doneSchema = z.object({
  machine: z.string(),
  engine: z.string(),
  adapter: z.string(),
  trials: z.number(),
  /** In training, with what had to be prepared. */
  seconds: z.number(),
});

export type Done = z.infer<typeof doneSchema>;

/** How far a job is. */
export const progressSchema = z.object({ ended: z.number(), epochs: z.number() });

export type JobProgress = z.infer<typeof progressSchema>;

/** The same for the same data: a job that is sent again is the one that is there. */
export function jobId(data: JobData): string {
  return sha256(JSON.stringify(Object.entries(data).sort())).slice(0, 32);
}

/** @throws InputError where the job is of another program */
export function checkJob(data: unknown): JobData {
  const parsed = jobSchema.safeParse(data);
  if (!parsed.success) throw new InputError(message(queue, 'job_foreign'), 'job');
  return parsed.data;
}

export function taskName(task: Task): string {
  return sha256(JSON.stringify(task));
}

/** @returns its name */
export async function putTask(connection: QueueConnection, task: Task): Promise<string> {
  const text = JSON.stringify(task);
  const name = taskName(task);
  await onceWritable(connection, () => connection.redis.set(connection.keys.task(name), text, 'EX', expiry));
  return name;
}

/** @throws RunError where it is gone, InputError where something else has its name */
export async function takeTask({ redis, keys }: QueueConnection, name: string): Promise<Task> {
  const text = await redis.get(keys.task(name));
  if (text === null) throw new RunError(message(queue, 'task_missing'));
  const parsed = sha256(text) === name ? taskSchema.safeParse(jsonIn(text)) : undefined;
  if (!parsed?.success) throw new InputError(message(queue, 'job_foreign'), 'job');
  const task = parsed.data;
  // Refused by the settings' own schemas as on the command line.
  checkReading(task.reading);
  checkData(task.data);
  if (task.kind === 'sweep') checkSweep(task.sweep);
  else checkFit(task.fit);
  return task;
}
