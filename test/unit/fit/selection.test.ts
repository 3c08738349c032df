import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossOf, selectGreedily } from '../../../src/fit/selection.ts';

const numbers = (...values: number[]) => Float32Array.from(values);
const all = { picks: 12, candidates: 8 };

describe('greedy selection', () => {
  it('mixes candidates whose errors cancel out', () => {
    const task = { answers: [numbers(2, 4), numbers(0, 2), numbers(9, 9)], targets: numbers(1, 3) };
    expect(selectGreedily(task, all)).toEqual({
      picks: [
        [0, 1],
        [1, 1],
      ],
      loss: 0,
    });
  });

  it('weighs a better candidate by picking it more than once', () => {
    // The mean of 0, 0 and 3 meets the target.
    const task = { answers: [numbers(0), numbers(3)], targets: numbers(1) };
    expect(selectGreedily(task, all).picks).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });

  it('takes the mean of probabilities, and the log loss of the mean', () => {
    const task = { answers: [numbers(0.9, 0.1), numbers(0.1, 0.9)] };
    const { loss, picks } = selectGreedily(task, all);
    expect(picks.map(([candidate]) => candidate)).toEqual([0, 1]);
    expect(loss).toBeCloseTo(-Math.log(0.5), 6);
    expect(lossOf(task, 0)).toBeCloseTo(-(Math.log(0.9) + Math.log(0.1)) / 2, 6);
  });

  it('looks at the rows it is told to', () => {
    const task = { answers: [numbers(1, 9), numbers(5, 2)], targets: numbers(1, 2), rows: Uint32Array.of(1) };
    expect(selectGreedily(task, all).picks).toEqual([[1, 1]]);
  });

  it('is never worse than the best candidate, and keeps to its limits', () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    const table = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }))
      .chain(([rows, count]) =>
        fc.tuple(
          fc.array(fc.array(value, { minLength: rows, maxLength: rows }), { minLength: count, maxLength: count }),
          fc.array(value, { minLength: rows, maxLength: rows }),
        ),
      );
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 4 }), ([answers, targets], candidates) => {
        const task = { answers: answers.map((own) => Float32Array.from(own)), targets: Float32Array.from(targets) };
        const { picks, loss } = selectGreedily(task, { picks: 5, candidates });
        const single = Math.min(...task.answers.map((_, candidate) => lossOf(task, candidate)));
        expect(loss).toBeLessThanOrEqual(single);
        expect(picks.length).toBeLessThanOrEqual(candidates);
        expect(picks.reduce((sum, [, times]) => sum + times, 0)).toBeLessThanOrEqual(5);
      }),
    );
  });
});
