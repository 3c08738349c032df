/** What the page draws of a sweep on a queue. */
import { expect, it } from 'vitest';
import { watchesQueue } from '../../../../src/lab/watch/address.ts';
import { leadersOf } from '../../../../src/lab/watch/lab-watched-sweep.ts';
import { bestLine, countBeyond, scoreRange } from '../../../../src/lab/watch/scores-drawing.ts';
import type { SweepStatus } from '../../../../src/sweep/queue-status.ts';

it('leaves far worse trials out of the axis, and counts them', () => {
  const costs = { score: [1, 1.2, 1.1, 1.4, 50, 1.3, 900], large: false };
  const [low, high] = scoreRange(costs);
  expect([low < 1, high > 1.4, high < 1.6]).toEqual([true, true, true]);
  expect(countBeyond(costs)).toBe(2);
  const accuracies = { score: [0.9, 0.95, 0.93, 0.1], large: true };
  expect(scoreRange(accuracies)[0]).toBeGreaterThan(0.8);
  expect(countBeyond(accuracies)).toBe(1);
  for (const score of [[2], [2, 2, 2]]) {
    const [least, most] = scoreRange({ score, large: false });
    expect(least < 2 && most > 2).toBe(true);
  }
});

it('draws the best so far in steps, up to the trial that ended last', () => {
  const line = { ended: [1, 3, 4, 8], score: [5, 4, 6, 2], all: 10 };
  expect(bestLine({ ...line, large: false })).toEqual({ ended: [1, 3, 3, 8, 8, 10], score: [5, 5, 4, 4, 2, 2] });
  expect(bestLine({ ...line, large: true })).toEqual({ ended: [1, 4, 4, 10], score: [5, 5, 6, 6] });
});

it('makes a leaderboard of what is told', () => {
  const score = { n: 2, mean: null, sd: null, low: null, high: null, interval: 'none' as const };
  const settings = { 'model.activation': 'relu' };
  const status = {
    metric: { set: 'validation', name: 'rmse', large: false },
    leaders: [{ cell: 3, settings, n: 2, diverged: 1, halved: 0, score }],
  } as Partial<SweepStatus> as SweepStatus;
  const rmse = { n: 2, mean: Number.NaN, sd: Number.NaN, low: Number.NaN, high: Number.NaN, interval: 'none' };
  expect(leadersOf(status)).toEqual([
    {
      ...{ cell: 3, settings, n: 2, diverged: 1, halved: 0, versus_best: null },
      metrics: { train: {}, validation: { rmse }, test: {} },
    },
  ]);
});

it('finds in its address whether the page is served with a queue', () => {
  expect(['', '?lang=ko', '?queue', '?queue=&lang=ko', '?panels=queue'].map(watchesQueue)).toEqual([
    ...[false, false, true, true, false],
  ]);
});
