/**
 * Owns what the page knows of a sweep: what is being put together, the one that trains, and what came of it. Its `view` is a
 * new object at every change.
 */
import { proxy } from 'comlink';
import type { SweepInput } from '../../sweep/definition/definition.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import type { Said } from '../../util/errors.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import type { Problem, Reply } from '../protocol/messages.ts';
import type { SweepFile, SweepNews, SweepStart } from '../protocol/sweep.ts';
import { legalForm } from '../shared/form.ts';
import { tableKey } from '../shared/table-key.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { Lab } from '../trainer/worker-link.ts';
import { download, offerModel } from '../ui/download.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { observed } from '../ui/observed.ts';
import { SweepCurves } from './curves.ts';
import {
  definitionOf,
  type SweepDraft,
  sweepCommand,
  sweepFileText,
  trialOfCell,
  type Variation,
  variationOf,
} from './draft.ts';
import { SweepEstimates } from './estimates.ts';
import { newestOf, viewOfEntry } from './kept.ts';
import { emptyView, isBusy, type SweepCommand, type SweepView } from './view.ts';

type NewsListener = (news: SweepNews) => Promise<void>;

export class SweepController {
  @observed() view: SweepView = emptyView;

  readonly #trainer: TrainerController;
  /** What the draft says, once the worker has planned it. */
  #sweep: SweepInput | undefined;
  /** Whether it is to train as soon as it is planned. */
  #pressed = false;
  /** What the sweep that trains, or has trained, was started with. */
  #started: SweepInput | undefined;
  readonly #plans = new LatestOnly();
  readonly #estimates: SweepEstimates;
  /** An answer to an earlier draft is stale. */
  #drafts = 0;
  /** News of an earlier sweep are stale. */
  #sweeps = 0;

  constructor(trainer: TrainerController) {
    this.#trainer = trainer;
    trainer.worker.onLoss(() => this.#lost());
    this.#estimates = new SweepEstimates(
      trainer,
      () => trainer.state !== 'running' && trainer.heldBy === undefined && !isBusy(this.view),
      (estimate) => this.#set({ estimate }),
    );
  }

  /** Whether the single run is held. */
  get holds(): boolean {
    return this.view.state === 'training' || this.view.state === 'stopping';
  }

