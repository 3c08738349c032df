/** Metrics against numbers worked out by hand. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArraySettings } from '../../../src/data/prepare/arrays.ts';
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import type { Evaluation } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { classMetrics, rocAuc } from '../../../src/model/class-metrics.ts';
import {
  baselineMetrics as baselineOf,
  type EpochMetrics,
  metricsOfOutputs,
  metricsOfSums,
  type RegressionMetrics,
  scoresOfSums,
  sumsSayAll,
  sumsSayErrors,
  sumsSayScores,
} from '../../../src/model/metrics.ts';
import { prepare, train } from '../../support/first-defaults.ts';

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
  return { rows: rows.length, loss: 0, correct: 0, squared_error, absolute_error };
}

function regression(metrics: EpochMetrics | undefined): RegressionMetrics {
  if (!metrics || !('mse' in metrics)) throw new Error('no metrics of numbers');
  return metrics;
}

const metricsOf = (evaluation: Evaluation, data: DataSet, set: keyof DataSet['sets']) =>
  metricsOfSums([evaluation], data, set)![0];
const baselineMetrics = (data: DataSet, set: keyof DataSet['sets']) => regression(baselineOf(data, set));

function scaleOf({ preprocessing }: DataSet) {
  const [step] = preprocessing.targets;
  if (step.kind !== 'number') throw new Error('no number');
  return step;
}

describe('metricsOfSums', () => {
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
    const { offset, scale } = scaleOf(data);
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
    // root_mean_squared_error averages the roots: it is not the root of the mean.
    expect(metrics.rmse).toBeCloseTo((Math.sqrt(1.25 / 3) + 1) / 2, 12);
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
    const { scale } = scaleOf(data);
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

describe('R² where the targets of a part are all equal', () => {
  const varied = [3, 1, 4, 1.5, 9];
  /** Trains on `trained`; validates on rows that all have `value`; tests on varied ones. */
  function dataOf(value: number, trained: number[], equal: number, settings: ArraySettings): DataSet {
    const targets = Float32Array.from([...trained, ...Array<number>(equal).fill(value), ...varied]);
    const rows = targets.length;
    const features = Float32Array.from({ length: rows }, (_, row) => row);
    const data = prepare({ features, rows, columns: 1, targets }, { ...settings, split: { train: 1 } });
    const all = Uint32Array.from({ length: rows }, (_, row) => row);
    const part = (from: number, to: number) => all.subarray(from, to);
    const tested = rows - varied.length;
    const validation = part(trained.length, tested);
    return { ...data, sets: { train: part(0, trained.length), validation, test: part(tested, rows) } };
  }
  const settings: ArraySettings[] = [
    { scaling: 'none' },
    { scaling: 'standardize' },
    { scaling: 'min_max' },
    { scaling: 'standardize', target_transform: 'log' },
  ];

  it('is 1 for what meets them and 0 for all else, from sums and from outputs', () => {
    fc.assert(
      fc.property(
        fc.float({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(...settings),
        fc.boolean(),
        (value, equal, given, constant) => {
          const data = dataOf(value, constant ? varied.map(() => value) : varied, equal, given);
          const met = data.targets.slice(varied.length, varied.length + equal);
          const missed = met.slice();
          missed[0] += 0.01 * Math.max(1, Math.abs(missed[0]));
          const scores = (answers: Float32Array) => [
            regression(metricsOfOutputs(answers, data, 'validation', 'mse')).r2,
            ...(sumsSayErrors(data)
              ? [metricsOf(evaluationOf(data, 'validation', [...answers]), data, 'validation').r2]
              : []),
          ];
          for (const r2 of scores(met)) expect(r2).toBe(1);
          for (const r2 of scores(missed)) expect(r2).toBe(0);
          if (constant) {
            expect(baselineMetrics(data, 'validation')).toEqual({ mse: 0, rmse: 0, mae: 0, r2: 1 });
            expect(baselineMetrics(data, 'train').r2).toBe(1);
          }
        },
      ),
      { seed: 10 },
    );
    expect(baselineMetrics(dataOf(7.3, varied, 9, { scaling: 'standardize' }), 'validation').r2).toBe(0);
    expect(baselineMetrics(dataOf(7.3, varied, 1, { scaling: 'standardize' }), 'validation').r2).toBeNaN();
  });

  it.each(['cpu', 'reference'] as const)('is so by the engine %s', async (kind) => {
    for (const given of settings) {
      const data = dataOf(0.1, varied, 11, given);
      const engine = await requestEngine({ kind });
      const met = data.targets[varied.length];
      for (const [bias, r2] of [
        [met, 1],
        [met + 0.1, 0],
      ]) {
        const run = train(engine, data, { model: { hidden: [] }, initial_parameters: Float32Array.of(0, bias) });
        expect(await run.metrics('validation')).toMatchObject({ r2 });
        await run.destroy();
      }
      engine.destroy();
    }
  });
});

