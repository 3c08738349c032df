/** Errors against numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { accuracy, averageOf, geometricMean, logLoss, metricsOf, rmse } from '../../../../bench/accuracy/metrics.ts';

const ab = (...rows: number[][]) => ({ classes: ['a', 'b'], rows });

describe('the RMSE', () => {
  it('is the root of the mean square', () => {
    expect(rmse([1, 2, 3], [2, 2, 1])).toBeCloseTo(Math.sqrt(5 / 3), 15);
    expect(rmse([1, 2, 3], [1, 2, 3])).toBe(0);
  });
});

describe('the log loss', () => {
  it('is the mean of -ln p of the true class', () => {
    expect(logLoss(['a', 'b'], ab([0.5, 0.5], [0.75, 0.25]))).toBeCloseTo(1.5 * Math.log(2), 15);
  });

  it('divides probabilities by their sum', () => {
    expect(logLoss(['a'], ab([0.2, 0.2]))).toBeCloseTo(Math.log(2), 15);
  });

  it('of a certain mistake, and of a class that was never seen, is -ln 1e-7', () => {
    expect(logLoss(['a'], ab([0, 1]))).toBeCloseTo(7 * Math.log(10), 12);
    expect(logLoss(['c'], ab([0.5, 0.5]))).toBeCloseTo(7 * Math.log(10), 12);
  });
});

describe('the accuracy', () => {
  it('goes by the most probable class, the first of equals', () => {
    expect(accuracy(['a', 'a', 'b', 'b'], ab([0.6, 0.4], [0.4, 0.6], [0.5, 0.5], [0.1, 0.9]))).toBe(0.5);
  });
});

describe('metrics', () => {
  it('are those of the task', () => {
    expect(metricsOf('regression', ['1', '3'], { classes: [], rows: [[1], [1]] })).toEqual({ rmse: Math.sqrt(2) });
    expect(metricsOf('classification', ['a'], ab([1, 0]))).toEqual({ accuracy: 1, log_loss: expect.closeTo(1e-7, 12) });
  });

  it('refuse rows that are missing and predictions that are no numbers', () => {
    expect(() => metricsOf('regression', ['1', '3'], { classes: [], rows: [[1]] })).toThrow('1 predictions for 2 rows');
    expect(() => metricsOf('regression', ['1', '3'], { classes: [], rows: [[1], [Number.NaN]] })).toThrow(
      'the prediction of row 2 is no number',
    );
  });
});

describe('means', () => {
  it('of ratios are geometric', () => {
    expect(geometricMean([2, 0.5])).toBeCloseTo(1, 15);
    expect(geometricMean([1, 4])).toBeCloseTo(2, 15);
  });

  it('of members are taken row by row', () => {
    expect(averageOf([ab([1, 0], [0.5, 0.5]), ab([0, 1], [1, 0])])).toEqual(ab([0.5, 0.5], [0.75, 0.25]));
  });
});
