/** A run that is kept takes the place of the one that is open, as it was left. In the worker, loaded once one is opened. */
import type { Table } from '../../../data/table/table.ts';
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
import type { EngineChoice, Recalled, RunView, Source } from '../../protocol/messages.ts';
import type { RunEntry } from '../../protocol/runs.ts';
import type { BaseModel } from '../../protocol/settings.ts';
import type { LoadedBase } from '../base/base-model.ts';
import type { StartedRun } from '../own-engine.ts';
import type { RunOf } from '../run-of.ts';
import { type Prepared, prepareOpened } from '../table/open-table.ts';
import type { Reading } from '../table/table-reader.ts';
import { type Make, resumeKept } from './another-device.ts';
import type { RestorableRun } from './kept-run.ts';
import { recovered } from './recovery.ts';

export interface ReopenHost {
  readonly reading: Reading;
  /** The model that it went on from. @throws InputError where that is not to be had any more */
  baseOf(from: BaseModel | undefined): Promise<LoadedBase | undefined>;
  make: Make;
  /** Lets go of the run, and the table, that is open. */
  replace(source: Source, table: Table, prepared: Prepared): Promise<void>;
  /** What the page is shown of it. */
  view(started: StartedRun, of: RunOf): RunView;
  /** Drives it, and keeps it as this entry, on an engine that is held as of this kind. */
  follow(
    id: number,
    started: StartedRun,
    of: RunOf,
    kept: { entry: RunEntry; epochs: number; checkpoint: RunCheckpoint },
  ): Promise<void>;
}

/** The run that is open stays where this one cannot be gone on with: then it has no `run`. */
export async function reopen(
  host: ReopenHost,
  { source, entry, checkpoint }: RestorableRun,
): Promise<Omit<Recalled, 'playing'>> {
  const { settings } = entry;
  const { reading } = host;
  const base = await host.baseOf(settings.from);
  const table = await reading.read(source);
  const prepared = await reading.prepare(table, undefined, (watch) => prepareOpened(table, settings.data, watch, base));
  const recalled = { source, entry, settings };
  if (!checkpoint) return { ...recalled, run: undefined };
  const resumed = await resumeKept(host.make, entry, prepared.set, checkpoint);
  const { why } = resumed;
  if (!('run' in resumed)) return { ...recalled, run: undefined, why };
  await host.replace(source, table, prepared);
  const of = { source, table, prepared, engine: settings.engine };
  const view = host.view(resumed, of);
  const epochs = resumed.run.history.length;
  const movesNow = why !== undefined && entry.recovered.every(({ moved }) => !moved);
  const kept = movesNow ? recovered({ ...entry, engine: view.engine }, epochs, why, true) : entry;
  const held: EngineChoice = why === undefined ? of.engine : 'cpu';
  await host.follow(view.id, resumed, { ...of, engine: held }, { entry: kept, epochs, checkpoint });
  return { ...recalled, entry: { ...kept, epochs }, run: view, why };
}
