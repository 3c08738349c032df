/**
 * Owns what the page knows of a sweep: what is being put together, the one that trains, and what came of it. Its `view` is a
 * new object at every change.
 */
import { proxy } from 'comlink';
import type { SweepInput } from '../../sweep/definition.ts';
import type { SweepProgress } from '../../sweep/progress.ts';
import type { LeaderboardEntry } from '../../sweep/types.ts';
import type { Said } from '../../util/errors.ts';
import { sweepText } from '../i18n/en/sweep.ts';
import type { Problem } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import type { SweepEnd, SweepFile, SweepNews, SweepPlan } from '../protocol/sweep.ts';
import { legalForm } from '../shared/form.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { Lab } from '../trainer/worker-link.ts';
import { download } from '../ui/download.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { observed } from '../ui/observed.ts';
import { SweepCurves } from './curves.ts';
import {
  definitionOf,
  emptyDraft,
  type SweepDraft,
  sweepCommand,
  sweepFileText,
  trialOfCell,
  type Variation,
  variationOf,
} from './draft.ts';

export type SweepState = 'drafting' | 'starting' | 'training' | 'stopping' | 'done' | 'failed';

export interface SweepView {
  state: SweepState;
  draft: SweepDraft;
  /** What the draft would train; undefined while it is being worked out or cannot be. */
  plan: SweepPlan | undefined;
  /** Why the draft cannot be trained, and the part that it is about. */
  problem: { words: Said; where: string } | undefined;
  /** The sweep file as text, and the command that trains it; empty while there is none. */
  file: string;
  command: string;
  /** Of the sweep that trains, or has trained. */
  curves: SweepCurves | undefined;
  /** What its settings are called by their paths, in order. */
  varied: string[];
  progress: SweepProgress | undefined;
  leaders: LeaderboardEntry[];
  end: SweepEnd | undefined;
  /** Whether its files and models are, with the worker that had them. */
  gone: boolean;
  failure: Said;
  /** Seconds that an epoch of the single run takes; undefined where it has not trained. */
  epochSeconds: number | undefined;
}

/** What a person asks of a sweep; comes up as the detail of the event `sweep-command`. */
export type SweepCommand =
  | { do: 'vary' | 'remove'; path: string }
  | { do: 'change'; variation: Variation }
  | { do: 'draft'; draft: SweepDraft }
  | { do: 'start' | 'stop' | 'save-definition' }
  | { do: 'use' | 'save-model'; cell: number }
  | { do: 'save'; name: SweepFile };

declare global {
  interface HTMLElementEventMap {
    /** What a person asks of a sweep. */
    'sweep-command': CustomEvent<SweepCommand>;
  }
}

export class SweepController {
  @observed() view: SweepView = {
    state: 'drafting',
    draft: emptyDraft,
    plan: undefined,
    problem: undefined,
    file: '',
    command: '',
    curves: undefined,
    varied: [],
    progress: undefined,
    leaders: [],
    end: undefined,
    gone: false,
    failure: '',
    epochSeconds: undefined,
  };

  readonly #trainer: TrainerController;
  #sweep: SweepInput | undefined;
  /** What the sweep that trains, or has trained, was started with. */
  #started: { sweep: SweepInput; form: LegalForm } | undefined;
  readonly #plans = new LatestOnly();
  /** An answer to an earlier draft is stale. */
  #drafts = 0;
  /** News of an earlier sweep are stale. */
  #sweeps = 0;

  constructor(trainer: TrainerController) {
    this.#trainer = trainer;
    trainer.worker.onLoss(() => this.#lost());
  }

  /** Whether the single run is held. */
  get holds(): boolean {
    return this.view.state === 'training' || this.view.state === 'stopping';
  }

  /** Nobody else says that a sweep is over whose worker has died or was replaced. */
  #lost(): void {
    this.#sweeps += 1;
    const { curves } = this.view;
    if (this.holds || this.view.state === 'starting') {
      const failure = sweepText().workerStopped;
      this.#set({ state: 'failed', failure, gone: curves !== undefined });
    } else if (curves) this.#set({ gone: true });
  }

  /** Looks at the form anew, which the sweep is based on. */
  open(): void {
    const { history, latest } = this.#trainer;
    const epochs = history.records.length;
    const epochSeconds = latest && epochs > 0 && latest.seconds > 0 ? latest.seconds / epochs : undefined;
    this.#set({ epochSeconds });
    this.draft(this.view.draft);
  }

  dispatch(command: SweepCommand): void {
    if (command.do === 'vary') this.vary(command.path);
    else if (command.do === 'remove') this.remove(command.path);
    else if (command.do === 'change') this.change(command.variation);
    else if (command.do === 'draft') this.draft(command.draft);
    else if (command.do === 'start') void this.start();
    else if (command.do === 'stop') this.stop();
    else if (command.do === 'use') this.use(command.cell);
    else if (command.do === 'save') void this.save(command.name);
    else if (command.do === 'save-model') void this.saveModel(command.cell);
    else download('sweep.json', new Blob([this.view.file], { type: 'application/json' }));
  }

  vary(path: string): void {
    const form = legalForm(this.#trainer.controls.form);
    const trial = form?.trial;
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
      }
    });
  }

  async start(): Promise<void> {
    const form = legalForm(this.#trainer.controls.form);
    const sweep = this.#sweep;
    if (!form || !sweep || this.holds) return;
    const turn = ++this.#sweeps;
    this.#early.length = 0;
    this.#set({ state: 'starting', failure: '' });
    const { trial: _, ...request } = { ...form, sweep };
    const listener = proxy((news: SweepNews) => this.#receive(turn, news));
    let why: Said | undefined;
    const reply = await this.#trainer.ask(
      (lab) => lab.sweeps.start(request, this.view.command, listener),
      (message) => {
        why = message;
      },
    );
    if (turn !== this.#sweeps) return;
    if (!reply?.ok) {
      const failure = reply ? reply.problem.message : (why ?? sweepText().couldNotBeStarted);
      this.#set({ state: 'failed', failure });
      return;
    }
    this.#started = { sweep, form };
    const curves = new SweepCurves(reply.value);
    const varied = [...Object.keys(sweep.grid ?? {}), ...Object.keys(sweep.random ?? {})];
    // What has been told before this answer came is told again with the next news, since nobody had taken it.
    this.#set({ state: 'training', curves, varied, progress: undefined, leaders: [], end: undefined, gone: false });
    for (const news of this.#early.splice(0)) this.#take(news);
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
    const trial = trialOfCell(started.sweep, curves.plan.cells[cell]);
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
    this.view.curves?.add(trials);
    const { state } = this.view;
    this.#set({
      progress,
      leaders: leaders ?? this.view.leaders,
      end: end ?? undefined,
      state: failure ? 'failed' : end ? 'done' : state,
      failure: failure ?? '',
    });
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
