/** What outputs say of classes, worked out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenClass, givenClass, probabilitiesOf } from '../../../src/spec/answers.ts';
import { lossNames } from '../../../src/spec/losses.ts';

describe('the class that is chosen', () => {
  it('is the second of two above a logit of 0, or from a probability of a half', () => {
    const outputs = Float32Array.of(-1e-3, 0, 1e-3, 0.4999, 0.5);
    const chosen = (loss: 'binary_cross_entropy' | 'mse') =>
      Array.from(outputs, (_, at) => chosenClass(outputs, at, 1, loss));
    expect(chosen('binary_cross_entropy')).toEqual([0, 0, 1, 1, 1]);
    expect(chosen('mse')).toEqual([0, 0, 0, 0, 1]);
  });

  it('is the largest of several, and the first of equal ones', () => {
    const outputs = Float32Array.of(0, 0, 0, -3, -1, -2, 1, 2, 2);
    expect([0, 3, 6].map((at) => chosenClass(outputs, at, 3, 'softmax_cross_entropy'))).toEqual([0, 1, 1]);
    expect(givenClass(Float32Array.of(0, 0, 1), 0, 3)).toBe(2);
  });
});

describe('probabilities', () => {
  it('are those of the logits', () => {
    const [no, yes] = probabilitiesOf(Float32Array.of(Math.log(3)), 1, 1, 'binary_cross_entropy');
    expect(yes).toBeCloseTo(0.75, 7);
    expect(no).toBeCloseTo(0.25, 7);
    const three = probabilitiesOf(Float32Array.of(0, Math.log(2), Math.log(5)), 1, 3, 'softmax_cross_entropy');
    [1, 2, 5].forEach((share, index) => {
      expect(three[index]).toBeCloseTo(share / 8, 7);
    });
  });

  it('are held within 0 and 1 where outputs are no logits', () => {
    expect([...probabilitiesOf(Float32Array.of(1.5, -0.5, 0.25), 3, 1, 'mse')]).toEqual([0, 1, 1, 0, 0.75, 0.25]);
    expect([...probabilitiesOf(Float32Array.of(0.5, 2, -1, -1, -1, -1), 2, 3, 'mse')].slice(0, 3)).toEqual([
      1 / 3,
      2 / 3,
      0,
    ]);
    expect([...probabilitiesOf(Float32Array.of(-1, -1, -1), 1, 3, 'mse')]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('add up to 1, are largest for the class that is chosen, and take any finite output', () => {
    const logit = fc.float({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...lossNames),
        fc.array(logit, { minLength: 5, maxLength: 5 }),
        (width, loss, values) => {
          const outputs = Float32Array.from(values.slice(0, width));
          const shares = probabilitiesOf(outputs, 1, width, loss);
          expect(shares.length).toBe(Math.max(2, width));
          expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
          expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
          expect(shares[chosenClass(outputs, 0, width, loss)]).toBe(Math.max(...shares));
        },
      ),
      { seed: 10 },
    );
  });
});
