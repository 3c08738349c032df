/** The run that the page shows, as fields that the controller has observed, and what the worker's updates make of them. */
import type { Said } from '../../util/errors.ts';
import type { RunSettings, RunState, RunView, Source, TableView, Update } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { asAsked } from '../shared/form.ts';
import { History, liveChanges } from './history.ts';
import { ViewsState } from './views-state.ts';

export type LabState = 'loading' | RunState;

/** Where a run went on after what trained it was lost. */
export interface Recovered {
  epoch: number;
  reason: Said;
  of: 'device' | 'worker';
  /** On the CPU, as its own engine could not be had. */
  moved?: true;
}

export interface ShownRun {
  state: LabState;
  run: RunView | undefined;
  /** What it was started with, and has been changed to since. */
  applied: LegalForm | undefined;
  /** The table that is open, and what it was read from. */
  data: TableView | undefined;
  source: Source | undefined;
  /** What the run's table was read from; another may be open that could not be trained on. */
  trained: Source | undefined;
  history: History;
  /** What the open views draw. */
  views: ViewsState;
  /** Epochs of which the views can be shown again, oldest first. */
  frames: readonly number[];
  /** The newest update of this run. */
  latest: Update | undefined;
  /** The newest predictions: updates of a failed run have none. */
  predictions: Float64Array | null;
  /** Why the run, or the worker, cannot go on. */
  failure: Said | undefined;
  /** Why something that was asked for beside the run could not be had. */
  complaint: Said | undefined;
  /** Where this run went on after its device or its worker was lost. */
  recovered: Recovered | undefined;
  /** Why the run that was open here begins anew. */
  anew: Said | undefined;
  /** Why the run has another plan than the one that it repeats. */
  replanned: Said | undefined;
}

/** From now on this is the run that is shown: nothing of the one before stays but how smooth its curves are. */
export function beginRun(shown: ShownRun, run: RunView, applied: LegalForm, source: Source | undefined): void {
  const history = new History(shown.history.smoothing);
  history.changes = liveChanges(run);
  const begun: ShownRun = {
    run,
    applied,
    data: run.data,
    source,
    trained: source,
    history,
    views: new ViewsState(),
    frames: [],
    latest: undefined,
    predictions: null,
    failure: undefined,
    complaint: undefined,
    recovered: undefined,
    anew: undefined,
    replanned: run.replanned,
    state: 'ready',
  };
  Object.assign(shown, begun);
}

/** @returns false where the update is of another run, or late: a run does not go back */
export function addUpdate(shown: ShownRun, update: Update): boolean {
  if (!shown.run || update.run !== shown.run.id) return false;
  const { afresh, records, settings, plan_code } = update;
  const before = afresh === undefined ? shown.latest : undefined;
  if (!(update.seconds >= (before?.seconds ?? 0)) || (before?.outcome && !update.outcome)) return false;
  if (afresh !== undefined) goOnElsewhere(shown, afresh, update);
  shown.history.add(records);
  if (settings) changeSettings(shown, settings);
  shown.latest = update;
  if (plan_code) shown.run = { ...shown.run, engine: { ...shown.run.engine, plan_code } };
  shown.frames = update.frames ?? shown.frames;
  shown.views.add(update.views);
  shown.predictions = update.predictions ?? shown.predictions;
  shown.state = update.state;
  shown.failure = update.failure ?? undefined;
  return true;
}

/** The run has other settings than before. */
export function changeSettings(shown: ShownRun, settings: RunSettings): void {
  const { applied, run } = shown;
  if (!applied || !run) return;
  shown.applied = { ...applied, trial: asAsked(settings.trial, applied.trial) };
  shown.run = { ...run, ...settings };
  shown.history.changes = liveChanges(settings);
}

/** The run goes on from a checkpoint, and all its records come again. */
function goOnElsewhere(shown: ShownRun, reason: Said, { records, engine }: Update): void {
  const { run } = shown;
  const moved = run && engine && engine.kind !== run.engine.kind;
  if (run && engine) shown.run = { ...run, engine };
  shown.history = shown.history.emptied();
  shown.recovered = { epoch: records.length, reason, of: 'device', ...(moved && { moved }) };
}
