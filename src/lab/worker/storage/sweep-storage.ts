/**
 * Sweeps that are kept in this browser: a record of each, and beside it the store that the sweep goes on from (results of
 * trials that have ended, checkpoints of the others). What is damaged, or of another version, is left out and counted.
 */
import { sweeps as texts } from '../../../messages/en/training/sweeps.ts';
import { type SweepStore, storeVersion } from '../../../sweep/store/store.ts';
import { RunError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { type KeptSweep, type SweepEntry, sweepVersion } from '../../protocol/sweep.ts';
import { openTabs } from '../../shared/tab.ts';
import { troubleOf } from './quota.ts';
import { readAll, readOne } from './readable.ts';
import { type Change, newId, type Store } from './store.ts';
import { SweepSaver } from './sweep-saver.ts';

/** Beyond that the oldest are forgotten. */
const mostSweeps = 20;

export type NewSweep = Pick<SweepEntry, 'table' | 'task' | 'target' | 'request' | 'command' | 'plan'>;

/** The store that a sweep goes on from. */
export interface TrialStore extends SweepStore {
  /** Values that were damaged, or of another version; known once they have been listed. */
  unread: number;
}

export class SweepStorage {
  readonly #opened: Promise<Store>;
  readonly #tab: () => string | undefined;

  constructor(opened: Promise<Store>, tab: () => string | undefined) {
    this.#opened = opened;
    this.#tab = tab;
  }

  /** Whether what is kept is there after a reload. */
  async lasting(): Promise<boolean> {
    return (await this.#opened).lasting;
  }

  /** Newest first, without those that are deleted, and how many cannot be read. */
  async list(): Promise<{ sweeps: KeptSweep[]; unread: number }> {
    const store = await this.#opened;
    const [{ entries, unread }, open, parts] = await Promise.all([this.#read(), openTabs(), store.keys('trials')]);
    const withTrials = new Set(parts.map((key) => key.split(' ')[0]));
    const elsewhere = (tab: string | null) => tab !== null && tab !== this.#tab() && (open?.has(tab) ?? false);
    const sweeps = entries.map(({ id, created, table, target, plan, end, tab }): KeptSweep => {
      const finished = end !== null && !end.interrupted;
      return {
        id,
        created,
        table,
        target,
        varied: Object.keys(plan.cells[0] ?? {}),
        trials: plan.cells.length * plan.seeds.length * plan.folds,
        finished,
        resumable: !finished && withTrials.has(id),
        elsewhere: !finished && elsewhere(tab),
      };
    });
    return { sweeps, unread };
  }

  /** Newest first, without those that are deleted. */
  async entries(): Promise<SweepEntry[]> {
    return (await this.#read()).entries;
  }

  async #read(): Promise<{ entries: SweepEntry[]; unread: number }> {
    const store = await this.#opened;
    if (!store.lasting) return { entries: [], unread: 0 };
    const [{ sound, unread }, marks] = await Promise.all([readAll(store, 'sweeps'), readAll(store, 'marks')]);
    const deleted = new Set(marks.sound.filter(([, mark]) => mark.deleted).map(([id]) => id));
    const entries = sound.map(([, entry]) => entry).filter(({ id }) => !deleted.has(id));
    return { entries: entries.sort((a, b) => b.created - a.created), unread: unread.length };
  }

  /** Undefined where it is there no more, or cannot be read. */
  async entry(id: string): Promise<SweepEntry | undefined> {
    return readOne(await this.#opened, 'sweeps', id);
  }

  async begin(sweep: NewSweep): Promise<SweepSaver> {
    const begun = { version: sweepVersion, id: newId(), created: Date.now(), tab: this.#tab() ?? null };
    const stands = { trials: [], progress: null, leaders: [], end: null, failure: null };
    await this.#forgetOldest();
    return this.#saver({ ...begun, ...sweep, ...stands });
  }

  /** Goes on keeping one that was kept before. */
  goOn(entry: SweepEntry): Promise<SweepSaver> {
    return this.#saver({ ...entry, tab: this.#tab() ?? null, end: null, failure: null });
  }

  async #saver(entry: SweepEntry): Promise<SweepSaver> {
    const saver = new SweepSaver(entry, (now) => this.#write([{ shelf: 'sweeps', key: now.id, value: now }]));
    await saver.begin();
    return saver;
  }

  /** @throws RunError where there is no room */
  async #write(changes: readonly Change[]): Promise<void> {
    try {
      await (await this.#opened).write(changes);
    } catch (error) {
      throw troubleOf(error).kind === 'full' ? new RunError(message(texts, 'storage_full')) : error;
    }
  }

  async trials(id: string): Promise<TrialStore> {
    const store = await this.#opened;
    const prefix = `${id} `;
    let known = new Map<string, unknown>();
    const trials: TrialStore = {
      unread: 0,
      async list() {
        const values = await store.all('trials', prefix);
        const sound = values.filter(([key, value]) => isPart(key.slice(prefix.length), value));
        known = new Map(sound.map(([key, value]) => [key.slice(prefix.length), value]));
        trials.unread = values.length - sound.length;
        return [...known.keys()];
      },
      // As they were listed: reading them once more would cost as much again.
      read: async (name) => known.get(name),
      write: (name, value) => this.#write([{ shelf: 'trials', key: prefix + name, value }]),
      remove: (name) => this.#write([{ shelf: 'trials', key: prefix + name }]),
    };
    return trials;
  }

  async #forgetOldest(): Promise<void> {
    const store = await this.#opened;
    const { sweeps } = await this.list();
    const ids = sweeps
      .filter(({ elsewhere }) => !elsewhere)
      .slice(mostSweeps - 1)
      .map(({ id }) => id);
    for (const id of ids) await this.#write(await removal(store, id));
  }
}

async function removal(store: Store, id: string): Promise<Change[]> {
  const parts = await store.keys('trials', `${id} `);
  return [...parts.map((key): Change => ({ shelf: 'trials', key })), { shelf: 'sweeps', key: id }];
}

type Unknown = Record<string, unknown>;
const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const lists = (value: Unknown, ...names: string[]) => names.every((name) => Array.isArray(value[name]));

function isPart(name: string, value: unknown): boolean {
  if (!isObject(value) || value.version !== storeVersion) return false;
  if (name.startsWith('ended ')) {
    const sound = (trial: unknown) => isObject(trial) && isObject(trial.result) && lists(trial.result, 'history');
    return lists(value, 'trials', 'models') && (value.trials as unknown[]).every(sound);
  }
  if (name.startsWith('running ')) return lists(value, 'keys') && isObject(value.run) && lists(value.run, 'trials');
  return name === 'about';
}
