/**
 * Owns the run as the page knows it: opens tables, starts runs and receives what the worker reports. Elements read its
 * fields, which are observed, and call its commands.
 */

import { createContext } from '@lit/context';
import { proxy } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Said } from '../../util/errors.ts';
import type { Reply, RunSettings, RunView, Source, TableView, Update } from '../protocol/messages.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { asAsked, type Form, legalForm, untouched, withData } from '../shared/form.ts';
import { cancelled } from '../shared/refusals.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { observed } from '../ui/observed.ts';
import { AtOnce } from './at-once.ts';
import { Controls } from './controls.ts';
import { History } from './history.ts';
import { asksAbove } from './memory.ts';
import { beginWith } from './opening/first-opening.ts';
import { type Linked, type Opening, openingOf } from './opening/opening.ts';
import { type PrimaryAction, primaryAction } from './primary-action.ts';
import type { QueryClient } from './query.ts';
import { RunStarter, type StartOptions } from './run-starter.ts';
import { addUpdate, beginRun, changeSettings, type LabState, type Recovered, type ShownRun } from './shown-run.ts';
import { ViewsState } from './views-state.ts';
import { type Failed, type Lab, WorkerLink } from './worker-link.ts';
import type { WorkerLoss } from './worker-loss.ts';

export const trainerContext = createContext<TrainerController>('trainer');

export class TrainerController implements ReactiveController, ShownRun {
  readonly controls = new Controls(this);
  readonly atOnce = new AtOnce(this);
  readonly worker = new WorkerLink(this);

  // See `ShownRun`.
  @observed() state: LabState = 'loading';
  @observed() run: RunView | undefined;
  @observed() applied: LegalForm | undefined;
  @observed() data: TableView | undefined;
  @observed() source: Source | undefined;
  @observed() trained: Source | undefined;
  @observed() history = new History();
  @observed() views = new ViewsState();
  @observed() frames: readonly number[] = [];
  @observed() latest: Update | undefined;
  @observed() predictions: Float64Array | null = null;
  @observed() failure: Said | undefined;
  @observed() complaint: Said | undefined;
  @observed() recovered: Recovered | undefined;
  @observed() anew: Said | undefined;
  @observed() replanned: Said | undefined;

  /** Why a file was not opened. */
  @observed() fileProblem: Said | undefined;
  /** Whether this run cannot be kept just now; the list of runs says why. */
  @observed() notKept = false;
  /** What a link asked for and cannot be had as it says. */
  @observed() linked: Linked | undefined;
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
  readonly #starter = new RunStarter(this);

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
    const { source, data, form, tell, changes, plan_code } = openingOf(chosen, opening, this);
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
    const asked = form?.(reply.value) ?? withData(this.controls.form, reply.value.settings);
    // Without a turn for others, who would ask the worker about the table before the run is asked for.
    const carried = asked.from ? await carriedOn(this, asked, reply.value) : { form: asked };
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
    if (form) await this.#start(form, true, this.#starter.allowed(form));
  }

  /** What would have been trained by itself, but takes much memory: it waits for a person's word. */
  get asks(): RunStarter['asks'] {
    return this.#starter.asks;
  }

  /** The primary action: train, or pause. */
  toggle(): void {
    const action = this.#action;
    if (action === 'pause' || action === 'play') void this.worker.command((lab) => lab[action]());
    else if (action === 'reset') void this.reset(true);
    else if (action) void this[action]();
  }

  get #action(): PrimaryAction | undefined {
    const { state, controls } = this;
    const awaitsWord = this.asks !== undefined && this.run === undefined;
    return primaryAction({ state, awaitsWord, changed: () => controls.changes.size > 0 && this.#isLegal });
  }

  /** Whether what the controls say can be trained. */
  get #isLegal(): boolean {
    return legalForm(this.controls.form) !== undefined;
  }

  /** Whether the primary action begins a new run rather than going on with this one. */
  get restarts(): boolean {
    return this.state === 'failed' || this.#action === 'apply';
  }

  /** Whether the primary action has to wait for a setting to be mended. */
  get blocked(): boolean {
    const action = this.#action;
    return action === undefined || ((action === 'allow' || action === 'apply') && !this.#isLegal);
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
    return this.#starts(() => this.#starter.start(form, play, others));
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

  /** From now on this is the run that is shown. */
  show(run: RunView, applied: LegalForm, source = this.source): void {
    beginRun(this, run, applied, source);
    this.#starter.asks = undefined;
    this.controls.begun();
    this.#tellTable();
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async receive(update: Update): Promise<void> {
    const { applied } = this;
    if (!addUpdate(this, update)) return;
    this.#follow(applied);
    this.atOnce.measure();
    for (const listener of this.#updateListeners) listener();
    // What was changed before the run trained, or while an answer was awaited.
    void this.controls.live.go();
    await nextPaint();
  }

  /** The run has other settings than before. */
  took(settings: RunSettings): void {
    const { applied } = this;
    changeSettings(this, settings);
    this.#follow(applied);
  }

  #follow(before: LegalForm | undefined): void {
    const { applied } = this;
    if (before && applied && applied !== before) this.controls.follow(before, applied);
  }

  /** What the run began with. */
  get initial(): LegalForm | undefined {
    const { applied, run } = this;
    return applied && run && { ...applied, trial: asAsked(run.initial, applied.trial) };
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
