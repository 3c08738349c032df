/**
 * The worker's side of keeping: makes a keeper for each run, and answers what the page asks of the runs that are kept.
 * Other tabs are told when the list changes.
 */
import { proxyMarker } from 'comlink';
import type { Task } from '../../../spec/answers.ts';
import { withFirstData, withFirstDefaults } from '../../../spec/first-defaults.ts';
import type { Trial } from '../../../spec/settings.ts';
import type { EngineView, Source } from '../../protocol/messages.ts';
import type {
  RunEntry,
  RunFiles,
  RunMark,
  RunPicture,
  StorageForPage,
  StorageState,
  StoredRun,
  TabEntry,
  Trouble,
} from '../../protocol/runs.ts';
import type { LegalForm } from '../../protocol/settings.ts';
import { liveSettings } from '../../shared/live-steps.ts';
import { channelName, openTabs } from '../../shared/tab.ts';
import { mostBytes, tableKey } from '../../shared/table-key.ts';
import { purged } from './garbage-collection.ts';
import { troubleOf, writeWithRoom } from './quota.ts';
import { readAll, readOne, removalOfUnread } from './readable.ts';
import { checkpointOf, type RunCheckpoint, RunSaver, recordsOf } from './run-saver.ts';
import { newId, openStore, type Store } from './store.ts';
import type { FoundFit, storedFit } from './stored-fits.ts';
import { bytesOf, keepTable, tableNamed, tableOf } from './tables.ts';

/** What a new run is. */
export interface Beginning {
  source: Source;
  /** Of the table. */
  name: string;
  rows: number;
  task: Task;
  target: string;
  settings: LegalForm;
  engine: EngineView;
  parameters: number;
  /** The file of the model that it goes on from. */
  base?: Uint8Array;
}

/** A run that is kept, and what it was trained on. */
export interface RestorableRun {
  entry: RunEntry;
  source: Source;
  checkpoint: RunCheckpoint | undefined;
}

/** What a tab had open. */
export interface Remembered extends RestorableRun {
  playing: boolean;
}

/** Troubles that are over with the next thing that is kept. */
const passing: ReadonlySet<Trouble['kind']> = new Set(['full', 'failed']);
/** Runs before the open one that wait for room to be written, at most: each holds its model in memory. */
const mostOwed = 8;

export class RunStorage implements StorageForPage {
  readonly [proxyMarker] = true as const;
  readonly #opened: Promise<Store> = openStore();
  readonly #channel = new BroadcastChannel(channelName);
  #tab: string | undefined;
  #keeper: RunSaver | undefined;
  /** Keepers of runs that have left and may not be written yet, the oldest first. */
  #left: RunSaver[] = [];
  #trouble: Trouble | null = null;
  #unread = 0;
  /** Why the list could not be read the last time. */
  #unlisted: Trouble | null = null;
  /** Tables whose keeping was decided on. */
  #tables = new Set<string>();

  // ---- For the page ----------------------------------------------------------------------------------------------

  async claim(tab: string): Promise<void> {
    this.#tab = tab;
    await this.#minded(async (store) => store.write(await purged(store, Date.now(), await this.#openRuns())));
  }

