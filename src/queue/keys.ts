/** The names of what is on the queue. All but the jobs, which are BullMQ's, is made by this program and expires by itself. */
import { createHash } from 'node:crypto';

const prefix = 'perceptron-lab';

/** Seconds after which what nobody has asked for is gone: a submitter may be away for a long weekend. */
export const expiry = 7 * 24 * 3600;

/**
 * Bytes of a part of what is larger: a server takes so much whatever it is set to (`proto-max-bulk-len` is 1 MiB or more), and answers
 * nobody else while it takes one in.
 */
export const partSize = 1_000_000;

export interface Keys {
  /** Of BullMQ's keys, and of all others. */
  prefix: string;
  /** BullMQ's queue: one for each version, whose workers take no others. */
  queue: string;
  /** What is known of a table, by the SHA-256 of its bytes. */
  table(hash: string): string;
  /** A part of its bytes. */
  tablePart(hash: string, index: number): string;
  /** What jobs have in common, by its SHA-256. */
  task(hash: string): string;
  /** Where it is there, no job of a task is begun any more, and what trains is cut off and counts. */
  cut(task: string): string;
  /** What a job has come to: the values of its sweep's store, by name. */
  results(job: string): string;
  /** The parts of those values that are large. */
  parts(job: string): string;
  /** Of all versions: a field for each worker. */
  workers: string;
  /** How a sweep stands, by its task: what its submitter tells. */
  work(task: string): string;
  /** Of all versions: tasks that something is told of, by when it began. */
  works: string;
  /** Written to see whether that is possible. */
  probe: string;
  /** Versions whose sweeps have been sent. */
  versions: string;
}

export function keysOf(version: string): Keys {
  return {
    prefix,
    queue: `sweeps-${version}`,
    table: (hash) => `${prefix}:table:${hash}`,
    tablePart: (hash, index) => `${prefix}:table:${hash}:${index}`,
    task: (hash) => `${prefix}:task:${hash}`,
    cut: (task) => `${prefix}:cut:${task}`,
    results: (job) => `${prefix}:results:${job}`,
    parts: (job) => `${prefix}:parts:${job}`,
    workers: `${prefix}:workers`,
    work: (task) => `${prefix}:work:${task}`,
    works: `${prefix}:works`,
    probe: `${prefix}:probe`,
    versions: `${prefix}:versions`,
  };
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Undefined where there is none. */
export function jsonIn(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