  /** Nobody else says that a sweep is over whose worker has died or was replaced. */
  #lost(): void {
    this.#sweeps += 1;
    const { curves } = this.view;
    if (isBusy(this.view)) {
      const failure = sweepText().workerStopped;
      this.#set({ state: 'failed', failure, gone: curves !== undefined });
    } else if (curves) this.#set({ gone: true });
  }

  /** Looks at the form anew, which the sweep is based on. */
  open(): void {
    this.draft(this.view.draft);
    void this.#recall();
  }

  /** What is kept of this table, unless a sweep is there to be looked at. */
  async #recall(): Promise<void> {
    await this.#list();
    const { id, kept, curves, gone } = this.view;
    const { source } = this.#trainer;
    if (isBusy(this.view) || (curves && !gone) || !source) return;
    const wanted = curves ? id : newestOf(kept, tableKey(source))?.id;
    if (wanted) await this.show(wanted);
  }

  async #list(): Promise<void> {
    const found = await this.#trainer.guard((lab) => lab.sweeps.kept());
    if (found) this.#set({ kept: found.sweeps, unread: found.unread });
  }

  /** One that is kept, in the place of the one that is shown. */
  async show(id: string): Promise<void> {
    if (isBusy(this.view)) return;
    const turn = ++this.#sweeps;
    const entry = await this.#fetch((lab) => lab.sweeps.open(id));
    if (!entry || turn !== this.#sweeps) return;
    this.#started = entry.request.sweep;
    this.#set(viewOfEntry(entry));
  }

  /** The one that is shown is deleted. */
  #forget(): void {
    const kept = this.view.kept.filter(({ id }) => id !== this.view.id);
    this.#set({ kept, id: '', state: 'drafting', curves: undefined, leaders: [], end: undefined, failure: '' });
  }

  dispatch(command: SweepCommand): void {
    if (command.do === 'vary') this.vary(command.path);
    else if (command.do === 'remove') this.remove(command.path);
    else if (command.do === 'change') this.change(command.variation);
    else if (command.do === 'draft') this.draft(command.draft);
    else if (command.do === 'start') void this.start();
    else if (command.do === 'stop') this.stop();
    else if (command.do === 'resume') void this.resume();
    else if (command.do === 'show') void this.show(command.id);
    else if (command.do === 'forget') this.#forget();
    else if (command.do === 'close') this.#estimates.drop();
    else if (command.do === 'use') this.use(command.cell);
    else if (command.do === 'save') void this.save(command.name);
    else if (command.do === 'save-model') void this.saveModel(command.cell);
    else if (command.do === 'export-model') void this.#exportModel(command.cell);
    else download('sweep.json', new Blob([this.view.file], { type: 'application/json' }));
  }

  vary(path: string): void {
    const trial = legalForm(this.#trainer.controls.form)?.trial;
    if (!trial) return;
    this.draft({ ...this.view.draft, varied: [...this.view.draft.varied, variationOf(path, trial)] });
  }

  change(variation: Variation): void {
    const { draft } = this.view;
    this.draft({ ...draft, varied: draft.varied.map((known) => (known.path === variation.path ? variation : known)) });
  }

  remove(path: string): void {
    const { draft } = this.view;
    this.draft({ ...draft, varied: draft.varied.filter((known) => known.path !== path) });
  }

  draft(draft: SweepDraft): void {
    this.#sweep = undefined;
    this.#pressed = false;
    this.#estimates.drop();
    const turn = ++this.#drafts;
    const form = legalForm(this.#trainer.controls.form);
    if (!form) {
      this.#refuse(draft, sweepText().formCannotBeTrained, 'form');
      return;
    }
    const found = definitionOf(draft, form.trial);
    if ('problem' in found) {
      this.#refuse(draft, found.problem, found.where);
      return;
    }
    const { sweep } = found;
    const file = sweepFileText(sweep);
    const command = sweepCommand(this.#trainer.data?.name ?? 'table.csv', form);
    this.#set({ draft, problem: undefined, file, command });
    this.#plans.ask(async () => {
      const reply = await this.#trainer.ask(
        (lab) => lab.sweeps.plan({ sweep, data: form.data, engine: form.engine }),
        (words) => turn === this.#drafts && this.#set({ plan: undefined, problem: { words, where: '' } }),
      );
      if (!reply || turn !== this.#drafts) return;
      if (!reply.ok) this.#set({ plan: undefined, problem: wordsOf(reply.problem) });
      else {
        this.#sweep = sweep;
        this.#set({ plan: reply.value, problem: undefined });
        if (this.#pressed) void this.start();
        else this.#estimates.want({ sweep, data: form.data, engine: form.engine });
      }
    });
  }

  async start(): Promise<void> {
    const form = legalForm(this.#trainer.controls.form);
    const sweep = this.#sweep;
    this.#pressed = !sweep;
    if (!form || !sweep || this.holds) return;
    const { trial: _, ...request } = { ...form, sweep };
    const { command } = this.view;
    const failure = await this.#train((lab, listener) => lab.sweeps.start(request, command, listener), sweep, []);
    if (failure) this.#set({ state: 'failed', failure });
  }

  /** Trains what the one that is shown has left. */
  async resume(): Promise<void> {
    const { id, leaders, state } = this.view;
    const sweep = this.#started;
    if (!sweep || isBusy(this.view)) return;
    const failure = await this.#train((lab, listener) => lab.sweeps.resume(id, listener), sweep, leaders);
    if (failure) this.#set({ state, failure });
  }

  /** @returns why it could not be started */
  async #train(
    request: (lab: Lab, listener: NewsListener) => Promise<Reply<SweepStart>>,
    sweep: SweepInput,
    leaders: LeaderboardEntry[],
  ): Promise<Said | undefined> {
    const turn = ++this.#sweeps;
    this.#early.length = 0;
    this.#set({ state: 'starting', failure: '' });
    const listener = proxy((news: SweepNews) => this.#receive(turn, news));
    let why: Said | undefined;
    const reply = await this.#trainer.ask(
      (lab) => request(lab, listener),
      (message) => {
        why = message;
      },
    );
    if (turn !== this.#sweeps) return undefined;
    if (!reply?.ok) return reply ? reply.problem.message : (why ?? sweepText().couldNotBeStarted);
    this.#started = sweep;
    const { id, plan } = reply.value;
    const curves = new SweepCurves(plan);
    const varied = Object.keys(plan.cells[0] ?? {});
    // What has been told before this answer came is told again with the next news, since nobody had taken it.
    this.#set({ state: 'training', id, curves, varied, progress: undefined, leaders, end: undefined, gone: false });
    for (const news of this.#early.splice(0)) this.#take(news);
    return undefined;
  }

  /** News can come before the answer that the sweep has started. */
  readonly #early: SweepNews[] = [];

  stop(): void {
    if (this.view.state !== 'training') return;
    this.#set({ state: 'stopping' });
    void this.#trainer.guard((lab) => lab.sweeps.stop());
  }

  /** Puts the settings of a combination into the form. */
  use(cell: number): void {
    const { curves } = this.view;
    const started = this.#started;
    if (!curves || !started) return;
    const trial = trialOfCell(started, curves.plan.cells[cell]);
    this.#trainer.controls.adopt(trial);
  }

  async save(name: SweepFile): Promise<void> {
    const blob = await this.#fetch((lab) => lab.sweeps.file(name));
    if (blob) download(name, blob);
  }

  async saveModel(cell: number): Promise<void> {
    const bytes = await this.#fetch((lab) => lab.sweeps.model(cell));
    if (bytes) download('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
  }

  async #exportModel(cell: number): Promise<void> {
    const bytes = await this.#fetch((lab) => lab.sweeps.model(cell));
    if (bytes) offerModel('model', bytes);
  }

  #fetch<Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> {
    return this.#trainer.worker.guard(request, (failure) => this.#set({ failure }));
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async #receive(turn: number, news: SweepNews): Promise<void> {
    if (turn !== this.#sweeps) return;
    if (this.view.state === 'starting') this.#early.push(news);
    else this.#take(news);
    await nextPaint();
  }

  #take({ progress, trials, leaders, end, failure }: SweepNews): void {
    // What comes after the end is late.
    if (this.view.end) return;
    this.view.curves?.add(trials);
    const { state } = this.view;
    this.#set({
      progress,
      leaders: leaders ?? this.view.leaders,
      end: end ?? undefined,
      state: failure ? 'failed' : end ? 'done' : state,
      failure: failure ?? '',
    });
    if (end || failure) void this.#list();
  }

  #refuse(draft: SweepDraft, words: Said, where: string): void {
    this.#set({ draft, plan: undefined, problem: { words, where }, file: '', command: '' });
  }

  #set(changes: Partial<SweepView>): void {
    this.view = { ...this.view, ...changes };
  }
}

function wordsOf({ message, where }: Problem): SweepView['problem'] {
  return { words: message, where: where ?? '' };
}
