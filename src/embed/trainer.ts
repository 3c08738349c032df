/**
 * Training without a page of ours, for pages and frameworks of others: one object whose state is a plain value that changes as a
 * whole. `subscribe` and `state` are what React's `useSyncExternalStore`, Svelte's stores and signals ask for.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { prepareWatched } from '../data/prepare/prepare.ts';
import type { CsvInput } from '../data/read/bytes/source.ts';
import { readCsv } from '../data/read/csv.ts';
import type { Notice } from '../data/table/notices.ts';
import type { Table } from '../data/table/table.ts';
import { asyncDispose, type Engine, type EngineInfo, type RowSet } from '../engine/engine.ts';
import { type EngineRequest, requestEngine } from '../engine/request.ts';
import type { Model } from '../library/model.ts';
import { type Rows, tableOf } from '../library/rows.ts';
import type { Run } from '../library/run.ts';
import { train } from '../library/train.ts';
import { baselineMetrics, type Metrics } from '../model/metrics.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { TrialInput } from '../spec/settings.ts';
import type { EpochRecord, Outcome } from '../train/progress.ts';

/** How far a trainer is. */
export type TrainerStatus = 'idle' | 'preparing' | 'training' | 'paused' | 'done' | 'failed';

/** What is known of the training. It is never changed: whatever happens makes a new one. */
export interface TrainerState {
  /** How far it is. */
  readonly status: TrainerStatus;
  /** Records of the epochs so far. */
  readonly epochs: readonly EpochRecord[];
  /** Epochs at most. */
  readonly limit?: number;
  /** What is trained on, once it is prepared. */
  readonly data?: DataSet;
  /** What trains, once it does. */
  readonly engine?: EngineInfo;
  /** What is worth saying about the data. */
  readonly notices: readonly Notice[];
  /** Once it has ended; null for a set without rows. */
  readonly metrics?: Readonly<Record<RowSet, Metrics | null>>;
  /** Of always giving the same answer: the mean, or the most frequent class. */
  readonly baseline?: Readonly<Record<RowSet, Metrics | null>>;
  /** How it ended, once it has. */
  readonly outcome?: Outcome;
  /** Why it failed. */
  readonly error?: Error;
}

/** What is trained on: a table, rows, or what `readCsv` reads. */
export type TrainingData = Table | Rows | CsvInput;

/** What is trained, on what, and with what. */
export interface TrainerOptions extends DataSettingsInput {
  /** A table, rows (objects, or arrays), or what `readCsv` reads: text, a file, a response's body. */
  data: TrainingData;
  /** Of network and training; what is left out takes its default. */
  settings?: TrialInput;
  /** One that is there already, which stays, or what `requestEngine` is asked for. */
  engine?: Engine | EngineRequest;
}

/** One training for a page or a framework: a state that changes as a whole, and who listens to it. */
export interface Trainer extends AsyncDisposable {
  /** What is known now. */
  readonly state: TrainerState;
  /**
   * Listens to the state.
   * @param listener is called with the state at once, and then whenever it has changed, up to 60 times a second
   * @returns what ends that
   */
  subscribe(listener: (state: TrainerState) => void): () => void;
  /** Trains, or goes on after a pause. Resolves when the training has ended; what goes wrong is in the state. */
  start(): Promise<void>;
  /** Holds the training; `start` goes on. */
  pause(): void;
  /** Ends the training; what was learned stays. While the data is prepared, as if it had not been started. */
  stop(): void;
  /**
   * The network as it is now.
   * @throws Error before it has begun to train
   */
  model(): Promise<Model>;
  /** Ends the training and frees what it holds. */
  destroy(): Promise<void>;
}

/** Short enough for a page that is used meanwhile. */
const sliceMilliseconds = 8;
/** Listeners draw: more often than a screen does is of no use. */
const frameMilliseconds = 16;
const sets: readonly RowSet[] = ['train', 'validation', 'test'];

/**
 * Training without any page of ours, for pages and frameworks of others. `subscribe` and `state` are what React's
 * `useSyncExternalStore`, Svelte's stores and signals ask for. Starts nothing yet: call `start`.
 * @param options what is trained, on what, and with what
 * @example
 * ```ts
 * const trainer = createTrainer({ data: generate('moons'), target: 'class', settings: { training: { epochs: 5 } } });
 * trainer.subscribe(({ status, epochs }) => console.log(status, epochs.length));
 * await trainer.start();
 * await trainer.destroy();
 * ```
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const { data: input, settings = {}, engine: wanted = {}, ...dataSettings } = options;
  const listeners = new Set<(state: TrainerState) => void>();
  let abort = new AbortController();
  let state: TrainerState = { status: 'idle', epochs: [], notices: [] };
  let run: Run | undefined;
  let ended: Promise<void> | undefined;
  let engine: Engine | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    clearTimeout(waiting);
    waiting = undefined;
    if (run) state = { ...state, epochs: [...run.history] };
    for (const listener of listeners) listener(state);
  };
  const set = (changes: Partial<TrainerState>) => {
    state = { ...state, ...changes };
    tell();
  };

  const prepared = async () => {
    const table = isInMemory(input) ? tableOf(input) : await readCsv(input, { signal: abort.signal });
    const [data] = await prepareWatched(table, dataSettings, 1, { signal: abort.signal });
    engine ??= isEngine(wanted) ? wanted : await requestEngine({ slice_ms: sliceMilliseconds, ...wanted });
    abort.signal.throwIfAborted();
    run = train(engine, data, settings);
    return { data, run };
  };
  const trained = async () => {
    set({ status: 'preparing' });
    try {
      const { data, run } = await prepared();
      const { epochs: limit } = run.trials[0].trial.training;
      set({ data, limit, notices: data.notices, engine: await run.engineInfo(), status: 'training' });
      for await (const _ of run) waiting ??= setTimeout(tell, frameMilliseconds);
      const metrics = await bySet((rows) => run.metrics(rows));
      const baseline = await bySet((rows) => (data.sets[rows].length > 0 ? baselineMetrics(data, rows) : null));
      set({ status: 'done', outcome: run.outcome, metrics, baseline });
    } catch (error) {
      if (!abort.signal.aborted) {
        set({ status: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
        return;
      }
      // It may be started again.
      ended = undefined;
      abort = new AbortController();
      set({ status: 'idle' });
    }
  };

  const destroy = async () => {
    listeners.clear();
    abort.abort();
    run?.stop();
    await ended;
    await run?.destroy();
    if (!isEngine(wanted)) engine?.destroy();
    clearTimeout(waiting);
  };
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    start() {
      if (state.status === 'paused') {
        run?.resume();
        set({ status: 'training' });
      }
      ended ??= trained();
      return ended;
    },
    pause() {
      if (state.status !== 'training') return;
      run?.pause();
      set({ status: 'paused' });
    },
    stop() {
      if (run) run.stop();
      else if (state.status === 'preparing') abort.abort();
    },
    async model() {
      if (!run) throw new Error('There is no network yet: call start() first.');
      return run.snapshot();
    },
    destroy,
    [asyncDispose]: destroy,
  };
}

async function bySet<Value>(of: (rows: RowSet) => Value | Promise<Value>): Promise<Record<RowSet, Value>> {
  const entries = await Promise.all(sets.map(async (rows) => [rows, await of(rows)] as const));
  return Object.fromEntries(entries) as Record<RowSet, Value>;
}

function isInMemory(input: TrainingData): input is Table | Rows {
  return Array.isArray(input) || (typeof input === 'object' && 'columns' in input);
}

function isEngine(wanted: Engine | EngineRequest): wanted is Engine {
  return 'createPopulation' in wanted;
}
