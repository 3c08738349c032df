/**
 * Owns what the page knows of a fit: the one that trains, and what came of it. Its `view` is a new object at every change.
 */
import { proxy } from 'comlink';
import type { FitProgress } from '../../fit/fit.ts';
import type { FitSettingsInput } from '../../spec/fit-settings.ts';
import type { Said } from '../../util/errors.ts';
import { fitText } from '../i18n/en/later/fit.ts';
import type { FitFile, FitNews } from '../protocol/fit.ts';
import { chosenData, fitCommand } from '../shared/fit-request.ts';
import { legalForm } from '../shared/form.ts';
import { figure } from '../shared/format.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { QueryClient } from '../trainer/query.ts';
import { download, offerModel } from '../ui/download.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { observed } from '../ui/observed.ts';
import { comparedLabel, comparedScore, type FitCommand, type FitView, isBusy, usualSeconds } from './view.ts';

const nothing: FitView = {
  state: 'idle',
  shown: false,
  table: '',
  target: '',
  task: 'regression',
  begun: 0,
  seconds: usualSeconds,
  progress: [],
  end: undefined,
  command: '',
  kept: false,
  gone: false,
  failure: '',
  milestone: '',
};

export class FitController {
  @observed() view: FitView = nothing;

  readonly #trainer: TrainerController;
  /** News of an earlier fit are stale. */
  #fits = 0;

  constructor(trainer: TrainerController) {
    this.#trainer = trainer;
    trainer.worker.onLoss(() => this.#lost());
    // Another table is looked at first.
    trainer.onTable(() => this.view.shown && this.#set({ shown: false }));
  }

  /** Nobody else says that a fit is over whose worker has died or was replaced. */
  #lost(): void {
    this.#fits += 1;
    if (isBusy(this.view)) this.#set(failed(fitText().workerStopped));
    else if (this.view.end) this.#set({ gone: true });
  }

  /** What is worked out on demand of its model. */
  readonly asker: QueryClient = {
    ask: (asked, progress) => this.#trainer.ask((lab) => lab.fits.ask(asked, proxy(progress))),
    cancel: () => void this.#trainer.guard(async (lab) => lab.fits.cancelAsked()),
  };

  dispatch(command: FitCommand): void {
    if (command.do === 'start') void this.start(command.seconds);
    else if (command.do === 'stop') this.stop();
    else if (command.do === 'open') void this.open(command.id);
    else if (command.do === 'save') void this.save(command.name);
    else if (command.do === 'export') void this.#export();
    else if (command.do === 'show' || command.do === 'hide') this.#set({ shown: command.do === 'show' });
  }

  /** @param plan in place of the time, where a fit is to be repeated */
  async start(seconds: number, plan?: FitSettingsInput['plan']): Promise<void> {
    const form = legalForm(this.#trainer.controls.form);
    const { data: table } = this.#trainer;
    if (!form || !table || isBusy(this.view)) return;
    const { data, engine } = form;
    const turn = ++this.#fits;
    const about = { table: table.name, target: data.target, task: table.task };
    this.#set({
      ...nothing,
      ...about,
      state: 'starting',
      shown: true,
      begun: performance.now(),
      seconds,
      milestone: fitText().starts,
    });
    const listener = proxy((news: FitNews) => this.#receive(turn, news));
    let why: Said = fitText().couldNotBeStarted;
    const reply = await this.#trainer.ask(
      (lab) => lab.fits.start({ data: chosenData(data), engine, minutes: seconds / 60, plan }, listener),
      (message) => {
        why = message;
      },
    );
    if (turn !== this.#fits) return;
    if (!reply?.ok) this.#set(failed(reply ? reply.problem.message : why));
    // It may be over before this answer has come.
    else if (this.view.state === 'starting') this.#set({ state: 'looking' });
  }

  /** Shows one that is kept, unless another is looked for just now. */
  async open(id: string): Promise<void> {
    if (isBusy(this.view)) return this.#set({ shown: true });
    const turn = ++this.#fits;
    const found = await this.#trainer.fetch((lab) => lab.fits.open(id));
    if (turn !== this.#fits) return;
    if (found) this.#set({ ...nothing, ...found, state: 'done', shown: true, kept: true });
    else if (!this.#trainer.complaint)
      this.#set({ ...nothing, shown: true, ...failed(fitText().keptNoMore), milestone: '' });
  }

  stop(): void {
    if (this.view.state !== 'starting' && this.view.state !== 'looking') return;
    this.#set({ state: 'stopping' });
    void this.#trainer.guard((lab) => lab.fits.stop());
  }

  async save(name: FitFile): Promise<void> {
    const blob = await this.#file(name);
    if (blob) download(name, blob);
  }

  async #export(): Promise<void> {
    const model = await this.#file('model.safetensors');
    if (model) offerModel('model', new Uint8Array(await model.arrayBuffer()));
  }

  #file(name: FitFile): Promise<Blob | undefined> {
    return this.#trainer.worker.guard(
      (lab) => lab.fits.file(name),
      (failure) => this.#set({ failure }),
    );
  }

  /** Resolves when the page has drawn: the worker waits for that before it sends more. */
  async #receive(turn: number, news: FitNews): Promise<void> {
    if (turn !== this.#fits) return;
    if (news.kind === 'progress') this.#advance(news.progress);
    else if (news.kind === 'failure') this.#set(failed(news.cancelled ? fitText().nothingYet : news.message));
    else {
      const { end } = news;
      const milestone = fitText().found(this.#scores(end));
      this.#set({ state: 'done', end, command: fitCommand(this.view.table), milestone });
    }
    await nextPaint();
  }

  #advance(progress: FitProgress): void {
    const { progress: before, seconds, milestone } = this.view;
    const middle = before.every((known) => known.seconds < seconds / 2) && progress.seconds >= seconds / 2;
    const said = before.length === 0 || middle;
    this.#set({
      progress: [...before, progress],
      milestone: said ? fitText().soFarAloud(this.#scores(progress)) : milestone,
    });
  }

  #scores({ metrics, linear }: Pick<FitProgress, 'metrics' | 'linear'>) {
    return {
      metric: comparedLabel(this.view.task),
      score: figure(comparedScore(metrics)),
      linear: figure(comparedScore(linear)),
    };
  }

  #set(changes: Partial<FitView>): void {
    this.view = { ...this.view, ...changes };
  }
}

function failed(failure: Said): Pick<FitView, 'state' | 'failure' | 'milestone'> {
  return { state: 'failed', failure, milestone: fitText().failedAloud };
}
