/** A short training by the clock, for choices that only the machine itself can make. */
import type { Population } from './engine.ts';

/** Milliseconds of training that a measurement takes, at least; so short that nobody notices. */
const enough_ms = 40;

/** Milliseconds that a step takes. The population is trained: make one to throw away. */
export async function millisecondsPerStep(population: Population): Promise<number> {
  const time = async (steps: number) => {
    const begun = performance.now();
    await population.train(steps);
    return (performance.now() - begun) / steps;
  };
  // The first steps also pay for what the driver puts off until first use.
  await time(1);
  for (let steps = 4; ; steps *= 4) {
    const once = await time(steps);
    if (once * steps < enough_ms && steps <= 4096) continue;
    // A long measurement stands; a short one is made again, since a pause of the machine must not decide.
    return once * steps > 4 * enough_ms ? once : Math.min(once, await time(steps));
  }
}
