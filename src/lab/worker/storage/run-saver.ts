/**
 * Keeps one run as it trains: what it says of itself, its new records, a checkpoint to go on from, what is drawn of it, and
 * its model once it ends. Writes at a pace that costs the training little, and at once when the run comes to rest.
 */

import type { Engine } from '../../../engine/engine.ts';
import { type Model, saveModel } from '../../../model/model.ts';
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
import type { Run } from '../../../train/trainer.ts';
import type { Said } from '../../../util/errors.ts';
import type { FinalMetrics, RunState } from '../../protocol/messages.ts';
import type { RunEntry, RunPicture, Trouble } from '../../protocol/runs.ts';
import { CancellationScope } from '../../shared/cancellation-scope.ts';
import { asAsked } from '../../shared/form.ts';
import { liveSettings } from '../../shared/live-steps.ts';
import { troubleOf, writeWithRoom } from './quota.ts';
import type { Change, Store } from './store.ts';

/** What a session knows of its run. */
export interface Kept {
  readonly run: Run;
  readonly state: RunState;
  readonly seconds: number;
  readonly metrics: FinalMetrics | null;
  readonly failure: Said | null;
  /** Where a curve is worked out. */
  readonly grid: Float64Array | null;
  curve(): Promise<Float64Array | null>;
  snapshot(): Promise<Model>;
}

export interface RunSaverSettings {
  store: Store;
  entry: RunEntry;
  /** The file of the model that it goes on from, where that is not kept with it yet. */
  base?: Uint8Array;
  /** Tells what came of writing; null where all is well. */
  wrote(trouble: Trouble | null): void;
  /** Runs whose models are not to make room. */
  spare(): Promise<ReadonlySet<string>>;
}

/** The first is soon, for those who close the tab soon; later ones leave the training 98 % of the time. */
const firstAfter = 500;
const atLeast = 2000;
const costShare = 0.02;
/** No more is lost where keeping is slow, or a device that compiled was waited for. */
const atMost = 30_000;
/** What could not be written is tried again after so long: a person may have made room. */
const againAfter = 10_000;
/** More points than pixels only cost room. */
const mostPoints = 600;

export class RunSaver {
  entry: RunEntry;
  /** The newest checkpoint, for a device that goes away. */
  last: RunCheckpoint | undefined;

  readonly #settings: RunSaverSettings;
  #session: Kept | undefined;
  #base: Uint8Array | undefined;
  #written = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = firstAfter;
  /** What could not be written of a run that stands still, or has left. */
  #owed: Change[] = [];
  /** The session as it was written last, all of it. */
  #whole: { state: RunState; epochs: number } | undefined;

  /** @param written records that are kept already */
  constructor(settings: RunSaverSettings, written = 0) {
    this.#settings = settings;
    this.entry = settings.entry;
    this.#base = settings.base;
    this.#written = written;
  }

  /** From now on it is this session that is kept. */
  follow(session: Kept): void {
    this.#session = session;
    this.#whole = undefined;
    this.#wait = firstAfter;
  }

  /** The session has come to another state. */
  moved(): void {
    const { state } = this.#session ?? {};
    this.#rest();
    if (state === 'running') {
      this.#later();
      void this.keep(false);
    } else if (state !== 'ready') void this.keep(true);
  }

  /** Everything as it is now, before the run goes. Waits for the run, not for the disk. */
  async leave(): Promise<void> {
    this.#rest();
    const session = this.#session;
    if (!session || session.state === 'ready') return;
    if (session.run.history.length === 0) return this.#forget();
    if (this.#isKept(session)) {
      this.#session = undefined;
      return;
    }
    await new Promise<void>((captured) => {
      void this.keep(true, captured);
    });
    this.#session = undefined;
  }

  /** Writes what could not be written, of a run that stands still or has left. */
  tryAgain(): void {
    if (this.#session?.state === 'running') return;
    this.#rest();
    if (this.#session) void this.keep(true);
    else this.#queue = this.#queue.then(() => (this.owes ? this.#write(this.#owed) : undefined));
  }

  /** What could not be written of a run that has left is not tried again. */
  giveUp(): void {
    this.#rest();
    this.#owed = [];
  }

  /** Whether something could not be written that no later write brings by itself. */
  get owes(): boolean {
    return this.#owed.length > 0;
  }

  /** One after another. @param whole with checkpoint and model @param captured called when the run is not needed any more */
  keep(whole: boolean, captured: () => void = () => {}): Promise<void> {
    const kept = this.#queue.then(() => this.#keep(whole, captured)).finally(captured);
    this.#queue = kept.catch(() => {});
    return kept;
  }

  /** It has ended, and nothing of it has changed since all of it was written. In a pause, settings may have. */
  #isKept(session: Kept): boolean {
    const { state, epochs } = this.#whole ?? {};
    const same = state === session.state && epochs === session.run.history.length;
    return same && state !== 'running' && state !== 'paused';
  }

  /** A run that was never trained for an epoch is none. */
  async #forget(): Promise<void> {
    this.#session = undefined;
    const { store, wrote } = this.#settings;
    const shelves = ['entries', 'checkpoints', 'pictures', 'models', 'bases'] as const;
    const forgotten = this.#queue.then(() => store.write(shelves.map((shelf) => ({ shelf, key: this.entry.id }))));
    this.#queue = forgotten.catch((error: unknown) => wrote(troubleOf(error)));
    await this.#queue;
  }

