/**
 * Owns the run as the page knows it: opens tables, starts runs and receives what the worker reports. Elements read its
 * fields, which are observed, and call its commands.
 */

import { createContext } from '@lit/context';
import { proxy } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PlannedChange } from '../../spec/changes.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { Said } from '../../util/errors.ts';
import type {
  ReadingProgress,
  Reply,
  RunSettings,
  RunState,
  RunView,
  Source,
  StartRequest,
  TableView,
  Update,
} from '../protocol/messages.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import type { LegalForm } from '../protocol/settings.ts';
import {
  asAsked,
  type Form,
  legalForm,
  same,
  untouched,
  withData,
  withoutColumns,
  withoutTarget,
} from '../shared/form.ts';
import { cancelled, memoryAsked } from '../shared/refusals.ts';
import { withReading } from '../shared/table-source.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { observed } from '../ui/observed.ts';
import { AtOnce } from './at-once.ts';
import { Controls } from './controls.ts';
import { beginWith, type Linked } from './first-opening.ts';
import { History, liveChanges } from './history.ts';
import { asksAbove } from './memory.ts';
import type { QueryClient } from './query.ts';
import { ViewsState } from './views-state.ts';
import { type Failed, type Lab, WorkerLink } from './worker-link.ts';
import type { WorkerLoss } from './worker-loss.ts';

export type LabState = 'loading' | RunState;

/** Where a run went on after what trained it was lost. */
export interface Recovered {
  epoch: number;
  reason: Said;
  of: 'device' | 'worker';
  /** On the CPU, as its own engine could not be had. */
  moved?: true;
}

export const trainerContext = createContext<TrainerController>('trainer');

/** How a table is opened, where it brings settings of its own. */
export interface Opening {
  data?: Partial<DataSettingsInput>;
  /** What the controls say once it is open. */
  form?: (view: TableView) => Form;
  tell?: (progress: ReadingProgress) => void;
  /** What is changed while it trains, where a run that was changed is repeated. */
  changes?: readonly PlannedChange[];
  /** The plan of the run that is repeated. */
  plan_code?: string;
}

export class TrainerController implements ReactiveController {
  @observed() state: LabState = 'loading';
  readonly controls = new Controls(this);
  readonly atOnce = new AtOnce(this);
  readonly worker = new WorkerLink(this);
  /** The table that is open. */
  @observed() data: TableView | undefined;
  @observed() run: RunView | undefined;
  @observed() history = new History();
  /** What the open views draw. */
  @observed() views = new ViewsState();
  /** Epochs of which the views can be shown again, oldest first. */
  @observed() frames: readonly number[] = [];
  /** The newest update of this run. */
  @observed() latest: Update | undefined;
  /** The newest predictions: updates of a failed run have none. */
  @observed() predictions: Float64Array | null = null;
  /** What the run was started with, and has been changed to since. */
  @observed() applied: LegalForm | undefined;
  /** What the run's table was read from; another may be open that could not be trained on. */
  @observed() trained: Source | undefined;
  /** Why a file was not opened. */
  @observed() fileProblem: Said | undefined;
  /** Why the run, or the worker, cannot go on. */
  @observed() failure: Said | undefined;
  /** Why something that was asked for beside the run could not be had. */
  @observed() complaint: Said | undefined;

  /** Where this run went on after its device or its worker was lost. */
  @observed() recovered: Recovered | undefined;
  /** Why the run that was open here begins anew. */
  @observed() anew: Said | undefined;
  /** Whether this run cannot be kept just now; the list of runs says why. */
  @observed() notKept = false;
  /** What a link asked for and cannot be had as it says. */
  @observed() linked: Linked | undefined;

  /** What would have been trained by itself, but takes much memory: it waits for a person's word. */
  @observed() asks: { bytes: number; form: LegalForm; others: StartOptions } | undefined;
  /** Why the run has another plan than the one that it repeats. */
  @observed() replanned: Said | undefined;

  /** What the open table was read from. */
  @observed() source: Source | undefined;

  /** What else trains, which the run waits for. */
  @observed() heldBy: 'sweep' | 'fit' | undefined;

  /** Whether a table has been asked for: who is quicker than the page's own beginning is not overruled by it. */
  begun = false;
  /** How many runs, or tables, are on their way. */
  starting = 0;

