/**
 * Owns the worker and everything the page knows of the run, on behalf of one component that draws it. Components read
 * its fields and call its commands; each change asks the host for an update.
 */
import { msg } from '@lit/localize';
import { proxy } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { Trial } from '../spec/settings.ts';
import type { LiveChanges } from '../train/trainer.ts';
import type { Asker } from './asking.ts';
import {
  asAsked,
  changedPaths,
  changeForm,
  type Form,
  type FormPath,
  formOf,
  type LegalForm,
  type LiveName,
  legalForm,
  liveDifferences,
  liveLabel,
  livePath,
  restoreForm,
  startingForm,
  switchGroup,
  untouched,
  valueAt,
  withData,
  withoutColumns,
  withoutTarget,
  withProblem,
} from './form.ts';
import { History } from './history.ts';
import { beginWith, type Linked } from './keeping/first-opening.ts';
import type { Change } from './layer-edit.ts';
import type {
  GpuPresence,
  Problem,
  ReadingProgress,
  Reply,
  RunState,
  RunView,
  Source,
  TableView,
  Update,
} from './messages.ts';
import type { NetworkPicture } from './network-picture.ts';
import { cancelled, placeOf, subjectOf } from './refusals.ts';
import type { ViewName } from './views.ts';
import { ViewsState } from './views-state.ts';
import { startWorker, type WorkerLink } from './worker-link.ts';

export type LabState = 'loading' | RunState;

/** How a table is opened, where it brings settings of its own. */
export interface Opening {
  data?: Partial<DataSettingsInput>;
  /** What the controls say once it is open. */
  form?: (view: TableView) => Form;
  tell?: (progress: ReadingProgress) => void;
}

export class TrainerController implements ReactiveController {
  state: LabState = 'loading';
  /** What the controls say. */
  form: Form = startingForm();
  /** The table that is open. */
  data: TableView | undefined;
  run: RunView | undefined;
  history = new History();
  /** What the open views draw. */
  views = new ViewsState();
  /** The newest update of this run. */
  latest: Update | undefined;
  /** The newest predictions: updates of a failed run have none. */
  predictions: Float64Array | null = null;
  /** What the run was started with, and has been changed to since. */
  applied: LegalForm | undefined;
  presence: GpuPresence | undefined;
  /** Whether the worker has died, and with it all that it held; another one is there after a reset. */
  dead = false;
  /** Why a file was not opened. */
  fileProblem: string | undefined;
  /** Why the run, or the worker, cannot go on. */
  failure: string | undefined;

  /** Where this run went on after its device was lost. */
  recovered: { epoch: number; reason: string } | undefined;
  /** What a link asked for and cannot be had as it says. */
  linked: Linked | undefined;

  /** Whether a table has been asked for: who is quicker than the page's own beginning is not overruled by it. */
  begun = false;

  readonly #host: ReactiveControllerHost;
  readonly #sample: Source | undefined;
  /** The name that the tab is kept under. */
  tab: string | undefined;
  #link: WorkerLink | undefined;
  #looked: ViewName[] | undefined;
  #source: Source | undefined;
  /** A start that has been asked for later makes an earlier one stale. */
  #starts = 0;
  /** What the worker refused, for as long as what it is about is unchanged. */
  #refusal: { path: string; problem: Problem; about: string } | undefined;
  /** Live settings that the run could not take on, with the value it was asked for. */
  #refusedLive = new Map<LiveName, { value: unknown; message: string }>();
  #goingLive = false;
  /** When a person last changed a setting: an answer of the worker may come much later. */
  #movedAt = 0;

