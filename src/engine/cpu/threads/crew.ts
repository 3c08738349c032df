/**
 * Who does the work of a slice: this thread alone, or others with it, trials to whichever is free, or one trial's rows and
 * tiles to all. Others are asked for once a population has trained for a while, and kept on only where they pay.
 */

import type { CpuLayout } from '../memory/layout.ts';
import type { KernelModule, Kernels } from '../module.ts';
import type { Work } from './helper.ts';
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
  /** Milliseconds that a step of a single trial takes at least before its rows and tiles are shared. */
  step_ms: number;
  /** Milliseconds of work in a slice by which a number of threads is tried. */
  trial_ms: number;
  pace: (candidates: readonly number[]) => Pace;
}

export interface Crew {
  /** How many threads are to train the next slice, and how many of these ticks. */
  next(trials: number, ticks: number): { threads: number; ticks: number };
  /** So many threads do the jobs of these trials, which the host has written. */
  work(trials: readonly number[], threads: number): Promise<void>;
  /** What a slice took. */
  took(threads: number, ticks: number, milliseconds: number): void;
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
  let opening = false;
  let ended = false;
  /** For several trials, and for one that is shared: what pays for one says nothing of the other. */
  let paces: { several: Pace; one: Pace } | undefined;
  let trained_ms = 0;
  /** Of one thread's last slice. */
  let msPerTick = 0;
  /** Of the last slice. */
  let trialsNow = 0;

  const begin = async () => {
    const asked = helpers.ask();
    if (!asked) return;
    opening = true;
    try {
      await asked.open(id, module, memory);
    } catch {
      return; // One thread is what there is: `failed` keeps others from waiting for the rest.
    }
    if (ended) return asked.close(id);
    threads = asked;
    const counts = [1, asked.count];
    paces = { several: sharing.pace(counts), one: sharing.pace(counts) };
  };
  const paceNow = () => (trialsNow > 1 ? paces?.several : paces?.one);

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
    next(trials, ticks) {
      trialsNow = trials;
      const pace = paceNow();
      // Threads that share a trial meet three times a step: a short step is over before they have met.
      const shared = trials > 1 || msPerTick >= sharing.step_ms;
      if (!pace || !shared || threads?.failed) return { threads: 1, ticks };
      const turn = pace.next();
      const few = Math.max(1, Math.floor(sharing.trial_ms / msPerTick));
      return { threads: turn.threads, ticks: turn.trial ? Math.min(ticks, few) : ticks };
    },
    async work(trials, count) {
      if (threads && count > 1) await shareOut(threads, trials, count);
      else for (const trial of trials) kernels.train(problem, parts[trial].job, works[0].record, 0, 1);
    },
    took(count, ticks, milliseconds) {
      trained_ms += milliseconds;
      // By trial, since some stop before others.
      paceNow()?.took(count, milliseconds / (ticks * Math.max(1, trialsNow)));
      if (count === 1) msPerTick = milliseconds / ticks;
      if (!opening && !ended && helpers.most > 1 && trained_ms >= sharing.after_ms) void begin();
    },
    end() {
      ended = true;
      threads?.close(id);
      threads = undefined;
      paces = undefined;
    },
  };
}
