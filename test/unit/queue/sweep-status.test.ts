/** How a sweep on the queue stands, as it is told to whoever watches. */
import { expect, it } from 'vitest';
import { sweepStatus, thinned } from '../../../src/queue/sweep/status.ts';
import { mostLeaders, mostPoints, workStatusSchema } from '../../../src/sweep/queue-status.ts';
import { buildLeaderboard } from '../../../src/sweep/results/leaderboard.ts';
import type { TrialResult } from '../../../src/sweep/results/types.ts';

const rates = [0.001, 0.01, 0.1];
const settingsOf = (cell: number) => ({
  'model.activation': 'relu',
  'training.optimizer.learning_rate': rates[cell % 3],
  'training.batch_size': cell,
});
const configurations = (count: number) =>
  Array.from({ length: count }, (_, cell) => ({ settings: settingsOf(cell), trial: {} as never }));

function trial(cell: number, seed: number, score: number, more: Partial<TrialResult> = {}): TrialResult {
  const metrics = { rmse: score, mae: score / 2, mse: score ** 2, r2: 0 };
  return {
    ...{ cell, settings: {}, seed, fold: null, epochs_run: 10, stopped: 'epochs', history: [] },
    metrics: { train: metrics, validation: metrics, test: metrics } as unknown as TrialResult['metrics'],
    ...more,
  };
}

const progress = { trials: 20, ended: 4, epochs: 60, ofEpochs: 200, seconds: 4.2 };
const facts = { table: '/home/me/data/curve.csv', target: 'y', priority: 50 };

it('ranks combinations as the leaderboard does, and names no folder', () => {
  const trials = [trial(0, 1, 0.5), trial(1, 1, 0.3), trial(0, 2, 0.7), trial(1, 2, 0.1)];
  const status = sweepStatus({ ...facts, configurations: configurations(2) });
  status('training', { ...progress, epochs: 18, seconds: 0.2 }, []);
  const told = status('training', progress, trials);
  expect(told).toMatchObject({
    ...{ kind: 'sweep', table: 'curve.csv', target: 'y', state: 'training', trials: 20, ended: 4, combinations: 2 },
    ...{
      varied: ['training.optimizer.learning_rate', 'training.batch_size'],
      best: 0.1,
      seconds: 4.2,
      seconds_left: 14,
    },
    metric: { set: 'validation', name: 'rmse', large: false },
    points: { ended: [1, 2, 3, 4], score: [0.5, 0.3, 0.7, 0.1], cell: [0, 1, 0, 1] },
  });
  const leaderboard = buildLeaderboard(trials.map((own) => ({ ...own, settings: settingsOf(own.cell) })));
  expect(told.leaders).toEqual(
    leaderboard.map(({ cell, settings, n, diverged, halved, metrics }) => {
      return { cell, settings, n, diverged, halved, score: metrics.validation.rmse };
    }),
  );
  expect(JSON.stringify(told)).not.toContain('/home');
});

it('ranks by accuracy, and equal ones by log loss', () => {
  const scores = [
    [0.8, 0.5],
    [0.9, 0.4],
    [0.9, 0.3],
  ];
  const trials = scores.map(([accuracy, log_loss], cell) =>
    trial(cell, 1, 0, { metrics: { train: null, validation: { accuracy, log_loss } as never, test: null } }),
  );
  const told = sweepStatus({ ...facts, configurations: configurations(3) })('done', progress, trials);
  expect(told).toMatchObject({ best: 0.9, metric: { name: 'accuracy', large: true }, seconds_left: null });
  expect(told.leaders.map(({ cell }) => cell)).toEqual([2, 1, 0]);
});

it('says of what diverged that it did, and of nothing that there is none', () => {
  const status = sweepStatus({ ...facts, configurations: configurations(2) });
  const none = { metric: null, best: null, leaders: [], points: { ended: [], score: [], cell: [] } };
  expect(status('training', { ...progress, epochs: 0, seconds: 0 }, [])).toMatchObject({ ...none, seconds_left: null });
  const diverged = [trial(0, 1, Number.NaN, { stopped: 'diverged' }), trial(1, 1, 0.2)];
  const told = status('left', progress, diverged);
  expect(told).toMatchObject({ diverged: 1, best: 0.2, points: { ended: [2], score: [0.2], cell: [1] } });
  // As it is read: JSON has no NaN.
  const read = workStatusSchema.parse(JSON.parse(JSON.stringify({ ...told, version: '1', at: 5 })));
  expect(read).toMatchObject({ leaders: [{ score: { mean: 0.2 } }, { score: { mean: null } }] });
});

it('stays small whatever the sweep is', () => {
  const count = 20_000;
  const trials = Array.from({ length: count }, (_, index) => trial(index % 4000, index, 2 + Math.sin(index * index)));
  const told = sweepStatus({ ...facts, configurations: configurations(4000) })('training', progress, trials);
  expect(told.points.ended.length).toBeLessThanOrEqual(mostPoints);
  expect(told.leaders).toHaveLength(mostLeaders);
  expect(JSON.stringify(told).length).toBeLessThan(80_000);
  expect(workStatusSchema.safeParse({ ...told, version: '1', at: 5 }).success).toBe(true);
});

it('thins scores evenly, and keeps each that was the best when it came', () => {
  const scores = Array.from({ length: 1000 }, (_, index) => (index % 100 === 37 ? -index : index % 7));
  const all = scores.map((_, index) => index);
  const kept = thinned(all, (index) => scores[index], 100);
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(kept).toEqual(kept.toSorted((a, b) => a - b));
  expect([kept[0], kept.at(-1)]).toEqual([0, 999]);
  expect(kept).toEqual(expect.arrayContaining([37, 137, 237, 937]));
  // A sweep in which each is better than all before.
  expect(thinned(all, (index) => -index, 100).length).toBeLessThanOrEqual(100);
});
