/** The score that a model is judged by first: the same on the page, in the terminal and in reports. */
import type { EpochMetrics, Metrics } from './metrics.ts';

export type HeadlineName = 'rmse' | 'accuracy' | 'balanced_accuracy';

/**
 * Classes are imbalanced where the most frequent one has more than this many times the rows of the least frequent one. Of
 * two classes the rarer one has less than a fifth of the rows then: whoever never answers with it is right for four rows in
 * five, and accuracy says next to nothing. Balanced accuracy counts every class alike, and of always giving the same answer
 * it is 1 / classes, however frequent each is; macro F1 has no such fixed point.
 */
const mostImbalance = 4;

/** @param training metrics of the training rows, whoever answered: their confusion has the rows of each class */
export function headlineName(training: Metrics): HeadlineName {
  if ('rmse' in training) return 'rmse';
  const counts = classRows(training).filter((rows) => rows > 0);
  return Math.max(...counts) > mostImbalance * Math.min(...counts) ? 'balanced_accuracy' : 'accuracy';
}

/** Rows of each class, in the order of `classes`. */
export function classRows({ confusion }: Pick<Extract<Metrics, { confusion: unknown }>, 'confusion'>): number[] {
  return confusion.map((own) => own.reduce((sum, rows) => sum + rows, 0));
}

/** NaN where these metrics do not have it: epochs have no balanced accuracy. */
export function headlineScore(metrics: Metrics | EpochMetrics, name: HeadlineName): number {
  return (metrics as unknown as Partial<Record<HeadlineName, number>>)[name] ?? Number.NaN;
}
