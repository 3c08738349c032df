/** Metrics against numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../src/data/dataset.ts';
import { prepare } from '../../src/data/prepare.ts';
import type { Evaluation } from '../../src/engine/engine.ts';
import { baselineMetrics, metricsOf } from '../../src/train/metrics.ts';

/** What an engine would return for these answers, [row of the set, output], in scaled units. */
function evaluationOf(data: DataSet, set: keyof DataSet['sets'], answers: number[]): Evaluation {
  const rows = data.sets[set];
  const squared_error = new Float64Array(data.outputs);
  const absolute_error = new Float64Array(data.outputs);
  rows.forEach((row, index) => {
    for (let output = 0; output < data.outputs; output++) {
      const error = answers[index * data.outputs + output] - data.targets[row * data.outputs + output];
      squared_error[output] += error * error;
      absolute_error[output] += Math.abs(error);
    }
  });
  return { rows: rows.length, loss: 0, squared_error, absolute_error };
}

describe('metricsOf', () => {
  // Targets 3, -0.5, 2, 7 and answers 2.5, 0, 2, 8: scikit-learn's own example, R2 0.948608...
  const targets = Float32Array.of(3, -0.5, 2, 7);
  const answers = [2.5, 0, 2, 8];
  const arrays = { features: Float32Array.of(0, 1, 2, 3), rows: 4, columns: 1, targets };

  it('agrees with the example of scikit-learn', () => {
    const data = prepare(arrays, { scaling: 'none', split: { train: 1 } });
    const metrics = metricsOf(evaluationOf(data, 'train', answers), data, 'train');
    expect(metrics.mse).toBeCloseTo(0.375, 12);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(0.375), 12);
    expect(metrics.mae).toBeCloseTo(0.5, 12);
    expect(metrics.r2).toBeCloseTo(1 - 1.5 / 29.1875, 12);
  });

  it('is in the units of the target, whatever the scaling', () => {
    const data = prepare(arrays, { split: { train: 1 } });
    const [{ offset, scale }] = data.preprocessing.targets;
    expect(scale).toBeCloseTo(Math.sqrt(29.1875 / 4), 12);
    const scaled = answers.map((answer) => (answer - offset) / scale);
    const metrics = metricsOf(evaluationOf(data, 'train', scaled), data, 'train');
    expect(metrics.mse).toBeCloseTo(0.375, 6);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(0.375), 6);
    expect(metrics.mae).toBeCloseTo(0.5, 6);
    expect(metrics.r2).toBeCloseTo(1 - 1.5 / 29.1875, 6);
  });

  it('averages several targets with equal weight', () => {
    // scikit-learn: r2_score([[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]], 'uniform_average') = 0.9368005...
    const data = prepare(
      {
        features: Float32Array.of(0, 1, 2),
        rows: 3,
        columns: 1,
        targets: Float32Array.of(0.5, 1, -1, 1, 7, -6),
        outputs: 2,
      },
      { scaling: 'none', split: { train: 1 } },
    );
    const metrics = metricsOf(evaluationOf(data, 'train', [0, 2, -1, 2, 8, -5]), data, 'train');
    expect(metrics.mse).toBeCloseTo((1.25 / 3 + 3 / 3) / 2, 12);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt((1.25 / 3 + 1) / 2), 12);
    expect(metrics.mae).toBeCloseTo((1.5 / 3 + 3 / 3) / 2, 12);
    expect(metrics.r2).toBeCloseTo(0.9368005266622779, 9);
  });

  it('is 1 for right answers, and measures the spread of the very rows', () => {
    const data = prepare(
      {
        features: Float32Array.from({ length: 20 }, (_, i) => i),
        rows: 20,
        columns: 1,
        targets: Float32Array.from({ length: 20 }, (_, i) => i * i),
      },
      { split: { train: 0.5, validation: 0.5 } },
    );
    const right = Array.from(data.sets.validation, (row) => data.targets[row]);
    expect(metricsOf(evaluationOf(data, 'validation', right), data, 'validation')).toEqual({
      mse: 0,
      rmse: 0,
      mae: 0,
      r2: 1,
    });
    const original = Array.from(data.sets.validation, (row) => row * row);
    const mean = original.reduce((sum, value) => sum + value, 0) / original.length;
    const spread = original.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const { scale } = data.preprocessing.targets[0];
    const off = right.map((value) => value + 2 / scale);
    expect(metricsOf(evaluationOf(data, 'validation', off), data, 'validation').r2).toBeCloseTo(
      1 - (4 * original.length) / spread,
      6,
    );
  });
});

describe('baselineMetrics', () => {
  it('answers with the mean of the training targets', () => {
    const targets = Float32Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3);
    const arrays = { features: Float32Array.from({ length: 10 }, (_, i) => i), rows: 10, columns: 1, targets };
    const meanOf = (rows: Uint32Array) => rows.reduce((sum, row) => sum + targets[row], 0) / rows.length;
    for (const scaling of ['none', 'standardize'] as const) {
      for (let seed = 0; seed < 5; seed++) {
        const data = prepare(arrays, { scaling, split: { train: 0.6, validation: 0.2, test: 0.2, seed } });
        const { train, test } = data.sets;
        const errors = Array.from(test, (row) => targets[row] - meanOf(train));
        const metrics = baselineMetrics(data, 'test');
        expect(metrics.mse).toBeCloseTo(errors.reduce((sum, error) => sum + error * error, 0) / errors.length, 5);
        expect(metrics.mae).toBeCloseTo(errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length, 5);
        expect(baselineMetrics(data, 'train').r2).toBeCloseTo(0, 6);
      }
    }
  });
});
