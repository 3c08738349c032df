/** The winner of a sweep as the average of its seeds and folds, each trained again on all rows for the epochs that it kept. */
import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare, prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { saveModel } from '../../../src/model/model.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { averageWinner } from '../../../src/sweep/average.ts';
import type { SweepResult } from '../../../src/sweep/results/types.ts';
import type { SweepProgress } from '../../../src/sweep/schedule/progress.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { refit } from '../../../src/train/refit.ts';
import { train } from '../../../src/train/trainer.ts';

const engine = createReferenceEngine('reference', 'asked for');
const table = generate('curve', { rows: 60, seed: 4 });
const target = { target: 'y', numeric: 'scale' as const };
const data = prepare(table, target);
const whole = prepare(table, { ...target, split: { train: 1 } });
const base = {
  model: { hidden: [5], activation: 'tanh', dropout: 0 },
  training: {
    epochs: 60,
    batch_size: 6,
    optimizer: { kind: 'sgd', learning_rate: 0.3 },
    early_stopping: { patience: 4 },
  },
} satisfies TrialInput;
const grid = { 'training.optimizer.learning_rate': [0.3, 1e-5] };

/** With some trials of the winner changed. */
function changed(result: SweepResult, change: (index: number) => object): SweepResult {
  const { cell } = result.trials[result.best.trial];
  let index = 0;
  return {
    ...result,
    trials: result.trials.map((trial) => (trial.cell === cell ? { ...trial, ...change(index++) } : trial)),
  };
}

