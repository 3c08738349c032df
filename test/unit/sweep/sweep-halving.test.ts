/** Successive halving: who goes on is decided by what all had reached at the rung, and by nothing else. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Population } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { checkSweep } from '../../../src/sweep/definition/definition.ts';
import type { TrialStatus } from '../../../src/sweep/schedule/progress.ts';
import { halvingRungs, selectLosers } from '../../../src/sweep/schedule/rungs.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import type { EpochRecord } from '../../../src/train/trainer.ts';
import { prepare } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const data = prepare(generate('curve', { rows: 60, seed: 4 }), { target: 'y' });
const rates = [1e-6, 0.003, 0.03, 1e-5, 0.01, 1e-4];
const halved = {
  base: { model: { hidden: [4] }, training: { epochs: 12 } },
  grid: { 'training.optimizer.learning_rate': rates, 'model.hidden': [[4], [3]] },
  seeds: 2,
  halving: { first: 2, factor: 3 },
};

const record = (rmse: number, finite = true) =>
  ({ finite, validation: { mse: rmse ** 2, rmse, mae: rmse, r2: 0 } }) as EpochRecord;

describe('rungs', () => {
  it('are factors apart and end before the last epoch', () => {
    const definition = checkSweep(halved);
    expect(halvingRungs(definition, 100)).toEqual([2, 6, 18, 54]);
    expect(halvingRungs(definition, 54)).toEqual([2, 6, 18]);
    expect(halvingRungs(definition, 2)).toEqual([]);
    expect(halvingRungs(checkSweep({ ...halved, halving: undefined }), 100)).toEqual([]);
  });

  it('let the best of every so many combinations go on, by the mean over their trials at that epoch', () => {
    const reached = [
      { configuration: 0, history: [record(1), record(0.5), record(9)] },
      { configuration: 0, history: [record(1), record(0.7), record(9)] },
      { configuration: 1, history: [record(1), record(0.9)] },
      { configuration: 1, history: [record(1), record(0.1), record(0.1)] },
      // Ended early: what it had reached counts.
      { configuration: 2, history: [record(0.2)] },
      { configuration: 3, history: [record(0.01), record(0.01, false)] },
    ];
    expect(selectLosers(2, 2, reached)).toEqual(new Set([0, 3]));
    expect(selectLosers(2, 4, reached)).toEqual(new Set([0, 1, 3]));
    // Equal ones in the order of the grid.
    expect(selectLosers(1, 2, reached.slice(0, 4))).toEqual(new Set([1]));
  });

  it('prefer large accuracies', () => {
    const accuracy = (value: number) => ({ finite: true, validation: { accuracy: value, log_loss: 1 } }) as EpochRecord;
    const reached = [0.5, 0.9, 0.7].map((value, configuration) => ({ configuration, history: [accuracy(value)] }));
    expect(selectLosers(1, 3, reached)).toEqual(new Set([0, 2]));
    // As right as each other: the loss decides.
    const equal = [0.3, 0.2, 0.4].map((validation_loss, configuration) => ({
      configuration,
      history: [{ ...accuracy(0.9), validation_loss }],
    }));
    expect(selectLosers(1, 3, equal)).toEqual(new Set([0, 2]));
  });
});

describe('a sweep with successive halving', () => {
  it('ends the losers at each rung and trains the others as if they were alone', async () => {
    const { trials, leaderboard } = await sweep(engine, data, halved);
    const epochs = leaderboard.map(({ cell }) =>
      trials.filter((trial) => trial.cell === cell).map((t) => t.epochs_run),
    );
    // 12 combinations, 4 after the first rung, 2 after the second, all with both of their seeds.
    expect(epochs.map(([first]) => first).sort((a, b) => b - a)).toEqual([12, 12, 6, 6, ...Array(8).fill(2)]);
    expect(epochs.every(([first, second]) => first === second)).toBe(true);
    expect(leaderboard.map((leader) => leader.halved)).toEqual([0, 0, ...Array(10).fill(2)]);
    const whole = await sweep(engine, data, { ...halved, halving: undefined });
    trials.forEach(({ history, stopped, epochs_run, metrics }, place) => {
      const plain = whole.trials[place];
      const timeless = (records: readonly EpochRecord[]) => records.map(({ seconds: _, ...rest }) => rest);
      expect(timeless(history)).toEqual(timeless(plain.history.slice(0, epochs_run)));
      expect(stopped).toBe(epochs_run === 12 ? 'epochs' : 'halving');
      if (epochs_run === 12) expect(metrics).toEqual(plain.metrics);
    });
  });

  it('frees what the losers hold at once', async () => {
    const held = new Set<Population>();
    const counting: typeof engine = {
      ...engine,
      async createPopulation(some, settings) {
        const population = await engine.createPopulation(some, settings);
        held.add(population);
        return Object.assign(population, { destroy: () => held.delete(population) });
      },
    };
    const shares: number[] = [];
    const progress = (_: unknown, statuses: () => TrialStatus[]) => {
      const begun = statuses().filter(({ stopped }) => !stopped).length;
      shares.push([...held].reduce((sum, { trials }) => sum + trials, 0) / begun);
    };
    const { populations } = await sweep(
      counting,
      data,
      { ...halved, grid: { ...halved.grid, 'model.hidden': [[4]] } },
      { progress },
    );
    // At the end there is no trial that goes on.
    expect(Math.max(...shares.filter(Number.isFinite))).toBeLessThan(2);
    expect(held.size).toBe(0);
    expect(populations).toEqual([{ trials: 12, plan: 'plain' }]);
  });

  it('decides over all folds together', async () => {
    const folds = prepareFolds(generate('curve', { rows: 60, seed: 4 }), { target: 'y' }, 3);
    const { trials } = await sweep(engine, folds, { ...halved, seeds: 1, folds: 3 });
    const cells = Array.from({ length: 12 }, (_, cell) => trials.filter((trial) => trial.cell === cell));
    for (const cell of cells) expect(new Set(cell.map(({ epochs_run }) => epochs_run)).size).toBe(1);
  });

  it('needs validation rows', async () => {
    const split = { train: 0.8, validation: 0, test: 0.2 };
    const blind = prepare(generate('curve', { rows: 60, seed: 4 }), { target: 'y', split });
    await expect(sweep(engine, blind, halved)).rejects.toThrow(
      'halving: needs validation rows to decide by; give split.validation a share.',
    );
  });
});
