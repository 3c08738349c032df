/**
 * Files of a run: JSON of its settings and what came of it, by the names that the command line's JSON has, and its records.
 * Loaded when one is wanted.
 */
import type { Task } from '../../spec/answers.ts';
import { changeInJson } from '../../spec/changes.ts';
import { historyCsv } from '../../train/results/history-csv.ts';
import type { EpochRecord } from '../../train/trainer.ts';
import { inEnglish } from '../../util/message.ts';
import type { RunFiles, StoredRun } from '../protocol/runs.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { download, offerModel } from '../ui/download.ts';
import type { RunFile } from './lab-run.ts';
import { fileName } from './plot-file.ts';

export function runFile(run: StoredRun): string {
  const { table, target, task, engine, outcome, scores, of, mark } = run;
  const initial = initialSettings(run);
  const { kind, adapter, software, plan, why } = engine;
  const told = {
    file: table.name,
    target,
    task,
    ...(mark.name ? { name: mark.name } : {}),
    ...(mark.note ? { note: mark.note } : {}),
    engine: { kind, adapter, software, plan, why: inEnglish(why) },
    ...(initial.from ? { from: initial.from.name } : {}),
    settings: { data: initial.data, ...initial.trial },
    ...(run.changes.length > 0 ? { changes: run.changes.map(changeInJson) } : {}),
    ...(run.recovered.length > 0 ? { recovered: run.recovered } : {}),
    epochs_run: run.epochs,
    ...(outcome && {
      best_epoch: outcome.best_epoch,
      kept_epoch: outcome.kept_epoch,
      stopped: outcome.stopped,
      explanation: outcome.explanation,
    }),
    seconds: Number(run.seconds.toFixed(3)),
    metrics: { [of]: scores },
    made: new Date(run.created).toISOString(),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** Hands one of a run's files to the person; nothing where its model is not kept. */
export function saveRun(run: StoredRun, named: string, file: RunFile, { records, model }: RunFiles): void {
  const name = fileName(named);
  if (file === 'history') saveHistory(name, records, run.task);
  else if (file === 'settings') download(`${name}.json`, new Blob([runFile(run)], { type: 'application/json' }));
  else if (model && file === 'formats') offerModel(name, model);
  else if (model) download(`${name}.safetensors`, new Blob([model as Uint8Array<ArrayBuffer>]));
}

/** Its records, one line for each epoch. */
export function saveHistory(name: string, records: readonly EpochRecord[], task: Task): void {
  download(`${name}.csv`, new Blob([...historyCsv(records, task)], { type: 'text/csv' }));
}
