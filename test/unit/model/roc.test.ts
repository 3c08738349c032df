/** The ROC curve: its corners, its area, and the point of a threshold. */
import { expect, it } from 'vitest';
import { rocCurve, rocPoint } from '../../../src/model/roc.ts';
import { normalAt } from '../../../src/util/random.ts';

it('goes through the corners of a small example', () => {
  const curve = rocCurve([1, 0, 1, 0], [0.9, 0.8, 0.8, 0.1])!;
  expect([...curve.false_positive]).toEqual([0, 0, 0.5, 1]);
  expect([...curve.true_positive]).toEqual([0, 0.5, 1, 1]);
  expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.1]);
  expect(rocPoint(curve, 0.85)).toBe(1);
  expect(rocPoint(curve, 0.5)).toBe(2);
  expect(rocPoint(curve, 1)).toBe(0);
});

it('has the area of its metric, also when it is thinned', () => {
  const actual = Array.from({ length: 3000 }, (_, i) => i % 2);
  const scores = actual.map((own, i) => own + normalAt(1, i));
  const { false_positive: x, true_positive: y, auc } = rocCurve(actual, scores)!;
  expect(x.length).toBeLessThanOrEqual(202);
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  expect(area).toBeCloseTo(auc, 2);
  expect(auc).toBeGreaterThan(0.7);
});

it('is none where one class has no rows', () => {
  expect(rocCurve([1, 1], [0.2, 0.4])).toBeNull();
});