describe("the average of a winner's seeds", () => {
  it('is what each of them is when it is trained again', async () => {
    const result = await sweep(engine, data, { base, grid, seeds: 3 });
    const average = await averageWinner(engine, whole, result);
    const { model, epochs } = average;
    expect(model.members.map(({ weight }) => weight)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    for (const [index, seed] of [10, 11, 12].entries()) {
      const run = train(engine, data, { ...base, training: { ...base.training, seed } });
      await run.model();
      expect(epochs[index]).toBe(run.outcome?.kept_epoch);
      const [alone] = (await refit(engine, whole, run).model()).members;
      expect({ ...model.members[index], weight: 1 }).toEqual(alone);
    }
    // Not all as long as one another, or the test would not tell whose epochs are whose.
    expect(new Set(epochs).size).toBeGreaterThan(1);
    expect(average).toMatchObject({ rows: 60, diverged: 0 });
    expect(model.preprocessing).toEqual(whole.preprocessing);
    const again = loadModel(saveModel(model));
    expect(again.predict(table)).toEqual(model.predict(table));
    expect(again.origin.average).toMatchObject({ rows: 60, epochs, estimate: { set: 'test' } });
  });

  it('is estimated by rows that chose nothing, else by those of validation, else not at all', async () => {
    const result = await sweep(engine, data, { base, grid, seeds: 2 });
    const { estimate } = await averageWinner(engine, whole, result);
    expect(estimate).toEqual({ set: 'test', metrics: result.leaderboard[0].metrics.test });
    const untested = prepare(table, { ...target, split: { train: 0.8, validation: 0.2, test: 0 } });
    const validated = await sweep(engine, untested, { base, grid, seeds: 2 });
    expect((await averageWinner(engine, whole, validated)).estimate).toEqual({
      set: 'validation',
      metrics: validated.leaderboard[0].metrics.validation,
    });
    const blind = await sweep(engine, whole, { base, grid, seeds: 2 });
    expect((await averageWinner(engine, whole, blind)).estimate).toBeNull();
  });

  it('leaves out what diverged, and needs a network that did not', async () => {
    const result = await sweep(engine, data, { base, grid, seeds: 3 });
    const one = changed(result, (index) => (index === 1 ? { stopped: 'diverged' } : {}));
    const { model, diverged } = await averageWinner(engine, whole, one);
    expect(model.members.map(({ settings, weight }) => [settings.training.seed, weight])).toEqual([
      [10, 0.5],
      [12, 0.5],
    ]);
    expect(diverged).toBe(1);
    const all = changed(result, () => ({ stopped: 'diverged' }));
    await expect(averageWinner(engine, whole, all)).rejects.toMatchObject({ code: 'average_untrained' });
    const none = changed(result, () => ({ history: [] }));
    await expect(averageWinner(engine, whole, none)).rejects.toMatchObject({ code: 'average_untrained' });
  });

  it('leaves out what diverges on all rows', async () => {
    const result = await sweep(engine, data, { base, grid, seeds: 2 });
    const features = whole.features.map((value, at) => (at === 0 ? Number.NaN : value));
    const broken = averageWinner(engine, { ...whole, features }, result);
    await expect(broken).rejects.toMatchObject({ code: 'average_untrained' });
  });

  it('has 32 networks at most, evenly spaced', async () => {
    const training = { ...base.training, epochs: 1 };
    const result = await sweep(engine, data, { base: { ...base, training }, seeds: 63 });
    const { model } = await averageWinner(engine, whole, result);
    const seeds = model.members.map(({ settings }) => settings.training.seed);
    expect(seeds).toEqual(Array.from({ length: 32 }, (_, index) => 10 + 2 * index));
  });

  it('says how far it is, and ends when it is told to', async () => {
    const result = await sweep(engine, data, { base, grid, seeds: 2 });
    const said: SweepProgress[] = [];
    const { epochs } = await averageWinner(engine, whole, result, { progress: (progress) => said.push(progress) });
    expect(said).toHaveLength(Math.max(...epochs));
    expect(said.at(-1)).toMatchObject({ trials: 2, ended: 2, epochs: epochs[0] + epochs[1] });
    expect(said.every(({ ofEpochs }) => ofEpochs === epochs[0] + epochs[1])).toBe(true);

    let alive = 0;
    const counting: Engine = {
      ...engine,
      destroy() {},
      createPopulation: async (...given) => {
        const population = await engine.createPopulation(...given);
        alive += 1;
        const destroy = population.destroy.bind(population);
        return Object.assign(population, {
          destroy: () => {
            alive -= 1;
            destroy();
          },
        });
      },
    };
    const abort = new AbortController();
    const reason = new Error('enough');
    const cut = averageWinner(counting, whole, result, { signal: abort.signal, progress: () => abort.abort(reason) });
    await expect(cut).rejects.toBe(reason);
    expect(alive).toBe(0);
    await expect(averageWinner(engine, whole, result, { signal: abort.signal })).rejects.toBe(reason);
  });
});

describe("the average of a winner's folds", () => {
  const folds = prepareFolds(table, { ...target, split: { train: 0.8, validation: 0.2, test: 0 } }, 3);

  it('has one preprocessing, a seed for each fold, and the epochs that each has kept', async () => {
    // Folds have each a preprocessing of their own.
    expect(folds[0].preprocessing).not.toEqual(folds[1].preprocessing);
    const result = await sweep(engine, folds, { base, grid, seeds: 2, folds: 3 });
    const { model, epochs, estimate } = await averageWinner(engine, whole, result);
    expect(model.preprocessing).toEqual(whole.preprocessing);
    const seeds = model.members.map(({ settings }) => settings.training.seed);
    expect(new Set(seeds).size).toBe(6);
    expect([seeds[0], seeds[3]]).toEqual([10, 11]);
    const kept: (number | undefined)[] = [];
    for (const seed of [10, 11]) {
      for (const fold of folds) {
        const run = train(engine, fold, { ...base, training: { ...base.training, seed } });
        await run.model();
        kept.push(run.outcome?.kept_epoch);
      }
    }
    expect(epochs).toEqual(kept);
    expect(estimate).toMatchObject({ set: 'validation', metrics: { rmse: { n: 6 } } });
  });
});
