/**
 * The worker threads of the CPU engine. Each holds an instance of the kernels on the shared memory of every open population,
 * and trains on request: whole trials, which it takes by a shared counter, or its part of one trial, synchronized by the
 * kernels' barrier. When idle it waits for messages.
 */
import { cpu } from '../../../messages/en/engines/cpu.ts';
import { RunError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { awaitedLater } from '../../../util/promises.ts';
import type { KernelModule } from '../module.ts';
import { maxThreads } from './thread-limit.ts';
import { nodeWorkerSource, type WorkerMessage, webWorkerSource } from './worker.ts';

export interface Workers {
  /** This one included. */
  readonly count: number;
  /** A worker has failed; do not wait for it. */
  readonly failed: boolean;
  /** Resolves when all workers have opened this population. @throws Error where one cannot */
  open(id: number, module: KernelModule, memory: WebAssembly.Memory): Promise<void>;
  close(id: number): void;
  /** Worker t does `theirs[t - 1]` while this thread runs `mine`; one call at a time. */
  share(theirs: readonly WorkerMessage[], mine: () => void): Promise<void>;
  end(): void;
}

/** A module of Node's, without an import that a page's bundle would have to explain; nothing in a page. */
function nodeModule(name: string) {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(`node:${name}`);
}

/** How many threads this machine has work for. */
export function threadCount(): number {
  const os = nodeModule('os') as { availableParallelism(): number } | undefined;
  return Math.max(1, Math.min(maxThreads, os?.availableParallelism() ?? navigator.hardwareConcurrency));
}

interface WorkerHandle {
  post(message: WorkerMessage): void;
  /** Called for every message back, and with an error when the thread is gone. */
  onmessage: (error?: Error) => void;
  /** Whether an answer is pending: only then does the thread keep the process alive. */
  busy(pending: boolean): void;
  end(): void;
}

function createWorker(): WorkerHandle {
  const node = nodeModule('worker_threads') as typeof import('node:worker_threads') | undefined;
  if (node) {
    const worker = new node.Worker(nodeWorkerSource, { eval: true });
    const made: WorkerHandle = {
      post: (m) => worker.postMessage(m),
      onmessage: () => {},
      busy: (pending) => (pending ? worker.ref() : worker.unref()),
      end: () => void worker.terminate(),
    };
    worker.on('message', () => made.onmessage());
    worker.on('error', (error: Error) => made.onmessage(error));
    // After the listeners: Node takes one for 'message' as a reason to keep the process alive.
    worker.unref();
    return made;
  }
  const url = URL.createObjectURL(new Blob([webWorkerSource], { type: 'text/javascript' }));
  const worker = new Worker(url);
  // By its first message it has been read.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  const made: WorkerHandle = {
    post: (m) => worker.postMessage(m),
    onmessage: () => {},
    busy: () => {},
    end: () => worker.terminate(),
  };
  worker.onmessage = () => made.onmessage();
  worker.onerror = (event) => made.onmessage(new Error(event.message || 'the worker could not start'));
  return made;
}

const answer = (worker: WorkerHandle) =>
  new Promise<void>((resolve, reject) => {
    worker.busy(true);
    worker.onmessage = (error) => {
      worker.busy(false);
      if (error) reject(error);
      else resolve();
    };
  });

/** Resolves when all workers have started. @throws Error where one cannot */
export async function startWorkers(count: number): Promise<Workers> {
  const workers: WorkerHandle[] = [];
  const end = () => {
    for (const worker of workers.splice(0)) worker.end();
  };
  try {
    for (let i = 1; i < count; i++) workers.push(createWorker());
    await Promise.all(workers.map(answer));
  } catch (error) {
    end();
    throw error;
  }
  const post = (message: WorkerMessage) => {
    for (const worker of workers) worker.post(message);
  };
  const shareNow = async (theirs: readonly WorkerMessage[], mine: () => void) => {
    const done = awaitedLater(Promise.all(theirs.map((_, i) => answer(workers[i]))));
    theirs.forEach((message, i) => {
      workers[i].post(message);
    });
    mine();
    await done;
  };
  const openNow = async (message: WorkerMessage) => {
    const done = Promise.all(workers.map(answer));
    post(message);
    await done;
  };
  let failed = false;
  let last: Promise<void> = Promise.resolve();
  /** One request at a time: replies do not say which request they answer. */
  const serially = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work).catch((error: Error) => {
      failed = true;
      if (error instanceof RunError) throw error;
      throw new RunError(message(cpu, 'thread_stopped', { cause: error.message }));
    });
    // After a failure, later requests fail with the same error instead of waiting.
    last = awaitedLater(turn);
    return turn;
  };
  return {
    count,
    get failed() {
      return failed;
    },
    open: (id, { module }, memory) => serially(() => openNow({ kind: 'open', id, module, memory })),
    close: (id) => post({ kind: 'close', id }),
    share: (theirs, mine) => serially(() => shareNow(theirs, mine)),
    end,
  };
}
