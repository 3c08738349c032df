/**
 * The other threads of the CPU engine, as one sees them who works with them. Each holds an instance of the kernels on the
 * memory of every population that it was told of, and works when it is told to: on trials of its own, which it takes by a
 * counter that all share, or on its part of one trial, in step with the others by the kernels' barrier. Between two pieces
 * of work it waits for messages and holds nothing up.
 */
import { RunError } from '../../../util/errors.ts';
import type { KernelModule } from '../module.ts';
import { type HelperMessage, inNode, inPage, type Work } from './helper.ts';
import { mostThreads } from './thread-limit.ts';

export interface Threads {
  /** This one included. */
  readonly count: number;
  /** One of them has failed: nobody is to wait for it any more. */
  readonly failed: boolean;
  /** Resolves when all know of this population. @throws Error where one cannot */
  open(id: number, module: KernelModule, memory: WebAssembly.Memory): Promise<void>;
  close(id: number): void;
  /** Has the helpers work, `works[t - 1]` helper t, and does `mine` meanwhile; one call at a time. */
  share(works: readonly Work[], mine: () => void): Promise<void>;
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
  return Math.max(1, Math.min(mostThreads, os?.availableParallelism() ?? navigator.hardwareConcurrency));
}

interface Helper {
  post(message: HelperMessage): void;
  /** Called for every message back, and with an error when the thread is gone. */
  onmessage: (error?: Error) => void;
  /** Whether an answer is pending: only then does the thread keep the process alive. */
  busy(pending: boolean): void;
  end(): void;
}

function createHelper(): Helper {
  const node = nodeModule('worker_threads') as typeof import('node:worker_threads') | undefined;
  if (node) {
    const worker = new node.Worker(inNode, { eval: true });
    const made: Helper = {
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
  const url = URL.createObjectURL(new Blob([inPage], { type: 'text/javascript' }));
  const worker = new Worker(url);
  // By its first message it has been read.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  const made: Helper = {
    post: (m) => worker.postMessage(m),
    onmessage: () => {},
    busy: () => {},
    end: () => worker.terminate(),
  };
  worker.onmessage = () => made.onmessage();
  worker.onerror = (event) => made.onmessage(new Error(event.message || 'the worker could not start'));
  return made;
}

const answer = (helper: Helper) =>
  new Promise<void>((resolve, reject) => {
    helper.busy(true);
    helper.onmessage = (error) => {
      helper.busy(false);
      if (error) reject(error);
      else resolve();
    };
  });

/** Resolves when all helpers have begun. @throws Error where a helper cannot */
export async function startThreads(count: number): Promise<Threads> {
  const helpers: Helper[] = [];
  const end = () => {
    for (const helper of helpers.splice(0)) helper.end();
  };
  try {
    for (let i = 1; i < count; i++) helpers.push(createHelper());
    await Promise.all(helpers.map(answer));
  } catch (error) {
    end();
    throw error;
  }
  const post = (message: HelperMessage) => {
    for (const helper of helpers) helper.post(message);
  };
  const shareNow = async (works: readonly Work[], mine: () => void) => {
    const done = Promise.all(works.map((_, i) => answer(helpers[i])));
    works.forEach((work, i) => {
      helpers[i].post({ kind: 'work', work });
    });
    mine();
    await done;
  };
  const openNow = async (message: HelperMessage) => {
    const done = Promise.all(helpers.map(answer));
    post(message);
    await done;
  };
  let failed = false;
  let last: Promise<void> = Promise.resolve();
  /** One after another: an answer says nothing of what it answers. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work).catch((error: Error) => {
      failed = true;
      if (error instanceof RunError) throw error;
      throw new RunError(`A thread of the CPU engine stopped (${error.message}); train again, or with one thread.`);
    });
    // Who comes after one that failed is told the same, rather than left to wait.
    last = turn;
    turn.catch(() => {});
    return turn;
  };
  return {
    count,
    get failed() {
      return failed;
    },
    open: (id, { module }, memory) => inTurn(() => openNow({ kind: 'open', id, module, memory })),
    close: (id) => post({ kind: 'close', id }),
    share: (works, mine) => inTurn(() => shareNow(works, mine)),
    end,
  };
}
