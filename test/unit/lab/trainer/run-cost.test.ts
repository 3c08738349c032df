import { expect, test } from 'vitest';
import { type EpochWork, mostSeconds } from '../../../../src/lab/trainer/run-cost.ts';

/** Seconds of an engine that takes some time for a step and some for a product. */
function taken(work: EpochWork, epochs: number, perStep: number, perProduct: number): number {
  return epochs * (work.steps * perStep + work.products * perProduct);
}

test('is no less than what the other run takes, whatever a step and a product cost', () => {
  const work = { steps: 19, products: 1_300_000 };
  for (const [perStep, perProduct] of [
    [1e-4, 0],
    [0, 1e-9],
    [1e-5, 1e-9],
  ]) {
    const cost = { seconds: taken(work, 200, perStep, perProduct), epochs: 200, work };
    for (const [planned, epochs] of [
      [{ steps: 300, products: 1_300_000 }, 200],
      [{ steps: 19, products: 20_000_000 }, 100],
      [{ steps: 5, products: 900_000 }, 400],
    ] as const) {
      const most = mostSeconds(cost, planned, epochs);
      expect(most).toBeGreaterThanOrEqual(taken(planned, epochs, perStep, perProduct) * (1 - 1e-12));
    }
  }
});

test('of the same work is the time it took, and follows the epochs', () => {
  const work = { steps: 4, products: 100 };
  const cost = { seconds: 0.3, epochs: 200, work };
  expect(mostSeconds(cost, work, 200)).toBeCloseTo(0.3, 12);
  expect(mostSeconds(cost, work, 2000)).toBeCloseTo(3, 12);
});
