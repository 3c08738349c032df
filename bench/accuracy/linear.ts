/**
 * The yardsticks where none is stored with a table: the mean (of classes their shares) and a linear model, as scikit-learn's
 * Ridge(alpha=1) and LogisticRegression(C=1) with standardised numbers and a column for each level. They share nothing with
 * what is measured.
 */
import { mean } from './metrics.ts';
import { type Cells, columnOf, type Predictions, type Task } from './tables.ts';

/** A text column with more levels (a name, a date) is left out. */
const maxLevels = 100;

export interface LinearProblem {
  task: Task;
  target: string;
  categorical: readonly string[];
  train: Cells;
  test: Cells;
}

/** The mean of the training rows, or the shares of their classes. */
export function priorOf({ task, target, train, test }: LinearProblem): Predictions {
  const known = columnOf(train, target);
  if (task === 'regression') {
    const centre = mean(known.map(Number));
    return { classes: [], rows: test.rows.map(() => [centre]) };
  }
  const classes = [...new Set(known)].sort();
  const shares = classes.map((name) => known.filter((other) => other === name).length / known.length);
  return { classes, rows: test.rows.map(() => shares) };
}

export function linearOf(problem: LinearProblem): Predictions {
  const known = columnOf(problem.train, problem.target);
  const { train, test } = encode(problem);
  if (problem.task === 'regression') {
    const { weights, bias } = ridge(train, known.map(Number));
    return { classes: [], rows: test.map((row) => [bias + dot(weights, row)]) };
  }
  const classes = [...new Set(known)].sort();
  const labels = known.map((name) => classes.indexOf(name));
  const weights = logistic(train, labels, classes.length);
  return { classes, rows: test.map((row) => softmax(weights.map((of) => of[row.length] + dot(of, row)))) };
}

// ---- Columns as numbers -------------------------------------------------------------------------------------------------

/**
 * Numbers with mean 0 and deviation 1 and the training median in gaps; for each level, and for gaps between numbers, a column
 * of 0 and 1 less its mean.
 */
function encode({ target, categorical, train, test }: LinearProblem): { train: number[][]; test: number[][] } {
  const out: { train: number[][]; test: number[][] } = {
    train: train.rows.map(() => []),
    test: test.rows.map(() => []),
  };
  for (const name of train.names.filter((column) => column !== target)) {
    const cells = { train: columnOf(train, name), test: columnOf(test, name) };
    for (const { value, scaled } of featuresOf(cells.train, categorical.includes(name))) {
      const raw = cells.train.map(value);
      const centre = mean(raw);
      const deviation = Math.sqrt(mean(raw.map((one) => (one - centre) ** 2)));
      if (deviation === 0) continue;
      const scale = scaled ? deviation : 1;
      for (const part of ['train', 'test'] as const) {
        cells[part].forEach((cell, row) => {
          out[part][row].push((value(cell) - centre) / scale);
        });
      }
    }
  }
  return out;
}

interface Feature {
  value: (cell: string) => number;
  /** To deviation 1. */
  scaled: boolean;
}

function featuresOf(cells: readonly string[], categorical: boolean): Feature[] {
  const is = (level: string): Feature => ({ value: (cell) => Number(cell === level), scaled: false });
  const filled = cells.filter((cell) => cell !== '');
  if (!categorical && filled.every((cell) => Number.isFinite(Number(cell)))) {
    const sorted = filled.map(Number).sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? 0;
    const number: Feature = { value: (cell) => (cell === '' ? median : Number(cell)), scaled: true };
    return filled.length < cells.length ? [number, is('')] : [number];
  }
  const levels = [...new Set(cells)];
  return levels.length > maxLevels ? [] : levels.map(is);
}

// ---- Ridge regression ---------------------------------------------------------------------------------------------------

