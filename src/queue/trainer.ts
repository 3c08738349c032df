/**
 * The process that trains for a worker, as the worker knows it. It is another process because training keeps its event loop
 * busy for longer than a lock may go without being renewed; BullMQ's own child processes take JSON alone, keep no engine or
 * table from job to job, and cannot be told to save and stop.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { queue } from '../messages/en/command-line/queue.ts';
import { RunError } from '../util/errors.ts';
import { type Message, message, type Said } from '../util/message.ts';
import { passwordVariable } from './address.ts';
import type { Done, JobData, JobProgress, Task } from './task.ts';

export interface TrainRequest {
  task: Task;
  /** Of the task. */
  name: string;
  job: JobData;
  /** A file with the table. */
  table: string;
  /** What the job's store has already, as `encodeCheckpoint` writes it. */
  stored: [name: string, bytes: Uint8Array][];
}

export type Trained = Omit<Done, 'machine'>;

/** What the worker says to it. */
export type ToTrainer = { kind: 'train'; request: TrainRequest } | { kind: 'cut' } | { kind: 'stop' };

/** What it says to the worker. `store` without bytes removes a value. */
export type FromTrainer =
  | { kind: 'ready'; engine: string; adapter: string }
  | { kind: 'store'; name: string; bytes?: Uint8Array }
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'notice'; said: Said }
  | { kind: 'done'; trained: Trained }
  | { kind: 'stopped' }
  | { kind: 'failed'; said: Message; input: boolean };

export interface TrainWatch {
  store(name: string, bytes: Uint8Array | undefined): void;
  progress(progress: JobProgress): void;
  /** What a person should know of the job. */
  notice(said: Said): void;
  /** Ends the process: somebody else has the job. */
  signal?: AbortSignal;
}

export interface Trainer {
  /** What it trains with, as far as that is known before there is a job. */
  ready(): Promise<{ engine: string; adapter: string }>;
  /** @returns undefined where it was stopped @throws TrainingError where training failed, RunError where the process ended */
  train(request: TrainRequest, watch: TrainWatch): Promise<Trained | undefined>;
  /** Ends what trains where it is: what there is of it counts. */
  cut(): void;
  /** Saves what trains, and stops. */
  stop(): void;
  /** At once. */
  kill(): void;
}

/** What went wrong in training. */
export class TrainingError extends Error {
  readonly said: Message;
  /** Whether it would go wrong everywhere. */
  readonly input: boolean;
  constructor(said: Message, input: boolean) {
    super(said.text);
    this.said = said;
    this.input = input;
  }
}

/** Milliseconds for it to save; then it is killed, and the job goes to another worker when its lock ends. */
const stopTimeoutMs = 20_000;

/** @param file the process @param words what it is called with */
export function forkTrainer(file: string, words: readonly string[]): Trainer {
  const child = fork(file, words, {
    serialization: 'advanced',
    env: { ...process.env, [passwordVariable]: undefined },
  });
  // Told by what waits for it, now or later: `answerOf` finds that it has ended.
  child.on('error', () => {});
  let stopping = false;
  const tell = (said: ToTrainer) => {
    if (child.connected) child.send(said);
  };
  return {
    ready: () =>
      answerOf(child, (said) => (said.kind === 'ready' ? { engine: said.engine, adapter: said.adapter } : undefined)),
    async train(request, { store, progress, notice, signal }) {
      const kill = () => child.kill('SIGKILL');
      signal?.addEventListener('abort', kill);
      try {
        if (signal?.aborted) kill();
        tell({ kind: 'train', request });
        const ended = await answerOf(child, (said) => {
          if (said.kind === 'store') store(said.name, said.bytes);
          if (said.kind === 'progress') progress(said.progress);
          if (said.kind === 'notice') notice(said.said);
          return said.kind === 'done' || said.kind === 'stopped' ? said : undefined;
        });
        return ended.kind === 'done' ? ended.trained : undefined;
      } catch (error) {
        // It was asked to stop, and took too long for that.
        if (stopping && !(error instanceof TrainingError)) return undefined;
        throw error;
      } finally {
        signal?.removeEventListener('abort', kill);
      }
    },
    cut: () => tell({ kind: 'cut' }),
    stop() {
      stopping = true;
      tell({ kind: 'stop' });
      setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs).unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** @param take what is waited for, of all that it says */
function answerOf<Answer>(child: ChildProcess, take: (said: FromTrainer) => Answer | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = () => {
      child.off('message', hear).off('exit', ended).off('error', fail);
    };
    const fail = (error: unknown) => {
      done();
      reject(error);
    };
    const ended = (code: number | null, signal: NodeJS.Signals | null) =>
      fail(new RunError(message(queue, 'trainer_ended', { how: signal ?? `exit code ${code}` })));
    const hear = (said: FromTrainer) => {
      if (said.kind === 'failed') return fail(new TrainingError(said.said, said.input));
      const answer = take(said);
      if (answer === undefined) return;
      done();
      resolve(answer);
    };
    child
      .on('message', hear as (said: unknown) => void)
      .on('exit', ended)
      .on('error', fail);
    if (child.exitCode !== null || child.signalCode !== null) ended(child.exitCode, child.signalCode);
  });
}
