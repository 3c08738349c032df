/**
 * Of the numbers of threads that could train, the one that is quickest here: each is given slices of the real training and
 * timed, since the bits are the same whoever makes them. What is not known to pay is tried on short slices: on a machine
 * whose other cores are busy, threads that share a trial may wait for each other a thousand times as long as they work.
 */
export interface Turn {
  threads: number;
  /** Whether this number is only being tried: its slice should be short. */
  trial: boolean;
}

export interface Pace {
  /** How many threads the next slice is to have. */
  next(): Turn;
  /** What a slice with so many threads took, in milliseconds for each step. */
  took(threads: number, msPerStep: number): void;
}

/** Slices that a number of threads gets, unless the first was far too slow. */
const tries = 3;
const farTooSlow = 2;
/** After so many slices another number is tried again; after twice as many each time that it does not pay. */
const again = 25;
const mostSlices = 6400;

/** `candidates` begin with what is safe: one thread. */
export function createPace(candidates: readonly number[]): Pace {
  const times = new Map<number, number[]>(candidates.map((threads) => [threads, []]));
  const timesOf = (threads: number) => times.get(threads) as number[];
  const quickest = (threads: number) => Math.min(...timesOf(threads));
  const known = () => candidates.filter((threads) => timesOf(threads).length > 0);
  const best = () => known().reduce((a, b) => (quickest(b) < quickest(a) ? b : a), candidates[0]);
  const settled = (threads: number) =>
    timesOf(threads).length >= tries || quickest(threads) > farTooSlow * quickest(candidates[0]);
  let slices = 0;
  let wait = again;
  let turn = 0;
  return {
    next() {
      if (timesOf(candidates[0]).length < tries) return { threads: candidates[0], trial: false };
      const open = candidates.find((threads) => timesOf(threads).length === 0 || !settled(threads));
      if (open !== undefined) return { threads: open, trial: true };
      const usual = best();
      slices += 1;
      if (slices < wait) return { threads: usual, trial: false };
      slices = 0;
      wait = Math.min(mostSlices, 2 * wait);
      const others = candidates.filter((threads) => threads !== usual);
      if (others.length === 0) return { threads: usual, trial: false };
      turn += 1;
      return { threads: others[turn % others.length], trial: true };
    },
    took(threads, msPerStep) {
      const before = best();
      const all = timesOf(threads);
      all.push(msPerStep);
      if (all.length > tries) all.shift();
      if (best() !== before) wait = again;
    },
  };
}
