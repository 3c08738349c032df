/** Scores and ratios beside peers, against numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { compareTable, firstAhead, ratioOfRates, scoreOf, summaryOf } from '../../../../bench/accuracy/compare.ts';
import type { Peers } from '../../../../bench/accuracy/folder.ts';
import { classes, numbers } from './study.ts';

describe('the score', () => {
  const peers = new Map(Object.entries({ 'mean or prior': 20, linear: 10, xgboost: 6, realmlp: 5 }));
  it.each([
    ['the best peer', 5, 1],
    ['the linear model', 10, 0],
    ['half way between', 7.5, 0.5],
    ['better than all', 2.5, 1.5],
    ['far behind', 1000, -1],
  ])('of %s', (_, error, score) => {
    expect(scoreOf(error, peers)).toBe(score);
  });

  it('counts from the worst peer where the linear model is within a tenth of the best', () => {
    const near = new Map(Object.entries({ 'mean or prior': 20, linear: 6, xgboost: 5 }));
    expect(scoreOf(12.5, near)).toBe(0.5);
    const best = new Map(Object.entries({ 'mean or prior': 20, linear: 4, xgboost: 5 }));
    expect(scoreOf(4, best)).toBe(1);
  });

  it('is none without a peer beyond mean and linear model', () => {
    expect(scoreOf(1, new Map(Object.entries({ 'mean or prior': 20, linear: 6 })))).toBeUndefined();
    expect(scoreOf(1, new Map())).toBeUndefined();
  });
});

const stored = (table: string, split: number, metrics: object) => ({ table, split, metrics, wall: 1, cpu: 2 });
const peers: Peers = {
  linear: [stored('numbers', 0, { rmse: 8 }), stored('numbers', 1, { rmse: 12 }), stored('numbers', 2, { rmse: 1000 })],
  xgboost: [stored('numbers', 0, { rmse: 6 }), stored('numbers', 1, { rmse: 6 })],
  'random forest': [stored('numbers', 0, { rmse: 4 }), stored('numbers', 1, { rmse: 6 })],
  'hist gradient boosting': [stored('classes', 0, { log_loss: 0.2, accuracy: 0.8 })],
  realmlp: [stored('numbers', 0, { rmse: 2 }), stored('numbers', 1, { rmse: 4 })],
};

describe('a comparison', () => {
  it('is of means over the same splits', () => {
    const own = [stored('numbers', 0, { rmse: 9 }), { ...stored('numbers', 1, { rmse: 13 }), wall: 3, cpu: 6 }];
    expect(compareTable(numbers, own, peers)).toEqual({
      table: 'numbers',
      task: 'regression',
      splits: [0, 1],
      error: 11,
      errorRate: undefined,
      wall: 2,
      cpu: 4,
      linear: 10,
      bestTree: { name: 'random forest', value: 5 },
      bestTreeErrorRate: undefined,
      bestPeer: { name: 'realmlp', value: 3 },
      score: (10 - 11) / (10 - 3),
    });
  });

  it('of classes has error rates', () => {
    const own = compareTable(classes, [stored('classes', 0, { log_loss: 0.4, accuracy: 0.9 })], peers);
    expect(own.errorRate).toBeCloseTo(0.1, 12);
    expect(own.bestTreeErrorRate).toEqual({ name: 'hist gradient boosting', value: expect.closeTo(0.2, 12) });
  });

  it('is summed up as means of scores and geometric means of ratios', () => {
    const table = (name: string, error: number, score: number) => ({
      ...compareTable(numbers, [stored('numbers', 0, { rmse: error })], peers),
      table: name,
      score,
    });
    const summary = summaryOf([
      table('a', 16, -1),
      table('b', 1, 1.5),
      compareTable(classes, [stored('classes', 0, { log_loss: 0.4, accuracy: 0.9 })], peers),
    ]);
    // On split 0 the best tree has 4 and the linear model 8.
    expect(summary.rmseToTree).toBeCloseTo(Math.sqrt(4 * 0.25), 12);
    expect(summary.logLossToTree).toBeCloseTo(2, 12);
    expect(summary.errorRateToTree).toBeCloseTo(0.5, 6);
    expect(summary).toMatchObject({ tables: 3, behindLinear: 1, wall: 1, cpu: 2 });
    // The only peer of the classes is best and worst.
    expect(summary.score).toBeCloseTo((-1 + 1.5 + -1) / 3, 12);
  });

  it('of error rates bears with none', () => {
    expect(ratioOfRates(0, 0)).toBe(1);
    expect(ratioOfRates(0.2, 0.1)).toBeCloseTo(2, 6);
  });
});

describe('the time until a peer is passed', () => {
  const budget = (seconds: number, error: number) => ({ seconds, wall: seconds + 1, error, peerError: 5 });
  it('is the least budget whose model is better', () => {
    expect(firstAhead([budget(60, 3), budget(6, 7), budget(15, 4)])).toEqual(budget(15, 4));
    expect(firstAhead([budget(6, 7), budget(60, 5)])).toBeUndefined();
  });
});
