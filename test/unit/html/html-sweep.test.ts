/** The report of a sweep: means and spreads as they were measured, what is not settled said, and small however many trials. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { summarize } from '../../../src/data/prepare/summary.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { bandOf } from '../../../src/html/bands.ts';
import { usualRange } from '../../../src/html/charts/frame.ts';
import { type SweepReport, sweepReport } from '../../../src/html/sweep-report.ts';
import type { SweptLeader, SweptTrial } from '../../../src/html/swept.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { pairedDifference } from '../../../src/sweep/results/versus-best.ts';
import { figure } from '../../../src/util/format.ts';
import { untrained } from '../../support/models/untrained.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

const odd = `<script>alert("1")</script> & 'x'`;
const table: Table = {
  source: 'folder/a.csv',
  rows: 40,
  rowsBefore: 1,
  notices: [],
  columns: [
    { name: odd, kind: 'number', values: Float64Array.from({ length: 40 }, (_, row) => Math.sin(row)) },
    { name: 'y', kind: 'number', values: Float64Array.from({ length: 40 }, (_, row) => Math.cos(row)) },
  ],
};
const settings = checkData({ target: 'y' });
const data = prepare(table, settings);

const numbers = (rmse: number) => ({ mse: rmse ** 2, rmse, mae: rmse, r2: 1 - rmse });

function spreadOf(values: number[]) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sd = n > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : 0;
  return { n, mean, sd, low: mean - sd, high: mean + sd, interval: n > 1 ? ('t' as const) : ('none' as const) };
}

/** Combinations with their settings, RMSE by seed and how they stopped. */
function reportOf(cells: { settings: Record<string, unknown>; rmse: number[]; stopped?: string }[]): SweepReport {
  const trials = cells.flatMap(({ settings, rmse, stopped = 'epochs' }, cell) =>
    rmse.map(
      (value, seed): SweptTrial => ({
        cell,
        settings,
        seed,
        fold: null,
        metrics: { train: numbers(value * 0.9), validation: numbers(value), test: numbers(value * 1.1) },
        epochs_run: 3 + seed,
        stopped,
        history: Array.from({ length: 3 + seed }, (_, i) => ({
          number: i + 1,
          train_loss: value / (i + 1),
          validation_loss: (2 * value) / (i + 1),
        })),
      }),
    ),
  );
  const leaderboard = cells
    .map(({ settings, rmse, stopped }, cell): SweptLeader => {
      const all = (times: number) => ({ rmse: spreadOf(rmse.map((value) => value * times)) });
      const diverged = stopped === 'diverged' ? rmse.length : 0;
      return {
        cell,
        settings,
        n: rmse.length,
        diverged,
        metrics: { train: all(0.9), validation: all(1), test: all(1.1) },
        versus_best: null,
      };
    })
    .sort((a, b) => a.metrics.validation.rmse.mean - b.metrics.validation.rmse.mean);
  const [best, ...others] = leaderboard.map(({ cell }) => cells[cell].rmse);
  for (const [index, rmse] of others.entries()) {
    const differences = rmse.map((value, seed) => value - best[seed]);
    leaderboard[index + 1].versus_best = pairedDifference(differences, 1, 0.05 / others.length);
  }
  const trial = checkTrial({});
  return {
    target: 'y',
    data: {
      file: table.source,
      summary: summarize(table, settings),
      preprocessing: data.preprocessing,
      rows: { total: 40, train: 24, validation: 8, test: 8 },
      inputs: 1,
      notices: [],
    },
    definition: { base: {}, grid: { 'model.activation': ['relu', odd] }, random: {}, samples: 20, seeds: 3, folds: 1 },
    trials,
    leaderboard,
    variance_shares: null,
    best: {
      trial: trials.findIndex(({ cell }) => cell === leaderboard[0].cell),
      settings: { ...trial, training: { ...trial.training, loss: 'mse' } },
      units: [1, 64, 64, 1],
      parameters: 4353,
    },
    baseline: { train: numbers(1), validation: numbers(1), test: numbers(1) },
    populations: [{ trials: trials.length, plan: 'resident' }],
    interrupted: false,
    model: untrained(data),
    origin: {
      command: 'perceptron-lab sweep a.csv sweep.json --target y',
      version: '1.2.3',
      made: new Date(0),
      engine: { kind: 'webgpu', adapter: 'SwiftShader', software: true, why: 'asked for' },
      plans: [],
      seconds: 2,
    },
  };
}

const apart = [
  { settings: { 'model.activation': 'relu', 'training.batch_size': 4 }, rmse: [0.1, 0.12, 0.14] },
  { settings: { 'model.activation': odd, 'training.batch_size': 8 }, rmse: [0.5, 0.52, 0.55] },
];

