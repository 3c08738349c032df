/**
 * The worker's side of keeping: makes a keeper for each run, and answers what the page asks of the runs that are kept.
 * Other tabs are told when the list changes.
 */
import { proxyMarker } from 'comlink';
import type { Task } from '../../../spec/answers.ts';
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
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
import { channelName } from '../../shared/tab.ts';
import { mostBytes, tableKey } from '../../shared/table-key.ts';
import { purged } from './garbage-collection.ts';
import type { RestorableRun } from './kept-run.ts';
import { troubleOf, writeWithRoom } from './quota.ts';
import { readOne, removalOfUnread } from './readable.ts';
import { listRuns } from './run-list.ts';
import { RunSaver } from './run-saver.ts';
import { newId, openStore, type Store } from './store.ts';
import type { FoundFit, storedFit } from './stored-fits.ts';
import { bytesOf, keepTable, tableNamed, tableOf } from './tables.ts';
import { openRuns, openTables, readTabs } from './tabs.ts';

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
    await this.#minded(async (store) => store.write(await purged(store, Date.now(), await openRuns(store))));
  }

  async tabs(): Promise<TabEntry[]> {
    return readTabs(await this.#opened);
  }

  async list(): Promise<StoredRun[]> {
    try {
      const { runs, unread } = await listRuns(await this.#opened, this.#tab);
      this.#unread = unread;
      this.#unlisted = null;
      return runs;
    } catch (error) {
      this.#unlisted = troubleOf(error);
      throw error;
    }
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
    const { pictureOf } = await import('./kept-run.ts');
    return Promise.all(ids.map((id) => pictureOf(store, id)));
  }

  async files(id: string): Promise<RunFiles> {
    const { filesOf } = await import('./kept-run.ts');
    return filesOf(await this.#opened, id);
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
      const spare = async () => new Set([id, ...(await openRuns(store))]);
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
    const { restorable } = await import('./kept-run.ts');
    return restorable(await this.#opened, id, open);
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
      const changes = await keepTable(store, source, await openTables(store));
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
        spare: () => openRuns(store),
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

  #say(trouble: Trouble | null): void {
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    this.#channel.postMessage('changed');
  }
}
