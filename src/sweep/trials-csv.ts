/** The text of trials.csv: one line a trial, its settings first, then what came of it. */
import Papa from 'papaparse';
import type { TrialResult } from './types.ts';

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
  yield `${Papa.unparse([head])}\n`;
  for (const { cell, settings, seed, fold, epochs_run, stopped, metrics } of trials) {
    const values = varied.map((path) => plain(settings[path]));
    const scores = scored.map(([set, name]) => (metrics[set] as Record<string, number> | null)?.[name] ?? '');
    yield `${Papa.unparse([[cell, ...values, seed, fold ?? '', epochs_run, stopped, ...scores]])}\n`;
  }
}

function plain(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
