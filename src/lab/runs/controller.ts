/**
 * The list of runs that the page shows: those that are kept in this browser, of all its tabs, with what a person does to
 * them. The worker keeps; this asks and draws.
 */

import { createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Said } from '../../util/errors.ts';
import { type Basis, basisOf } from '../charts/overlays.ts';
import type { RunMark, RunPicture, StorageState, StoredRun, StoredViews, Trouble } from '../protocol/runs.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { channelName } from '../shared/tab.ts';
import { tableKey } from '../shared/table-key.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { openStoredRun } from '../trainer/opening/stored-run.ts';
import type { Lab } from '../trainer/worker-link.ts';
import { emit } from '../ui/emit.ts';
import type { Loader } from '../ui/loader.ts';
import { observed } from '../ui/observed.ts';
import type { RunFile } from './lab-run.ts';
import type { OpenRun } from './lab-runs.ts';
import { groupNamesOf, namesOf } from './names.ts';
import { RunOverlays } from './run-overlays.ts';

declare global {
  interface HTMLElementEventMap {
    /** A best model that is kept is to be shown. */
    'fit-open': CustomEvent<{ id: string }>;
  }
}

/** What the list asks of the page. */
type Heard = Pick<
  HTMLElementEventMap,
  'run-mark' | 'run-remove' | 'run-overlay' | 'run-take' | 'run-open' | 'run-export'
>;

/** Changes come in bursts, from several tabs. */
const pace = 150;

export const runsContext = createContext<RunsController>('runs');

export class RunsController implements ReactiveController {
  /** Newest first. */
  @observed() runs: readonly StoredRun[] = [];
  /** Of sweeps that are kept; there once they have been asked for. */
  @observed() trials: readonly StoredRun[] = [];
  @observed() names: ReadonlyMap<string, string> = new Map();
  /** Of the group of seeds that a run is in. */
  @observed() groupNames: ReadonlyMap<string, string> = new Map();
  @observed() keeping: StorageState | undefined;
  /** The run, or group of seeds, that was deleted last and can be brought back. */
  @observed() deleted: { ids: string[]; name: string } | undefined;

  /** What is drawn behind the current run. */
  readonly drawn = new RunOverlays(this);

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #trainer: TrainerController;
  readonly #loader: Loader;
  #listening = new AbortController();
  #channel: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  constructor(host: ReactiveControllerHost & HTMLElement, trainer: TrainerController, loader: Loader) {
    this.#host = host;
    this.#trainer = trainer;
    this.#loader = loader;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen();
    document.addEventListener('visibilitychange', this.#leaving);
    this.#channel = new BroadcastChannel(channelName);
    this.#channel.onmessage = () => this.#soon();
    void this.#read();
  }

