/**
 * Distributes the work of a slice over threads: whole trials to whichever thread is free, or one trial's rows and tiles to
 * all. Workers are requested once a population has trained for a while, and used only where they are measured to pay.
 */

import type { CpuLayout } from '../memory/layout.ts';
import type { KernelModule, Kernels } from '../module.ts';
import type { ThreadTuner } from './thread-tuner.ts';
import type { PredictWork, Work, WorkerMessage } from './worker.ts';
import type { Workers } from './workers.ts';

/** Starts the engine's workers on first request. */
export interface WorkerProvider {
  /** Including this thread. */
  maxThreads: number;
  /** Undefined while they start, and where they cannot. */
  request(): Workers | undefined;
  sharing: Sharing;
}

/** When work is shared, and among how many. */
export interface Sharing {
  /** Milliseconds of training or predicting before workers are requested; most short runs are over by then. */
  after_ms: number;
  /** Milliseconds that a step of a single trial takes at least before its rows and tiles are shared. */
  step_ms: number;
  /** Milliseconds that a prediction takes one thread at least before its rows are shared. */
  predict_ms: number;
  /** Milliseconds of work in a slice by which a number of threads is tried. */
  trial_ms: number;
  createTuner: (candidates: readonly number[]) => ThreadTuner;
}

export interface ThreadPool {
  /** How many threads train the next slice, and how many of these population steps it has. */
  next(trials: number, populationSteps: number): { threads: number; populationSteps: number };
  /** Runs the jobs of these trials, which the host has written, on so many threads. */
  work(trials: readonly number[], threads: number): Promise<void>;
  /** Outputs of all trials for the first `rows` rows of the prediction buffer, on one thread or all. */
  predict(rows: number): Promise<void>;
  /** The same on this thread. */
  predictHere(rows: number): void;
  /** Records the time of a slice. */
  record(threads: number, populationSteps: number, milliseconds: number): void;
  end(): void;
}

let poolCount = 0;

export function createThreadPool(
  layout: CpuLayout,
  kernels: Kernels,
  module: KernelModule,
  memory: WebAssembly.Memory,
  provider: WorkerProvider,
): ThreadPool {
  const id = poolCount++;
  const { sharing } = provider;
  const { trials: parts, problem, workspaces, control, jobList, predictionBuffers } = layout;
  const words = new Int32Array(memory.buffer);
  let workers: Workers | undefined;
  let starting = false;
  let ended = false;
  /** Apart for several trials and for one that is shared: the best numbers of threads differ. */
  let tuners: { several: ThreadTuner; one: ThreadTuner } | undefined;
  let worked_ms = 0;
  /** Of one thread, all trials together. */
  let msPerPredictedRow = 0;
  /** Of one thread's last slice. */
  let msPerPopulationStep = 0;
  /** Of the last slice. */
  let trialsNow = 0;

  const start = async () => {
    const requested = provider.request();
    if (!requested) return;
    starting = true;
    try {
      await requested.open(id, module, memory);
    } catch {
      return; // Continue on one thread; `failed` keeps others from waiting.
    }
    if (ended) return requested.close(id);
    workers = requested;
    const counts = [1, Math.min(requested.count, workspaces.length)];
    tuners = { several: sharing.createTuner(counts), one: sharing.createTuner(counts) };
  };
  /** Requests the workers once work has taken long enough. */
  const startAfter = (milliseconds: number) => {
    worked_ms += milliseconds;
    if (!starting && !ended && workspaces.length > 1 && worked_ms >= sharing.after_ms) void start();
  };
  const currentTuner = () => (trialsNow > 1 ? tuners?.several : tuners?.one);

  const distribute = (others: Workers, trials: readonly number[], count: number) => {
    trials.forEach((trial, j) => {
      words[(jobList >> 2) + j] = parts[trial].job;
    });
    words[control >> 2] = 0;
    const shared = trials.length === 1;
    const work = (thread: number): Work => ({
      id,
      problem,
      at: workspaces[shared ? 0 : thread].record,
      jobs: jobList,
      count: trials.length,
      counter: control,
      thread,
      threads: shared ? count : 1,
    });
    const theirs = Array.from({ length: count - 1 }, (_, i): WorkerMessage => ({ kind: 'work', work: work(i + 1) }));
    return others.share(theirs, () => {
      const { at } = work(0);
      if (shared) return kernels.train(problem, parts[trials[0]].job, at, 0, count);
      for (let j = Atomics.add(words, control >> 2, 1); j < trials.length; j = Atomics.add(words, control >> 2, 1)) {
        kernels.train(problem, parts[trials[j]].job, at, 0, 1);
      }
    });
  };

  parts.forEach(({ record }, trial) => {
    words[(predictionBuffers.records >> 2) + trial] = record;
  });
  const predictWork = (rows: number, thread: number): PredictWork => ({
    id,
    problem,
    records: predictionBuffers.records,
    trials: parts.length,
    at: workspaces[thread].record,
    features: predictionBuffers.features,
    rows,
    most: layout.rows,
    to: predictionBuffers.outputs,
    counter: predictionBuffers.counter,
  });
  const takeParts = (rows: number) => {
    const { records, trials, at, features, most, to, counter } = predictWork(rows, 0);
    kernels.predict(problem, records, trials, at, features, rows, most, to, counter);
  };

  return {
    next(trials, populationSteps) {
      trialsNow = trials;
      const tuner = currentTuner();
      // Threads that share a trial meet three times a step: a short step is over before they have met.
      const shared = trials > 1 || msPerPopulationStep >= sharing.step_ms;
      if (!tuner || !shared || workers?.failed) return { threads: 1, populationSteps };
      const choice = tuner.next();
      const few = Math.max(1, Math.floor(sharing.trial_ms / msPerPopulationStep));
      return {
        threads: choice.threads,
        populationSteps: choice.trial ? Math.min(populationSteps, few) : populationSteps,
      };
    },
    async work(trials, count) {
      if (workers && count > 1) await distribute(workers, trials, count);
      else for (const trial of trials) kernels.train(problem, parts[trial].job, workspaces[0].record, 0, 1);
    },
    async predict(rows) {
      const others = workers && !workers.failed && msPerPredictedRow * rows >= sharing.predict_ms ? workers : undefined;
      const begun = performance.now();
      if (others) {
        words[predictionBuffers.counter >> 2] = 0;
        const theirs = Array.from(
          { length: Math.min(others.count, workspaces.length) - 1 },
          (_, i): WorkerMessage => ({ kind: 'predict', work: predictWork(rows, i + 1) }),
        );
        await others.share(theirs, () => takeParts(rows));
      } else {
        this.predictHere(rows);
        msPerPredictedRow = (performance.now() - begun) / rows;
      }
      startAfter(performance.now() - begun);
    },
    predictHere(rows) {
      words[predictionBuffers.counter >> 2] = 0;
      takeParts(rows);
    },
    record(count, populationSteps, milliseconds) {
      // By trial, since some stop before others.
      currentTuner()?.record(count, milliseconds / (populationSteps * Math.max(1, trialsNow)));
      if (count === 1) msPerPopulationStep = milliseconds / populationSteps;
      startAfter(milliseconds);
    },
    end() {
      ended = true;
      workers?.close(id);
      workers = undefined;
      tuners = undefined;
    },
  };
}
