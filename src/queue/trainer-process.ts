/** The process that trains for a worker, from within: what it makes of a task it keeps for the jobs that follow. */
import { gunzipSync } from 'node:zlib';
import type { Engine } from '../engine/engine.ts';
import { decodeCheckpoint } from '../machine/checkpoint-file.ts';
import { queue } from '../messages/en/command-line/queue.ts';
import { type SweepStore, UnusableError } from '../sweep/store/store.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';
import { prepareFitTask } from './fit/train.ts';
import type { PreparedTask } from './prepared-task.ts';
import { packedValue } from './results.ts';
import { prepareSweep } from './sweep/train.ts';
import type { Task } from './task.ts';
import type { FromTrainer, ToTrainer, TrainRequest } from './trainer.ts';
import { unlessAborted } from './unless-aborted.ts';

export type OpenEngine = (task: Pick<Task, 'engine' | 'reproducible'>) => Promise<Engine>;

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
  let prepared: { name: string; task: PreparedTask } | undefined;
  let abort = new AbortController();
  let cut = new AbortController();
  const getReady = async ({ name, task, table, job }: TrainRequest) => {
    if (task.kind !== job.kind) throw new InputError(message(queue, 'job_foreign'), 'job');
    if (prepared?.name !== name) prepared = { name, task: await prepare(task, table) };
    return { task: prepared.task, engine: await engineFor(task) };
  };
  const train = async (request: TrainRequest) => {
    const begun = performance.now();
    const ready = await unlessAborted(getReady(request), abort.signal);
    if (!ready) return tell({ kind: 'stopped' });
    let reported = Number.NEGATIVE_INFINITY;
    const trained = await ready.task.train(ready.engine, request.job, {
      signal: abort.signal,
      cut: cut.signal,
      store: sharedStore(request.stored, (name, bytes) => tell({ kind: 'store', name, bytes })),
      progress(progress) {
        if (performance.now() - reported < progressPauseMs) return;
        reported = performance.now();
        tell({ kind: 'progress', progress });
      },
      say: (said) => tell({ kind: 'notice', said }),
    });
    if (abort.signal.aborted) return tell({ kind: 'stopped' });
    const seconds = (performance.now() - begun) / 1000;
    tell({ kind: 'done', trained: { ...trained, seconds } });
  };
  process.on('message', async (said: ToTrainer) => {
    if (said.kind === 'stop') return abort.abort();
    if (said.kind === 'cut') return cut.abort();
    [abort, cut] = [new AbortController(), new AbortController()];
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

function prepare(task: Task, file: string): Promise<PreparedTask> {
  return task.kind === 'sweep' ? prepareSweep(task, file) : prepareFitTask(task, file);
}

/** What has no code is a defect of the program, or a fault of the system. */
function asMessage(error: unknown): Message {
  const said = saidBy(error);
  return typeof said === 'string' ? { code: 'unknown', params: {}, text: said } : said;
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
      const bytes = packedValue(value);
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
