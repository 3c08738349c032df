/**
 * Finds the fastest number of threads by timing slices of the real training; the bits do not depend on it. Candidates that
 * are not known to pay run on short slices: on a machine whose other cores are busy, threads that share a trial may wait
 * for each other a thousand times as long as they work.
 */
export interface ThreadChoice {
  threads: number;
  /** A measurement: the slice should be short. */
  trial: boolean;
}

export interface ThreadTuner {
  /** How many threads the next slice has. */
  next(): ThreadChoice;
  /** Records the milliseconds per step of a slice. */
  record(threads: number, msPerStep: number): void;
}

/** Slices measured per candidate, unless the first is slower than one thread by `maxSlowdown`. */
const samples = 3;
const maxSlowdown = 2;
/** Slices until another candidate is measured again; doubled each time that it does not pay. */
const retrySlices = 25;
const maxRetrySlices = 6400;

/** `candidates` begin with what is safe: one thread. */
export function createThreadTuner(candidates: readonly number[]): ThreadTuner {
  const times = new Map<number, number[]>(candidates.map((threads) => [threads, []]));
  const timesOf = (threads: number) => times.get(threads) as number[];
  const quickest = (threads: number) => Math.min(...timesOf(threads));
  const known = () => candidates.filter((threads) => timesOf(threads).length > 0);
  const best = () => known().reduce((a, b) => (quickest(b) < quickest(a) ? b : a), candidates[0]);
  const settled = (threads: number) =>
    timesOf(threads).length >= samples || quickest(threads) > maxSlowdown * quickest(candidates[0]);
  let slices = 0;
  let wait = retrySlices;
  let turn = 0;
  return {
    next() {
      if (timesOf(candidates[0]).length < samples) return { threads: candidates[0], trial: false };
      const open = candidates.find((threads) => timesOf(threads).length === 0 || !settled(threads));
      if (open !== undefined) return { threads: open, trial: true };
      const usual = best();
      slices += 1;
      if (slices < wait) return { threads: usual, trial: false };
      slices = 0;
      wait = Math.min(maxRetrySlices, 2 * wait);
      const others = candidates.filter((threads) => threads !== usual);
      if (others.length === 0) return { threads: usual, trial: false };
      turn += 1;
      return { threads: others[turn % others.length], trial: true };
    },
    record(threads, msPerStep) {
      const before = best();
      const all = timesOf(threads);
      all.push(msPerStep);
      if (all.length > samples) all.shift();
      if (best() !== before) wait = retrySlices;
    },
  };
}
