/**
 * Tables made by formula, so that the best possible error is known: friedman1, 2 and 3 as in scikit-learn's make_friedman1 and
 * its neighbours (Friedman 1991, https://doi.org/10.1214/aos/1176347963; noise a third of the signal in 2 and 3, as there),
 * and buyers, which has what real tables have: skewed columns, categories with rare levels, and gaps that say something.
 */
import { normalAt, uniformAt } from '../../src/util/random.ts';
import type { BenchTable, Cells, Predictions } from './tables.ts';

export type Generated = Pick<BenchTable, 'name' | 'task' | 'target' | 'source'> & {
  cells: Cells;
  expected: Predictions;
};

const rowCount = 2000;
const seed = 2026;
/** Noise comes from a stream of its own, and each column from another. */
const noiseStream = 1000;

const indexes = Array.from({ length: rowCount }, (_, row) => row);
const figures = (value: number) => String(Number(value.toPrecision(6)));

export function generatedTables(): Generated[] {
  return [friedman1(), friedman2(), friedman3(), buyers()];
}

function friedman1(): Generated {
  const formula = (x: number[]) => 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4];
  return friedman(1, Array(10).fill([0, 1]), formula, 1);
}

const ranges23 = [
  [0, 100],
  [40 * Math.PI, 560 * Math.PI],
  [0, 1],
  [1, 11],
];
const inner = (x: number[]) => x[1] * x[2] - 1 / (x[1] * x[3]);

function friedman2(): Generated {
  return friedman(2, ranges23, (x) => Math.hypot(x[0], inner(x)), 125);
}

function friedman3(): Generated {
  return friedman(3, ranges23, (x) => Math.atan2(inner(x), x[0]), 0.1);
}

function friedman(number: number, ranges: number[][], formula: (x: number[]) => number, noise: number): Generated {
  const names = [...ranges.map((_, column) => `x${column}`), 'y'];
  const expected: number[][] = [];
  const rows = indexes.map((row) => {
    const cells = ranges.map(([low, high], column) => figures(low + (high - low) * uniformAt(seed, row, column)));
    const exact = formula(cells.map(Number));
    expected.push([exact]);
    return [...cells, figures(exact + noise * normalAt(seed, row, noiseStream))];
  });
  return {
    name: `friedman${number}`,
    task: 'regression',
    target: 'y',
    source: `made by formula, as scikit-learn's make_friedman${number} with noise ${noise}`,
    cells: { names, rows },
    expected: { classes: [], rows: expected },
  };
}

/** Who buys: the log-odds are a sum of bent, stepped and crossed terms; a gap counts as a value of its own. */
function buyers(): Generated {
  const names = ['income', 'debt', 'age', 'visits', 'region', 'product', 'rating', 'buys'];
  const expected: number[][] = [];
  const rows = indexes.map((row) => {
    const normal = (stream: number) => normalAt(seed, row, stream);
    const uniform = (stream: number) => uniformAt(seed, row, stream);
    const income = uniform(0) < 0.06 ? undefined : Number(Math.exp(10 + 0.9 * normal(1)).toPrecision(4));
    const debt = uniform(2) < 0.6 ? 0 : Number(Math.exp(8 + 1.5 * normal(3)).toPrecision(3));
    const age = 18 + Math.floor(62 * uniform(4));
    const visits = Math.floor(Math.exp(1.5 * normal(5)));
    // Level k is drawn in proportion to a power of 1 / k: the last products have a few rows each.
    const region = Math.floor(8 * uniform(6) ** 2);
    const product = Math.floor(40 * uniform(7) ** 3);
    const rating = uniform(8) < 0.25 ? undefined : 1 + Math.floor(5 * uniform(9));
    const logOdds =
      (income === undefined ? -0.5 : 1.6 * Math.tanh(Math.log(income) - 10)) -
      (debt === 0 ? 0 : 0.35 * Math.log1p(debt / 1000) * (age < 40 ? 2 : 0.5)) +
      1.2 * Math.sin(age / 8) +
      0.6 * Math.log1p(visits) +
      [0, 1.5, -1.5, 0.8, -0.8, 2, 0, -2][region] +
      (product % 5 === 0 ? 1 : -0.4) +
      (rating === undefined ? -1.2 : 1 - 0.7 * Math.abs(rating - 3));
    const chance = 1 / (1 + Math.exp(-logOdds));
    expected.push([1 - chance, chance]);
    const cells = [income, debt, age, visits, `r${region}`, `p${product}`, rating].map((cell) => String(cell ?? ''));
    return [...cells, uniformAt(seed, row, noiseStream) < chance ? 'yes' : 'no'];
  });
  return {
    name: 'buyers',
    task: 'classification',
    target: 'buys',
    source: 'made by formula: skewed columns, categories with rare levels, gaps that say something',
    cells: { names, rows },
    expected: { classes: ['no', 'yes'], rows: expected },
  };
}