  #workerLoss: WorkerLoss | undefined;
  readonly #sample: Source | undefined;
  readonly #awaits: boolean;
  /** The table that listeners know of. */
  #heard: Source | undefined;
  readonly #tableListeners: (() => void)[] = [];
  readonly #updateListeners: (() => void)[] = [];
  /** A start that has been asked for later makes an earlier one stale. */
  #turn = 0;

  /** @param awaits whether somebody else opens the first table, unless the address has settings */
  constructor(host: ReactiveControllerHost, source: Source, awaits = false) {
    this.#sample = source;
    this.#awaits = awaits;
    host.addController(this);
  }

  hostConnected(): void {
    this.worker.connect();
    this.atOnce.connect();
    void beginWith(this, this.#awaits ? undefined : this.#sample);
  }

  /** The listener hears whenever another table is open. */
  onTable(listener: () => void): void {
    this.#tableListeners.push(listener);
  }

  /** The listener hears of every update of the run. */
  onUpdate(listener: () => void): void {
    this.#updateListeners.push(listener);
  }

  #tellTable(): void {
    if (this.source === this.#heard) return;
    this.#heard = this.source;
    for (const listener of this.#tableListeners) listener();
  }

  /** Whether the open table is somebody's own, and no sample. */
  get ownTable(): boolean {
    return this.source !== undefined && !('sample' in this.source);
  }

  /** Whether a model of the open table can be looked for. */
  get fittable(): boolean {
    const { form } = this.controls;
    return this.data !== undefined && this.state !== 'loading' && form.problems.size === 0 && !!form.data.target;
  }

  hostDisconnected(): void {
    this.worker.end();
    this.atOnce.disconnect();
  }

  /** Opens a table and trains it at once; where that fails, everything stays as it is. */
  open(chosen: Source, play = true, opening: Opening = {}): Promise<void> {
    return this.#starts(() => this.#open(chosen, play, opening));
  }

  async #open(chosen: Source, play: boolean, opening: Opening): Promise<void> {
    this.begun = true;
    const now = this.controls.form;
    const awaited = this.linked?.missing !== undefined && this.linked.missing === fileName(chosen);
    const source = awaited && chosen instanceof File ? withReading(chosen, this.linked?.reading ?? {}) : chosen;
    const settings = source === this.source ? withoutTarget(now.data) : withoutColumns(now.data);
    const { data: given, form, tell, changes, plan_code } = awaited ? { ...opening, ...this.linked?.opening } : opening;
    const data = given ?? (now.problems.size > 0 ? {} : settings);
    const reply = await this.ask(
      (lab) => lab.open(source, data, tell && proxy(tell)),
      (message) => this.#notOpened(message),
    );
    if (!reply) return;
    if (!reply.ok) {
      this.#notOpened(reply.problem.where === cancelled ? undefined : reply.problem.message);
      return;
    }
    this.source = source;
    this.linked = undefined;
    this.fileProblem = undefined;
    this.data = reply.value;
    const next = form?.(reply.value) ?? withData(this.controls.form, reply.value.settings);
    // Without a turn for others, who would ask the worker about the table before the run is asked for.
    const carried = next.from ? await carriedOn(this, next, reply.value) : { form: next };
    this.controls.opened(carried.form);
    this.#tellTable();
    const legal = legalForm(this.controls.form);
    const most_bytes = asksAbove;
    if (legal) {
      await this.#start(legal, play, { changes, plan_code, most_bytes });
      this.complaint = carried.left ?? this.complaint;
    } else await this.#start({ ...(this.applied ?? untouched()), data: reply.value.settings }, play, { most_bytes });
  }

  /** @param message why; undefined where somebody has ended the reading */
  #notOpened(message: Said | undefined): void {
    this.fileProblem = message;
    // Without any table there is nothing to go back to.
    if (message && !this.data) this.fail(message);
  }

  /** Starts again with what the controls say, and trains. */
  async apply(): Promise<void> {
    const form = legalForm(this.controls.form);
    if (form) await this.#start(form, true);
  }

  /** Trains what waited for a person's word, or what the controls say by now. */
  async allow(): Promise<void> {
    const form = legalForm(this.controls.form);
    const { changes, plan_code } = (form && same(form, this.asks?.form) && this.asks?.others) || {};
    if (form) await this.#start(form, true, { changes, plan_code });
  }

