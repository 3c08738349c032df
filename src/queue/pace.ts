/** How fast a worker is, by the jobs that it has ended in the last minute. */

const windowSeconds = 60;

export interface Pace {
  ended(trials: number): void;
  jobs(): number;
  trials(): number;
}

/** @param now seconds */
export function createPace(now: () => number = () => performance.now() / 1000): Pace {
  const begun = now();
  let ended: { at: number; trials: number }[] = [];
  const rate = (of: (job: { trials: number }) => number) => {
    const end = now();
    ended = ended.filter(({ at }) => end - at < windowSeconds);
    const seconds = Math.min(windowSeconds, Math.max(end - begun, 1));
    return ended.reduce((sum, job) => sum + of(job), 0) / seconds;
  };
  return {
    ended: (trials) => void ended.push({ at: now(), trials }),
    jobs: () => rate(() => 1),
    trials: () => rate(({ trials }) => trials),
  };
}
