/** How a fit on the queue stands, as it is told to whoever watches. */
import { expect, it } from 'vitest';
import type { FitProgress } from '../../../src/fit/fit.ts';
import type { Metrics } from '../../../src/model/metrics.ts';
import { fitStatus } from '../../../src/queue/fit/status.ts';
import { mostPoints, workStatusSchema } from '../../../src/sweep/queue-status.ts';

const rmse = (value: number) => ({ rmse: value }) as Metrics;
const pack = (seconds: number, networks: number, score: number | null): FitProgress => ({
  ...{ seconds, networks, members: Math.min(networks, 3), linear: rmse(4), baseline: rmse(9) },
  metrics: score === null ? null : rmse(score),
});
const timed = { table: 'C:\\tables\\houses.csv', target: 'price', priority: 50, length: { seconds: 60 } };

it('says how much of its time is gone, and how its score came about', () => {
  const told = [pack(0.5, 0, null), pack(2.04, 8, 3), pack(7.31, 16, 2.5), pack(8, 16, 2.5)];
  const status = fitStatus(timed, 'training', 8.4, told);
  expect(status).toEqual({
    ...{
      kind: 'fit',
      table: 'houses.csv',
      target: 'price',
      priority: 50,
      state: 'training',
      seconds: 8.4,
      seconds_left: 52,
    },
    ...{ metric: { set: 'validation', name: 'rmse', large: false }, best: 2.5, linear: 4, baseline: 9 },
    ...{ networks: 16, members: 3, packs: 2, of_seconds: 60, of_packs: null },
    points: { seconds: [2, 7.3, 8], score: [3, 2.5, 2.5] },
  });
  expect(workStatusSchema.parse({ ...status, version: '1', at: 5 })).toMatchObject(status);
});

it('knows nothing before the first pack, and stays small after many', () => {
  const repeated = { ...timed, length: { packs: 5000 } };
  expect(fitStatus(repeated, 'training', 0, [])).toMatchObject({
    ...{ metric: null, best: null, seconds_left: null, packs: 0, of_packs: 5000, of_seconds: null },
    points: { seconds: [], score: [] },
  });
  const told = Array.from({ length: 5000 }, (_, index) => pack(index, 8 * (index + 1), 5000 - index));
  const { packs, points } = fitStatus(repeated, 'done', 5000, told);
  expect(packs).toBe(5000);
  expect(points.seconds).toHaveLength(mostPoints);
  expect([points.score[0], points.score.at(-1)]).toEqual([5000, 1]);
});
