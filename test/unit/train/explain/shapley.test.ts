/** Sampled Shapley values against those over all coalitions, and the axioms that name them (Shapley 1953). */
import { describe, expect, it } from 'vitest';
import type { FeatureStep, Preprocessing } from '../../../../src/data/prepare/dataset.ts';
import type { Predict } from '../../../../src/train/explain/question.ts';
import {
  type AnswerExplanation,
  drawBackground,
  explanationCost,
  type ShapleyQuestion,
  shapleyValues,
} from '../../../../src/train/explain/shapley.ts';
import { normalAt } from '../../../../src/util/random.ts';
import { meanOf, meanSd } from '../../../../src/util/statistics/statistics.ts';

type Answer = (row: Float32Array | number[]) => number;

const numberStep = (column: string): FeatureStep => ({
  column,
  kind: 'number',
  missing: { value: 0, indicator: false },
  encoding: { kind: 'scale', offset: 0, scale: 1 },
});

/** Nothing is scaled, so that outputs are answers. */
const unscaled = (features: FeatureStep[]): Preprocessing => ({
  version: 4,
  task: 'regression',
  scaling: 'none',
  features,
  targets: [{ column: 'y', kind: 'number', log: false, offset: 0, scale: 1 }],
  dropped: [],
});

const predictorOf =
  (answer: Answer, calls: number[] = []): Predict =>
  async (features, rows) => {
    calls.push(rows);
    const width = features.length / rows;
    return Float32Array.from({ length: rows }, (_, row) => answer(features.subarray(row * width, (row + 1) * width)));
  };

/** [row, column], coarse enough for sums of a few to be exact in float32. */
const randomRows = (rows: number, columns: number, seed: number): Float32Array =>
  Float32Array.from({ length: rows * columns }, (_, at) => Math.round(64 * normalAt(seed, at)) / 64);

interface Given {
  answer: Answer;
  columns: number;
  population?: Float32Array;
  sample?: number;
  seed?: number;
  row?: Float32Array;
}

const own = randomRows(1, 6, 9);

async function explain({ answer, columns, ...given }: Given): Promise<AnswerExplanation> {
  const { population = randomRows(40, columns, 4), sample = 128, seed = 1, row = own.subarray(0, columns) } = given;
  const count = population.length / columns;
  const drawn = drawBackground(count, sample, seed);
  const question: ShapleyQuestion = {
    preprocessing: unscaled(Array.from({ length: columns }, (_, at) => numberStep(`c${at}`))),
    loss: 'mse',
    predict: predictorOf(answer),
    background: Float32Array.from(
      [...drawn].flatMap((at) => [...population.subarray(at * columns, (at + 1) * columns)]),
    ),
    population: count,
    seed,
  };
  const [found] = await shapleyValues(question, row);
  return found;
}

/** By the definition: the mean over rows of what a column adds, weighted over all coalitions of the others. */
function exactly(answer: Answer, row: Float32Array, population: Float32Array): number[] {
  const columns = row.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const starts = Array.from({ length: population.length / columns }, (_, at) => at * columns);
  const worth = Array.from({ length: 2 ** columns }, (_, members) =>
    meanOf(
      starts.map((from) =>
        Math.fround(answer(row.map((value, column) => ((members >> column) & 1 ? value : population[from + column])))),
      ),
    ),
  );
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let members = 0; members < 2 ** columns; members++) {
      if ((members >> column) & 1) continue;
      const size = members.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(columns - size - 1)) / factorial(columns);
      sum += weight * (worth[members | (1 << column)] - worth[members]);
    }
    return sum;
  });
}

const contributions = ({ columns }: AnswerExplanation) => columns.map(({ contribution }) => contribution);
const errors = ({ columns }: AnswerExplanation) => columns.map(({ standard_error }) => standard_error);

/** Interactions of all orders. */
const tangled: Answer = ([a, b, c, d, e, f]) => Math.tanh(a * b + c) * d + Math.max(0, a - e) * Math.sin(b + 2 * f);
const population = randomRows(40, 6, 4);