describe('sweepReport', () => {
  it('names the winner with its spread, and says what is settled', () => {
    const report = reportOf(apart);
    const page = sweepReport(report);
    expectReport(page);
    const text = textOfPage(page);
    const { mean, sd, low, high } = report.leaderboard[0].metrics.validation.rmse;
    expect(text).toContain(
      `activation relu, batch size 4 came out best: validation RMSE ${figure(mean)} ± ${figure(sd, 2)} (mean ± standard deviation over 3 trials, 95\u00a0% interval of the mean by Student's t ${figure(low)} to ${figure(high)})`,
    );
    // Differences of 0.4, 0.4 and 0.41: 0.4033 ± 4.303 * 0.005774 / sqrt(3).
    expect(text).toContain('the interval of the paired difference is 0.389 to 0.418, so the two are told apart.');
    expect(text).toContain('Told apart from the best is the other: no interval of a paired difference');
    expect(text).not.toContain('≈');
    expect(text).toContain("the interval that of the mean (by Student's t).");
    expect(text).not.toContain('Folds share rows');
    expect(text).toContain(
      `On the test rows, which chose nothing, it has ${figure(mean * 1.1)} ± ${figure(sd * 1.1, 2)}.`,
    );
    expect(text).toContain(`has ${figure(1)} there`);
    expect(text).toContain(`1 relu 4 3 ${figure(mean)} ± ${figure(sd, 2)} ${figure(low)} to ${figure(high)}`);
    expect(text).toContain('SwiftShader (a software adapter, not a GPU)');
    expect(text).toContain('grid: model.activation');
  });

  it('says where the order is not settled, and where one trial each settles nothing', () => {
    const near = textOfPage(sweepReport(reportOf([apart[0], { ...apart[1], rmse: [0.11, 0.15, 0.13] }])));
    expect(near).toContain('so which of the two is better is not settled.');
    expect(near).toContain('≈ 2');
    expect(near).toContain('≈ marks 1 of 1 that is not told apart from the best');
    const alike = sweepReport(reportOf([apart[0], { ...apart[1], rmse: [0.2, 0.22, 0.24] }]));
    expect(alike).toContain('the difference is the same in every pair');
    const single = apart.map((cell) => ({ ...cell, rmse: cell.rmse.slice(0, 1) }));
    const page = sweepReport(reportOf(single));
    expectReport(page);
    expect(page).toContain('with one trial each, the difference may be chance');
    expect(page).toContain('One trial each cannot tell which combination is better');
    expect(page).not.toContain('standard deviation over 1');
  });

  it('says which settings matter', () => {
    const variance_shares = [
      { path: 'training.batch_size', share: 0.704 },
      { path: 'model.activation', share: 0 },
    ];
    const page = sweepReport({ ...reportOf(apart), variance_shares });
    expectReport(page);
    expect(textOfPage(page)).toMatch(
      /Which settings matter: .*batch size 70 % activation 0 % interplay and chance 30 %/,
    );
    expect(sweepReport(reportOf(apart))).not.toContain('Which settings matter');
  });

  it('names what diverged, and lets it not spoil the pictures', () => {
    const wild = {
      settings: { 'model.activation': 'elu', 'training.batch_size': 1 },
      rmse: [1e17, 3e17, 1e16],
      stopped: 'diverged',
    };
    const text = sweepReport(
      reportOf([...apart, { ...apart[1], settings: { 'model.activation': 'gelu', 'training.batch_size': 2 } }, wild]),
    );
    expectReport(text);
    expect(textOfPage(text)).toContain(
      '3 trials diverged and are scored with the last good parameters: activation elu, batch size 1 (3 of 3).',
    );
    expect(text).toContain('beyond the scale');
  });

  it('has a page for one combination, for nothing that varies, and for trials that never finished an epoch', () => {
    const [only] = reportOf([{ settings: {}, rmse: [0.2] }]).trials;
    const report = reportOf([{ settings: {}, rmse: [0.2] }]);
    expectReport(sweepReport(report));
    expectReport(sweepReport({ ...report, trials: [{ ...only, history: [] }], interrupted: true }));
  });

  it('stays small for 10,000 trials, and says what it leaves out', () => {
    const cells = Array.from({ length: 2500 }, (_, i) => ({
      settings: {
        'model.activation': ['relu', 'tanh', odd][i % 3],
        'training.optimizer.learning_rate': 1e-4 * 1.003 ** i,
      },
      rmse: [0.1, 0.11, 0.12, 0.13].map((value) => value * (1 + i / 2500)),
    }));
    const report = reportOf(cells);
    const page = sweepReport(report);
    expect(page.length).toBeLessThan(1_000_000);
    expectReport(page);
    const text = textOfPage(page);
    expect(text).toContain('300 of 2\u202f500 combinations are drawn');
    expect(text).toContain('The 2\u202f200 after them are in trials.csv.');
    expect(text).toContain('The first 500 of 10\u202f000; all are in trials.csv.');
  });
});

describe('bandOf', () => {
  it('is mean and sample deviation over the trials that trained so far', () => {
    expect(bandOf([[1, 2, 3], [3, 4], [5]])).toEqual({
      epochs: [1, 2, 3],
      mean: [3, 3, 3],
      sd: [2, Math.SQRT2, 0],
      n: [3, 2, 1],
    });
    expect(bandOf([])).toEqual({ epochs: [], mean: [], sd: [], n: [] });
  });
});

describe('usualRange', () => {
  it('leaves out what is far beyond most', () => {
    expect(usualRange([1, 2, 3, 4, 1e9])).toEqual([1, 4]);
    expect(usualRange([1, 2, 3, 4, 5])).toEqual([1, 5]);
    expect(usualRange([1, 1, 1, 1, 0.9, 0.8])).toEqual([0.8, 1]);
    expect(usualRange([0.9, 0.8, 0.7, 0.1])).toEqual([0.1, 0.9]);
    expect(usualRange([Number.NaN])).toEqual([0, 1]);
  });
});
