/** Which metrics the page shows for numbers and for classes, and what it calls them. The first is the headline. */
import { headlineName } from '../../model/headline.ts';
import type { EpochMetrics, Metrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import { text } from '../i18n/text.ts';

export interface Score {
  key: string;
  label: string;
}

function ofNumbers(): Score[] {
  return [
    { key: 'rmse', label: 'RMSE' },
    { key: 'mae', label: 'MAE' },
    { key: 'mse', label: 'MSE' },
    { key: 'r2', label: 'R²' },
  ];
}

function ofClasses(): Score[] {
  return [
    { key: 'accuracy', label: text.common.accuracy },
    {
      key: 'log_loss',
      label: text.results.logLoss,
    },
    {
      key: 'f1',
      label: text.results.macroF1,
    },
    {
      key: 'roc_auc',
      label: 'ROC AUC',
    },
  ];
}

/** The important few; the first is the headline. */
export function scoresOf(task: Task): Score[] {
  return task === 'regression' ? ofNumbers() : ofClasses();
}

function balanced(): Score {
  return {
    key: 'balanced_accuracy',
    label: text.results.balancedAccuracy,
  };
}

/** Those of a table: where classes are imbalanced, balanced accuracy comes first. @param baseline of the training rows */
export function suitedScoresOf(task: Task, baseline: Metrics | null | undefined): Score[] {
  const scores = scoresOf(task);
  return baseline && headlineName(baseline) === 'balanced_accuracy' ? [balanced(), ...scores] : scores;
}

/** The one that is shown large. Epochs have no balanced accuracy: until the end it is accuracy. */
export function headlineOf(
  task: Task,
  baseline: Metrics | null | undefined,
  metrics: EpochMetrics | null | undefined,
): Score {
  const [suited] = suitedScoresOf(task, baseline);
  return scoreAt(metrics, suited) === undefined ? scoresOf(task)[0] : suited;
}

/** What else is known at the end of a run. */
export function furtherScoresOf(task: Task): Score[] {
  if (task === 'regression') return [];
  return [
    balanced(),
    { key: 'weighted_f1', label: text.results.weightedF1 },
    {
      key: 'precision',
      label: text.results.macroPrecision,
    },
    { key: 'recall', label: text.results.macroRecall },
    {
      key: 'brier_score',
      label: text.results.brierScore,
    },
    {
      key: 'expected_calibration_error',
      label: text.results.calibrationError,
    },
  ];
}

/** What the baseline answers, by which its row explains itself. */
export function baselineOf(task: Task): Score {
  return { key: task === 'regression' ? 'baseline_mean' : 'baseline_class', label: text.results.baseline };
}

/** Undefined where there are no metrics, or this one is only worked out at the end. */
export function scoreAt(metrics: EpochMetrics | null | undefined, { key }: Score): number | undefined {
  const value = (metrics as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}
