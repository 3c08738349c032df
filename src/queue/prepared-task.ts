/** A task in the process that trains: what its jobs share is made once. */
import { createReadStream } from 'node:fs';
import { readCsv } from '../data/read/csv.ts';
import { checkReading } from '../data/read/csv-options.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import type { SweepStore } from '../sweep/store/store.ts';
import type { Said } from '../util/message.ts';
import type { Done, JobData, JobProgress, Task } from './task.ts';

export interface PreparedTask<Data extends JobData = JobData> {
  /** @throws InputError where the job is of other numbers */
  train(engine: Engine, job: Data, options: TrainOptions): Promise<Pick<Done, 'engine' | 'adapter' | 'trials'>>;
}

export interface TrainOptions {
  /** Of the job: what it holds when it has trained are the results. */
  store: SweepStore;
  /** Aborts where what trains is to be saved. */
  signal: AbortSignal;
  /** Aborts where what trains is to be cut off, and counts as it is. */
  cut: AbortSignal;
  progress(progress: JobProgress): void;
  /** Tells a person. */
  say(said: Said): void;
}

/** @param file with its table */
export function readTaskTable({ source, size, reading }: Task, file: string): Promise<Table> {
  return readCsv(() => createReadStream(file), { ...checkReading(reading), source, size });
}
