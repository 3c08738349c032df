/** How speed changes with one size of a problem, the others being equal. */
import type { Problem } from './workloads.ts';

export interface Point {
  /** The curve's name. */
  curve: string;
  /** Of what there is more and more. */
  axis: string;
  value: number;
}

const base: Problem = {
  name: '',
  columns: 32,
  hidden: [256, 256],
  outputs: 1,
  activation: 'relu',
  loss: 'mse',
  optimizer: 'adam',
  learning_rate: 1e-4,
  batch: 64,
  rows: 4096,
  models: 1,
  folds: 1,
};
const small: Problem = { ...base, columns: 2, hidden: [32, 32], activation: 'tanh', batch: 16, rows: 512 };

/** From `first` to `last`, each so many times the one before. */
function rising(first: number, last: number, times: number): number[] {
  const values: number[] = [];
  for (let value = first; value <= last; value *= times) values.push(value);
  return values;
}

const kinds: { curve: string; axis: string; values: number[]; problem: (value: number) => Problem }[] = [
  {
    curve: 'width',
    axis: 'units of each of two hidden layers',
    values: rising(8, 2048, 2),
    problem: (width) => ({ ...base, hidden: [width, width] }),
  },
  { curve: 'batch', axis: 'rows of a batch', values: rising(1, 4096, 4), problem: (batch) => ({ ...base, batch }) },
  {
    curve: 'depth',
    axis: 'hidden layers of 64 units',
    values: rising(1, 16, 2),
    problem: (depth) => ({ ...base, hidden: Array.from({ length: depth }, () => 64) }),
  },
  {
    curve: 'population',
    axis: 'models of 2-32-32-1 that train together',
    values: rising(1, 4096, 4),
    problem: (models) => ({ ...small, models }),
  },
  {
    curve: 'rows',
    axis: 'rows that are trained on',
    values: rising(1e3, 1e7, 10),
    problem: (rows) => ({ ...small, hidden: [32], batch: 1000, rows }),
  },
];

export const curveNames: readonly string[] = kinds.map(({ curve }) => curve);

/** None where there is no such curve. */
export function pointsOf(name: string): { problem: Problem; point: Point }[] {
  return kinds
    .filter(({ curve }) => curve === name)
    .flatMap(({ curve, axis, values, problem }) =>
      values.map((value) => ({
        problem: { ...problem(value), name: `${curve} ${value}` },
        point: { curve, axis, value },
      })),
    );
}
