/**
 * The other threads of the CPU engine. Each holds an instance of the kernels on the memory of every population that it was
 * told of, and works when it is told to: on trials of its own, which it takes by a counter that all share, or on its part of
 * one trial, in step with the others by the kernels' barrier. Between two pieces of work it waits for messages and holds
 * nothing up.
 */
import type { KernelModule } from './module.ts';

/** What a helper is sent. `memory` of a population is named by `id`. */
export type HelperMessage =
  | { kind: 'open'; id: number; module: WebAssembly.Module; memory: WebAssembly.Memory }
  | { kind: 'close'; id: number }
  | { kind: 'work'; work: Work };

/** Jobs lie at `jobs`, one address of 4 bytes each. */
export interface Work {
  id: number;
  problem: number;
  /** This thread's work record, or the one that all share. */
  at: number;
  jobs: number;
  count: number;
  /** A counter of jobs that are taken, where each thread takes trials of its own. */
  counter: number;
  /** This thread's number, and how many share each trial: 1 where each has trials of its own. */
  thread: number;
  threads: number;
}

export interface Threads {
  /** This one included. */
  readonly count: number;
  open(id: number, module: KernelModule, memory: WebAssembly.Memory): void;
  close(id: number): void;
  /** Has the helpers work, `works[t - 1]` helper t, and does `mine` meanwhile; one call at a time. */
  share(works: readonly Work[], mine: () => void): Promise<void>;
  end(): void;
}

/** More would wait for each other longer than they work. */
export const mostThreads = 16;

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

/**
 * What a helper does. Its text is all that reaches the other thread, so it may use nothing from outside: not even the
 * address of a file, which bundles, pages and Node would each find elsewhere.
 */
function helper(port: {
  postMessage(message: unknown): void;
  listen(on: (message: HelperMessage) => void): void;
}): void {
  type Kernels = { train(problem: number, job: number, work: number, thread: number, threads: number): void };
  const populations = new Map<number, { kernels: Kernels; words: Int32Array }>();
  port.listen((message) => {
    if (message.kind === 'open') {
      const { id, module, memory } = message;
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      populations.set(id, { kernels: exports as unknown as Kernels, words: new Int32Array(memory.buffer) });
    } else if (message.kind === 'close') {
      populations.delete(message.id);
    } else {
      const { id, problem, at, jobs, count, counter, thread, threads } = message.work;
      const population = populations.get(id);
      if (population) {
        const { kernels, words } = population;
        if (threads > 1) {
          for (let j = 0; j < count; j++) kernels.train(problem, words[(jobs >> 2) + j], at, thread, threads);
        } else {
          for (let j = Atomics.add(words, counter >> 2, 1); j < count; j = Atomics.add(words, counter >> 2, 1)) {
            kernels.train(problem, words[(jobs >> 2) + j], at, 0, 1);
          }
        }
      }
      port.postMessage('done');
    }
  });
  port.postMessage('ready');
}

interface Helper {
  post(message: HelperMessage): void;
  /** Called for every message back, and with an error when the thread is gone. */
  onmessage: (error?: Error) => void;
  end(): void;
}

const inPage = `(${helper})({ postMessage: (m) => self.postMessage(m), listen: (on) => { self.onmessage = (e) => on(e.data); } })`;
const inNode = `const { parentPort } = require('node:worker_threads');
(${helper})({ postMessage: (m) => parentPort.postMessage(m), listen: (on) => parentPort.on('message', on) })`;

function createHelper(): Helper {
  const node = nodeModule('worker_threads') as typeof import('node:worker_threads') | undefined;
  if (node) {
    const worker = new node.Worker(inNode, { eval: true });
    // A helper that waits is no reason for the process to stay.
    worker.unref();
    const made: Helper = {
      post: (m) => worker.postMessage(m),
      onmessage: () => {},
      end: () => void worker.terminate(),
    };
    worker.on('message', () => made.onmessage());
    worker.on('error', (error: Error) => made.onmessage(error));
    return made;
  }
  const url = URL.createObjectURL(new Blob([inPage], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const made: Helper = { post: (m) => worker.postMessage(m), onmessage: () => {}, end: () => worker.terminate() };
  worker.onmessage = () => made.onmessage();
  worker.onerror = (event) => made.onmessage(new Error(event.message || 'the worker could not start'));
  return made;
}

const answer = (helper: Helper) =>
  new Promise<void>((resolve, reject) => {
    helper.onmessage = (error) => (error ? reject(error) : resolve());
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
  let last: Promise<void> = Promise.resolve();
  return {
    count,
    open: (id, { module }, memory) => post({ kind: 'open', id, module, memory }),
    close: (id) => post({ kind: 'close', id }),
    share(works, mine) {
      const turn = last.then(() => shareNow(works, mine));
      last = turn.catch(() => {});
      return turn;
    },
    end,
  };
}
