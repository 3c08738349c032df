/**
 * Who does the work of a slice: this thread alone, or others with it, trials to whichever is free, or one trial's rows and
 * tiles to all. Others are asked for once a population has trained for a while, and kept on only where they pay.
 */
import type { Work } from './helper.ts';
import type { CpuLayout } from './layout.ts';
import type { KernelModule, Kernels } from './module.ts';
import type { Pace } from './pace.ts';
import type { Threads } from './threads.ts';

/** Helpers, once they have begun; none before a population has trained long enough to want them. */
export interface Helpers {
  /** Threads there could be, this one included. */
  most: number;
  /** Asks for them: none yet, or none at all, is no error. */
  ask(): Threads | undefined;
  sharing: Sharing;
}

/** When work is shared, and among how many. */
export interface Sharing {
  /** Milliseconds of training before helpers are asked for: most short runs are over by then. */
  after_ms: number;
  /** Milliseconds that a slice takes at least before a message to another thread is worth its while. */
  slice_ms: number;
  pace: (candidates: readonly number[]) => Pace;
}

export interface Crew {
  /** Does the jobs of these trials, which the host has written; resolves with how many threads did. */
  work(trials: readonly number[]): Promise<number>;
  /** What the last slice took. */
  took(ticks: number, milliseconds: number, threads: number): void;
  /** There are fewer trials: a slice takes another time, with one thread and with more. */
  fewer(): void;
  end(): void;
}

let crews = 0;

export function createCrew(
  layout: CpuLayout,
  kernels: Kernels,
  module: KernelModule,
  memory: WebAssembly.Memory,
  helpers: Helpers,
): Crew {
  const id = crews++;
  const { sharing } = helpers;
  const { trials: parts, problem, works, control, jobList } = layout;
  const words = new Int32Array(memory.buffer);
  let threads: Threads | undefined;
  let pace: Pace | undefined;
  let trained_ms = 0;

  const begin = () => {
    threads = helpers.ask();
    threads?.open(id, module, memory);
    pace = threads && sharing.pace([1, threads.count]);
  };

  const shareOut = (others: Threads, trials: readonly number[], count: number) => {
    trials.forEach((trial, j) => {
      words[(jobList >> 2) + j] = parts[trial].job;
    });
    words[control >> 2] = 0;
    const together = trials.length === 1;
    const work = (thread: number): Work => ({
      id,
      problem,
      at: works[together ? 0 : thread].record,
      jobs: jobList,
      count: trials.length,
      counter: control,
      thread,
      threads: together ? count : 1,
    });
    const theirs = Array.from({ length: count - 1 }, (_, i) => work(i + 1));
    return others.share(theirs, () => {
      const { at } = work(0);
      if (together) return kernels.train(problem, parts[trials[0]].job, at, 0, count);
      for (let j = Atomics.add(words, control >> 2, 1); j < trials.length; j = Atomics.add(words, control >> 2, 1)) {
        kernels.train(problem, parts[trials[j]].job, at, 0, 1);
      }
    });
  };

  return {
    async work(trials) {
      const count = trials.length > 0 ? (pace?.next() ?? 1) : 1;
      if (threads && count > 1) await shareOut(threads, trials, count);
      else for (const trial of trials) kernels.train(problem, parts[trial].job, works[0].record, 0, 1);
      return count;
    },
    took(ticks, milliseconds, count) {
      trained_ms += milliseconds;
      if (milliseconds < sharing.slice_ms) return;
      pace?.took(count, milliseconds / ticks);
      if (!threads && helpers.most > 1 && trained_ms >= sharing.after_ms) begin();
    },
    fewer() {
      pace = threads && sharing.pace([1, threads.count]);
    },
    end() {
      threads?.close(id);
      threads = undefined;
      pace = undefined;
    },
  };
}
