/** A worker thread of the CPU engine: its messages and its main function. */

/** Messages to a worker. `memory` of a population is named by `id`. */
export type WorkerMessage =
  | { kind: 'open'; id: number; module: WebAssembly.Module; memory: WebAssembly.Memory }
  | { kind: 'close'; id: number }
  | { kind: 'work'; work: Work }
  | { kind: 'predict'; work: PredictWork };

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

/** What `predict` of the kernels takes, but for the work record. */
export interface PredictWork {
  id: number;
  problem: number;
  /** Addresses of the trials' records, 4 bytes each. */
  records: number;
  trials: number;
  /** This thread's work record. */
  at: number;
  features: number;
  rows: number;
  /** Rows of one part. */
  most: number;
  to: number;
  counter: number;
}

/**
 * Runs in the worker. Only its source text reaches the other thread, so it must not use anything from outside; a file of its
 * own would have a different address in bundles, pages and Node.
 */
function workerMain(port: {
  postMessage(message: unknown): void;
  listen(on: (message: WorkerMessage) => void): void;
}): void {
  type Kernels = {
    train(problem: number, job: number, work: number, thread: number, threads: number): void;
    predict(...of: number[]): void;
  };
  const populations = new Map<number, { kernels: Kernels; words: Int32Array }>();
  port.listen((message) => {
    if (message.kind === 'open') {
      const { id, module, memory } = message;
      const { exports } = new WebAssembly.Instance(module, { env: { memory, loss: () => 0 } });
      populations.set(id, { kernels: exports as unknown as Kernels, words: new Int32Array(memory.buffer) });
      port.postMessage('open');
    } else if (message.kind === 'close') {
      populations.delete(message.id);
    } else if (message.kind === 'predict') {
      const { id, problem, records, trials, at, features, rows, most, to, counter } = message.work;
      populations.get(id)?.kernels.predict(problem, records, trials, at, features, rows, most, to, counter);
      port.postMessage('done');
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

/** The same function in browsers and Node; only the message port differs. */
export const webWorkerSource = `(${workerMain})({ postMessage: (m) => self.postMessage(m), listen: (on) => { self.onmessage = (e) => on(e.data); } })`;
export const nodeWorkerSource = `const { parentPort } = require('node:worker_threads');
(${workerMain})({ postMessage: (m) => parentPort.postMessage(m), listen: (on) => parentPort.on('message', on) })`;
