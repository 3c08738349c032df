/** Trains with two threads and with one, and says what came of it: the worker of threads.test.ts. */
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import type { Population } from '../../../src/engine/engine.ts';
import { makeData, makePopulation, uneven } from '../support/cases.ts';

export interface Answer {
  adapter: string;
  results: { shared: number; together: unknown; alone: unknown }[];
}

const data = makeData(uneven);

/** Losses and parameters after more steps; this is no place for the test runner's own helpers. */
async function resultOf(population: Population, steps: number) {
  const { losses } = await population.train(steps);
  return { losses, parameters: await population.parameters(population.trials - 1) };
}

let shared = 0;
const next = () => {
  shared += 1;
  return { threads: 2, trial: false };
};
const two = await requestCpuEngine('two', {
  threads: 2,
  slice_ms: 1,
  sharing: { after_ms: 0, step_ms: 0, trial_ms: 1, createTuner: () => ({ next, record() {} }) },
});
const one = await requestCpuEngine('one', { threads: 1 });
const results: Answer['results'] = [];
for (const change of [{ trials: 7 }, { batch_size: 39 }]) {
  const settings = makePopulation({ ...uneven, ...change });
  shared = 0;
  const population = await two.createPopulation(data, settings);
  let steps = 0;
  for (; shared === 0; steps++) await population.train(1);
  const together = await resultOf(population, 100);
  const single = await one.createPopulation(data, settings);
  await single.train(steps);
  results.push({ shared, together, alone: await resultOf(single, 100) });
}
postMessage({ adapter: two.adapter, results } satisfies Answer);
