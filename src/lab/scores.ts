/** Which metrics the page shows for numbers and for classes, and what it calls them. The first is the headline. */
import { msg, str } from '@lit/localize';
import type { EpochMetrics } from '../model/metrics.ts';
import type { Task } from '../spec/answers.ts';

export interface Score {
  key: string;
  label: string;
  title: string;
}

function ofNumbers(): Score[] {
  return [
    { key: 'rmse', label: 'RMSE', title: msg('Root of the mean squared error, in units of the target') },
    { key: 'mae', label: 'MAE', title: msg('Mean absolute error, in units of the target') },
    { key: 'mse', label: 'MSE', title: msg('Mean squared error, in squared units of the target') },
    { key: 'r2', label: 'R²', title: msg('1 is perfect, 0 is no better than the mean') },
  ];
}

function ofClasses(): Score[] {
  return [
    { key: 'accuracy', label: msg('accuracy'), title: msg('Share of the rows whose class is right') },
    {
      key: 'log_loss',
      label: msg('log loss'),
      title: msg("Mean of -log(probability of the row's class): 0 is perfect"),
    },
    {
      key: 'f1',
      label: msg('macro F1'),
      title: msg('Mean over the classes of the balance of precision and recall'),
    },
    {
      key: 'roc_auc',
      label: 'ROC AUC',
      title: msg(
        '1 is a perfect order of the rows, 0.5 is chance; of several classes the mean of each against all others',
      ),
    },
  ];
}

/** The important few; the first is the headline. */
export function scoresOf(task: Task): Score[] {
  return task === 'regression' ? ofNumbers() : ofClasses();
}

/** What else is known at the end of a run. */
export function furtherScoresOf(task: Task): Score[] {
  if (task === 'regression') return [];
  return [
    {
      key: 'balanced_accuracy',
      label: msg('balanced accuracy'),
      title: msg('Mean over the classes of the share of their rows that are right'),
    },
    { key: 'weighted_f1', label: msg('weighted F1'), title: msg('F1 of the classes, each by its rows') },
    {
      key: 'precision',
      label: msg('macro precision'),
      title: msg('Of the rows taken for a class, the share that are of it'),
    },
    { key: 'recall', label: msg('macro recall'), title: msg('Of the rows of a class, the share that are found') },
    {
      key: 'brier_score',
      label: msg('Brier score'),
      title:
        task === 'binary'
          ? msg('Mean squared error of the probabilities: 0 is perfect')
          : msg('Squared error of the probabilities, summed over the classes: 0 is perfect, 2 the worst'),
    },
    {
      key: 'expected_calibration_error',
      label: msg('calibration error'),
      title: msg('How far probabilities are from how often they are right, over 15 bins: 0 is perfect'),
    },
  ];
}

/** What the baseline is: an answer without having learned anything. */
export function baselineTitle({ label }: Score, task: Task): string {
  return task === 'regression'
    ? msg(str`${label} of always answering with the mean of the training targets`)
    : msg(str`${label} of always answering with the most frequent class of the training rows`);
}

/** Undefined where there are no metrics, or this one is only worked out at the end. */
export function scoreAt(metrics: EpochMetrics | null | undefined, { key }: Score): number | undefined {
  const value = (metrics as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}