  hostDisconnected(): void {
    this.#listening.abort();
    document.removeEventListener('visibilitychange', this.#leaving);
    this.#channel?.close();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What the list asks of the page. */
  #listen(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const hear = <Name extends keyof Heard>(name: Name, act: (detail: Heard[Name]['detail']) => unknown) =>
      this.#host.addEventListener(name, ({ detail }) => void act(detail), { signal });
    hear('run-mark', ({ id, mark }) => this.mark(id, mark));
    hear('run-remove', ({ ids, name }) => this.remove(ids, name));
    hear('run-overlay', ({ id, on }) => this.drawn.set(id, on));
    hear('run-take', ({ id }) => this.#take(id));
    hear('run-open', ({ id, play }) => this.#open(id, play));
    hear('run-export', ({ id, file }) => this.#export(id, file));
  }

  /** The run that the page shows, as it is this moment. */
  get open(): OpenRun | undefined {
    const { run, state, history, latest } = this.#trainer;
    if (!run || state === 'loading') return undefined;
    const set = run.data.sets.validation > 0 ? 'validation' : 'train';
    const scores = latest?.metrics ? latest.metrics[set] : history.last?.validation;
    return {
      id: run.key,
      state,
      epochs: history.last?.number ?? 0,
      seconds: latest?.seconds ?? 0,
      scores: { ...(scores as Record<string, number> | null | undefined) },
    };
  }

  /** What runs have to share with the current one for their curves to be compared with its; undefined where there is none. */
  get basis(): Basis | undefined {
    const { run, trained, applied } = this.#trainer;
    return run && trained && applied && basisOf(tableKey(trained), run.data.target, run.data.task, applied);
  }

  async mark(id: string, mark: RunMark): Promise<void> {
    this.runs = this.runs.map((run) => (run.id === id ? { ...run, mark: { ...run.mark, ...mark } } : run));
    this.#named();
    await this.#trainer.guard((lab) => lab.keeping.mark(id, mark));
  }

  /** Can be undone until something else is deleted. */
  async remove(ids: string[], name: string): Promise<void> {
    this.deleted = { ids, name };
    this.runs = this.runs.filter(({ id }) => !ids.includes(id));
    this.drawn.release();
    this.#named();
    const now = Date.now();
    for (const id of ids) await this.#trainer.guard((lab) => lab.keeping.mark(id, { deleted: now }));
    this.drawn.draw();
  }

  async undo(): Promise<void> {
    const { ids = [] } = this.deleted ?? {};
    this.deleted = undefined;
    for (const id of ids) await this.#trainer.guard((lab) => lab.keeping.mark(id, { deleted: 0 }));
    await this.#read();
  }

  forgetUndo(): void {
    this.deleted = undefined;
  }

  #take(id: string): void {
    const run = [...this.runs, ...this.trials].find((other) => other.id === id);
    const { source } = this.#trainer;
    if (run) this.#trainer.controls.take(initialSettings(run), !!source && tableKey(source) === run.table.key);
  }

  /** Makes a run what a sweep begins with: it is opened; of a trial, which has no run, the settings. */
  async base(id: string): Promise<boolean> {
    if (id === this.open?.id) return true;
    if (!this.trials.some((trial) => trial.id === id)) return this.openRun(id, false);
    this.#take(id);
    return true;
  }

  /** Looks for the trials of sweeps that are kept. */
  async readTrials(): Promise<void> {
    this.trials = (await this.#trainer.guard((lab) => lab.sweeps.trials())) ?? [];
  }

  #open(id: string, play: boolean): void {
    const fit = this.runs.find((run) => run.id === id)?.fit;
    if (fit) emit(this.#host, 'fit-open', { id });
    else void this.openRun(id, play);
  }

  /** Shows a run with all its views, as it was left. @returns whether it is open now */
  openRun(id: string, play: boolean): Promise<boolean> {
    return openStoredRun(this.#trainer, id, play);
  }

  /** What is drawn of runs: null where nothing is kept of one. */
  async pictures(ids: string[]): Promise<(RunPicture | null)[]> {
    const trials = new Set(this.trials.map(({ id }) => id));
    const read = (lab: Lab) =>
      ids.every((id) => trials.has(id)) ? lab.sweeps.pictures(ids) : lab.keeping.pictures(ids);
    return (await this.#trainer.guard(read)) ?? ids.map(() => null);
  }

  /** How a run answers, or why that is not known. */
  async views(id: string): Promise<StoredViews | Said | undefined> {
    let why: Said | undefined;
    const reply = await this.#trainer.ask<StoredViews | undefined>(
      (lab) => lab.storedViews(id),
      (failure) => {
        why = failure;
      },
    );
    if (!reply) return why;
    return reply.ok ? reply.value : reply.problem.message;
  }

  async #export(id: string, file: RunFile): Promise<void> {
    const run = this.runs.find((other) => other.id === id);
    const files = run && (await this.#trainer.fetch((lab) => lab.keeping.files(id)));
    if (!files) return;
    const part = await this.#loader.load(() => import('./run-file.ts'));
    part?.saveRun(run, this.names.get(id) ?? 'run', file, files);
  }

  /** Removes entries that cannot be read. */
  async removeUnread(): Promise<void> {
    await this.#trainer.fetch((lab) => lab.keeping.removeUnread());
  }

  /** Asks the browser to keep everything until a person clears it. */
  async persist(): Promise<void> {
    await navigator.storage?.persist?.();
    await this.#read();
  }

  /** A page that is hidden may be closed without another word; meanwhile other tabs may have been. */
  readonly #leaving = (): void => {
    if (document.visibilityState === 'hidden') void this.#trainer.guard((lab) => lab.keeping.now());
    else this.#soon();
  };

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read();
    }, pace);
  }

  async #read(): Promise<void> {
    const runs = await this.#trainer.guard((lab) => lab.keeping.list());
    // Says why, where the list cannot be read.
    const keeping = await this.#trainer.guard((lab) => lab.keeping.state());
    if (keeping) this.keeping = keeping;
    this.#trainer.notKept = preventsKeeping(keeping?.trouble);
    if (!runs) return;
    this.runs = runs;
    this.drawn.release();
    this.#named();
    if (this.drawn.isUsed) this.drawn.draw();
  }

  #named(): void {
    this.names = namesOf(this.runs);
    this.groupNames = groupNamesOf(this.runs);
  }
}

/** Whether it keeps the open run from being kept. */
export function preventsKeeping(trouble: Trouble | null | undefined): boolean {
  return trouble?.kind === 'full' || trouble?.kind === 'failed';
}
