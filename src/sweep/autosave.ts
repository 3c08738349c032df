/** Decides when a long run is saved: often enough to lose little, rarely enough not to cost time. */
import type { Run } from '../train/trainer.ts';

/** Milliseconds between saves; more where saving is slow. */
const saveIntervalMs = 10_000;
/** Saving takes at most 1/20 of the time. */
const saveCostFactor = 20;

/** Saves a population that has advanced, if its last save is long enough ago. */
export function createAutosave<Population extends { run: Run }>(
  save: (population: Population) => Promise<void>,
): (population: Population) => Promise<void> {
  const begun = performance.now();
  const last = new Map<Population, { at: number; steps: number }>();
  let pause = saveIntervalMs;
  return async (population) => {
    const now = performance.now();
    const { at, steps } = last.get(population) ?? { at: begun, steps: 0 };
    if (now - at < pause || population.run.stepsDone === steps) return;
    await save(population);
    last.set(population, { at: performance.now(), steps: population.run.stepsDone });
    pause = Math.max(saveIntervalMs, saveCostFactor * (performance.now() - now));
  };
}
