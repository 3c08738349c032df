/** What is known of each metric by its name in JSON: what reports and the command line call it, and what it can be. */

export interface MetricFacts {
  name: string;
  /** Least and largest possible value. */
  range: readonly [number, number];
  better: 'higher' | 'lower';
}

const share: MetricFacts['range'] = [0, 1];
const loss: MetricFacts['range'] = [0, Number.POSITIVE_INFINITY];

export const metricFacts: Readonly<Record<string, MetricFacts>> = {
  mse: { name: 'MSE', range: loss, better: 'lower' },
  rmse: { name: 'RMSE', range: loss, better: 'lower' },
  mae: { name: 'MAE', range: loss, better: 'lower' },
  r2: { name: 'R²', range: [Number.NEGATIVE_INFINITY, 1], better: 'higher' },
  accuracy: { name: 'accuracy', range: share, better: 'higher' },
  balanced_accuracy: { name: 'balanced accuracy', range: share, better: 'higher' },
  log_loss: { name: 'log loss', range: loss, better: 'lower' },
  roc_auc: { name: 'ROC AUC', range: share, better: 'higher' },
  f1: { name: 'macro F1', range: share, better: 'higher' },
  weighted_f1: { name: 'weighted F1', range: share, better: 'higher' },
  precision: { name: 'macro precision', range: share, better: 'higher' },
  recall: { name: 'macro recall', range: share, better: 'higher' },
  brier_score: { name: 'Brier score', range: [0, 2], better: 'lower' },
  expected_calibration_error: { name: 'calibration error', range: share, better: 'lower' },
};

export function metricName(key: string): string {
  return metricFacts[key]?.name ?? key;
}
