/**
 * Owns the worker and everything the page knows of the run, on behalf of one component that draws it. Components read
 * its fields and call its commands; each change asks the host for an update.
 */
import { proxy } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { checkTrial } from '../spec/check.ts';
import {
  changedPaths,
  changeForm,
  type Form,
  type FormPath,
  formOf,
  type LegalForm,
  legalForm,
  startingForm,
  switchGroup,
  valueAt,
  withProblem,
} from './form.ts';
import { History } from './history.ts';
import type { GpuPresence, Problem, Reply, RunState, RunView, Source, TableView, Update } from './messages.ts';
import { startWorker, type WorkerLink } from './worker-link.ts';

export type LabState = 'loading' | RunState;

export class TrainerController implements ReactiveController {
  state: LabState = 'loading';
  /** What the controls say. */
  form: Form = startingForm();
  /** The table that is open. */
  data: TableView | undefined;
  run: RunView | undefined;
  history = new History();
  /** The newest update of this run. */
  latest: Update | undefined;
  /** The newest predictions: updates of a failed run have none. */
  predictions: Float64Array | null = null;
  /** What the run was started with. */
  applied: LegalForm | undefined;
  presence: GpuPresence | undefined;
  /** Why a file was not opened. */
  fileProblem: string | undefined;
  /** Why the run, or the worker, cannot go on. */
  failure: string | undefined;

  readonly #host: ReactiveControllerHost;
  #link: WorkerLink | undefined;
  #source: Source | undefined;
  /** A start that has been asked for later makes an earlier one stale. */
  #starts = 0;

  constructor(host: ReactiveControllerHost, source: Source) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connect();
    if (this.#source) void this.open(this.#source);
  }

  hostDisconnected(): void {
    this.#link?.end();
    this.#link = undefined;
  }

  /** Settings that differ from those of the run. */
  get changes(): Set<string> {
    return this.applied ? changedPaths(this.form, this.applied) : new Set();
  }

  /** Opens a table and trains it at once; where that fails, everything stays as it is. */
  async open(source: Source, play = true): Promise<void> {
    const { target: _, ...settings } = this.form.data;
    const reply = await this.#ask((lab) => lab.open(source, this.form.problems.size > 0 ? {} : settings));
    if (!reply) return;
    if (!reply.ok) {
      this.fileProblem = reply.problem.message;
      this.#changed();
      return;
    }
    this.#source = source;
    this.fileProblem = undefined;
    this.form = { ...this.form, data: reply.value.settings };
    await this.#start(legalForm(this.form) ?? { ...(this.applied ?? untouched()), data: reply.value.settings }, play);
  }

  change(path: FormPath, value: unknown): void {
    this.form = changeForm(this.form, path, value);
    this.#changed();
    if (path === 'data.target') void this.apply();
    else if (path.startsWith('data.')) void this.#tryData();
  }

  switchGroup(path: FormPath, on: boolean): void {
    this.form = switchGroup(this.form, path, on);
    this.#changed();
  }

  /** Puts one setting, or all of them, back to what the run has. */
  restore(path?: FormPath): void {
    if (!this.applied) return;
    if (path === undefined) this.form = formOf(this.applied);
    else this.form = changeForm(this.form, path, valueAt(this.applied, path));
    this.#changed();
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
      if (!this.#source) return;
      if (!this.applied) return this.open(this.#source, play);
      const { source, data } = { source: this.#source, data: this.applied.data };
      const reply = await this.#ask((lab) => lab.open(source, data));
      if (!reply?.ok) return;
    }
    if (!this.applied) return;
    await this.#start(legalForm(this.form) ?? this.applied, play);
  }

  /** The bytes of a .safetensors file. */
  async model(): Promise<Uint8Array | undefined> {
    return this.#guard((lab) => lab.model());
  }

  #connect(): void {
    this.#link?.end();
    const link = startWorker((message) => {
      if (this.#link === link) this.#fail(`${message} Reset starts a new one.`);
    });
    this.#link = link;
    void link.lab.watch(proxy((update: Update) => this.#receive(update)));
    void link.lab.presence().then((presence) => {
      this.presence = presence;
      this.#changed();
    });
  }

  async #start(form: LegalForm, play: boolean): Promise<void> {
    const turn = ++this.#starts;
    const reply = await this.#ask((lab) => lab.start(form));
    if (!reply || turn !== this.#starts) return;
    if (!reply.ok) {
      this.#refuse(reply.problem);
      return;
    }
    this.applied = { ...form, trial: reply.value.trial };
    this.run = reply.value;
    this.data = reply.value.data;
    this.history = new History();
    this.latest = undefined;
    this.predictions = null;
    this.failure = undefined;
    this.state = 'ready';
    this.#changed();
    await this.#guard((lab) => (play ? lab.play() : lab.report()));
  }

  /** Finds out early what `prepare` would refuse. */
  async #tryData(): Promise<void> {
    const form = legalForm(this.form);
    if (!form) return;
    const reply = await this.#ask((lab) => lab.tryData(form.data));
    if (reply && !reply.ok) this.#refuse(reply.problem);
  }

  /** A sentence from the worker goes to the control it is about. */
  #refuse({ message, where }: Problem): void {
    const place = where?.startsWith('split') ? 'data.split' : 'data.target';
    const path = where === 'engine' ? 'engine' : place;
    this.form = withProblem(this.form, path, { message, where });
    if (!this.run) this.#fail(message);
    this.#changed();
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async #receive(update: Update): Promise<void> {
    if (update.run !== this.run?.id) return;
    this.latest = update;
    this.history.add(update.records);
    this.predictions = update.predictions ?? this.predictions;
    this.state = update.state;
    this.failure = update.failure ?? undefined;
    this.#changed();
    await this.#host.updateComplete;
    await drawn();
  }

  #ask<Value>(request: (lab: WorkerLink['lab']) => Promise<Reply<Value>>): Promise<Reply<Value> | undefined> {
    return this.#guard(request);
  }

  /** What is thrown, other than sentences for a person, ends the run. */
  async #guard<Result>(request: (lab: WorkerLink['lab']) => Promise<Result>): Promise<Result | undefined> {
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
    this.#changed();
  }

  #changed(): void {
    this.#host.requestUpdate();
  }
}

/** Settings that nobody has changed; the table comes with its own. */
function untouched(): Pick<LegalForm, 'trial' | 'engine'> {
  return { trial: checkTrial({}), engine: 'auto' };
}

/** The next frame, or at once where nobody looks: a hidden tab has no frames but keeps training. */
function drawn(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
