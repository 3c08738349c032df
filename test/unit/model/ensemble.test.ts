/** What an ensemble answers: the average of its members, with all digits that float32 holds. */
import { describe, expect, it } from 'vitest';
import { forward } from '../../../src/engine/reference/network.ts';
import { atTemperature, averageOutputs } from '../../../src/model/ensemble.ts';
import { forwardRows } from '../../../src/model/model.ts';
import { contentsOf, ensembleOf } from '../../support/models/safetensors.ts';

const weights = [0.5, 0.2, 0.3];
const f32 = (...values: number[]) => Float32Array.from(values);

describe('numbers', () => {
  it('are averaged by weight', () => {
    const outputs = [f32(1, 2), f32(10, 20), f32(-4, 0)];
    expect(averageOutputs(outputs, weights, 1, 'mse')).toEqual(f32(1.3, 5));
  });

  it('of one member are its own bits', () => {
    const model = contentsOf(2, [3], 1);
    const [{ layers, parameters }] = model.members;
    const features = f32(0.3, -1, 2, 5);
    expect(forwardRows(model, features, 2)).toEqual(forward(layers, parameters, features, 2));
  });

  it('of an ensemble are those of its members, averaged', () => {
    const model = ensembleOf();
    const features = f32(0.3, -1, 2, 5);
    const [a, b] = model.members.map(({ layers, parameters }) => forward(layers, parameters, features, 2));
    expect(forwardRows(model, features, 2)).toEqual(a.map((value, row) => 0.25 * value + 0.75 * b[row]));
  });
});

describe('two classes', () => {
  const logistic = (z: number) => 1 / (1 + Math.exp(-z));

  it('have the logit of the mean probability', () => {
    const members = [f32(0.3), f32(-2), f32(4)];
    const mean = members.reduce((sum, [z], m) => sum + weights[m] * logistic(z), 0);
    const [average] = averageOutputs(members, weights, 1, 'binary_cross_entropy');
    expect(logistic(average)).toBeCloseTo(mean, 7);
  });

  it('keep their digits far from even', () => {
    // The mean of e^-60 with weight 1/2 and of next to nothing is e^(-60 - ln 2).
    for (const sign of [1, -1]) {
      const members = [f32(-60 * sign), f32(-500 * sign), f32(-1000 * sign)];
      const [average] = averageOutputs(members, weights, 1, 'binary_cross_entropy');
      expect(average).toBe(Math.fround(sign * (-60 - Math.LN2)));
    }
    expect(averageOutputs([f32(-900), f32(-900)], [0.5, 0.5], 1, 'binary_cross_entropy')).toEqual(f32(-900));
  });

  it('are averaged output by output where there are several', () => {
    const members = [f32(1, -3), f32(2, -60)];
    const each = [0, 1].map(
      (o) =>
        averageOutputs(
          members.map((z) => z.slice(o, o + 1)),
          [0.4, 0.6],
          1,
          'binary_cross_entropy',
        )[0],
    );
    expect(averageOutputs(members, [0.4, 0.6], 2, 'binary_cross_entropy')).toEqual(f32(...each));
  });
});

describe('more classes', () => {
  const softmax = (z: number[]) => {
    const terms = z.map(Math.exp);
    const sum = terms.reduce((a, b) => a + b, 0);
    return terms.map((term) => term / sum);
  };

  it('have the logarithms of the mean probabilities', () => {
    const members = [
      [1, 2, 3, 0, 0, 5],
      [-1, 4, 0, 2, -2, 1],
      [3, 3, 3, 1, 0, 7],
    ];
    const average = averageOutputs(
      members.map((z) => f32(...z)),
      weights,
      3,
      'softmax_cross_entropy',
    );
    for (const row of [0, 3]) {
      const shares = members.map((z) => softmax(z.slice(row, row + 3)));
      for (let o = 0; o < 3; o++) {
        const mean = shares.reduce((sum, share, m) => sum + weights[m] * share[o], 0);
        expect(Math.exp(average[row + o])).toBeCloseTo(mean, 7);
      }
    }
  });

  it('keep their digits where a probability is next to nothing', () => {
    // exp(-1000) is 0 in float64.
    const members = [f32(0, -1000), f32(0, -2000), f32(0, -2000)];
    const average = averageOutputs(members, weights, 2, 'softmax_cross_entropy');
    expect(average[0]).toBeCloseTo(0, 12);
    expect(average[1]).toBe(Math.fround(-1000 - Math.LN2));
  });

  it('are those of any member where all are alike', () => {
    const average = averageOutputs([f32(1, 2, 3), f32(1, 2, 3)], [0.5, 0.5], 3, 'softmax_cross_entropy');
    expect(softmax([...average])).toEqual(softmax([1, 2, 3]).map((share) => expect.closeTo(share, 6)));
  });
});

it('a member that is no number is not hidden', () => {
  for (const loss of ['mse', 'binary_cross_entropy', 'softmax_cross_entropy'] as const) {
    for (const members of [
      [f32(Number.NaN, 1), f32(1, 1)],
      [f32(1, 1), f32(1, Number.NaN)],
    ]) {
      expect(averageOutputs(members, [0.5, 0.5], 2, loss).some(Number.isNaN)).toBe(true);
    }
  }
});

it('a temperature divides logits', () => {
  const model = { ...contentsOf(2, [3], 1), calibration: { kind: 'temperature' as const, temperature: 4, rows: 9 } };
  const plain = contentsOf(2, [3], 1);
  const features = f32(0.3, -1);
  expect(forwardRows(model, features, 1)).toEqual(atTemperature(4, forwardRows(plain, features, 1)));
  expect(atTemperature(4, f32(8, -2))).toEqual(f32(2, -0.5));
});
