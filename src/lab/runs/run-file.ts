/** Files of a run: JSON of its settings and what came of it, by the names that the command line's JSON has, and its plots. */
import { changeInJson } from '../../spec/changes.ts';
import { inEnglish } from '../../util/message.ts';
import type { StoredRun } from '../protocol/runs.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { download } from '../ui/download.ts';
import type { EventOf } from '../ui/emit.ts';

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

/** What every file system takes. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'run';
}

/** The name says of what table, plot and run it is. @param run the name of the open run, if it has one */
export function savePlot({ detail }: EventOf<'plot-save'>, table: string | undefined, run: string | undefined): void {
  const { plot, extension, content, apart } = detail;
  const parts = [table?.replace(/\.\w+$/, ''), plot, apart ? undefined : run].filter(Boolean);
  download(`${fileName(parts.join('-'))}.${extension}`, content);
}
