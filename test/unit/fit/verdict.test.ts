import { describe, expect, it } from 'vitest';
import { foldsOf } from '../../../src/fit/held-out.ts';
import { fallFrom } from '../../../src/fit/selection.ts';
import { gainOver, verdictOf } from '../../../src/fit/verdict.ts';
import { prepare } from '../../../src/library/prepare.ts';
import { baselineMetrics, type RegressionMetrics } from '../../../src/model/metrics.ts';
import { uniformAt } from '../../../src/util/random.ts';

const scores = (rmse: number): RegressionMetrics => ({ mse: rmse ** 2, rmse, mae: rmse, r2: 0 });
const evidence = { metrics: scores(5), linear: scores(8), baseline: scores(10), gain: undefined, more: undefined };
const codes = (given: Partial<Parameters<typeof verdictOf>[0]>) =>
  verdictOf({ ...evidence, ...given }).map(({ code }) => code);

describe('the verdict', () => {
  it('compares with a linear model, by an interval', () => {
    expect(codes({ gain: { share: 0.4, low: 0.2, high: 0.5 } })).toEqual(['better_than_linear']);
    expect(codes({ gain: { share: 0.01, low: -0.1, high: 0.1 } })).toEqual(['even_with_linear']);
  });

  it('says first where it is no better than always giving the same answer', () => {
    expect(codes({ metrics: scores(9.95), gain: { share: 0.4, low: 0.2, high: 0.5 } })).toEqual([
      'no_better_than_baseline',
    ]);
  });

  it('says whether more rows would help', () => {
    expect(codes({ more: 0.1 })).toEqual(['more_rows_help']);
    expect(codes({ more: -0.02 })).toEqual(['more_rows_little']);
  });

  it('makes nothing of a share of next to nothing', () => {
    const classes = (log_loss: number) => {
      const targets = Float32Array.of(0, 1, 0, 1);
      const data = prepare({ features: targets, targets, rows: 4, columns: 1 }, { task: 'classification' });
      return { ...baselineMetrics(data, 'train'), log_loss };
    };
    const known = { linear: null, baseline: classes(0.7) };
    // From 0.04 to 0.008 it fell by 80 %.
    const [needless] = verdictOf({ ...evidence, ...known, metrics: classes(0.008), more: 0.8 });
    expect(needless).toMatchObject({ code: 'more_rows_needless', params: { own: 0.008 } });
    expect(codes({ ...known, metrics: classes(0.02), more: 0.8 })).toEqual(['more_rows_help']);
    expect(codes({ ...known, metrics: classes(0), more: 0 })).toEqual(['more_rows_needless']);
    expect(fallFrom(0, 0, false)).toBe(0);
    expect(fallFrom(0.5, 0.4, false)).toBeCloseTo(0.2, 12);
    expect(fallFrom(4, 1, true)).toBe(0.5);
  });
});

describe('the gain over the linear model', () => {
  const rows = 400;
  const targets = Float32Array.from({ length: rows }, (_, row) => uniformAt(1, row) - 0.5);
  const data = prepare(
    { features: Float32Array.from({ length: rows }, (_, row) => row), targets, rows, columns: 1 },
    { split: { train: 1 }, scaling: 'none' },
  );
  const folds = foldsOf(data, [data.sets.train], rows);
  const off = (distance: number) => targets.map((target, row) => target + (row % 2 === 0 ? distance : -distance));

  it('is the share by which the root of the mean square is smaller', () => {
    const { share, low, high } = gainOver(off(0.4), off(0.3), data, folds, 'mse');
    expect(share).toBeCloseTo(0.25, 5);
    // Every row has the same error, so that resampling changes nothing.
    expect(low).toBeCloseTo(0.25, 5);
    expect(high).toBeCloseTo(0.25, 5);
  });

  it('is none between two that are as good, with an interval around it', () => {
    const noise = (seed: number) => targets.map((target, row) => target + uniformAt(seed, row) - 0.5);
    const { low, high } = gainOver(noise(7), noise(8), data, folds, 'mse');
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});
