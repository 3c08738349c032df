/**
 * The worker's side of keeping: makes a keeper for each run, and answers what the page asks of the runs that are kept.
 * Other tabs are told when the list changes.
 */
import { proxyMarker } from 'comlink';
import type { Task } from '../../data/dataset.ts';
import type { EpochRecord } from '../../train/trainer.ts';
import type { LegalForm } from '../form.ts';
import type { EngineView, Source } from '../messages.ts';
import { checkpointOf, Keeper, type RunCheckpoint, recordsOf } from './keeper.ts';
import {
  channelName,
  type KeepingState,
  type KeptRun,
  type RunEntry,
  type RunMark,
  type RunPicture,
  type TabEntry,
  type Trouble,
} from './kept.ts';
import { liveSettings } from './live-steps.ts';
import { isFull } from './room.ts';
import { type Change, openStore, type Store, shelves } from './store.ts';
import { bytesOf, keepTable, tableKey, tableNamed, tableOf } from './tables.ts';

/** What the page may ask. */
export interface KeepingForPage {
  readonly [proxyMarker]: true;
  /** Whose tab this is. */
  claim(tab: string): Promise<void>;
  /** Tabs that were open, the newest first. */
  tabs(): Promise<TabEntry[]>;
  /** Newest first, without those that are deleted. */
  list(): Promise<KeptRun[]>;
  /** Adds to what a person says of a run. */
  mark(id: string, mark: RunMark): Promise<void>;
  pictures(ids: string[]): Promise<(RunPicture | null)[]>;
  files(id: string): Promise<RunFiles>;
  state(): Promise<KeepingState>;
  sourceNamed(name: string): Promise<Source | undefined>;
  /** At once, as the page may go. */
  now(): Promise<void>;
}

export interface RunFiles {
  model: Uint8Array | undefined;
  records: EpochRecord[];
}

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
}

/** What a tab had open. */
export interface Remembered {
  entry: RunEntry;
  source: Source;
  checkpoint: RunCheckpoint | undefined;
  playing: boolean;
}

/** Deleted runs can be brought back for so long, in milliseconds. */
const undoTime = 10 * 60_000;

export class Keeping implements KeepingForPage {
  readonly [proxyMarker] = true as const;
  readonly #opened: Promise<Store> = openStore();
  readonly #channel = new BroadcastChannel(channelName);
  #tab: string | undefined;
  #keeper: Keeper | undefined;
  #trouble: Trouble | null = null;
  /** Tables whose keeping was decided on. */
  #tables = new Set<string>();

  // ---- For the page ----------------------------------------------------------------------------------------------

  async claim(tab: string): Promise<void> {
    this.#tab = tab;
    await this.#purge();
  }

  async tabs(): Promise<TabEntry[]> {
    const store = await this.#opened;
    const tabs = ((await store.all('tabs')) as [string, TabEntry][]).map(([, tab]) => tab);
    return tabs.sort((a, b) => b.seen - a.seen);
  }

  async list(): Promise<KeptRun[]> {
    const store = await this.#opened;
    const [entries, marks] = await Promise.all([
      store.all('entries') as Promise<[string, RunEntry][]>,
      store.all('marks') as Promise<[string, RunMark][]>,
    ]);
    const byRun = new Map(marks);
    return entries
      .map(([id, entry]): KeptRun => ({ ...entry, mark: byRun.get(id) ?? {} }))
      .filter(({ mark }) => !mark.deleted)
      .sort((a, b) => b.created - a.created);
  }

  async mark(id: string, mark: RunMark): Promise<void> {
    const store = await this.#opened;
    const known = ((await store.get('marks', id)) ?? {}) as RunMark;
    await this.#write([{ shelf: 'marks', key: id, value: { ...known, ...mark } }]);
    this.#tell();
  }

  async pictures(ids: string[]): Promise<(RunPicture | null)[]> {
    const store = await this.#opened;
    return Promise.all(ids.map(async (id) => ((await store.get('pictures', id)) as RunPicture | undefined) ?? null));
  }

  async files(id: string): Promise<RunFiles> {
    const store = await this.#opened;
    const model = (await store.get('models', id)) as Uint8Array | undefined;
    return { model, records: await recordsOf(store, id) };
  }

