/** Sweeps: every trial is what it is alone, the leaderboard is what the trials say, and what cannot be is refused. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Engine, Population } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { withFirstData, withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { SweepProgress } from '../../../src/sweep/schedule/progress.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { scaleOf } from '../../support/data/tables.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const curve = generate('curve', { rows: 60, seed: 4 });
const data = prepare(curve, { target: 'y' });
const base = withFirstDefaults({ model: { hidden: [4] }, training: { epochs: 12 } });

describe('a sweep', () => {
  it('trains every combination with every seed, each as it would alone', async () => {
    const grid = { 'model.activation': ['relu', 'tanh'], 'model.hidden': [[4], [3, 3]], 'training.batch_size': [8, 5] };
    const { trials, populations } = await sweep(engine, data, { base, grid, seeds: 3 });
    expect(trials).toHaveLength(24);
    // One population for each shape.
    expect(populations.map(({ trials }) => trials)).toEqual([12, 12]);
    expect(trials.map(({ cell, seed, fold }) => [cell, seed, fold]).slice(0, 4)).toEqual([
      [0, 10, null],
      [0, 11, null],
      [0, 12, null],
      [1, 10, null],
    ]);
    for (const { settings, seed, metrics, epochs_run } of [trials[0], trials[7], trials[23]]) {
      const alone = train(engine, data, {
        model: {
          hidden: settings['model.hidden'] as number[],
          activation: settings['model.activation'] as 'relu',
        },
        training: { epochs: 12, batch_size: settings['training.batch_size'] as number, seed },
      });
      await alone.model();
      for (const set of ['train', 'validation', 'test'] as const) {
        expect(metrics[set]).toEqual(await alone.metrics(set));
      }
      expect(epochs_run).toBe(12);
      await alone.destroy();
    }
  });

  it('orders combinations by the mean of their validation metric', async () => {
    const grid = { 'training.optimizer.learning_rate': [1e-6, 0.02] };
    const { trials, leaderboard } = await sweep(engine, data, { base, grid, seeds: 4 });
    expect(leaderboard.map(({ settings }) => Object.values(settings)[0])).toEqual([0.02, 1e-6]);
    const [{ n, metrics }] = leaderboard;
    const own = trials
      .filter(({ settings }) => Object.values(settings)[0] === 0.02)
      .map(({ metrics }) => (metrics.test as { rmse: number }).rmse);
    expect(n).toBe(4);
    expect(metrics.test.rmse.mean).toBeCloseTo(own.reduce((sum, rmse) => sum + rmse, 0) / 4, 12);
    expect(metrics.validation.rmse.interval).toBe('t');
    expect(metrics.validation.rmse.low).toBeLessThanOrEqual(metrics.validation.rmse.mean);
  });

  it('puts large accuracies first, and averages what is a number', async () => {
    const moons = prepare(generate('moons', { rows: 80 }), { target: 'class' });
    const grid = { 'training.optimizer.learning_rate': [1e-6, 0.05] };
    const { leaderboard } = await sweep(engine, moons, { base, grid, seeds: 2 });
    expect(leaderboard.map(({ settings }) => Object.values(settings)[0])).toEqual([0.05, 1e-6]);
    expect(Object.keys(leaderboard[0].metrics.validation)).toEqual([
      'accuracy',
      'balanced_accuracy',
      'log_loss',
      'roc_auc',
      'f1',
      'weighted_f1',
      'precision',
      'recall',
      'brier_score',
      'expected_calibration_error',
    ]);
  });

  it('validates on each fold in turn, fitted on the others, and tests on the same rows', async () => {
    const folds = prepareFolds(curve, withFirstData({ target: 'y' }), 3);
    const validated = folds.flatMap(({ sets }) => [...sets.validation]).sort((a, b) => a - b);
    expect(validated).toEqual([...data.sets.train, ...data.sets.validation].sort((a, b) => a - b));
    for (const { sets, preprocessing } of folds) {
      expect(sets.test).toEqual(data.sets.test);
      expect(sets.train.some((row) => sets.validation.includes(row))).toBe(false);
      const column = curve.columns[0];
      const values = Array.from(sets.train, (row) => (column.kind === 'number' ? column.values[row] : 0));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(scaleOf(preprocessing.features).offset).toBeCloseTo(mean, 10);
    }
    const { trials, leaderboard } = await sweep(engine, folds, { base, seeds: 2, folds: 3 });
    expect(trials.map(({ seed, fold }) => [seed, fold])).toEqual([10, 11].flatMap((s) => [0, 1, 2].map((f) => [s, f])));
    expect(leaderboard[0].n).toBe(6);
    await expect(sweep(engine, data, { base, folds: 3 })).rejects.toThrow(
      /^folds: the sweep has 3, but 1 data set was/,
    );
  });

  it('says how far it is, and ends where it is told to', async () => {
    const seen: SweepProgress[] = [];
    const whole = await sweep(engine, data, { base, seeds: 2 }, { progress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ trials: 2, ended: 2, epochs: 24, ofEpochs: 24 });
    expect(whole.trials.every(({ stopped }) => stopped === 'epochs')).toBe(true);
    const abort = new AbortController();
    const long = { ...base, training: { epochs: 100_000 } };
    const progress = ({ epochs }: SweepProgress) => epochs > 20 && abort.abort();
    const { trials } = await sweep(engine, data, { base: long, seeds: 2 }, { progress, signal: abort.signal });
    expect(trials.map(({ stopped }) => stopped)).toEqual(['interrupted', 'interrupted']);
    expect(trials[0].metrics.test).toHaveProperty('rmse');
  });

  it('holds no population that has ended while others train', async () => {
    const alive = new Set<Population>();
    const counting: Engine = Object.create(engine, {
      createPopulation: {
        value: async (...given: Parameters<Engine['createPopulation']>) => {
          const population = await engine.createPopulation(...given);
          alive.add(population);
          const destroy = population.destroy.bind(population);
          population.destroy = () => {
            alive.delete(population);
            destroy();
          };
          return population;
        },
      },
    });
    const grid = { 'model.hidden': [[2], [3], [4]] };
    const held: number[] = [];
    await sweep(counting, data, { base: { training: { epochs: 1 } }, grid }, { progress: () => held.push(alive.size) });
    // Each ends in its first turn, so that there is never a second one beside it.
    expect(new Set(held)).toEqual(new Set([1]));
    expect(alive.size).toBe(0);
  });

  it('is not begun with too many trials', async () => {
    const grid = { 'training.l2': Array.from({ length: 1000 }, (_, i) => i / 1000) };
    await expect(sweep(engine, data, { base, grid, seeds: 1000 })).rejects.toThrow(
      /^The sweep has 1\u202f000\u202f000 trials, more than 10\u202f000; .*, or allow it with max_trials 1000000\.$/,
    );
  });

  it('leaves a trial that diverges out of nobody’s way', async () => {
    const grid = {
      'training.optimizer': [
        { kind: 'sgd', learning_rate: 900 },
        { kind: 'sgd', learning_rate: 0.05 },
      ],
    };
    const { trials, leaderboard } = await sweep(engine, data, { base, grid, seeds: 2 });
    expect(trials.map(({ stopped }) => stopped)).toEqual(['diverged', 'diverged', 'epochs', 'epochs']);
    expect(leaderboard[0].diverged).toBe(0);
    expect(leaderboard[1].diverged).toBe(2);
  });
});
