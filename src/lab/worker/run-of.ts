/** What a run of the worker is trained on, whatever table is opened meanwhile; and what the page is shown of it. */
import type { Notice } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { Run } from '../../train/trainer.ts';
import type { EngineChoice, FinalMetrics, RunSettings, RunView, Source } from '../protocol/messages.ts';
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

/** What the scores mean and what to do next. Loaded at the end of a run; without it the scores are there all the same. */
export async function verdictOfSession(run: Run, { prepared }: RunOf, metrics: FinalMetrics): Promise<Notice[]> {
  const { settings, view } = prepared;
  try {
    const { verdictOfRun } = await import('../../train/verdict.ts');
    const { baseline, notices } = view;
    return verdictOfRun(run, { metrics, baseline }, { notices, class_weights: settings.class_weights });
  } catch (error) {
    console.warn('The verdict could not be loaded:', error);
    return [];
  }
}
