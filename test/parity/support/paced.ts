/**
 * Engines whose steps take as long as a test says, by a clock that only they move: what measures them comes to the same
 * figures every time, nothing waits, and a busy machine changes nothing.
 */
import { onTestFinished, vi } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';

/** An engine that counts the populations it makes. */
export interface PacedEngine extends Engine {
  made: number;
}

/** Stops the clock until the test is over. What it gives back makes an engine take so many milliseconds for every step. */
export function stopClock(): (engine: Engine, milliseconds: number) => PacedEngine {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  return (engine, milliseconds) => {
    const paced: PacedEngine = {
      ...engine,
      made: 0,
      async createPopulation(data, settings) {
        paced.made += 1;
        const population = await engine.createPopulation(data, settings);
        const train = population.train.bind(population);
        population.train = async (steps, signal) => {
          const done = await train(steps, signal);
          now += done.steps * milliseconds;
          return done;
        };
        return population;
      },
    };
    return paced;
  };
}
