import { expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { withTrained } from '../../../src/founding/population.ts';
import { memoryStore } from '../../support/sweeps/memory-store.ts';
import { unhandledDuring } from '../../support/unhandled.ts';

const data = prepare(generate('curve', { rows: 30 }), { target: 'y' });
const trials = [{ model: { hidden: [3] }, training: { epochs: 3 } }];

it('trials whose device is lost while they are ended say so once', async () => {
  const engine = createReferenceEngine('reference', 'asked for');
  const abort = new AbortController();
  const lost = () => Promise.reject(new Error('the device was lost'));
  const losing: typeof engine = {
    ...engine,
    async createPopulation(data, settings) {
      const population = await engine.createPopulation(data, settings);
      const train = population.train.bind(population);
      let calls = 0;
      population.train = (steps, signal) => {
        calls += 1;
        if (calls === 1) return train(steps, signal);
        abort.abort();
        population.checkpoint = lost;
        return lost();
      };
      return population;
    },
  };
  const unhandled = await unhandledDuring(async () => {
    const watching = { signal: abort.signal, kept: { store: memoryStore(), word: 'test', notices: [] } };
    await expect(withTrained(losing, data, trials, watching, async () => 'used')).rejects.toThrow('lost');
  });
  expect(unhandled).toEqual([]);
});
