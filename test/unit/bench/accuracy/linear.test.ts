/** The yardsticks, against optima worked out by hand. */
import { describe, expect, it } from 'vitest';
import { linearOf, logistic, priorOf, ridge } from '../../../../bench/accuracy/linear.ts';

describe('ridge regression', () => {
  it('draws the weight of a column to 0', () => {
    // sum x (y - mean) / (sum x² + 1) = 2 / 3
    const { weights, bias } = ridge([[-1], [1]], [0, 2]);
    expect(bias).toBe(1);
    expect(weights[0]).toBeCloseTo(2 / 3, 15);
  });

  it('solves for columns that go together', () => {
    // (x xᵀ + 1) w = xᵀ y with x xᵀ = [[2, 2], [2, 2]] and xᵀ y = [2, 2]: both weights are 2 / 5.
    const { weights } = ridge(
      [
        [-1, -1],
        [1, 1],
      ],
      [0, 2],
    );
    expect(weights.map((weight) => weight.toFixed(12))).toEqual(['0.400000000000', '0.400000000000']);
  });
});

describe('logistic regression', () => {
  it('of two classes is where the slope of loss and penalty is 0', () => {
    // 2 ln(1 + exp(-w)) + w² / 2 is least where w = 2 (1 - p), p = 1 / (1 + exp(-w)).
    const [first, second] = logistic([[-1], [1]], [0, 1], 2);
    const w = second[0] - first[0];
    expect(w).toBeGreaterThan(0.5);
    expect(w).toBeCloseTo(2 / (1 + Math.exp(w)), 3);
    expect(second[1] - first[1]).toBeCloseTo(0, 6);
  });

  it('without columns that matter gives the shares of the classes', () => {
    const [first, second, third] = logistic([[0], [0], [0], [0]], [0, 1, 1, 2], 3);
    expect(Math.exp(second[1] - first[1])).toBeCloseTo(2, 2);
    expect(Math.exp(third[1] - first[1])).toBeCloseTo(1, 6);
  });
});

describe('the yardsticks of a table', () => {
  const cells = (text: string) => {
    const [names, ...rows] = text.split('\n').map((line) => line.split(','));
    return { names, rows };
  };

  it('are the mean and a ridge regression of scaled numbers', () => {
    const problem = {
      task: 'regression' as const,
      target: 'y',
      categorical: [],
      train: cells('x,y\n5,0\n15,2'),
      test: cells('x\n15\n5\n'.trim()),
    };
    expect(priorOf(problem)).toEqual({ classes: [], rows: [[1], [1]] });
    const { rows } = linearOf(problem);
    expect(rows[0][0]).toBeCloseTo(1 + 2 / 3, 12);
    expect(rows[1][0]).toBeCloseTo(1 - 2 / 3, 12);
  });

  it('take levels, gaps and levels that training did not have', () => {
    const lines = Array.from({ length: 40 }, (_, i) => (i % 2 ? 'red,1,yes' : `blue,${i % 4 ? '' : '2'},no`));
    const problem = {
      task: 'classification' as const,
      target: 'buys',
      categorical: [],
      train: cells(`colour,size,buys\n${lines.join('\n')}`),
      test: cells('colour,size\nred,1\nblue,\ngreen,1'),
    };
    expect(priorOf(problem)).toEqual({ classes: ['no', 'yes'], rows: Array(3).fill([0.5, 0.5]) });
    const { classes, rows } = linearOf(problem);
    expect(classes).toEqual(['no', 'yes']);
    expect(rows[0][1]).toBeGreaterThan(0.8);
    expect(rows[1][0]).toBeGreaterThan(0.8);
    for (const row of rows) expect(row[0] + row[1]).toBeCloseTo(1, 12);
  });
});