describe('a target whose logarithm was learned', () => {
  const targets = Float32Array.of(0, 9, 99, 999);
  const arrays = { features: Float32Array.of(0, 1, 2, 3), rows: 4, columns: 1, targets };
  const data = prepare(arrays, { target_transform: 'log', split: { train: 1 } });

  it('is judged in its own units, which sums of scaled errors cannot say', () => {
    expect([sumsSayAll(data), sumsSayErrors(data)]).toEqual([false, false]);
    const clipped = prepare(arrays, { clip_predictions: true });
    expect([sumsSayAll(clipped), sumsSayErrors(clipped)]).toEqual([false, true]);
    expect(sumsSayAll(prepare(arrays, { clip_predictions: false }))).toBe(true);
    const { offset, scale } = scaleOf(data);
    const answers = Float32Array.of(1, 9, 97, 1003).map((value) => (Math.log1p(value) - offset) / scale);
    const metrics = regression(metricsOfOutputs(answers, data, 'train', 'mse'));
    expect(metrics.mae).toBeCloseTo((1 + 0 + 2 + 4) / 4, 3);
    expect(metrics.mse).toBeCloseTo((1 + 4 + 16) / 4, 2);
    expect(regression(baselineOf(data, 'train')).mae).toBeCloseTo((3 * 276.75 - 108 + (999 - 276.75)) / 4, 2);
  });
});