  /** Whether there is no run yet but one that waits for a person's word. */
  get #awaitsWord(): boolean {
    return this.asks !== undefined && this.run === undefined;
  }

  /** The primary action: train, or pause. */
  toggle(): void {
    if (this.#awaitsWord) void this.allow();
    else if (this.state === 'running') void this.worker.command((lab) => lab.pause());
    else if (this.state === 'failed') void this.reset(true);
    else if (this.restarts) void this.apply();
    else if (this.state !== 'loading') void this.worker.command((lab) => lab.play());
  }

  /** Whether the primary action begins a new run rather than going on with this one. */
  get restarts(): boolean {
    if (this.state === 'running' || this.state === 'loading') return false;
    if (this.state === 'paused' || this.state === 'ready')
      return this.controls.changes.size > 0 && !!legalForm(this.controls.form);
    return true;
  }

  /** Whether the primary action has to wait for a setting to be mended. */
  get blocked(): boolean {
    if (this.#awaitsWord) return !legalForm(this.controls.form);
    return this.state === 'loading' || (this.restarts && !legalForm(this.controls.form) && this.state !== 'failed');
  }

  /** The epoch whose parameters the run has, and its metrics and views are of. */
  get weightsEpoch(): number {
    return this.latest?.outcome?.kept_epoch ?? this.history.last?.number ?? 0;
  }

  step(): void {
    if (this.canStep) void this.worker.command((lab) => lab.step());
  }

  get canStep(): boolean {
    return this.state === 'ready' || this.state === 'paused' || this.state === 'running';
  }

  /** Back to epoch 0, with what the controls say if that can be trained. A dead worker is replaced. */
  async reset(play = false): Promise<void> {
    if (this.state === 'loading') return;
    if (this.state === 'failed') {
      this.worker.connect();
      // Before anything was opened: the page begins anew.
      if (!this.source) {
        this.begun = false;
        return beginWith(this, this.#sample, play);
      }
      if (!this.applied) return this.open(this.source, play);
      const { source, data } = { source: this.trained ?? this.source, data: this.applied.data };
      const another = source !== this.source;
      const reply = await this.worker.command<Reply<TableView>>((lab) => lab.open(source, data));
      if (reply && !reply.ok) this.fail(reply.problem.message);
      if (!reply?.ok) return;
      this.source = source;
      // What the controls say is of a table that could not be trained on.
      if (another) return this.#start(this.applied, play);
    }
    if (!this.applied) return;
    await this.#start(legalForm(this.controls.form) ?? this.applied, play);
  }

  /** What is worked out on demand. */
  readonly asker: QueryClient = {
    ask: (asked, progress) => this.ask((lab) => lab.ask(asked, proxy(progress))),
    cancel: () => void this.guard(async (lab) => lab.cancelAsked()),
  };

  /** The bytes of a .safetensors file. */
  async model(): Promise<Uint8Array | undefined> {
    return this.fetch((lab) => lab.model());
  }

  /** What the network's diagram shows. */
  readonly network = (): Promise<NetworkPicture | undefined> => this.guard((lab) => lab.network());

  #start(form: LegalForm, play: boolean, others: StartOptions = {}): Promise<void> {
    return this.#starts(() => this.#begin(form, play, others));
  }

  /** What has been changed meanwhile waits for it. */
  async #starts(work: () => Promise<void>): Promise<void> {
    this.starting += 1;
    try {
      await work();
    } finally {
      this.starting -= 1;
      this.atOnce.changed();
    }
  }

  async #begin(form: LegalForm, play: boolean, others: StartOptions): Promise<void> {
    const turn = ++this.#turn;
    const reply = await this.worker.command<Reply<RunView>>((lab) => lab.start({ ...form, ...others }));
    if (!reply || turn !== this.#turn) return;
    this.asks = undefined;
    if (!reply.ok) {
      const { where, message } = reply.problem;
      if (where === memoryAsked) this.asks = { bytes: bytesAsked(message), form, others };
      else this.controls.refuse(reply.problem);
      return;
    }
    this.show(reply.value, { ...form, trial: asAsked(reply.value.trial, form.trial) });
    await this.worker.command((lab) => (play ? lab.play() : lab.report()));
  }

  /** From now on this is the run that is shown. */
  show(run: RunView, applied: LegalForm, source = this.source): void {
    this.source = source;
    this.trained = source;
    this.applied = applied;
    this.run = run;
    this.data = run.data;
    this.history = new History(this.history.smoothing);
    this.history.changes = liveChanges(run);
    this.views = new ViewsState();
    this.frames = [];
    this.latest = undefined;
    this.predictions = null;
    this.failure = undefined;
    this.complaint = undefined;
    this.recovered = undefined;
    this.anew = undefined;
    this.asks = undefined;
    this.replanned = run.replanned;
    this.controls.begun();
    this.state = 'ready';
    this.#tellTable();
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async receive(update: Update): Promise<void> {
    if (update.run !== this.run?.id) return;
    const { afresh, records, settings } = update;
    const before = afresh === undefined ? this.latest : undefined;
    // A run does not go back: what says otherwise is late.
    if (!(update.seconds >= (before?.seconds ?? 0)) || (before?.outcome && !update.outcome)) return;
    if (afresh !== undefined) this.#takenUp(afresh, update);
    this.history.add(records);
    if (settings) this.took(settings);
    this.latest = update;
    const { plan_code } = update;
    if (plan_code) this.run = { ...this.run, engine: { ...this.run.engine, plan_code } };
    this.frames = update.frames ?? this.frames;
    this.views.add(update.views);
    this.predictions = update.predictions ?? this.predictions;
    this.state = update.state;
    this.failure = update.failure ?? undefined;
    this.atOnce.measure();
    for (const listener of this.#updateListeners) listener();
    // What was changed before the run trained, or while an answer was awaited.
    void this.controls.live.go();
    await nextPaint();
  }

  /** The run has other settings than before. */
  took(settings: RunSettings): void {
    const { applied, run } = this;
    if (!applied || !run) return;
    this.applied = { ...applied, trial: asAsked(settings.trial, applied.trial) };
    this.run = { ...run, ...settings };
    this.history.changes = liveChanges(settings);
    this.controls.follow(applied, this.applied);
  }

  /** What the run began with. */
  get initial(): LegalForm | undefined {
    const { applied, run } = this;
    return applied && run && { ...applied, trial: asAsked(run.initial, applied.trial) };
  }

  /** The run goes on from a checkpoint, and all its records come again. */
  #takenUp(reason: Said, { records, engine }: Update): void {
    const { run } = this;
    const moved = run && engine && engine.kind !== run.engine.kind;
    if (run && engine) this.run = { ...run, engine };
    this.history = this.history.emptied();
    this.recovered = { epoch: records.length, reason, of: 'device', ...(moved && { moved }) };
  }

  /** Asks the worker something that ends in a value or in a sentence for a person. */
  ask<Value>(request: (lab: Lab) => Promise<Reply<Value>>, failed?: Failed): Promise<Reply<Value> | undefined> {
    return this.worker.guard(request, failed);
  }

  guard<Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> {
    return this.worker.guard(request);
  }

  /** The same of what a person asked for, and is told of where it cannot be had. */
  async fetch<Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> {
    this.complaint = undefined;
    const result = await this.worker.guard(request, (message) => {
      this.complaint = message;
    });
    return result;
  }

  /** The worker has died. */
  died(message: Said): void {
    const { state } = this;
    this.fail(message);
    void this.#goOn(message, state);
  }

  /** Loaded when a worker has died, where it can be. */
  async #goOn(reason: Said, state: LabState): Promise<void> {
    try {
      this.#workerLoss ??= new (await import('./worker-loss.ts')).WorkerLoss();
    } catch (error) {
      console.warn('The run cannot go on by itself:', error);
      return;
    }
    await this.#workerLoss.goOn(this, reason, state);
  }

  fail(message: Said): void {
    this.failure = message;
    this.state = 'failed';
  }
}

/** Beside the settings. */
type StartOptions = Pick<StartRequest, 'changes' | 'plan_code' | 'most_bytes'>;

/** The form for the table that is open now, where it names a model to go on from: see `base-model.ts`. */
async function carriedOn(
  trainer: TrainerController,
  form: Form,
  table: TableView,
): Promise<{ form: Form; left?: Said }> {
  try {
    return await (await import('./base-model.ts')).carriedOn(trainer, form, table);
  } catch (error) {
    // The worker refuses what does not suit the model.
    console.warn('What goes on from a model could not be loaded:', error);
    return { form };
  }
}

function bytesAsked(said: Said): number {
  return typeof said === 'string' ? 0 : (said.params as { bytes: number }).bytes;
}

function fileName(source: Source): string | undefined {
  return 'name' in source ? source.name : undefined;
}
