// Threads that share one trial wait here for each other. Two words: how many have come, and how often all have.

/** Looks at the word so many times before it goes to sleep: a step's halves are shorter than waking up takes. */
const looks: i32 = 20000;

export function waitForAll(barrier: usize, threads: i32): void {
  if (threads == 1) return;
  const round = atomic.load<i32>(barrier, 4);
  if (atomic.add<i32>(barrier, 1) == threads - 1) {
    atomic.store<i32>(barrier, 0);
    atomic.store<i32>(barrier, round + 1, 4);
    atomic.notify(barrier + 4, threads);
    return;
  }
  for (let i = 0; i < looks; i++) if (atomic.load<i32>(barrier, 4) != round) return;
  while (atomic.load<i32>(barrier, 4) == round) atomic.wait<i32>(barrier + 4, round, -1);
}
