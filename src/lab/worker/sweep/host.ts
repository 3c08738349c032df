/** What the worker lends to sweeps. */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import type { Table } from '../../../data/table/table.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { DataSettingsInput } from '../../../spec/data-settings.ts';
import type { EngineChoice, Source } from '../../protocol/messages.ts';
import type { JobHost } from '../job-service.ts';
import type { Store } from '../storage/store.ts';

export interface SweepHost extends JobHost {
  /** @throws InputError */
  prepare(settings: DataSettingsInput): DataSet;
  /** An engine that nobody else uses, and whoever asked destroys. */
  ownEngine(choice: EngineChoice): Promise<Engine>;
  /** Whether nothing trains. */
  idle(): boolean;
  /** Where sweeps are kept, and for which tab. */
  readonly kept: { readonly store: Promise<Store>; readonly tab: string | undefined };
  /** What the open table was read from. */
  source(): Source;
  /** Keeps the open table. */
  keepTable(): void;
  /** A table that is open, or kept; undefined where it is neither. */
  tableOf(key: string): Promise<Table | undefined>;
}