  #later(): void {
    const timer = setTimeout(async () => {
      const begun = performance.now();
      await this.keep(true);
      this.#wait = Math.min(atMost, Math.max(atLeast, (performance.now() - begun) / costShare));
      // Whoever came to rest meanwhile, and went on, has a timer of its own.
      if (this.#session?.state === 'running' && this.#timer === timer) this.#later();
    }, this.#wait);
    this.#timer = timer;
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A run that trains is kept again soon anyway. */
  #tryAgainSoon(session: Kept | undefined, changes: Change[]): void {
    if (this.#session && (this.#session !== session || session.state === 'running')) return;
    this.#owed = changes;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tryAgain(), againAfter);
  }

  /** @param written records that are kept then @param whole what it is if all of the session is written */
  async #write(changes: Change[], session?: Kept, written = this.#written, whole = this.#whole): Promise<void> {
    const { store, wrote, spare } = this.#settings;
    let trouble: Trouble | null;
    try {
      trouble = await writeWithRoom(store, changes, async () => new Set([this.entry.id, ...(await spare())]));
    } catch (error) {
      trouble = troubleOf(error);
    }
    if (trouble && trouble.kind !== 'dropped') this.#tryAgainSoon(session, changes);
    else {
      this.#written = written;
      if (session === this.#session) this.#whole = whole;
      this.#owed = [];
      if (changes.some(({ shelf }) => shelf === 'bases')) this.#base = undefined;
    }
    wrote(trouble);
  }

  async #keep(whole: boolean, captured: () => void): Promise<void> {
    const session = this.#session;
    if (!session || session.state === 'ready') return;
    const { id } = this.entry;
    const changes: Change[] = [];
    let written = this.#written;
    const { state } = session;
    const epochs = session.run.history.length;
    try {
      const checkpoint = whole && session.state !== 'failed' ? await taken(session.run) : undefined;
      if (checkpoint) {
        this.last = checkpoint;
        const { history } = checkpoint.trials[0];
        const fresh = history.slice(written);
        if (fresh.length > 0) changes.push({ shelf: 'records', key: recordsKey(id, written), value: fresh });
        written = history.length;
        changes.push({ shelf: 'checkpoints', key: id, value: withoutHistory(checkpoint) });
      }
      const atRest = session.state !== 'running' && session.state !== 'failed';
      if (whole && atRest && session.run.history.length > 0) {
        const bytes = saveModel(await session.snapshot());
        changes.push({ shelf: 'models', key: id, value: bytes });
        this.entry = { ...this.entry, model: bytes.length };
      }
      this.entry = brought(this.entry, session);
      changes.push({ shelf: 'entries', key: id, value: this.entry });
      if (this.#base) changes.push({ shelf: 'bases', key: id, value: this.#base });
      if (whole) changes.push({ shelf: 'pictures', key: id, value: await pictureOf(session) });
    } catch (error) {
      this.#settings.wrote(troubleOf(error));
      return;
    }
    captured();
    await this.#write(changes, session, written, whole ? { state, epochs } : undefined);
  }
}

/** When a device is lost, by its engine. */
const losses = new WeakMap<Engine, CancellationScope>();

/** A checkpoint, unless the device is lost before it is there. */
function taken(run: Run): Promise<RunCheckpoint | undefined> {
  const { engine } = run;
  let loss = losses.get(engine);
  if (!loss) {
    const ending = new CancellationScope();
    void engine.lost.then(() => ending.end());
    losses.set(engine, ending);
    loss = ending;
  }
  return loss.until(run.checkpoint());
}

/** Records are kept apart: they only grow, and are written once. */
function withoutHistory(checkpoint: RunCheckpoint): RunCheckpoint {
  return { ...checkpoint, trials: checkpoint.trials.map((trial) => ({ ...trial, history: [] })) };
}

/** In the order of the epochs when sorted as text. */
function recordsKey(id: string, from: number): string {
  return `${id} ${String(from).padStart(9, '0')}`;
}

/** The entry as the session says. */
function brought(entry: RunEntry, { run, state, seconds, metrics, failure }: Kept): RunEntry {
  const [progress] = run.trials;
  const trial = asAsked(progress.trial, entry.settings.trial);
  const validated = run.data.sets.validation.length > 0;
  const end = metrics && (validated ? metrics.validation : metrics.train);
  return {
    ...entry,
    settings: { ...entry.settings, trial },
    engine: run.planCode ? { ...entry.engine, plan_code: run.planCode } : entry.engine,
    began: liveSettings({ trial: progress.initial }),
    changes: [...progress.changes],
    planned: [...progress.planned],
    state,
    failure,
    epochs: run.history.length,
    seconds,
    scores: scoresIn(end ?? run.history.at(-1)?.validation),
    of: validated ? 'validation' : 'train',
    outcome: metrics ? (run.outcome ?? null) : null,
  };
}

function scoresIn(metrics: object | null | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics ?? {}).filter(([, value]) => typeof value === 'number'));
}

async function pictureOf(session: Kept): Promise<RunPicture> {
  const { grid } = session;
  const { history } = session.run;
  const every = Math.max(1, Math.ceil(history.length / mostPoints));
  const shown = history.filter((_, index) => (history.length - 1 - index) % every === 0);
  const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return {
    epochs: shown.map(({ number }) => number),
    seconds: shown.map(({ seconds }) => seconds),
    train: shown.map(({ train_loss }) => finite(train_loss)),
    validation: shown.map(({ validation_loss }) => finite(validation_loss)),
    grid,
    fitted: grid && (await session.curve()),
  };
}
