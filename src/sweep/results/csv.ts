/** The texts of trials.csv and curves.csv. */
import type { Task } from '../../spec/answers.ts';
import { historyHead, historyLine, metricNames } from '../../train/results/history-csv.ts';
import { csvLine } from '../../util/csv.ts';
import type { TrialResult } from './types.ts';

/** One line per trial: its settings, then its results. */
export function* trialsCsv(trials: readonly TrialResult[]): Generator<string> {
  const varied = Object.keys(trials[0]?.settings ?? {});
  const sets = (['train', 'validation', 'test'] as const).filter((set) => trials.some(({ metrics }) => metrics[set]));
  const scored = sets.flatMap((set) => {
    const metrics = trials.find((trial) => trial.metrics[set])?.metrics[set] ?? {};
    return Object.entries(metrics).flatMap(([name, value]) =>
      typeof value === 'number' ? [[set, name] as const] : [],
    );
  });
  const head = ['cell', ...varied, 'seed', 'fold', 'epochs_run', 'stopped', ...scored.map((pair) => pair.join('_'))];
  yield `${csvLine(head)}\n`;
  for (const { cell, settings, seed, fold, epochs_run, stopped, metrics } of trials) {
    const values = varied.map((path) => plain(settings[path]));
    const scores = scored.map(([set, name]) => (metrics[set] as Record<string, number> | null)?.[name] ?? '');
    yield `${csvLine([cell, ...values, seed, fold, epochs_run, stopped, ...scores])}\n`;
  }
}

function plain(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** The epochs of every trial; `trial` is its line in trials.csv, counted from 1. */
export function* curvesCsv(trials: readonly TrialResult[], task: Task): Generator<string> {
  const names = metricNames(task);
  yield `trial,${historyHead(names)}\n`;
  for (const [index, { history }] of trials.entries()) {
    for (const record of history) yield `${index + 1},${historyLine(record, names)}\n`;
  }
}