describe('sampled Shapley values', () => {
  it('are those over all coalitions for sums, and for interactions of two columns', async () => {
    const sum: Answer = ([a, b, c, d]) => 3 * a - b + c * c + Math.abs(d);
    const two: Answer = ([a, b, c, d, e]) => a * b + Math.max(c, d) - Math.abs(a - e);
    for (const answer of [sum, two]) {
      const found = await explain({ answer, columns: 5 });
      const expected = exactly(answer, own.subarray(0, 5), randomRows(40, 5, 4));
      contributions(found).forEach((contribution, column) => {
        expect(contribution).toBeCloseTo(expected[column], 5);
      });
      // Neither rows nor orders leave anything to chance.
      for (const error of errors(found)) expect(error).toBeLessThan(1e-6);
    }
  });

  it.each([
    { sample: 160, what: 'all rows are compared with' },
    { sample: 80, what: 'half of them are' },
  ])('are as near those over all coalitions as their standard errors say, where $what', async ({ sample }) => {
    const rows = randomRows(160, 6, 4);
    const expected = exactly(tangled, own, rows);
    const scores: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const found = await explain({ answer: tangled, columns: 6, population: rows, sample, seed });
      found.columns.forEach(({ contribution, standard_error }, column) => {
        scores.push((contribution - expected[column]) / standard_error);
      });
    }
    // 360 scores, six of each seed that go together: about standard normal.
    expect(Math.abs(meanOf(scores))).toBeLessThan(0.25);
    const { sd } = meanSd(scores);
    expect(sd).toBeGreaterThan(0.85);
    expect(sd).toBeLessThan(1.15);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4.5);
  });

  it('have an error that falls with the root of the rows that are compared with', async () => {
    const many = randomRows(4096, 6, 5);
    const [few, more] = await Promise.all(
      [64, 1024].map((sample) => explain({ answer: tangled, columns: 6, population: many, sample })),
    );
    const ratio = meanOf(errors(few)) / meanOf(errors(more));
    // sqrt((1 - 64 / 4096) / (1 - 1024 / 4096)) * 4 = 4.6 without what the orders add
    expect(ratio).toBeGreaterThan(3.2);
    expect(ratio).toBeLessThan(6);
  });

  it('add up to the prediction (efficiency), whatever is drawn', async () => {
    for (const sample of [1, 7, 40]) {
      for (let seed = 0; seed < 20; seed++) {
        const { prediction, base, columns } = await explain({ answer: tangled, columns: 6, population, sample, seed });
        const sum = columns.reduce((total, { contribution }) => total + contribution, base);
        expect(sum).toBeCloseTo(prediction, 12);
        expect(prediction).toBe(Math.fround(tangled(own)));
      }
    }
  });

  it('are 0 for a column that the answer does not depend on (dummy)', async () => {
    const found = await explain({ answer: ([a, , c, d, e, f]) => tangled([a, 1, c, d, e, f]), columns: 6, population });
    expect(found.columns[1]).toEqual({ column: 'c1', contribution: 0, standard_error: 0 });
    expect(Math.abs(found.columns[0].contribution)).toBeGreaterThan(0.01);
  });

  it('are alike for columns that the answer takes alike (symmetry)', async () => {
    const row = Float32Array.of(0.75, 0.75, -0.5, 1.25);
    const alike = randomRows(60, 4, 11);
    for (let at = 0; at < alike.length; at += 4) alike[at + 1] = alike[at];
    const answer: Answer = ([a, b, c, d]) => Math.tanh(a * b * c) + Math.max(a, b) * d + a + b;
    const { columns } = await explain({ answer, columns: 4, population: alike, row });
    const [first, second] = columns;
    const error = Math.hypot(first.standard_error, second.standard_error);
    expect(Math.abs(first.contribution - second.contribution)).toBeLessThan(3 * error + 1e-6);
    expect(Math.abs(first.contribution)).toBeGreaterThan(10 * error);
  });

  it('of a sum of two answers are the sum of theirs (linearity)', async () => {
    const other: Answer = ([a, b, c, , , f]) => Math.cos(a + b * c) - f;
    const [one, two, both] = await Promise.all(
      [tangled, other, (row: Float32Array | number[]) => tangled(row) + other(row)].map((answer) =>
        explain({ answer, columns: 6, population }),
      ),
    );
    contributions(both).forEach((contribution, column) => {
      expect(contribution).toBeCloseTo(contributions(one)[column] + contributions(two)[column], 5);
    });
  });

  it('take the predictions that were announced, in few calls', async () => {
    for (const [columns, sample] of [
      [1, 40],
      [2, 40],
      [6, 40],
      [60, 200],
    ] as const) {
      const calls: number[] = [];
      const shares: number[] = [];
      const rows = randomRows(sample, columns, 3);
      await shapleyValues(
        {
          preprocessing: unscaled(Array.from({ length: columns }, (_, at) => numberStep(`c${at}`))),
          loss: 'mse',
          predict: predictorOf((row) => row[0], calls),
          background: rows,
          population: sample,
          seed: 1,
          progress: (share) => shares.push(share),
        },
        rows.subarray(0, columns),
      );
      expect(calls.reduce((sum, count) => sum + count, 0)).toBe(explanationCost(columns, sample));
      expect(calls.length).toBeLessThanOrEqual(1 + Math.ceil(explanationCost(columns, sample) / 3800));
      expect(shares.at(-1)).toBe(1);
    }
  });

  it('take the features of a column together, and are of every class', async () => {
    const step: FeatureStep = {
      column: 'kind',
      kind: 'category',
      levels: ['p', 'q', 'r'],
      other: false,
      missing: null,
    };
    const preprocessing: Preprocessing = {
      ...unscaled([step, numberStep('a')]),
      task: 'multiclass',
      targets: [{ column: 'colour', kind: 'classes', classes: ['red', 'green', 'blue'] }],
    };
    const seen = new Set<string>();
    const predict: Predict = async (features, rows) =>
      Float32Array.from({ length: 3 * rows }, (_, at) => {
        const [p, q, r, a] = features.subarray(4 * Math.floor(at / 3));
        seen.add(`${p}${q}${r}`);
        return [p + a, q, 2 * r - a][at % 3];
      });
    const background = Float32Array.of(1, 0, 0, 0.5, 0, 1, 0, -1, 0, 0, 1, 2);
    const given = {
      preprocessing,
      loss: 'softmax_cross_entropy',
      predict,
      background,
      population: 3,
      seed: 1,
    } as const;
    const found = await shapleyValues(given, Float32Array.of(0, 0, 1, -2));
    expect([...seen].sort()).toEqual(['001', '010', '100']);
    expect(found.map(({ name }) => name)).toEqual(['red', 'green', 'blue']);
    expect(found[0].columns.map(({ column }) => column)).toEqual(['kind', 'a']);
    for (const { prediction, base, columns } of found) {
      expect(base + columns[0].contribution + columns[1].contribution).toBeCloseTo(prediction, 12);
    }
    expect(found.reduce((sum, { prediction }) => sum + prediction, 0)).toBeCloseTo(1, 12);
    // What one class gains, the others lose.
    expect(found.reduce((sum, { columns }) => sum + columns[0].contribution, 0)).toBeCloseTo(0, 12);
  });

  it('draws no row twice, and others with another seed', () => {
    const drawn = drawBackground(1000, 128, 1);
    expect(new Set(drawn).size).toBe(128);
    expect([...drawBackground(5, 128, 1)].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(drawBackground(1000, 128, 2)).not.toEqual(drawn);
    expect(drawBackground(1000, 128, 1)).toEqual(drawn);
  });

  it('ends where it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const question = {
      preprocessing: unscaled([numberStep('a')]),
      loss: 'mse',
      predict: predictorOf(([a]) => a),
      background: Float32Array.of(1, 2),
      population: 2,
      seed: 1,
      signal,
    } as const;
    await expect(shapleyValues(question, Float32Array.of(3))).rejects.toThrow('enough');
  });
});
