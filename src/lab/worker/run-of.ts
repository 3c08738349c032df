/** What a run of the worker is trained on, whatever table is opened meanwhile; and what the page is shown of it. */
import type { Notice } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import { page } from '../../messages/en/page.ts';
import type { Run } from '../../train/trainer.ts';
import type { ResolvedTrial } from '../../train/trials.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { EngineChoice, FinalMetrics, RunSettings, RunView, Source } from '../protocol/messages.ts';
import { memoryAsked } from '../shared/refusals.ts';
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
  return { trial: plain(trial), initial: plain(initial), changes: [...changes], planned: [...planned] };
}

/** What it began with is kept once, and is of no use to the page. */
function plain({ initial_parameters: _, ...settings }: ResolvedTrial): ResolvedTrial {
  return settings;
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

/** @throws InputError about `memory` where it would take more than these bytes */
export function withinMemory(run: Run, most = Number.POSITIVE_INFINITY): Run {
  const bytes = run.memory();
  if (bytes > most) throw new InputError(message(page, 'memory_asked', { bytes }), memoryAsked);
  return run;
}

/** A run on the plan that it is to take; on another where that cannot be had here, and why it cannot. */
export async function withPlan(
  code: string | undefined,
  start: (code?: string) => Promise<StartedRun>,
): Promise<StartedRun & { replanned?: Said }> {
  if (code === undefined) return start();
  try {
    return await start(code);
  } catch (error) {
    if (!(error instanceof InputError) || error.where !== 'plan') throw error;
    return { ...(await start()), replanned: saidBy(error) };
  }
}

/** What the scores mean and what to do next. Loaded at the end of a run; without it the scores are there all the same. */
export async function verdictOfSession(run: Run, { prepared }: RunOf, metrics: FinalMetrics): Promise<Notice[]> {
  const { settings, view } = prepared;
  try {
    const { verdictOfRun } = await import('../../train/results/verdict.ts');
    const { baseline, notices } = view;
    return verdictOfRun(run, { metrics, baseline }, { notices, class_weights: settings.class_weights });
  } catch (error) {
    console.warn('The verdict could not be loaded:', error);
    return [];
  }
}
