/** Sweeps with where they are kept: one that begins, one that goes on, and one that has ended. Loaded when somebody sweeps. */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { prepare, prepareFolds } from '../../../data/prepare/prepare.ts';
import { type Notice, warning } from '../../../data/table/notices.ts';
import type { Table } from '../../../data/table/table.ts';
import type { Engine } from '../../../engine/engine.ts';
import { sweeps } from '../../../messages/en/training/sweeps.ts';
import { checkData } from '../../../spec/check.ts';
import type { SweepEstimate } from '../../../sweep/estimate.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { SweepEntry, SweepNews, SweepPlan, SweepRequest } from '../../protocol/sweep.ts';
import { tableKey } from '../../shared/table-key.ts';
import type { SweepSaver } from '../storage/sweep-saver.ts';
import { SweepStorage, type TrialStore } from '../storage/sweep-storage.ts';
import { estimateOf } from './estimate.ts';
import type { SweepHost } from './host.ts';
import { type Definition, defineSweep, SweepJob, untrained } from './job.ts';

export { trialPicture, trialRows } from './trial-rows.ts';

type Listener = (news: SweepNews) => Promise<void> | void;

/** Whatever can be refused has been. */
export interface ReadySweep {
  plan: SweepPlan;
  /** From now on it is kept. */
  begin(): Promise<{ id: string; create: (engine: Engine) => SweepJob }>;
}

export function storageOf({ kept }: SweepHost): SweepStorage {
  return new SweepStorage(kept.store, () => kept.tab);
}

export function planOf(host: SweepHost, { sweep, data }: SweepRequest): SweepPlan {
  return defineSweep(sweep, host.prepare(data)).plan;
}

/** @returns null where the signal has ended it @throws InputError */
export async function estimated(
  host: SweepHost,
  request: SweepRequest,
  signal: AbortSignal,
): Promise<SweepEstimate | null> {
  const { definition, set, table } = define(host, request);
  return estimateOf(host, request.engine, definition, foldsOf(definition, set, table, request), signal);
}

/** @throws InputError */
export function newSweep(host: SweepHost, request: SweepRequest, command: string, listener: Listener): ReadySweep {
  const defined = define(host, request);
  const { source: name, rows } = defined.table;
  const { task, targets } = defined.set.preprocessing;
  const about = { table: { key: tableKey(host.source()), name, rows }, task, target: targets[0].column };
  const keep = () => storageOf(host).begin({ ...about, request, command, plan: defined.definition.plan });
  return ready(host, request, command, listener, defined, keep);
}

/** Goes on with one that is kept. @throws InputError where it, or its table, is not there */
export async function keptSweep(
  host: SweepHost,
  id: string,
  listener: Listener,
): Promise<ReadySweep & Pick<SweepRequest, 'engine'>> {
  const entry = await storageOf(host).entry(id);
  if (!entry) throw new InputError(message(sweeps, 'sweep_gone'));
  const { request, command, table } = entry;
  if (tableKey(host.source()) !== table.key) {
    throw new InputError(message(sweeps, 'sweep_table_other', { name: table.name }));
  }
  const keep = () => storageOf(host).goOn(entry);
  return { engine: request.engine, ...ready(host, request, command, listener, define(host, request), keep) };
}

/** One that has ended, for its files and models. @throws InputError where its table, or some of its trials, are kept no more */
export async function endedSweep(host: SweepHost, entry: SweepEntry): Promise<SweepJob> {
  const { id, request, command, table: about, end } = entry;
  const table = await host.tableOf(about.key);
  if (!table) throw new InputError(message(sweeps, 'sweep_table_missing', { name: about.name }));
  if (!end) throw new InputError(message(sweeps, 'sweep_trials_missing'));
  const data = checkData(request.data);
  const count = request.sweep.folds ?? 1;
  const folds = count > 1 ? prepareFolds(table, data, count) : [prepare(table, data)];
  const definition = defineSweep(request.sweep, folds[0]);
  const store = await storageOf(host).trials(id);
  const engine = untrained(end.engine);
  const job = new SweepJob({ definition, table, folds, data, engine, command, store }, () => {});
  await job.restore(end);
  return job;
}

interface Defined {
  definition: Definition;
  set: DataSet;
  table: Table;
}

function define(host: SweepHost, { sweep, data }: SweepRequest): Defined {
  const set = host.prepare(data);
  return { definition: defineSweep(sweep, set), set, table: host.table() };
}

function foldsOf({ sweep }: Definition, set: DataSet, table: Table, { data }: SweepRequest): DataSet[] {
  return sweep.folds > 1 ? prepareFolds(table, checkData(data), sweep.folds) : [set];
}

function ready(
  host: SweepHost,
  request: SweepRequest,
  command: string,
  listener: Listener,
  { definition, set, table }: Defined,
  keep: () => Promise<SweepSaver>,
): ReadySweep {
  const data = checkData(request.data);
  const folds = foldsOf(definition, set, table, request);
  return {
    plan: definition.plan,
    async begin() {
      host.keepTable();
      const { lasting } = await host.kept.store;
      const saver = await keep();
      // Trials are known by digests, of which pages over http have none; where nothing lasts they would only cost memory.
      const insecure = globalThis.crypto.subtle === undefined;
      const store = lasting && !insecure ? await storageOf(host).trials(saver.id) : undefined;
      const tell = async (news: SweepNews) => listener(await saver.take(news, () => remarks(lasting, store)));
      const { id, secondsBefore } = saver;
      const common = { definition, table, folds, data, command, store, secondsBefore };
      return { id, create: (engine) => new SweepJob({ ...common, engine }, tell) };
    },
  };
}

/** Why, or how far, it is not kept. */
function remarks(lasting: boolean, store: TrialStore | undefined): Notice[] {
  if (!lasting) return [warning(message(sweeps, 'sweep_not_lasting'))];
  if (!store) return [warning(message(sweeps, 'sweep_insecure'))];
  return store.unread > 0 ? [warning(message(sweeps, 'sweep_parts_unread', { count: store.unread }))] : [];
}
