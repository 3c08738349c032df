/**
 * Of the numbers of threads that could train, the one that is quickest here: each is given slices of the real training in
 * turn and timed, since the bits are the same whoever makes them. Threads that only wait for each other are found out
 * within a few slices, and are tried again now and then: a machine that was busy may not be any more.
 */
export interface Pace {
  /** How many threads the next slice is to have. */
  next(): number;
  /** What a slice with so many threads took, in milliseconds for each tick. */
  took(threads: number, msPerTick: number): void;
}

/** Slices that each number of threads gets before any is left out. */
const trials = 3;
/** Every so many slices another number has a slice, */
const again = 100;
/** unless it was slower by more than this. */
const hopeless = 2;

export function createPace(candidates: readonly number[]): Pace {
  const quickest = new Map<number, number[]>(candidates.map((threads) => [threads, []]));
  const ms = (threads: number) => Math.min(...(quickest.get(threads) as number[]));
  let slices = 0;
  return {
    next() {
      slices += 1;
      const untried = candidates.find((threads) => (quickest.get(threads) as number[]).length < trials);
      if (untried !== undefined) return untried;
      const best = candidates.reduce((a, b) => (ms(b) < ms(a) ? b : a));
      if (slices % again > 0) return best;
      const others = candidates.filter((threads) => threads !== best && ms(threads) < hopeless * ms(best));
      return others[Math.floor(slices / again) % Math.max(1, others.length)] ?? best;
    },
    took(threads, msPerTick) {
      const times = quickest.get(threads) as number[];
      times.push(msPerTick);
      if (times.length > trials) times.shift();
    },
  };
}
