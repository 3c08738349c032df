/**
 * The list of runs that the page shows: those that are kept in this browser, of all its tabs, with what a person does to
 * them. The worker keeps; this asks and draws.
 */

import { createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { historyCsv } from '../../train/results/history-csv.ts';
import type { Said } from '../../util/errors.ts';
import {
  type Basis,
  basisOf,
  type Incomparable,
  incomparable,
  mostOverlays,
  type Overlay,
  overlayOf,
} from '../charts/overlays.ts';
import type { RunMark, RunPicture, StorageState, StoredRun, StoredViews, Trouble } from '../protocol/runs.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { channelName } from '../shared/tab.ts';
import { tableKey } from '../shared/table-key.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { openStoredRun } from '../trainer/stored-run.ts';
import type { Lab } from '../trainer/worker-link.ts';
import { download, offerModel } from '../ui/download.ts';
import { emit } from '../ui/emit.ts';
import { sameItems } from '../ui/equality.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { computed, observed } from '../ui/observed.ts';
import { seedGroups } from './compare.ts';
import type { RunFile } from './lab-run.ts';
import type { OpenRun } from './lab-runs.ts';
import { groupNamesOf, namesOf } from './names.ts';
import { fileName, runFile } from './run-file.ts';

declare global {
  interface HTMLElementEventMap {
    /** A best model that is kept is to be shown. */
    'fit-open': CustomEvent<{ id: string }>;
  }
}

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
  /** Slot of each run or group that is drawn, by its id or its group's key; a new map at every change. */
  @observed() slots: ReadonlyMap<string, number> = new Map();
  /** The run, or group of seeds, that was deleted last and can be brought back. */
  @observed() deleted: { ids: string[]; name: string } | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #trainer: TrainerController;
  #listening = new AbortController();
  #channel: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #drawing = new LatestOnly();
  #pictures: ReadonlyMap<string, Drawn> = new Map();
  /** Everything that was chosen, in the order of their slots. */
  @observed() private chosen: readonly Overlay[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, trainer: TrainerController) {
    this.#host = host;
    this.#trainer = trainer;
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
    const host = this.#host;
    host.addEventListener('run-mark', ({ detail }) => void this.mark(detail.id, detail.mark), { signal });
    host.addEventListener('run-remove', ({ detail }) => void this.remove(detail.ids, detail.name), { signal });
    host.addEventListener('run-overlay', ({ detail }) => this.overlay(detail.id, detail.on), { signal });
    host.addEventListener('run-take', ({ detail }) => this.#take(detail.id), { signal });
    host.addEventListener('run-open', ({ detail }) => this.#open(detail.id, detail.play), { signal });
    host.addEventListener('run-export', ({ detail }) => void this.#export(detail.id, detail.file), { signal });
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

  /** What is drawn behind the current run, in the order of their slots; the same list while it is the same. */
  get overlays(): readonly Overlay[] {
    return this.#overlays();
  }

  readonly #overlays = computed(
    (): readonly Overlay[] => this.chosen.filter((overlay) => !this.#difference(overlay)),
    sameItems,
  );

  /** What was chosen but is not drawn, since its curves cannot be compared with those of the current run, and why. */
  get incomparable(): Incomparable[] {
    return this.chosen.flatMap((overlay) => {
      const difference = this.#difference(overlay);
      return difference ? [{ name: overlay.name, difference }] : [];
    });
  }

  #difference({ basis }: Overlay): keyof Basis | undefined {
    const { run, trained, applied } = this.#trainer;
    if (!run || !trained || !applied) return undefined;
    return incomparable(basis, basisOf(tableKey(trained), run.data.target, run.data.task, applied));
  }

  get canOverlay(): boolean {
    return this.slots.size < mostOverlays;
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
    this.#release();
    this.#named();
    const now = Date.now();
    for (const id of ids) await this.#trainer.guard((lab) => lab.keeping.mark(id, { deleted: now }));
    this.#draw();
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

  /** Draws a run or a group of seeds behind the current one, or no more. */
  overlay(id: string, on: boolean): void {
    if (!on) this.slots = new Map([...this.slots].filter(([other]) => other !== id));
    else if (this.canOverlay) {
      const taken = new Set(this.slots.values());
      const slot = [...Array(mostOverlays).keys()].find((other) => !taken.has(other)) ?? 0;
      this.slots = new Map([...this.slots, [id, slot]]);
    }
    this.#draw();
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
    const name = fileName(this.names.get(id) ?? 'run');
    if (file === 'history') {
      download(`${name}.csv`, new Blob([...historyCsv(files.records, run.task)], { type: 'text/csv' }));
    } else if (file === 'settings') {
      download(`${name}.json`, new Blob([runFile(run)], { type: 'application/json' }));
    } else if (files.model && file === 'formats') {
      offerModel(name, files.model);
    } else if (files.model) download(`${name}.safetensors`, new Blob([files.model as Uint8Array<ArrayBuffer>]));
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
    this.#release();
    this.#named();
    if (this.chosen.length > 0 || this.slots.size > 0) this.#draw();
  }

  /** A run or group that is there no more leaves its place to others. */
  #release(): void {
    const there = new Set([...this.runs.map(({ id }) => id), ...seedGroups(this.runs).map(({ key }) => key)]);
    if ([...this.slots.keys()].every((id) => there.has(id))) return;
    this.slots = new Map([...this.slots].filter(([id]) => there.has(id)));
  }

  #named(): void {
    this.names = namesOf(this.runs);
    this.groupNames = groupNamesOf(this.runs);
  }

  #draw(): void {
    this.#drawing.ask(() => this.#redraw());
  }

  /** Curves of what is drawn; those of a run that has not moved since are read once. */
  async #redraw(): Promise<void> {
    const groups = new Map(seedGroups(this.runs).map(({ key, runs }) => [key, runs]));
    const wanted = [...this.slots].map(([id, slot]) => {
      const runs = groups.get(id) ?? this.runs.filter((run) => run.id === id);
      return { id, slot, runs };
    });
    const drawn = wanted.flatMap(({ runs }) => runs);
    const missing = drawn.filter((run) => this.#pictures.get(run.id)?.of !== momentOf(run));
    const ids = missing.map(({ id }) => id);
    const read = ids.length > 0 ? await this.#trainer.guard((lab) => lab.keeping.pictures(ids)) : [];
    const fresh = (read ?? []).flatMap((picture, index): [string, Drawn][] =>
      picture ? [[ids[index], { of: momentOf(missing[index]), picture }]] : [],
    );
    const known = new Map([...this.#pictures, ...fresh]);
    this.#pictures = new Map(
      drawn.flatMap(({ id }) => {
        const one = known.get(id);
        return one ? [[id, one]] : [];
      }),
    );
    this.chosen = wanted
      .flatMap(({ id, slot, runs }) => {
        const [run] = runs;
        if (!run) return [];
        const name = (runs.length > 1 ? this.groupNames : this.names).get(run.id) ?? '';
        const pictures = runs.flatMap(({ id }) => this.#pictures.get(id)?.picture ?? []);
        const basis = basisOf(run.table.key, run.target, run.task, run.settings);
        return overlayOf(id, name, slot, basis, pictures) ?? [];
      })
      .sort((a, b) => a.slot - b.slot);
  }
}

/** Whether it keeps the open run from being kept. */
export function preventsKeeping(trouble: Trouble | null | undefined): boolean {
  return trouble?.kind === 'full' || trouble?.kind === 'failed';
}

/** What is drawn of a run, as it was at a moment. */
interface Drawn {
  of: string;
  picture: RunPicture;
}

function momentOf({ state, epochs }: StoredRun): string {
  return `${state} ${epochs}`;
}