  async tabs(): Promise<TabEntry[]> {
    const { sound } = await readAll(await this.#opened, 'tabs');
    const tabs = sound.map(([, tab]) => tab);
    return tabs.sort((a, b) => b.seen - a.seen);
  }

  async list(): Promise<StoredRun[]> {
    try {
      const runs = await this.#list();
      this.#unlisted = null;
      return runs;
    } catch (error) {
      this.#unlisted = troubleOf(error);
      throw error;
    }
  }

  async #list(): Promise<StoredRun[]> {
    const store = await this.#opened;
    const [entries, marks, open, tabs] = await Promise.all([
      readAll(store, 'entries'),
      readAll(store, 'marks'),
      openTabs(),
      readAll(store, 'tabs'),
    ]);
    this.#unread = entries.unread.length + marks.unread.length + tabs.unread.length;
    const byRun = new Map(marks.sound);
    const others = tabs.sound.filter(([id]) => id !== this.#tab && open?.has(id));
    const elsewhere = new Set(others.map(([, { run }]) => run));
    return entries.sound
      .map(([id, entry]): StoredRun => ({ ...read(entry), mark: byRun.get(id) ?? {}, elsewhere: elsewhere.has(id) }))
      .filter(({ mark }) => !mark.deleted)
      .sort((a, b) => b.created - a.created);
  }

  async removeUnread(): Promise<void> {
    await this.#minded(async (store) => store.write(await removalOfUnread(store)));
    this.#tell();
  }

  async mark(id: string, mark: RunMark): Promise<void> {
    await this.#minded(async (store) => {
      const known = (await readOne(store, 'marks', id)) ?? {};
      await store.write([{ shelf: 'marks', key: id, value: { ...known, ...(typeof mark === 'object' && mark) } }]);
    });
    this.#tell();
  }

  async pictures(ids: string[]): Promise<(RunPicture | null)[]> {
    const store = await this.#opened;
    const { isPicture } = await import('./entry-schema.ts');
    return Promise.all(
      ids.map(async (id) => {
        const picture = await store.get('pictures', id);
        return isPicture(picture) ? picture : null;
      }),
    );
  }

  async files(id: string): Promise<RunFiles> {
    const store = await this.#opened;
    const model = await store.get('models', id);
    return { model: model instanceof Uint8Array ? model : undefined, records: await recordsOf(store, id) };
  }

  async state(): Promise<StorageState> {
    const { lasting } = await this.#opened;
    const estimate = lasting ? await navigator.storage?.estimate().catch(() => undefined) : undefined;
    return {
      lasting,
      usage: estimate?.usage ?? null,
      quota: estimate?.quota ?? null,
      persisted: lasting ? ((await navigator.storage?.persisted?.()) ?? null) : null,
      unread: this.#unread,
      trouble: this.#trouble ?? this.#unlisted,
    };
  }

  async sourceNamed(name: string): Promise<Source | undefined> {
    return tableNamed(await this.#opened, name);
  }

  async now(): Promise<void> {
    await this.#keeper?.keep(true);
  }

  // ---- For the worker --------------------------------------------------------------------------------------------

  get store(): Promise<Store> {
    return this.#opened;
  }

  get tab(): string | undefined {
    return this.#tab;
  }

  get keeper(): RunSaver | undefined {
    return this.#keeper;
  }

  /** The run before this one is kept for good; resolves when it can go. */
  async leave(): Promise<void> {
    const keeper = this.#keeper;
    await keeper?.leave();
    if (keeper) this.#left = [...this.#left.filter(({ owes }) => owes), keeper];
    if (this.#left.length > mostOwed) this.#left.shift()?.giveUp();
    this.#keeper = undefined;
  }

  async begin({ source, name, rows, base, ...others }: Beginning): Promise<RunSaver> {
    const entry: RunEntry = {
      id: newId(),
      created: Date.now(),
      table: { key: tableKey(source), name, rows },
      began: liveSettings(others.settings),
      changes: [],
      state: 'ready',
      failure: null,
      epochs: 0,
      seconds: 0,
      scores: {},
      of: 'validation',
      outcome: null,
      recovered: [],
      model: 0,
      ...others,
    };
    return this.#follow(entry, 0, base);
  }

  /** The best model that was looked for, among the runs. That there is no room for it is said. */
  async keepFit(found: FoundFit): Promise<void> {
    const id = newId();
    const { fitChanges } = await import('./stored-fits.ts');
    const kept = await this.#minded(async (store) => {
      const spare = async () => new Set([id, ...(await this.#openRuns())]);
      const trouble = await writeWithRoom(store, fitChanges(id, found), spare);
      if (trouble) this.#trouble = trouble;
    });
    if (kept) this.#tell();
  }

  async storedFit(id: string): ReturnType<typeof storedFit> {
    const stored = await import('./stored-fits.ts');
    return stored.storedFit(await this.#opened, id);
  }

  /** Goes on keeping a run that was kept before. */
  async goOn(entry: RunEntry, written: number, checkpoint: RunCheckpoint): Promise<RunSaver> {
    const keeper = await this.#follow(entry, written);
    keeper.last = checkpoint;
    return keeper;
  }

  /** What the tab had open, if all of it is there. */
  async remembered(tab: string): Promise<Remembered | undefined> {
    const store = await this.#opened;
    const kept = await readOne(store, 'tabs', tab);
    const run = kept && (await this.stored(kept.run));
    return run && { ...run, playing: kept.playing };
  }

  /** @param open a table that need not be kept @returns undefined where the run, or its table, is there no more */
  async stored(id: string, open?: Source): Promise<RestorableRun | undefined> {
    const store = await this.#opened;
    const entry = await readOne(store, 'entries', id);
    if (!entry) return undefined;
    const isOpen = open && tableKey(open) === entry.table.key;
    const source = isOpen ? open : await tableOf(store, entry.table.key);
    return source && { entry: read(entry), source, checkpoint: await checkpointOf(store, id) };
  }

  /** What a table that is kept was read from. */
  async tableOf(key: string): Promise<Source | undefined> {
    return tableOf(await this.#opened, key);
  }

  /** Keeps the table of the run that trains: once, unless it is gone again. */
  async keepTable(source: Source): Promise<void> {
    const key = tableKey(source);
    const decided = this.#tables.has(key);
    this.#tables.add(key);
    const kept = await this.#minded(async (store) => {
      if (decided && (bytesOf(source) > mostBytes || (await store.keys('tables', key)).includes(key))) return;
      const changes = await keepTable(store, source, await this.#openTables(store));
      if (changes) await store.write(changes);
      else this.#say({ kind: 'table', name: 'name' in source ? source.name : '', bytes: bytesOf(source) });
    });
    if (!kept) this.#tables.delete(key);
  }

  async #follow(entry: RunEntry, written: number, base?: Uint8Array): Promise<RunSaver> {
    const store = await this.#opened;
    const keeper = new RunSaver(
      {
        store,
        entry,
        base,
        spare: () => this.#openRuns(),
        wrote: (trouble) => {
          if (this.#keeper === keeper) void this.#rememberTab(keeper.entry);
          if (trouble || (this.#trouble && passing.has(this.#trouble.kind))) this.#trouble = trouble;
          this.#tell();
          // There is room again.
          if (!trouble) for (const other of [...this.#left, this.#keeper]) if (other?.owes) other.tryAgain();
        },
      },
      written,
    );
    this.#keeper = keeper;
    return keeper;
  }

  /** What is open here, so that it opens again. */
  async #rememberTab({ id, state, settings }: RunEntry): Promise<void> {
    if (!this.#tab) return;
    const value: TabEntry = {
      id: this.#tab,
      run: id,
      playing: state === 'running',
      seen: Date.now(),
      engine: settings.engine,
    };
    await this.#minded((store) => store.write([{ shelf: 'tabs', key: value.id, value }]));
  }

  /** Writes what is not worth dropping a model for. That it cannot be kept is said, and nobody's run fails of it. */
  async #minded(work: (store: Store) => Promise<void>): Promise<boolean> {
    try {
      await work(await this.#opened);
      return true;
    } catch (error) {
      this.#say(troubleOf(error));
      return false;
    }
  }

  /** Tables of runs that tabs have open, deleted ones among them: until they are closed they are not gone. */
  async #openTables(store: Store): Promise<Set<string>> {
    const [open, runs] = await Promise.all([this.#openRuns(), readAll(store, 'entries')]);
    return new Set(runs.sound.filter(([id]) => open.has(id)).map(([, { table }]) => table.key));
  }

  /** Runs that tabs have open; every tab counts as open where the browser does not say. */
  async #openRuns(): Promise<Set<string>> {
    const [open, tabs] = await Promise.all([openTabs(), this.tabs()]);
    return new Set(tabs.filter(({ id }) => !open || open.has(id)).map(({ run }) => run));
  }

  #say(trouble: Trouble | null): void {
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    this.#channel.postMessage('changed');
  }
}

/** Earlier versions kept fewer settings, the earliest no changes. */
function read({ settings: kept, ...entry }: RunEntry): RunEntry {
  const settings = { ...kept, trial: withFirstDefaults(kept.trial) as Trial, data: withFirstData(kept.data) };
  return { ...entry, settings, began: entry.began ?? liveSettings(settings), changes: entry.changes ?? [] };
}
