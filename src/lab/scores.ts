/** Which metrics the page shows for numbers and for classes, and what it calls them. The first is the headline. */
import type { Task } from '../data/dataset.ts';
import type { EpochMetrics } from '../train/metrics.ts';

export interface Score {
  key: string;
  label: string;
  title: string;
}

const ofNumbers: Score[] = [
  { key: 'rmse', label: 'RMSE', title: 'Root of the mean squared error, in units of the target' },
  { key: 'mae', label: 'MAE', title: 'Mean absolute error, in units of the target' },
  { key: 'mse', label: 'MSE', title: 'Mean squared error, in squared units of the target' },
  { key: 'r2', label: 'R²', title: '1 is perfect, 0 is no better than the mean' },
];

const ofClasses: Score[] = [
  { key: 'accuracy', label: 'accuracy', title: 'Share of the rows whose class is right' },
  { key: 'log_loss', label: 'log loss', title: "Mean of -log(probability of the row's class): 0 is perfect" },
  { key: 'f1', label: 'macro F1', title: 'Mean over the classes of the balance of precision and recall' },
];

const auc: Score = { key: 'roc_auc', label: 'ROC AUC', title: '1 is a perfect order of the rows, 0.5 is chance' };

export function scoresOf(task: Task): Score[] {
  if (task === 'regression') return ofNumbers;
  return task === 'binary' ? [...ofClasses, auc] : ofClasses;
}

/** What an answer without learning is called, in a sentence. */
export function baselineWords(task: Task): string {
  return task === 'regression'
    ? 'always answering with the mean of the training targets'
    : 'always answering with the most frequent class of the training rows';
}

/** Undefined where there are no metrics, or this one is only worked out at the end. */
export function scoreAt(metrics: EpochMetrics | null | undefined, { key }: Score): number | undefined {
  const value = (metrics as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}