  async state(): Promise<KeepingState> {
    const { lasting } = await this.#opened;
    const estimate = lasting ? await navigator.storage?.estimate() : undefined;
    return {
      lasting,
      usage: estimate?.usage ?? null,
      quota: estimate?.quota ?? null,
      persisted: lasting ? ((await navigator.storage?.persisted?.()) ?? null) : null,
      trouble: this.#trouble,
    };
  }

  async sourceNamed(name: string): Promise<Source | undefined> {
    return tableNamed(await this.#opened, name);
  }

  async now(): Promise<void> {
    await this.#keeper?.keep(true);
  }

  // ---- For the worker --------------------------------------------------------------------------------------------

  get keeper(): Keeper | undefined {
    return this.#keeper;
  }

  /** The run before this one is kept for good; resolves when it can go. */
  async leave(): Promise<void> {
    await this.#keeper?.leave();
    this.#keeper = undefined;
  }

  async begin({ source, name, rows, ...others }: Beginning): Promise<Keeper> {
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
    return this.#follow(entry, 0);
  }

  /** Goes on keeping a run that was kept before. */
  async goOn(entry: RunEntry, written: number, checkpoint: RunCheckpoint): Promise<Keeper> {
    const keeper = await this.#follow(entry, written);
    keeper.last = checkpoint;
    return keeper;
  }

  /** What the tab had open, if all of it is there. */
  async remembered(tab: string): Promise<Remembered | undefined> {
    const store = await this.#opened;
    const kept = (await store.get('tabs', tab)) as TabEntry | undefined;
    const entry = kept && ((await store.get('entries', kept.run)) as RunEntry | undefined);
    const source = entry && (await tableOf(store, entry.table.key));
    if (!kept || !entry || !source) return undefined;
    return { entry, source, checkpoint: await checkpointOf(store, entry.id), playing: kept.playing };
  }

  /** Keeps the table of the run that trains, once. */
  async keepTable(source: Source): Promise<void> {
    const key = tableKey(source);
    if (this.#tables.has(key)) return;
    this.#tables.add(key);
    const store = await this.#opened;
    const changes = await keepTable(store, source, new Set([key]));
    if (changes) await this.#write(changes);
    else this.#say({ kind: 'table', name: 'name' in source ? source.name : '', bytes: bytesOf(source) });
  }

  async #follow(entry: RunEntry, written: number): Promise<Keeper> {
    const store = await this.#opened;
    const keeper = new Keeper(
      {
        store,
        entry,
        spare: () => false,
        wrote: (trouble) => {
          if (this.#keeper === keeper) void this.#rememberTab(keeper.entry);
          if (trouble || this.#trouble?.kind === 'full') this.#say(trouble);
          this.#tell();
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
    await this.#write([{ shelf: 'tabs', key: this.#tab, value }]);
  }

  /** A write that is not worth dropping a model for. */
  async #write(changes: Change[]): Promise<void> {
    try {
      await (await this.#opened).write(changes);
    } catch (error) {
      if (isFull(error)) this.#say({ kind: 'full' });
      else this.#say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Deleted runs go for good, once nobody will undo it. */
  async #purge(): Promise<void> {
    const store = await this.#opened;
    const marks = (await store.all('marks')) as [string, RunMark][];
    const changes: Change[] = [];
    for (const id of goneForGood(marks, Date.now())) {
      for (const shelf of shelves) {
        if (shelf === 'records') {
          for (const key of await store.keys('records', `${id} `)) changes.push({ shelf, key });
        } else if (shelf !== 'tables' && shelf !== 'tabs') changes.push({ shelf, key: id });
      }
    }
    await this.#write(changes);
  }

  #say(trouble: Trouble | null): void {
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    this.#channel.postMessage('changed');
  }
}

/** Runs that were deleted long ago; one that was brought back has 0 for when. */
export function goneForGood(marks: readonly [string, RunMark][], now: number): string[] {
  return marks.filter(([, { deleted }]) => deleted && now - deleted > undoTime).map(([id]) => id);
}

/** Sorts by time; unlike `crypto.randomUUID` it is there on pages that browsers do not trust. */
export function newId(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random.toString(36)}`;
}
