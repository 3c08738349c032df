/** `sweep --out` saves the average of the winner's seeds and folds, trained again on all rows: see `src/sweep/average.ts`. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { summary } from '../messages/en/command-line/summary.ts';
import type { Model } from '../model/model.ts';
import { metricName } from '../spec/metric-facts.ts';
import { type AverageOptions, averageWinner, type Estimate, type WinnerAverage } from '../sweep/average.ts';
import { primaryMetric } from '../sweep/results/leaderboard.ts';
import type { SweepResult } from '../sweep/results/types.ts';
import { RunError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';
import { significant } from './output/output.ts';

export interface SavedModel {
  model: Model;
  /** What it is, and what is known of how good it is. */
  words: Message[];
  /** The same for scripts. */
  facts: { kind: 'best' } | ({ kind: 'average' } & Omit<WinnerAverage, 'model'>);
}

export function savedBest({ best }: SweepResult, why = message(summary, 'saved_best')): SavedModel {
  return { model: best.model, words: [why], facts: { kind: 'best' } };
}

/** The average; where it is interrupted or fails, the best trial. */
export async function savedAverage(
  engine: Engine,
  whole: DataSet,
  result: SweepResult,
  options: AverageOptions & { signal: AbortSignal },
): Promise<SavedModel> {
  try {
    const average = await averageWinner(engine, whole, result, options);
    const { model, seconds, ...facts } = average;
    return {
      model,
      words: averageWords(average, primaryMetric(result.trials[0].metrics.train).name),
      facts: { kind: 'average', ...facts, seconds: Number(seconds.toFixed(3)) },
    };
  } catch (error) {
    if (error === options.signal.reason) return savedBest(result, message(summary, 'average_interrupted'));
    if (!(error instanceof RunError)) throw error;
    return savedBest(result, message(summary, 'average_failed', { why: saidBy(error) }));
  }
}

function averageWords({ rows, epochs, diverged, estimate }: WinnerAverage, metric: string): Message[] {
  const kept = { fewest: Math.min(...epochs), most: Math.max(...epochs) };
  return [
    message(summary, 'saved_average', { count: epochs.length, rows, ...kept, diverged }),
    estimateWords(estimate, metric),
  ];
}

function estimateWords(estimate: Estimate, metric: string): Message {
  if (!estimate) return message(summary, 'average_unscored');
  const { mean, sd, n } = estimate.metrics[metric];
  const said = { mean: significant(mean), sd: significant(sd), count: n };
  return message(summary, 'average_estimate', { set: estimate.set, metric: metricName(metric), ...said });
}
