/** What a run of the worker is trained on, whatever table is opened meanwhile; and what the page is shown of it. */
import type { Table } from '../../data/table/table.ts';
import type { Run } from '../../train/trainer.ts';
import type { EngineChoice, RunSettings, RunView, Source } from '../protocol/messages.ts';
import type { StartedRun } from './own-engine.ts';
import type { Prepared } from './table/open-table.ts';

export interface RunOf {
  source: Source;
  table: Table;
  prepared: Prepared;
  /** As it was asked for. */
  engine: EngineChoice;
}

export function settingsOfRun({ trials: [{ trial, initial, changes, planned }] }: Run): RunSettings {
  return { trial, initial, changes: [...changes], planned: [...planned] };
}

/** @param key under which it is kept */
export function viewOfRun(
  id: number,
  { run, trainer }: StartedRun,
  { prepared, engine: choice }: RunOf,
  key = '',
): RunView {
  return {
    id,
    key,
    ...settingsOfRun(run),
    engine: { choice, ...trainer },
    layers: run.layers,
    parameters: run.parameterCount,
    data: prepared.view,
  };
}
