/** The score that models are compared by, as the page calls it. */
import type { Metrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import { text } from '../i18n/text.ts';

/** Smaller is better. */
export function comparedScore(metrics: Metrics | null | undefined): number | undefined {
  if (!metrics) return undefined;
  return 'rmse' in metrics ? metrics.rmse : metrics.log_loss;
}

export function comparedLabel(task: Task): string {
  return task === 'regression' ? 'RMSE' : text.results.logLoss;
}
