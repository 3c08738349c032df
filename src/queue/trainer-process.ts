/** The process that trains for a worker, from within: a job is a sweep of some trials, whose store goes to the worker. */
import { createReadStream } from 'node:fs';
import { hostname } from 'node:os';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DataSet } from '../data/prepare/dataset.ts';
import { prepareWatched } from '../data/prepare/prepare.ts';
import { readCsv } from '../data/read/csv.ts';
import { checkReading } from '../data/read/csv-options.ts';
import type { Engine } from '../engine/engine.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../machine/checkpoint-file.ts';
import { queue } from '../messages/en/queue.ts';
import { checkData } from '../spec/check.ts';
import { checkSweep, listConfigurations, type Sweep } from '../sweep/definition.ts';
import { type SweepStore, UnusableError } from '../sweep/store.ts';
import { sweep } from '../sweep/sweep.ts';
import { listTrialSpecs, trialKeys } from '../sweep/trial-specs.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';
import { sha256 } from './keys.ts';
import type { Task } from './task.ts';
import type { FromTrainer, ToTrainer, TrainRequest } from './trainer.ts';

export type OpenEngine = (task: Pick<Task, 'engine' | 'reproducible'>) => Promise<Engine>;

/** What jobs of one task share. */
interface Prepared {
  name: string;
  folds: DataSet[];
  definition: Sweep;
  /** By trial. */
  keys: string[];
}

const progressPauseMs = 1000;

/** Trains what the worker asks for, until that goes away. */
export async function serveTrainer(open: OpenEngine): Promise<void> {
  const tell = (said: FromTrainer) => process.send?.(said);
  // The worker decides: a terminal sends these to both.
  process.on('SIGINT', () => {}).on('SIGTERM', () => {});
  process.on('disconnect', () => process.exit());
  let engine: { of: string; engine: Engine } | undefined;
  const engineFor = async (task: Pick<Task, 'engine' | 'reproducible'>) => {
    const of = `${task.engine} ${task.reproducible}`;
    if (engine?.of === of) return engine.engine;
    engine?.engine.destroy();
    engine = undefined;
    engine = { of, engine: await open(task) };
    return engine.engine;
  };
  let prepared: Prepared | undefined;
  let abort = new AbortController();
  const train = async (request: TrainRequest) => {
    const begun = performance.now();
    const { job, name, task } = request;
    if (prepared?.name !== name) prepared = { name, ...(await prepareTask(task, request.table)) };
    const { folds, definition, keys } = prepared;
    if (sha256(job.trials.map((place) => keys[place]).join('\n')) !== job.keys) {
      throw new InputError(message(queue, 'job_of_other_numbers'), 'job');
    }
    const trials = new Set(job.trials);
    let reported = Number.NEGATIVE_INFINITY;
    const { engine: info } = await sweep(await engineFor(task), folds, definition, {
      max_trials: keys.length,
      only: (place) => trials.has(place),
      machine: hostname(),
      signal: abort.signal,
      store: sharedStore(request.stored, (name, bytes) => tell({ kind: 'store', name, bytes })),
      progress({ ended, epochs }) {
        if (performance.now() - reported < progressPauseMs) return;
        reported = performance.now();
        tell({ kind: 'progress', progress: { ended, epochs } });
      },
    });
    if (abort.signal.aborted) return tell({ kind: 'stopped' });
    const seconds = (performance.now() - begun) / 1000;
    tell({ kind: 'done', trained: { engine: info.kind, adapter: info.adapter, seconds } });
  };
  process.on('message', async (said: ToTrainer) => {
    if (said.kind === 'stop') return abort.abort();
    abort = new AbortController();
    try {
      await train(said.request);
    } catch (error) {
      tell({ kind: 'failed', said: asMessage(error), input: error instanceof InputError });
    }
  });
  try {
    const { kind, adapter } = await engineFor({ engine: 'auto', reproducible: false });
    tell({ kind: 'ready', engine: kind, adapter });
  } catch (error) {
    tell({ kind: 'failed', said: asMessage(error), input: error instanceof InputError });
  }
}

/** What has no code is a defect of the program, or a fault of the system. */
function asMessage(error: unknown): Message {
  const said = saidBy(error);
  return typeof said === 'string' ? { code: 'unknown', params: {}, text: said } : said;
}

async function prepareTask(task: Task, file: string): Promise<Omit<Prepared, 'name'>> {
  const definition = checkSweep(task.sweep);
  const { source, size } = task;
  const table = await readCsv(() => createReadStream(file), { ...checkReading(task.reading), source, size });
  const folds = await prepareWatched(table, checkData(task.data), definition.folds, {});
  const [{ sets, outputs }] = folds;
  const specs = listTrialSpecs(definition, listConfigurations(definition, { rows: sets.train.length, outputs }));
  return { definition, folds, keys: await trialKeys(specs, folds) };
}

/** A store in memory whose values go to the worker as well. */
function sharedStore(
  stored: TrainRequest['stored'],
  send: (name: string, bytes: Uint8Array | undefined) => void,
): SweepStore {
  const values = new Map(stored);
  return {
    list: async () => [...values.keys()],
    async read(name) {
      const read = decodeCheckpoint(gunzipSync(values.get(name) ?? new Uint8Array()));
      if ('value' in read) return read.value;
      throw new UnusableError(name, read.problem);
    },
    async write(name, value) {
      const bytes = gzipSync(Buffer.concat(encodeCheckpoint(value)), { level: 1 });
      values.set(name, bytes);
      // Whose store it is, the worker knows.
      if (name !== 'about') send(name, bytes);
    },
    async remove(name) {
      values.delete(name);
      send(name, undefined);
    },
  };
}
