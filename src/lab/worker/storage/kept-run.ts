/** What is kept of one run, read as far as it is sound. Loaded once something of a run is asked for. */
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
import type { EpochRecord } from '../../../train/trainer.ts';
import type { Source } from '../../protocol/messages.ts';
import type { RunEntry, RunFiles, RunPicture } from '../../protocol/runs.ts';
import { tableKey } from '../../shared/table-key.ts';
import { isCheckpoint, isPicture, isRecord } from './entry-schema.ts';
import { readOne } from './readable.ts';
import { asOfNow } from './run-list.ts';
import type { Store } from './store.ts';
import { tableOf } from './tables.ts';

/** A run that is kept, and what it was trained on. */
export interface RestorableRun {
  entry: RunEntry;
  source: Source;
  checkpoint: RunCheckpoint | undefined;
}

/** @param open a table that need not be kept @returns undefined where the run, or its table, is there no more */
export async function restorable(store: Store, id: string, open?: Source): Promise<RestorableRun | undefined> {
  const entry = await readOne(store, 'entries', id);
  if (!entry) return undefined;
  const isOpen = open && tableKey(open) === entry.table.key;
  const source = isOpen ? open : await tableOf(store, entry.table.key);
  return source && { entry: asOfNow(entry), source, checkpoint: await checkpointOf(store, id) };
}

export async function filesOf(store: Store, id: string): Promise<RunFiles> {
  const model = await store.get('models', id);
  return { model: model instanceof Uint8Array ? model : undefined, records: await recordsOf(store, id) };
}

export async function pictureOf(store: Store, id: string): Promise<RunPicture | null> {
  const picture = await store.get('pictures', id);
  return isPicture(picture) ? picture : null;
}

/** With its records; undefined where there is none. */
async function checkpointOf(store: Store, id: string): Promise<RunCheckpoint | undefined> {
  const kept = await store.get('checkpoints', id);
  if (!isCheckpoint(kept)) return undefined;
  const history = await recordsOf(store, id);
  // Some were lost, as where the browser has cleared its database under a run.
  if (history.length !== kept.epochs) return undefined;
  return { ...kept, trials: kept.trials.map((trial) => ({ ...trial, history })) };
}

async function recordsOf(store: Store, id: string): Promise<EpochRecord[]> {
  const parts = (await store.all('records', `${id} `)).map(([, records]) => records);
  return parts.flatMap((records) => (Array.isArray(records) ? records.filter(isRecord) : []));
}
