/** How far predictions are from the truth, computed here and not by what is measured. */
import type { Predictions, Task } from './tables.ts';

export interface Metrics {
  rmse?: number;
  /** In nats. */
  log_loss?: number;
  accuracy?: number;
}

/** What a task is scored by; smaller is better. */
export const errorName = { regression: 'rmse', classification: 'log_loss' } as const;

/** Probabilities are kept so far from 0 and 1, then divided by their sum: one certain mistake costs 16.1 and not infinity. */
const leastProbability = 1e-7;

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of ratios: that of twice and of half is 1. */
export const geometricMean = (values: readonly number[]) => Math.exp(mean(values.map(Math.log)));

export function metricsOf(task: Task, truth: readonly string[], predictions: Predictions): Metrics {
  if (predictions.rows.length !== truth.length) {
    throw new Error(`${predictions.rows.length} predictions for ${truth.length} rows`);
  }
  const bad = predictions.rows.findIndex((row) => !row.every(Number.isFinite));
  if (bad >= 0) throw new Error(`the prediction of row ${bad + 1} is no number`);
  if (task === 'regression') {
    const predicted = predictions.rows.map(([value]) => value);
    return { rmse: rmse(truth.map(Number), predicted) };
  }
  return { log_loss: logLoss(truth, predictions), accuracy: accuracy(truth, predictions) };
}

export function rmse(truth: readonly number[], predicted: readonly number[]): number {
  return Math.sqrt(mean(truth.map((value, row) => (value - predicted[row]) ** 2)));
}

/** A class that no column is for has the least probability. */
export function logLoss(truth: readonly string[], { classes, rows }: Predictions): number {
  const losses = truth.map((name, row) => {
    const kept = rows[row].map((p) => Math.min(1 - leastProbability, Math.max(leastProbability, p)));
    const sum = kept.reduce((total, p) => total + p, 0);
    return -Math.log((kept[classes.indexOf(name)] ?? leastProbability) / sum);
  });
  return mean(losses);
}

/** The share of rows whose most probable class, the first of equals, is theirs. */
export function accuracy(truth: readonly string[], { classes, rows }: Predictions): number {
  return mean(truth.map((name, row) => Number(classes[rows[row].indexOf(Math.max(...rows[row]))] === name)));
}

/** The mean of several members' predictions. */
export function averageOf(members: readonly Predictions[]): Predictions {
  const [{ classes, rows }] = members;
  const average = rows.map((row, i) => row.map((_, j) => mean(members.map((member) => member.rows[i][j]))));
  return { classes, rows: average };
}