  constructor(host: ReactiveControllerHost, source: Source) {
    this.#host = host;
    this.#sample = source;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connect();
    void beginWith(this, this.#sample);
  }

  /** What the table was read from. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** The worker; undefined only while the page is not there. */
  get lab(): WorkerLink['lab'] | undefined {
    return this.#link?.lab;
  }

  /** Puts the settings of another run into the controls; those of its data only where it had this table. */
  take(settings: LegalForm, sameTable: boolean): void {
    const { trial, data, engine } = formOf(settings);
    const form = withData({ ...this.form, trial }, (sameTable ? data : this.form.data) as LegalForm['data']);
    // They are for a run of their own, not for the one that trains.
    const message = msg('Taken from another run; restart to train with it.');
    for (const name of this.applied ? liveDifferences(form, this.applied) : []) {
      this.#refusedLive.set(name, { value: valueAt(form, livePath(name)), message });
    }
    this.#set({ ...form, engine });
  }

  hostDisconnected(): void {
    this.#link?.end();
    this.#link = undefined;
  }

  /** Settings that differ from those of the run and need a new one. */
  get changes(): Set<string> {
    if (!this.applied) return new Set();
    const paths = changedPaths(this.form, this.applied);
    for (const name of this.#onTheirWay()) paths.delete(livePath(name));
    return paths;
  }

  /** Why changes that might have gone into the run as it trains did not, by path. */
  get refusals(): Map<string, string> {
    const held = [...this.#refusedLive].filter(([name, { value }]) => value === valueAt(this.form, livePath(name)));
    return new Map(held.map(([name, { message }]) => [livePath(name), message]));
  }

  /** Opens a table and trains it at once; where that fails, everything stays as it is. */
  async open(source: Source, play = true, opening: Opening = {}): Promise<void> {
    this.begun = true;
    const settings = source === this.#source ? withoutTarget(this.form.data) : withoutColumns(this.form.data);
    const awaited = this.linked?.missing !== undefined && this.linked.missing === fileName(source);
    const { data: given, form, tell } = awaited ? { ...opening, ...this.linked?.opening } : opening;
    const data = given ?? (this.form.problems.size > 0 ? {} : settings);
    const reply = await this.ask((lab) => lab.open(source, data, tell && proxy(tell)));
    if (!reply) return;
    if (!reply.ok) {
      this.fileProblem = reply.problem.where === cancelled ? undefined : reply.problem.message;
      this.changed();
      return;
    }
    this.#source = source;
    this.linked = undefined;
    this.fileProblem = undefined;
    this.data = reply.value;
    this.#refusal = undefined;
    this.form = form?.(reply.value) ?? withData(this.form, reply.value.settings);
    await this.#start(legalForm(this.form) ?? { ...(this.applied ?? untouched()), data: reply.value.settings }, play);
  }

  change(path: FormPath, value: unknown): void {
    // A kind that the run has comes back with the run's numbers, which would else be changed under it.
    const returns = path.endsWith('.kind') && this.applied && valueAt(this.applied, path) === value;
    this.#set(
      returns && this.applied ? restoreForm(this.form, path, this.applied) : changeForm(this.form, path, value),
    );
    if (path === 'data.target') void this.apply();
    else if (path.startsWith('data.') || path === 'trial.training.loss') void this.#tryOut();
  }

  /** Several settings at once. */
  changeAll(changes: readonly Change[]): void {
    this.#set(changes.reduce((form, { path, value }) => changeForm(form, path, value), this.form));
    if (changes.some(({ path }) => path.startsWith('data.'))) void this.#tryOut();
  }

  switchGroup(path: FormPath, on: boolean): void {
    this.#set(switchGroup(this.form, path, on));
  }

  /** Puts one setting, or all of them, back to what the run has. */
  restore(path?: FormPath): void {
    if (!this.applied) return;
    this.#set(path === undefined ? formOf(this.applied) : restoreForm(this.form, path, this.applied));
  }

  /** Starts again with what the controls say, and trains. */
  async apply(): Promise<void> {
    const form = legalForm(this.form);
    if (form) await this.#start(form, true);
  }

  /** The primary action: train, or pause. */
  toggle(): void {
    if (this.state === 'running') void this.#link?.lab.pause();
    else if (this.state === 'failed') void this.reset(true);
    else if (this.restarts) void this.apply();
    else if (this.state !== 'loading') void this.#link?.lab.play();
  }

  /** Whether the primary action begins a new run rather than going on with this one. */
  get restarts(): boolean {
    if (this.state === 'running' || this.state === 'loading') return false;
    if (this.state === 'paused' || this.state === 'ready') return this.changes.size > 0 && !!legalForm(this.form);
    return true;
  }

  /** Whether the primary action has to wait for a setting to be mended. */
  get blocked(): boolean {
    return this.state === 'loading' || (this.restarts && !legalForm(this.form) && this.state !== 'failed');
  }

  step(): void {
    if (this.canStep) void this.#link?.lab.step();
  }

  get canStep(): boolean {
    return this.state === 'ready' || this.state === 'paused' || this.state === 'running';
  }

  /** Back to epoch 0, with what the controls say if that can be trained. A dead worker is replaced. */
  async reset(play = false): Promise<void> {
    if (this.state === 'loading') return;
    if (this.state === 'failed') {
      this.#connect();
      // It died before anything was opened.
      if (!this.#source) return beginWith(this, this.#sample, play);
      if (!this.applied) return this.open(this.#source, play);
      const { source, data } = { source: this.#source, data: this.applied.data };
      const reply = await this.ask((lab) => lab.open(source, data));
      if (!reply?.ok) return;
    }
    if (!this.applied) return;
    await this.#start(legalForm(this.form) ?? this.applied, play);
  }

  /** What is worked out on demand. */
  readonly asker: Asker = {
    ask: (asked, progress) => this.ask((lab) => lab.ask(asked, proxy(progress))),
    cancel: () => void this.guard(async (lab) => lab.cancelAsked()),
  };

  /** Only the views that are open are worked out. */
  look(views: ViewName[]): void {
    this.#looked = views;
    void this.guard(async (lab) => lab.look(views));
  }

  /** The bytes of a .safetensors file. */
  async model(): Promise<Uint8Array | undefined> {
    return this.guard((lab) => lab.model());
  }

  /** What the network's diagram shows. */
  async network(): Promise<NetworkPicture | undefined> {
    return this.guard((lab) => lab.network());
  }

  /** The settings of another trial, such as the best of a sweep, into the controls. */
  adopt(trial: Trial): void {
    const { data, engine } = this.form;
    this.#set({ ...formOf({ trial, data: data as LegalForm['data'], engine }) });
  }

  #connect(): void {
    this.#link?.end();
    this.dead = false;
    const link = startWorker((message) => {
      this.dead ||= this.#link === link;
      if (this.#link === link) this.#fail(`${message} Reset starts a new one.`);
    });
    this.#link = link;
    if (this.tab !== undefined) void link.lab.keeping.claim(this.tab);
    void link.lab.watch(proxy((update: Update) => this.#receive(update)));
    if (this.#looked) void link.lab.look(this.#looked);
    void link.lab.presence().then((presence) => {
      this.presence = presence;
      this.changed();
    });
  }

  async #start(form: LegalForm, play: boolean): Promise<void> {
    const turn = ++this.#starts;
    const reply = await this.ask((lab) => lab.start(form));
    if (!reply || turn !== this.#starts) return;
    if (!reply.ok) {
      this.#refuse(reply.problem);
      return;
    }
    this.show(reply.value, { ...form, trial: asAsked(reply.value.trial, form.trial) });
    await this.guard((lab) => (play ? lab.play() : lab.report()));
  }

  /** From now on this is the run that is shown. */
  show(run: RunView, applied: LegalForm, source = this.#source): void {
    this.#source = source;
    this.applied = applied;
    this.run = run;
    this.data = run.data;
    this.history = new History();
    this.views = new ViewsState();
    this.latest = undefined;
    this.predictions = null;
    this.failure = undefined;
    this.recovered = undefined;
    this.#refusal = undefined;
    this.#refusedLive.clear();
    this.state = 'ready';
    this.changed();
  }

  /** Every new form goes through here: what was refused stays refused, what may go live does. */
  #set(form: Form): void {
    const known = this.#refusal;
    this.#movedAt = performance.now();
    this.form = known && known.about === subjectOf(form) ? withProblem(form, known.path, known.problem) : form;
    this.changed();
    void this.#goLive();
  }

  /** Finds out early what a start would refuse of table and loss. */
  async #tryOut(): Promise<void> {
    const form = legalForm(this.form);
    if (!form) return;
    const about = subjectOf(this.form);
    const reply = await this.ask((lab) => lab.tryOut(form));
    if (reply && !reply.ok && about === subjectOf(this.form)) this.#refuse(reply.problem);
  }

  /** A sentence from the worker goes to the control it is about. */
  #refuse(problem: Problem): void {
    this.#refusal = { path: placeOf(problem), problem, about: subjectOf(this.form) };
    this.form = withProblem(this.form, this.#refusal.path, problem);
    if (!this.run) this.#fail(problem.message);
    this.changed();
  }

  /** Changes that the run takes up as it trains, and has not been asked to yet or is just being asked to. */
  #onTheirWay(): LiveName[] {
    if (!this.applied || (this.state !== 'running' && this.state !== 'paused')) return [];
    return liveDifferences(this.form, this.applied).filter((name) => {
      const refused = this.#refusedLive.get(name);
      return !refused || refused.value !== valueAt(this.form, livePath(name));
    });
  }

  /** Changes the run as it trains. One request at a time, and then what has come up since: a slider moves fast. */
  async #goLive(): Promise<void> {
    if (this.#goingLive || this.#onTheirWay().length === 0) return;
    this.#goingLive = true;
    try {
      for (let names = this.#onTheirWay(); names.length > 0; names = this.#onTheirWay()) {
        if (!(await this.#changeRun(names))) return;
      }
    } finally {
      this.#goingLive = false;
      this.changed();
    }
  }

  /** False when there is no run any more that could be changed; its end is reported soon. */
  async #changeRun(names: LiveName[]): Promise<boolean> {
    const changes = Object.fromEntries(names.map((name) => [name, valueAt(this.form, livePath(name))])) as LiveChanges;
    const movedAt = this.#movedAt;
    const reply = await this.guard((lab) => lab.change(changes));
    if (!reply || !this.applied || reply.run !== this.run?.id) return false;
    for (const name of names) {
      const path = livePath(name);
      const message = reply.refused[name];
      if (message) {
        this.#refusedLive.set(name, { value: changes[name], message });
        continue;
      }
      this.#refusedLive.delete(name);
      this.history.change(liveLabel(name), valueAt(this.applied, path), changes[name], reply.epoch, movedAt);
    }
    this.applied = { ...this.applied, trial: asAsked(reply.trial, this.applied.trial) };
    this.run = { ...this.run, trial: reply.trial };
    this.changed();
    return true;
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async #receive(update: Update): Promise<void> {
    if (update.run !== this.run?.id) return;
    this.latest = update;
    if (update.afresh !== undefined) this.#takenUp(update.afresh, update.records.length);
    this.history.add(update.records);
    this.views.add(update.views);
    this.predictions = update.predictions ?? this.predictions;
    this.state = update.state;
    this.failure = update.failure ?? undefined;
    this.changed();
    // What was changed before the run trained, or while an answer was awaited.
    void this.#goLive();
    await this.#host.updateComplete;
    await drawn();
  }

  /** The run goes on from a checkpoint, and all its records come again. */
  #takenUp(reason: string, epoch: number): void {
    this.history = this.history.emptied();
    this.recovered = { epoch, reason };
  }

  /** Asks the worker something that ends in a value or in a sentence for a person. */
  ask<Value>(request: (lab: WorkerLink['lab']) => Promise<Reply<Value>>): Promise<Reply<Value> | undefined> {
    return this.guard(request);
  }

  /** What is thrown, other than sentences for a person, ends the run. */
  async guard<Result>(request: (lab: WorkerLink['lab']) => Promise<Result>): Promise<Result | undefined> {
    const link = this.#link;
    if (!link) return undefined;
    try {
      return await request(link.lab);
    } catch (error) {
      if (this.#link === link) this.#fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #fail(message: string): void {
    this.failure = message;
    this.state = 'failed';
    this.changed();
  }

  changed(): void {
    this.#host.requestUpdate();
  }
}

function fileName(source: Source): string | undefined {
  return 'name' in source ? source.name : undefined;
}

/** The next frame, or at once where nobody looks: a hidden tab has no frames but keeps training. */
export function drawn(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
