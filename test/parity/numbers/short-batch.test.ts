/** Rows that the last batch of an epoch lacks. */
import { expect, it } from 'vitest';
import { problem } from '../behaviour/behaviour.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { difference, gpuEngine, reference } from '../support/engines.ts';

it.each([
  { plan: 'layered', core: 'direct' },
  { plan: 'layered', core: 'tiled' },
  { plan: 'resident', core: 'direct' },
] as const)('$plan, $core: what stands for them is none that is not trained on', async ({ plan, core }) => {
  const short = { ...problem, activation: 'relu', rows: 31, batch_size: 8, trials: 1 } as const;
  const data = makeData(short);
  // Held out, and too large for float32 once weights have met it.
  data.features.fill(3e38, 0, data.columns);
  data.sets.train = data.sets.train.filter((row) => row > 0);
  expect(data.sets.train.length % short.batch_size).not.toBe(0);
  const settings = { ...makePopulation(short), plan };
  const engine = await gpuEngine({ core, resident: { memory: 'storage', threads: 4 } });
  const population = await engine.createPopulation(data, settings);
  const expected = await reference.createPopulation(data, { ...settings, plan: 'auto' });
  await population.train(12);
  await expected.train(12);
  expect(difference(await population.parameters(0), await expected.parameters(0))).toBeLessThanOrEqual(1e-4);
});
