/** Keeps the best model that was looked for, with what came of it, among the runs. */
import { type Model, saveModel } from '../../../model/model.ts';
import type { Task } from '../../../spec/answers.ts';
import { checkData, checkTrial } from '../../../spec/check.ts';
import { withFirstDefaults } from '../../../spec/first-defaults.ts';
import type { Said } from '../../../util/errors.ts';
import type { FitEnd, FitRequest, StoredFit } from '../../protocol/fit.ts';
import type { Source } from '../../protocol/messages.ts';
import type { RunEntry } from '../../protocol/runs.ts';
import { liveSettings } from '../../shared/live-steps.ts';
import { tableKey } from '../../shared/table-key.ts';
import { readOne } from './readable.ts';
import type { Change, Store } from './store.ts';

export interface FoundFit {
  source: Source;
  /** Of the table. */
  name: string;
  rows: number;
  task: Task;
  target: string;
  request: FitRequest;
  why: Said;
  end: FitEnd;
  model: Model;
}

/** Beside its entry and its model, what came of it lies where pictures of runs do. */
export function fitChanges(id: string, found: FoundFit): Change[] {
  const { source, name, rows, task, target, request, why, end, model } = found;
  const { data, engine: choice } = request;
  const bytes = saveModel(model);
  const settings = { trial: checkTrial(withFirstDefaults()), data: checkData(data), engine: choice };
  const entry: RunEntry = {
    id,
    created: Date.now(),
    table: { key: tableKey(source), name, rows },
    task,
    target,
    settings,
    began: liveSettings(settings),
    changes: [],
    engine: { ...end.engine, choice, why, plan: '' },
    parameters: model.members.reduce((sum, { parameters }) => sum + parameters.length, 0),
    state: 'done',
    failure: null,
    epochs: 0,
    seconds: end.seconds,
    scores: Object.fromEntries(Object.entries(end.metrics).filter(([, value]) => typeof value === 'number')),
    of: 'validation',
    outcome: null,
    recovered: [],
    model: bytes.length,
    fit: { networks: end.networks, members: end.members },
  };
  return [
    { shelf: 'entries', key: id, value: entry },
    { shelf: 'models', key: id, value: bytes },
    { shelf: 'pictures', key: id, value: end },
  ];
}

/** Undefined where it, or its model, is there no more. */
export async function storedFit(store: Store, id: string): Promise<(StoredFit & { model: Model }) | undefined> {
  const [entry, bytes, end] = await Promise.all([
    readOne(store, 'entries', id),
    store.get('models', id),
    store.get('pictures', id),
  ]);
  const { isFitEnd } = await import('./entry-schema.ts');
  const { loadModel } = await import('../../../model/file/load-model.ts');
  if (!entry?.fit || !(bytes instanceof Uint8Array) || !isFitEnd(end)) return undefined;
  const { table, target, task } = entry;
  return { table: table.name, target, task, end, model: loadModel(bytes) };
}
