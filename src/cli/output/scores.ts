/** The metrics of a run as tables for people: numbers or classes by set, beside the baseline, and the confusions. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import { columnLabel, unitName, unitOfStep } from '../../data/table/quantity.ts';
import type { RowSet } from '../../engine/engine.ts';
import { type Label, summary } from '../../messages/en/command-line/summary.ts';
import type { ClassMetrics } from '../../model/class-metrics.ts';
import { headlineName } from '../../model/headline.ts';
import type { Metrics, RegressionMetrics } from '../../model/metrics.ts';
import { message } from '../../util/message.ts';
import { count } from '../../util/thousands.ts';
import { inLanguage } from '../language.ts';
import { heading, score, significant, table } from './output.ts';

export const sets: RowSet[] = ['train', 'validation', 'test'];
export type MetricsBySet = Record<RowSet, Metrics | null>;

/** A matrix of more classes than this is for a page. */
const mostConfused = 10;

export function scoresTable(data: DataSet, metrics: MetricsBySet, baseline: MetricsBySet): string {
  const shown = sets.filter((set) => metrics[set]);
  const rows = shown.map((set) => [
    heading(set),
    count(data.sets[set].length),
    ...(data.preprocessing.task === 'regression'
      ? numberCells(metrics[set] as RegressionMetrics, baseline[set] as RegressionMetrics | null)
      : isImbalanced(baseline)
        ? imbalancedCells(metrics[set] as ClassMetrics, baseline[set] as ClassMetrics | null)
        : classCells(metrics[set] as ClassMetrics, baseline[set] as ClassMetrics | null)),
  ]);
  if (data.preprocessing.task === 'regression') {
    const unit = unitOfStep(data.preprocessing.targets[0]);
    const of = (label: Label) => (unit ? `${heading(label)} (${unitName(unit)})` : heading(label));
    const head = [heading('rows'), heading('mse'), of('rmse'), of('mae'), heading('r2'), of('baseline_rmse')];
    return table(['', ...head], rows, [shown.length - 1, 3]);
  }
  const head = isImbalanced(baseline) ? imbalancedHead : classHead;
  return table(['', ...head.map(heading)], rows, [shown.length - 1, 2]);
}

const classHead: Label[] = ['rows', 'accuracy', 'log_loss', 'f1', 'roc_auc', 'baseline_accuracy', 'baseline_log_loss'];
const imbalancedHead: Label[] = ['rows', 'balanced_accuracy', 'accuracy', 'log_loss', 'f1', 'roc_auc', 'baseline'];

/** Of a set of metrics that are the baseline's. */
export function isImbalanced({ train }: Pick<MetricsBySet, 'train'>): boolean {
  return train !== null && headlineName(train) === 'balanced_accuracy';
}

function numberCells(own: RegressionMetrics, baseline: RegressionMetrics | null): string[] {
  return [
    significant(own.mse),
    significant(own.rmse),
    significant(own.mae),
    score(own.r2),
    significant(baseline?.rmse),
  ];
}

function classCells(own: ClassMetrics, baseline: ClassMetrics | null): string[] {
  return [
    score(own.accuracy),
    score(own.log_loss),
    score(own.f1),
    score(own.roc_auc),
    score(baseline?.accuracy),
    score(baseline?.log_loss),
  ];
}

function imbalancedCells(own: ClassMetrics, baseline: ClassMetrics | null): string[] {
  return [
    score(own.balanced_accuracy),
    score(own.accuracy),
    score(own.log_loss),
    score(own.f1),
    score(own.roc_auc),
    score(baseline?.balanced_accuracy),
  ];
}

/** Rows by actual and predicted class, of the set that is looked at last; undefined for numbers and for many classes. */
export function confusionTable(metrics: MetricsBySet): { set: RowSet; text: string } | undefined {
  const set = sets.findLast((name) => metrics[name]);
  const own = set && metrics[set];
  const text = own && confusionOf(own);
  return text ? { set, text } : undefined;
}

export function confusionOf(own: Metrics): string | undefined {
  if (!('confusion' in own) || own.classes.length > mostConfused) return undefined;
  const rows = own.confusion.map((counts, index) => [own.classes[index], ...counts.map(count)]);
  return table([heading('actual'), ...own.classes], rows);
}

export function baselineName({ preprocessing }: DataSet): 'mean' | 'majority class' {
  return preprocessing.task === 'regression' ? 'mean' : 'majority class';
}

/** What the figures are in, and what the baseline does. */
export function scoresNote(target: string, data: DataSet, imbalanced = false): string {
  if (imbalanced) return inLanguage(message(summary, 'scores_of_imbalanced'));
  if (data.preprocessing.task !== 'regression') return inLanguage(message(summary, 'scores_of_classes'));
  const unit = columnLabel({ column: target, unit: unitOfStep(data.preprocessing.targets[0]) });
  return inLanguage(message(summary, 'scores_of_numbers', { unit }));
}
