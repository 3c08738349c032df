/** Sweeps that are killed and go on: whatever the moment, they end with the bits of one that was never interrupted. */
import { describe, expect, it, vi } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import type { SweepInput } from '../../../src/sweep/definition/definition.ts';
import type { SweepResult } from '../../../src/sweep/results/types.ts';
import { type EndedPopulation, storeVersion } from '../../../src/sweep/store/store.ts';
import { type SweepOptions, sweep } from '../../../src/sweep/sweep.ts';
import { textsOf } from '../../support/data/tables.ts';
import { memoryStore } from '../../support/sweeps/memory-store.ts';
import { unhandledDuring } from '../../support/unhandled.ts';

const engine = createReferenceEngine('reference', 'asked for');
const folds = prepareFolds(generate('curve', { rows: 40, seed: 4 }), { target: 'y' }, 2);
const definition: SweepInput = {
  base: { model: { hidden: [4] }, training: { epochs: 6, early_stopping: { patience: 2 } } },
  grid: { 'model.hidden': [[4], [3, 3]], 'training.batch_size': [8, 5] },
  seeds: 2,
  folds: 2,
};

/** All but the times. */
function resultOf({ trials, leaderboard, best, populations, notices }: SweepResult) {
  const timeless = trials.map(({ history, ...trial }) => ({
    ...trial,
    history: history.map(({ seconds: _, ...record }) => record),
  }));
  const { model, trial } = best;
  return { trials: timeless, leaderboard, populations, notices, best: { trial, members: model.members } };
}

/** As if every look at the clock took four seconds: a turn is an epoch, and after a few of them everything is saved. */
async function savingOften(options: SweepOptions, input = definition, on = engine): Promise<SweepResult> {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 4000;
    return now;
  });
  try {
    return await sweep(on, folds, input, options);
  } finally {
    clock.mockRestore();
  }
}

