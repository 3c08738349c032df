/** Temperature scaling: the minimum of the log loss by brute force, and what becomes of rows that say too little. */
import { describe, expect, it } from 'vitest';
import { fitTemperature } from '../../../src/model/temperature.ts';
import { normalAt, uniformAt } from '../../../src/util/random.ts';

/** Classes drawn from softmax(z), whose logits are then said to be z times `sure`. */
function drawn(rows: number, width: number, sure: number, seed: number) {
  const classes = Math.max(2, width);
  const logits = new Float32Array(rows * width);
  const targets = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const z = Array.from({ length: classes }, (_, o) => 2 * normalAt(seed, row * classes + o, 0));
    if (width === 1) z[0] = 0;
    const terms = z.map(Math.exp);
    let left = uniformAt(seed, row, 1) * terms.reduce((a, b) => a + b, 0);
    let chosen = 0;
    while (chosen < classes - 1 && left > terms[chosen]) left -= terms[chosen++];
    for (let o = 0; o < width; o++) {
      logits[row * width + o] = sure * z[width === 1 ? 1 : o];
      targets[row * width + o] = (width === 1 ? chosen === 1 : chosen === o) ? 1 : 0;
    }
  }
  return { logits, targets };
}

/** Sum of the log loss and what 8 rows in favour of T = 1 add, by definition. */
function cost(
  { logits, targets }: { logits: Float32Array; targets: Float32Array },
  width: number,
  temperature: number,
) {
  const b = 1 / temperature;
  let sum = 8 * (b - 1 - Math.log(b));
  for (let at = 0; at < logits.length; at += width) {
    const z = width === 1 ? [0, b * logits[at]] : Array.from(logits.subarray(at, at + width), (value) => b * value);
    const t = width === 1 ? [1 - targets[at], targets[at]] : targets.subarray(at, at + width);
    const largest = Math.max(...z);
    const log = largest + Math.log(z.reduce((total, value) => total + Math.exp(value - largest), 0));
    z.forEach((value, o) => {
      sum += t[o] * (log - value);
    });
  }
  return sum;
}

describe('the temperature', () => {
  const cases = [1, 2, 3, 7].flatMap((width) =>
    [0.3, 1, 4].flatMap((sure) => [1, 12, 200].map((rows): [number, number, number] => [width, sure, rows])),
  );

  it.each(cases)(
    'is where a scan finds the lowest log loss: %d outputs, %d times as sure, %d rows',
    (width, sure, rows) => {
      const data = drawn(rows, width, sure, 10 + width);
      const scanned = Array.from({ length: 401 }, (_, i) => 0.05 * 400 ** (i / 400));
      const costs = scanned.map((temperature) => cost(data, width, temperature));
      const lowest = costs.indexOf(Math.min(...costs));
      const fitted = fitTemperature(data.logits, data.targets, width);
      expect(fitted).toMatchObject({ kind: 'temperature', rows });
      expect(fitted.temperature).toBeGreaterThanOrEqual(scanned[Math.max(0, lowest - 1)]);
      expect(fitted.temperature).toBeLessThanOrEqual(scanned[Math.min(400, lowest + 1)]);
      expect(cost(data, width, fitted.temperature)).toBeLessThanOrEqual(costs[lowest] + 1e-9);
    },
  );

  it('undoes what makes a model too sure', () => {
    for (const width of [1, 3]) {
      const { logits, targets } = drawn(20_000, width, 3, 4);
      expect(fitTemperature(logits, targets, width).temperature).toBeGreaterThan(2.9);
      expect(fitTemperature(logits, targets, width).temperature).toBeLessThan(3.1);
    }
  });

  it('stays near 1 where few rows are all right, all of one class, or far off', () => {
    const right = fitTemperature(Float32Array.of(3, 4, -5), Float32Array.of(1, 1, 0), 1).temperature;
    expect(right).toBeGreaterThan(0.9);
    expect(right).toBeLessThan(1);
    const oneClass = fitTemperature(Float32Array.of(2, 2, 2, 2), Float32Array.of(1, 1, 1, 1), 1).temperature;
    expect(oneClass).toBeGreaterThan(0.9);
    expect(fitTemperature(Float32Array.of(0), Float32Array.of(1), 1).temperature).toBeCloseTo(1, 9);
    expect(fitTemperature(new Float32Array(), new Float32Array(), 3).temperature).toBe(1);
  });

  it('is between 1/20 and 20', () => {
    const many = (value: number) => new Float32Array(100_000).fill(value);
    expect(fitTemperature(many(0.1), many(1), 1).temperature).toBeCloseTo(0.05, 9);
    expect(fitTemperature(many(1e6), many(0), 1).temperature).toBeCloseTo(20, 9);
    expect(fitTemperature(many(3e38), many(0), 1).temperature).toBeCloseTo(20, 9);
  });
});
