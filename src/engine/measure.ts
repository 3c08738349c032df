/** A short training by the clock, for choices that only the machine itself can make. */
import type { Population } from './engine.ts';

/** Milliseconds of training that a measurement takes, at least: several times what a submit costs by itself in a browser. */
const enough_ms = 20;
const mostSteps = 8192;

/**
 * Milliseconds that a step takes. The population is trained: make one to throw away.
 * @param warmup_ms what it trains first, so that it is as quick as it gets
 */
export async function millisecondsPerStep(population: Population, warmup_ms = 0): Promise<number> {
  const time = async (steps: number) => {
    const begun = performance.now();
    await population.train(steps);
    return performance.now() - begun;
  };
  // The first step also pays for what the driver puts off until first use.
  const warm = performance.now() + warmup_ms;
  do await time(1);
  while (performance.now() < warm);
  for (let steps = 1; ; ) {
    const once = await time(steps);
    if (once < enough_ms && steps < mostSteps) {
      // As many as seem to be needed and some more, but a first impression may be wrong by much.
      const needed = (1.25 * steps * enough_ms) / Math.max(once, 1e-3);
      steps = Math.min(mostSteps, 16 * steps, Math.ceil(needed));
      continue;
    }
    // A long measurement stands; a short one is made again, since a pause of the machine must not decide.
    const again = once > 4 * enough_ms ? once : Math.min(await time(steps), await time(steps));
    return Math.min(once, again) / steps;
  }
}
