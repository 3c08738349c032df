/** What a step waits for. */

import { lessonText } from '../i18n/en/later/lesson.ts';
import { text } from '../i18n/text.ts';
import type { Update } from '../protocol/messages.ts';
import type { History } from '../trainer/history.ts';
import type { Wait } from './schema.ts';

interface Progress {
  history: Pick<History, 'last'>;
  latest: Pick<Update, 'outcome' | 'metrics'> | undefined;
}

/** Of the newest epoch; scores are those of the validation rows, or of the training rows, at the end, where there are none. */
export function isReached(wait: Wait, { history: { last }, latest }: Progress): boolean {
  if (wait.kind === 'end') return !!latest?.outcome;
  if (wait.kind === 'epoch') return (last?.number ?? 0) >= wait.epoch;
  const metrics = latest?.metrics;
  const scores = metrics ? (metrics.validation ?? metrics.train) : last?.validation;
  const score = (scores as Record<string, unknown> | null | undefined)?.[wait.metric];
  if (typeof score !== 'number') return false;
  return wait.at_least === undefined ? score <= (wait.at_most ?? Number.NaN) : score >= wait.at_least;
}

export function goalInWords(wait: Wait): string {
  const { goals } = lessonText();
  if (wait.kind === 'end') return goals.end;
  if (wait.kind === 'epoch') return goals.epoch(wait.epoch);
  const metric = metricLabels()[wait.metric];
  const { at_least, at_most = Number.NaN } = wait;
  return at_least === undefined ? goals.atMost({ metric, bound: at_most }) : goals.atLeast({ metric, bound: at_least });
}

function metricLabels(): Record<Extract<Wait, { kind: 'score' }>['metric'], string> {
  const { results, common } = text;
  return {
    rmse: 'RMSE',
    mae: 'MAE',
    mse: 'MSE',
    r2: 'R²',
    accuracy: common.accuracy,
    balanced_accuracy: results.balancedAccuracy,
    log_loss: results.logLoss,
    f1: results.macroF1,
    roc_auc: 'ROC AUC',
  };
}
