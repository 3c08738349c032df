/** How often what trains for hours is saved: often enough that little is lost, and seldom enough that nobody notices. */
import type { Run } from '../train/trainer.ts';

/** Milliseconds that may be lost when the process is killed; more where saving takes long. */
const saveEvery = 10_000;
/** Saving takes one part in so many of the time. */
const saveShare = 20;

/** Saves a population that has got on, when its last time is long enough ago, measured by what saving takes. */
export function savingNowAndThen<Population extends { run: Run }>(
  save: (population: Population) => Promise<void>,
): (population: Population) => Promise<void> {
  const begun = performance.now();
  const last = new Map<Population, { at: number; steps: number }>();
  let pause = saveEvery;
  return async (population) => {
    const now = performance.now();
    const { at, steps } = last.get(population) ?? { at: begun, steps: 0 };
    if (now - at < pause || population.run.stepsDone === steps) return;
    await save(population);
    last.set(population, { at: performance.now(), steps: population.run.stepsDone });
    pause = Math.max(saveEvery, saveShare * (performance.now() - now));
  };
}
