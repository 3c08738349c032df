/** The text of curves.csv: the epochs of every trial, each with the line, counted from 1, that the trial has in trials.csv. */
import type { Task } from '../spec/answers.ts';
import { historyHead, historyLine, metricNames } from '../train/history-csv.ts';
import type { TrialResult } from './types.ts';

export function* curvesCsv(trials: readonly TrialResult[], task: Task): Generator<string> {
  const names = metricNames(task);
  yield `trial,${historyHead(names)}\n`;
  for (const [index, { history }] of trials.entries()) {
    for (const record of history) yield `${index + 1},${historyLine(record, names)}\n`;
  }
}