describe('classes', () => {
  // scikit-learn's examples: confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]) and its macro scores.
  const actual = Uint32Array.of(2, 0, 2, 2, 0, 1);
  const chosen = Uint32Array.of(0, 0, 2, 2, 0, 2);
  const shares = Float64Array.from([
    0.8, 0.1, 0.1, 0.7, 0.2, 0.1, 0.1, 0.1, 0.8, 0, 0, 1, 0.5, 0.3, 0.2, 0.25, 0.25, 0.5,
  ]);

  it('agree with scikit-learn, where a class that is never chosen has precision 0', () => {
    const metrics = classMetrics(['a', 'b', 'c'], { actual, chosen, probabilities: shares });
    expect(metrics.confusion).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [1, 0, 2],
    ]);
    expect(metrics.accuracy).toBeCloseTo(4 / 6, 12);
    expect(metrics.precision).toBeCloseTo((2 / 3 + 0 + 2 / 3) / 3, 12);
    expect(metrics.recall).toBeCloseTo((1 + 0 + 2 / 3) / 3, 12);
    expect(metrics.f1).toBeCloseTo((0.8 + 0 + 2 / 3) / 3, 12);
    const expected = -(Math.log(0.1) + Math.log(0.7) + Math.log(0.8) + 0 + Math.log(0.5) + Math.log(0.25)) / 6;
    expect(metrics.log_loss).toBeCloseTo(expected, 12);
  });

  it('that are neither there nor chosen do not count', () => {
    const rows = {
      actual: Uint32Array.of(0, 1),
      chosen: Uint32Array.of(0, 1),
      probabilities: new Float64Array(6).fill(1 / 3),
    };
    expect(classMetrics(['a', 'b', 'c'], rows)).toMatchObject({ precision: 1, recall: 1, f1: 1 });
  });

  it('have a finite log loss for a wrong certainty, and none for an answer that is no number', () => {
    const row = { actual: Uint32Array.of(0), chosen: Uint32Array.of(1) };
    const sure = classMetrics(['a', 'b'], { ...row, probabilities: Float64Array.of(0, 1) });
    expect(sure.log_loss).toBeCloseTo(-Math.log(2 ** -52), 12);
    expect(classMetrics(['a', 'b'], { ...row, probabilities: Float64Array.of(Number.NaN, 1) }).log_loss).toBeNaN();
  });

  it('have an area under the curve: pairs in order, equal ones by half', () => {
    // scikit-learn: roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.75
    expect(rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(rocAuc([0, 1, 0, 1], [1, 1, 1, 1])).toBe(0.5);
    expect(rocAuc([0, 0, 1], [0.3, 0.5, 0.5])).toBe(0.75);
    expect(rocAuc([1, 1], [0.3, 0.5])).toBeNaN();
  });

  it('have a confusion that adds up to the rows, and an area that is the share of pairs in order', () => {
    const pair = fc.tuple(fc.nat(1), fc.nat(1), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 40 }), (pairs) => {
        const rows = pairs.map(([own]) => own);
        const scores = pairs.map(([, , score]) => score);
        const metrics = classMetrics(['a', 'b'], {
          actual: Uint32Array.from(rows),
          chosen: Uint32Array.from(pairs, ([, picked]) => picked),
          probabilities: Float64Array.from(scores.flatMap((score) => [1 - score / 5, score / 5])),
        });
        expect(metrics.confusion.flat().reduce((sum, count) => sum + count)).toBe(rows.length);
        expect(metrics.accuracy).toBeCloseTo((metrics.confusion[0][0] + metrics.confusion[1][1]) / rows.length, 12);
        for (const score of [metrics.precision, metrics.recall, metrics.f1]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        let ordered = 0;
        let count = 0;
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            if (a !== 1 || b !== 0) return;
            count += 1;
            ordered += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          });
        });
        if (count > 0) expect(metrics.roc_auc).toBeCloseTo(ordered / count, 12);
        else expect(metrics.roc_auc).toBeNaN();
      }),
      { seed: 10 },
    );
  });

  const labelled = {
    features: Float32Array.from({ length: 10 }, (_, i) => i),
    rows: 10,
    columns: 1,
    targets: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0),
  };

  it('have the most frequent class and the shares of the training rows as their baseline', () => {
    const data = prepare(labelled, { task: 'classification', split: { train: 1 } });
    const baseline = baselineOf(data, 'train');
    expect(baseline).toMatchObject({
      accuracy: 0.7,
      roc_auc: 0.5,
      confusion: [
        [7, 0],
        [3, 0],
      ],
      classes: ['0', '1'],
    });
    expect('log_loss' in baseline && baseline.log_loss).toBeCloseTo(-0.7 * Math.log(0.7) - 0.3 * Math.log(0.3), 6);
  });

  it('are judged by sums where the loss is the log loss of the rows as they are', () => {
    const settings = { task: 'classification', split: { train: 1 } } as const;
    const plain = prepare(labelled, settings);
    const sums = { ...evaluationOf(plain, 'train', Array(10).fill(0)), loss: 0.25, correct: 8 };
    expect(scoresOfSums(sums)).toEqual({ accuracy: 0.8, log_loss: 0.25 });
    expect(sumsSayScores(plain, 'binary_cross_entropy')).toBe(true);
    expect(sumsSayScores(plain, 'mse')).toBe(false);
    expect(sumsSayAll(plain)).toBe(false);
  });
});
