/** A sweep in parts: whatever the parts and their order, together they are the sweep of one machine, to the last bit. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { checkSweep, listConfigurations, type SweepInput } from '../../../src/sweep/definition/definition.ts';
import { listTrialSpecs } from '../../../src/sweep/definition/trial-specs.ts';
import { assignShards, shardTrials } from '../../../src/sweep/shards.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { type MemoryStore, memoryStore } from '../../support/sweeps/memory-store.ts';
import { sweepBits } from '../../support/sweeps/sweep-bits.ts';

const folds = prepareFolds(generate('curve', { rows: 40, seed: 4 }), { target: 'y' }, 2);
const definition: SweepInput = {
  base: { training: { epochs: 4, early_stopping: { patience: 2 } } },
  grid: { 'model.hidden': [[4], [3, 3]], 'training.batch_size': [8, 5], 'training.epochs': [3, 4] },
  seeds: 2,
  folds: 2,
};
const checked = checkSweep(definition);
const specs = listTrialSpecs(checked, listConfigurations(checked, { rows: 20, outputs: 1 }));
const trials = specs.length;

let engine: Engine;
let silent: Engine;
let straight: ReturnType<typeof sweepBits>;
beforeAll(async () => {
  engine = await requestEngine({ kind: 'cpu', threads: 1 });
  silent = { ...engine, createPopulation: () => Promise.reject(new Error('trains')) };
  straight = sweepBits(await sweep(engine, folds, definition));
});

async function union(stores: readonly MemoryStore[]): Promise<MemoryStore> {
  const all = memoryStore();
  for (const store of stores) for (const name of store.names()) await all.write(name, await store.read(name));
  return all;
}

describe('a sweep in parts', () => {
  it('is that of one machine, whichever has which trial, and in whatever order they come', async () => {
    expect(trials).toBe(32);
    const parts = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: trials, maxLength: trials });
    await fc.assert(
      fc.asyncProperty(parts, fc.boolean(), async (machines, backwards) => {
        const stores: MemoryStore[] = [];
        for (const machine of new Set(machines)) {
          const store = memoryStore();
          const only = (place: number) => machines[place] === machine;
          const part = await sweep(engine, folds, definition, { store, only, machine: `node-${machine}` });
          expect(part.trials).toHaveLength(machines.filter((own) => own === machine).length);
          stores.push(store);
        }
        const store = await union(backwards ? stores.reverse() : stores);
        const merged = await sweep(silent, folds, definition, { store });
        expect(sweepBits(merged)).toEqual(straight);
        expect(merged.trials.map(({ ran_on }) => ran_on)).toEqual(
          machines.map((machine) => ({ machine: `node-${machine}`, engine: 'cpu', adapter: engine.adapter })),
        );
      }),
      { numRuns: 6 },
    );
  });

  it('trains what no part has', async () => {
    const stores: MemoryStore[] = [];
    for (const part of [1, 3]) {
      const own = shardTrials(specs, folds, { part, of: 3 });
      const store = memoryStore();
      await sweep(engine, folds, definition, { store, only: (place) => own.has(place) });
      stores.push(store);
    }
    const result = await sweep(engine, folds, definition, { store: await union(stores) });
    expect(result.resumed).toBe(trials - shardTrials(specs, folds, { part: 2, of: 3 }).size);
    expect(sweepBits(result)).toEqual(straight);
  });

  it('leaves alone what others have put into its store', async () => {
    const store = memoryStore();
    await sweep(engine, folds, definition, { store, only: (place) => place < 5 });
    const before = store.names();
    const { resumed, trials: own } = await sweep(engine, folds, definition, { store, only: (place) => place >= 20 });
    expect([resumed, own.length]).toEqual([0, 12]);
    expect(store.names()).toEqual(expect.arrayContaining(before));
  });

  it('is refused where nothing is chosen, or who goes on is decided among all', async () => {
    await expect(sweep(engine, folds, definition, { only: () => false })).rejects.toThrow(
      'only: none of the 32 trials of the sweep is chosen; choose one at least.',
    );
    const halving = { first: 1, factor: 2 };
    await expect(sweep(engine, folds, { ...definition, halving }, { only: () => true })).rejects.toThrow(
      /^halving: who goes on is decided among all trials, .* train them all together, or leave successive halving out\.$/,
    );
  });
});

describe('shards', () => {
  it('have every trial once', () => {
    for (const of of [1, 2, 5, trials, trials + 3]) {
      const shards = Array.from({ length: of }, (_, index) => [...shardTrials(specs, folds, { part: index + 1, of })]);
      expect(shards.flat().sort((a, b) => a - b)).toEqual(specs.map(({ place }) => place));
    }
  });

  it('cost the same, as far as whole trials allow', () => {
    const costs = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(costs, fc.integer({ min: 1, max: 20 }), (own, of) => {
        const loads = new Array<number>(of).fill(0);
        for (const [index, shard] of assignShards(own, of).entries()) loads[shard - 1] += own[index];
        // Whoever has the most was not the poorest, but for its last trial.
        const most = Math.max(...loads);
        expect(most - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...own));
      }),
    );
  });

  it('are dealt out in turn where all costs are the same', () => {
    expect(assignShards([7, 7, 7, 7, 7], 2)).toEqual([1, 2, 1, 2, 1]);
    expect(assignShards([1, 4, 1, 2], 2)).toEqual([2, 1, 2, 2]);
  });
});