describe('a sweep with a store', () => {
  it.each([
    ['plain', definition],
    ['with successive halving', { ...definition, halving: { first: 1, factor: 2 } }],
  ])('is gone on from at whatever moment it was killed, %s', async (_, input) => {
    const straight = resultOf(await sweep(engine, folds, input));
    const store = memoryStore();
    expect(resultOf(await savingOften({ store }, input))).toEqual(straight);
    const moments = store.moments();
    const running = moments.filter((moment) => moment.names().some((name) => name.startsWith('running')));
    expect(running.length).toBeGreaterThan(10);
    for (const moment of moments) {
      expect(resultOf(await sweep(engine, folds, input, { store: moment }))).toEqual(straight);
      // Nothing is left to go on from.
      expect(moment.names().filter((name) => name.startsWith('running'))).toEqual([]);
    }
  });

  it('is gone on from after it was ended, and says how much', async () => {
    const straight = resultOf(await sweep(engine, folds, definition));
    const store = memoryStore();
    const abort = new AbortController();
    let epochs = 0;
    const progress = () => {
      epochs += 1;
      if (epochs === 9) abort.abort();
    };
    const ended = await savingOften({ store, signal: abort.signal, progress });
    expect(ended.trials.map(({ stopped }) => stopped)).toContain('interrupted');
    // Test rows wait for the end.
    for (const { metrics } of ended.trials) expect(metrics.test).toBeNull();
    const again = await sweep(engine, folds, definition, { store });
    expect(resultOf(again)).toEqual(straight);
    expect(again.resumed).toBe(16);
    // All is there: nothing is trained.
    const silent = { ...engine, createPopulation: () => Promise.reject(new Error('trains')) };
    const third = await sweep(silent, folds, definition, { store });
    expect(resultOf(third)).toEqual(straight);
    expect(third.resumed).toBe(16);
  });

  it('gets more trials, and trains no others', async () => {
    const store = memoryStore();
    await sweep(engine, folds, definition, { store });
    const more = { ...definition, seeds: 3, grid: { ...definition.grid, 'training.batch_size': [8, 5, 7] } };
    const populate = vi.fn(engine.createPopulation);
    const result = await sweep({ ...engine, createPopulation: populate }, folds, more, { store });
    expect(result.resumed).toBe(16);
    expect(populate.mock.calls.reduce((sum, [, { trials }]) => sum + trials.length, 0)).toBe(36 - 16);
    const { trials, leaderboard, best } = resultOf(result);
    const straight = resultOf(await sweep(engine, folds, more));
    expect({ trials, leaderboard, best }).toEqual({
      trials: straight.trials,
      leaderboard: straight.leaderboard,
      best: straight.best,
    });
  });

  it('of other settings or rows is refused, and left as it is', async () => {
    const store = memoryStore();
    await sweep(engine, folds, definition, { store });
    const before = store.moments().length;
    const other = { ...definition, base: { model: { hidden: [4] }, training: { epochs: 7 } } };
    await expect(sweep(engine, folds, other, { store })).rejects.toThrow(
      'The sweep to go on from is another: none of its 16 trials has these settings and rows. Begin in another place.',
    );
    const rows = prepareFolds(generate('curve', { rows: 40, seed: 5 }), { target: 'y' }, 2);
    await expect(sweep(engine, rows, definition, { store })).rejects.toThrow('none of its 16 trials');
    expect(store.moments()).toHaveLength(before);
  });

  it('with successive halving gets no other trials', async () => {
    const store = memoryStore();
    const halving = { first: 1, factor: 2 };
    await sweep(engine, folds, { ...definition, halving }, { store });
    await expect(sweep(engine, folds, { ...definition, halving, seeds: 3 }, { store })).rejects.toThrow(
      /^halving: a sweep with successive halving cannot get other trials/,
    );
  });

  it('goes on without a store that fails, and says so once', async () => {
    const store = { ...memoryStore(), write: () => Promise.reject(new Error('the disk is full')) };
    const result = await savingOften({ store });
    expect(textsOf(result.notices)).toEqual([
      'The sweep could not be kept, and cannot be gone on from: the disk is full',
    ]);
    expect(resultOf(result).trials).toEqual(resultOf(await sweep(engine, folds, definition)).trials);
  });

  it('says that its device was lost while it was ended, though all its populations find that', async () => {
    const abort = new AbortController();
    const losing: typeof engine = {
      ...engine,
      async createPopulation(data, settings) {
        const population = await engine.createPopulation(data, settings);
        const checkpoint = population.checkpoint.bind(population);
        population.checkpoint = () =>
          abort.signal.aborted ? Promise.reject(new Error('the device was lost')) : checkpoint();
        return population;
      },
    };
    let epochs = 0;
    const progress = () => {
      epochs += 1;
      if (epochs === 9) abort.abort();
    };
    const unhandled = await unhandledDuring(async () => {
      const options = { store: memoryStore(), signal: abort.signal, progress };
      await expect(savingOften(options, definition, losing)).rejects.toThrow('the device was lost');
    });
    expect(unhandled).toEqual([]);
  });

  it.each<[string, (value: Record<string, unknown>) => void, string]>([
    ['of another version', (value) => Object.assign(value, { version: 1 }), 'kept by another version of the program'],
    [
      'without a version',
      (value) => Object.assign(value, { version: undefined }),
      'holds something else than it should',
    ],
    ['without its trials', (value) => Object.assign(value, { trials: [] }), 'holds something else than it should'],
    [
      'with fewer weights',
      ({ models }) =>
        Object.assign((models as EndedPopulation['models'])[0].model.members[0], { parameters: new Float32Array(3) }),
      'holds something else than it should',
    ],
  ])('trains again what was kept %s, and says so', async (_, damage, problem) => {
    const straight = resultOf(await sweep(engine, folds, definition));
    const store = memoryStore();
    await savingOften({ store });
    const name = store.names().find((one) => one.startsWith('ended')) ?? '';
    const value = (await store.read(name)) as Record<string, unknown>;
    damage(value);
    await store.write(name, value);
    const { notices, ...others } = resultOf(await sweep(engine, folds, definition, { store }));
    expect({ ...others, notices: [] }).toEqual(straight);
    expect(textsOf(notices)).toEqual([`${name}: ${problem}. What was kept there is trained again.`]);
    expect(resultOf(await sweep(engine, folds, definition, { store }))).toEqual(straight);
  });

  it.each([
    ['with halving, which trains anew', { ...definition, halving: { first: 1, factor: 2 } }, 0, 1],
    ['without', definition, 16, 0],
  ])('that does not know any more what it was of goes on, %s', async (_, input, resumed, notices) => {
    const straight = resultOf(await sweep(engine, folds, input));
    const store = memoryStore();
    await sweep(engine, folds, input, { store });
    await store.write('about', { version: storeVersion });
    const result = await sweep(engine, folds, input, { store });
    expect(result.resumed).toBe(resumed);
    expect({ ...resultOf(result), notices: [] }).toEqual(straight);
    expect(result.notices).toHaveLength(notices);
  });

  it('begins anew, and says so, what another plan has begun', async () => {
    const store = memoryStore();
    await savingOften({ store });
    const moment = store.moments().find((one) => one.names().some((name) => name.startsWith('running')));
    if (!moment) throw new Error('nothing was saved');
    const name = moment.names().find((one) => one.startsWith('running')) ?? '';
    const value = (await moment.read(name)) as { run: { population: { plan: string } } };
    value.run.population.plan = 'resident';
    await moment.write(name, value);
    const result = await sweep(engine, folds, definition, { store: moment });
    expect(textsOf(result.notices)).toEqual([
      expect.stringMatching(/^4 trials could not go on: The checkpoint is of plan resident, and .* begin anew\.$/),
    ]);
    expect(resultOf(result).trials).toEqual(resultOf(await sweep(engine, folds, definition)).trials);
  });
});