/** Minimises the sum of squared errors plus the sum of squared weights, by Cholesky's factorisation. Columns have mean 0. */
export function ridge(rows: readonly number[][], targets: readonly number[]): { weights: number[]; bias: number } {
  const bias = mean(targets);
  const size = rows[0].length;
  const matrix = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(0).fill(1, i, i + 1));
  const right = new Float64Array(size);
  rows.forEach((row, at) => {
    for (let i = 0; i < size; i++) {
      right[i] += row[i] * (targets[at] - bias);
      for (let j = 0; j <= i; j++) matrix[i][j] += row[i] * row[j];
    }
  });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i === j ? Math.sqrt(sum) : sum / matrix[j][j];
    }
  }
  const weights = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) weights[i] -= matrix[i][k] * weights[k];
    weights[i] /= matrix[i][i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) weights[i] -= matrix[k][i] * weights[k];
    weights[i] /= matrix[i][i];
  }
  return { weights, bias };
}

// ---- Logistic regression ------------------------------------------------------------------------------------------------

const maxIterations = 3000;
/** Largest component of the gradient of the mean loss at which it is done, as scikit-learn's `tol`. */
const tolerance = 1e-4;

/**
 * Minimises the sum of log losses plus half the sum of squared weights (the bias, which comes last, is free), by Nesterov's
 * accelerated gradient with restarts (O'Donoghue & Candès 2015, https://doi.org/10.1007/s10208-013-9150-3).
 */
export function logistic(rows: readonly number[][], labels: readonly number[], classes: number): Float64Array[] {
  const [n, size] = [rows.length, rows[0].length];
  const zeros = () => Array.from({ length: classes }, () => new Float64Array(size + 1));
  // Two classes share one vector of weights in scikit-learn: here they are w / 2 and -w / 2, with half its squares in all.
  const penalty = classes === 2 ? 2 : 1;
  const step = 1 / (largestCurvature(rows) + penalty / n);
  let [weights, ahead, momentum] = [zeros(), zeros(), 1];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const gradient = zeros();
    rows.forEach((row, at) => {
      const p = softmax(ahead.map((of) => of[size] + dot(of, row)));
      p[labels[at]] -= 1;
      gradient.forEach((of, c) => {
        for (let j = 0; j < size; j++) of[j] += p[c] * row[j];
        of[size] += p[c];
      });
    });
    let largest = 0;
    let turned = 0;
    const next = zeros();
    gradient.forEach((of, c) => {
      for (let j = 0; j <= size; j++) {
        const slope = (of[j] + (j < size ? penalty * ahead[c][j] : 0)) / n;
        largest = Math.max(largest, Math.abs(slope));
        next[c][j] = ahead[c][j] - step * slope;
        turned += slope * (next[c][j] - weights[c][j]);
      }
    });
    if (largest < tolerance) return next;
    const grown = turned > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const share = turned > 0 ? 0 : (momentum - 1) / grown;
    ahead = next.map((of, c) => of.map((value, j) => value + share * (value - weights[c][j])));
    [weights, momentum] = [next, grown];
  }
  return weights;
}

/** A bound of the curvature of the mean softmax cross-entropy: half the largest eigenvalue of the mean of x xᵀ, by powers. */
function largestCurvature(rows: readonly number[][]): number {
  const size = rows[0].length;
  let direction = new Float64Array(size).map((_, j) => 1 + j / size);
  let eigenvalue = 0;
  for (let iteration = 0; iteration < 30; iteration++) {
    const length = Math.sqrt(dot(direction, direction));
    if (length === 0) break;
    const next = new Float64Array(size);
    for (const row of rows) {
      const along = dot(direction, row) / (length * rows.length);
      for (let j = 0; j < size; j++) next[j] += along * row[j];
    }
    eigenvalue = Math.sqrt(dot(next, next));
    direction = next;
  }
  // The bias adds a column of ones, at right angles to columns of mean 0.
  return (1.1 * Math.max(1, eigenvalue)) / 2;
}

/** Over the second one's length: weights may have their bias behind them. */
function dot(weights: ArrayLike<number>, row: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += weights[j] * row[j];
  return sum;
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
