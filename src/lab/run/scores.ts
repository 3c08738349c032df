/** Which metrics the page shows for numbers and for classes, and what it calls them. The first is the headline. */
import type { EpochMetrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import { text } from '../i18n/text.ts';

export interface Score {
  key: string;
  label: string;
  title: string;
}

function ofNumbers(): Score[] {
  return [
    { key: 'rmse', label: 'RMSE', title: text.results.rmseTitle },
    { key: 'mae', label: 'MAE', title: text.results.maeTitle },
    { key: 'mse', label: 'MSE', title: text.results.mseTitle },
    { key: 'r2', label: 'R²', title: text.results.r2Title },
  ];
}

function ofClasses(): Score[] {
  return [
    { key: 'accuracy', label: text.common.accuracy, title: text.results.accuracyTitle },
    {
      key: 'log_loss',
      label: text.results.logLoss,
      title: text.results.logLossTitle,
    },
    {
      key: 'f1',
      label: text.results.macroF1,
      title: text.results.macroF1Title,
    },
    {
      key: 'roc_auc',
      label: 'ROC AUC',
      title: text.results.aucTitle,
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
      label: text.results.balancedAccuracy,
      title: text.results.balancedAccuracyTitle,
    },
    { key: 'weighted_f1', label: text.results.weightedF1, title: text.results.weightedF1Title },
    {
      key: 'precision',
      label: text.results.macroPrecision,
      title: text.results.macroPrecisionTitle,
    },
    { key: 'recall', label: text.results.macroRecall, title: text.results.macroRecallTitle },
    {
      key: 'brier_score',
      label: text.results.brierScore,
      title: task === 'binary' ? text.results.brierTitle : text.results.brierTitleOfClasses,
    },
    {
      key: 'expected_calibration_error',
      label: text.results.calibrationError,
      title: text.results.calibrationErrorTitle,
    },
  ];
}

/** What the baseline is: an answer without having learned anything. */
export function baselineTitle({ label }: Score, task: Task): string {
  return task === 'regression' ? text.results.baselineMean(label) : text.results.baselineClass(label);
}

/** Undefined where there are no metrics, or this one is only worked out at the end. */
export function scoreAt(metrics: EpochMetrics | null | undefined, { key }: Score): number | undefined {
  const value = (metrics as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}
