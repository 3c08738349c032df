/**
 * The table that is open, on the worker's side, and what has been made of it. Trying out, showing and starting are asked
 * for one after the other with the same settings; these give the same data set, which is then not made anew.
 */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { prepare, prepareWatched } from '../../../data/prepare/prepare.ts';
import type { Table } from '../../../data/table/table.ts';
import { page } from '../../../messages/en/page.ts';
import { checkData } from '../../../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../../../spec/data-settings.ts';
import { InputError, type Said, saidBy } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { StepWatch } from '../../../util/yielding.ts';
import type { Source, TableView } from '../../protocol/messages.ts';
import type { TablePreview } from '../../protocol/preview.ts';
import type { LoadedBase } from '../base/base-model.ts';
import { viewOf } from '../views/table-view.ts';
import type { Previewer } from './previewer.ts';

export interface Prepared {
  settings: DataSettings;
  set: DataSet;
  view: TableView;
  /** The model that prepared it, where a run goes on from one. */
  base?: LoadedBase;
}

export class OpenTable {
  /** What the run has, or the table was opened with. */
  prepared: Prepared | undefined;
  #opened: { source: Source; table: Table } | undefined;
  /** What was last prepared and is not trained yet. */
  #tried: Prepared | undefined;
  /** Loaded when a table is first looked at. */
  #previewer: Previewer | undefined;

  get known(): { source: Source; table: Table } | undefined {
    return this.#opened;
  }

  /** @throws InputError where there is none */
  get now(): { source: Source; table: Table } {
    if (!this.#opened) throw new InputError(message(page, 'table_missing'));
    return this.#opened;
  }

  open(source: Source, table: Table, prepared: Prepared): void {
    this.#opened = { source, table };
    this.begin(prepared);
  }

  /** A run begins with this. */
  begin(prepared: Prepared): void {
    this.prepared = prepared;
    this.#tried = undefined;
  }

  /** @param base the model that a run goes on from: it prepares the rows @throws InputError */
  prepare(settings: DataSettingsInput, base?: LoadedBase): Prepared {
    const wanted = JSON.stringify(checkData(settings));
    const known = [this.prepared, this.#tried].find(
      (one) => one && one.base?.named.key === base?.named.key && JSON.stringify(one.settings) === wanted,
    );
    if (known) return known;
    this.#tried = undefined;
    this.#tried = prepareTable(this.now.table, settings, base);
    return this.#tried;
  }

  /** The table as it is read, with what is wrong with the settings where they cannot be had. */
  async preview(data: DataSettingsInput): Promise<TablePreview> {
    this.#previewer ??= new (await import('./previewer.ts')).Previewer();
    let problem: Said | null = null;
    let set: DataSet | undefined;
    try {
      ({ set } = this.prepare(data));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problem = saidBy(error);
    }
    return this.#previewer.preview(this.now.table, checkData(data), set, problem);
  }
}

export function prepareTable(table: Table, input: DataSettingsInput, base?: LoadedBase): Prepared {
  if (base) {
    const settings = base.settings(table, input);
    return { ...preparedOf(table, settings, base.prepare(table, input)), base };
  }
  const settings = checkData(input);
  return preparedOf(table, settings, prepare(table, settings));
}

/** The same, with turns for others; somebody waits for a table that is opened. */
export async function prepareOpened(
  table: Table,
  input: DataSettingsInput,
  watch: StepWatch,
  base?: LoadedBase,
): Promise<Prepared> {
  if (base) return prepareTable(table, input, base);
  const settings = checkData(input);
  const [set] = await prepareWatched(table, settings, 1, watch);
  return preparedOf(table, settings, set);
}

function preparedOf(table: Table, settings: DataSettings, set: DataSet): Prepared {
  return { settings, set, view: viewOf(table, set, settings) };
}
