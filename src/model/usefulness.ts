/** Whether a model is better than an answer that needs none, by more than chance explains; and which classes it misses. */
import { wilson, z95 } from '../util/statistics/statistics.ts';
import type { ClassMetrics } from './class-metrics.ts';
import { classRows, type HeadlineName, headlineScore } from './headline.ts';
import type { Metrics } from './metrics.ts';

/** A smaller gain over always giving the same answer is none, however many rows say so. */
export const leastGain = 0.01;
/** A class whose rows are recognized less often than this is as good as never predicted. */
const leastRecall = 0.1;
/** Rows of a class that say something of its recall. */
const fewestOfClass = 5;

export interface Usefulness {
  is: 'useful' | 'unsure' | 'useless';
  own: number;
  baseline: number;
}

/** Undefined where a score is no number. @param rows that both were scored on */
export function usefulnessOf(
  metrics: Metrics,
  baseline: Metrics,
  rows: number,
  name: HeadlineName,
): Usefulness | undefined {
  const [own, base] = [headlineScore(metrics, name), headlineScore(baseline, name)];
  if (!Number.isFinite(own) || !Number.isFinite(base)) return undefined;
  const error = (score: number) => (name === 'rmse' ? score : 1 - score);
  const is =
    error(own) > (1 - leastGain) * error(base)
      ? 'useless'
      : largestError(metrics, rows, name) < error(base)
        ? 'useful'
        : 'unsure';
  return { is, own, baseline: base };
}

/** Where the 95 % interval of the error ends. */
function largestError(metrics: Metrics, rows: number, name: HeadlineName): number {
  if ('rmse' in metrics) return metrics.rmse / leastOfRmse(rows);
  if (name === 'accuracy') return 1 - wilson(metrics.accuracy, rows)[0];
  return 1 - metrics.balanced_accuracy + z95 * recallError(metrics);
}

/**
 * The least RMSE of so many rows, one time in 40, where it is 1 of all rows and errors are normal: their squares add up to
 * chi-squared, whose quantiles are those of Wilson & Hilferty 1931.
 */
function leastOfRmse(rows: number): number {
  const variance = 2 / (9 * rows);
  return Math.max(0, 1 - variance - z95 * Math.sqrt(variance)) ** 1.5;
}

/** Standard error of the mean of the recalls, each with two rows more that are right and two that are not (Agresti & Coull 1998). */
function recallError(metrics: ClassMetrics): number {
  const variances = classRows(metrics).flatMap((rows, index) => {
    if (rows === 0) return [];
    const recall = (metrics.confusion[index][index] + 2) / (rows + 4);
    return [(recall * (1 - recall)) / (rows + 4)];
  });
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0)) / variances.length;
}

/** Classes that are hardly ever recognized, though there are rows of them. */
export function missedClasses(metrics: Metrics): string[] {
  if (!('confusion' in metrics)) return [];
  const rows = classRows(metrics);
  return metrics.classes.filter(
    (_, index) => rows[index] >= fewestOfClass && metrics.confusion[index][index] / rows[index] < leastRecall,
  );
}
