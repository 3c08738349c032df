/**
 * Owns what the page knows of predicting: the row that is asked about, the answer, which follows the run as it trains,
 * and the file that is predicted for. Its `view` is a new object at every change.
 */

import { proxy } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Said } from '../../util/errors.ts';
import { text } from '../i18n/text.ts';
import type { Batch, BatchProgress, PredictForm, Prediction, ProbeRow } from '../protocol/predict.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { Lab } from '../trainer/worker-link.ts';
import { download } from '../ui/download.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import type { Loader } from '../ui/loader.ts';
import { computed, effect, observed } from '../ui/observed.ts';
import { RowExplainer, unexplained } from './row-explainer.ts';
import type { PredictCommand, PredictView } from './view.ts';

/** Names of runs that went on from others have theirs in them. */
const longestName = 60;

export class PredictController implements ReactiveController {
  @observed() view: PredictView = {
    open: false,
    form: undefined,
    row: {},
    prediction: undefined,
    problem: undefined,
    modelProblem: '',
    progress: undefined,
    batch: undefined,
    batchProblem: '',
    why: unexplained,
  };

  readonly #trainer: TrainerController;
  readonly #loader: Loader;
  readonly #questions = new LatestOnly();
  readonly #explainer: RowExplainer;
  /** What was last asked about. */
  #latest: unknown;
  #run: number | undefined;
  #end: (() => void) | undefined;
  #batches = 0;

  constructor(host: ReactiveControllerHost, trainer: TrainerController, loader: Loader) {
    this.#loader = loader;
    this.#trainer = trainer;
    this.#explainer = new RowExplainer(trainer, (why) => this.#set({ why }));
    host.addController(this);
    trainer.worker.onLoss(() => this.#lost());
  }

  hostConnected(): void {
    this.#end = effect(() => this.#follow());
  }

  hostDisconnected(): void {
    this.#end?.();
  }

  /** A model that was loaded is gone with the worker. */
  #lost(): void {
    this.#run = undefined;
    this.#explainer.forget();
    if (this.view.form) this.#set({ form: undefined, prediction: undefined, progress: undefined });
  }

  /** Follows the run: a new one may want other columns, and every update is another answer. */
  #follow(): void {
    if (!this.view.open || this.#trainer.worker.dead) return;
    const { run, latest } = this.#trainer;
    const ofRun = this.view.form?.of.kind !== 'model';
    if (ofRun && run && run.id !== this.#run) void this.#renew();
    else if (ofRun && latest !== this.#latest) this.#ask();
    this.#latest = latest;
  }

  /** What the views mark; the same object for as long as this view of things is. */
  get probe(): ProbeRow | undefined {
    return this.#probe();
  }

  readonly #probe = computed(() => probeRow(this.view));

  dispatch(command: PredictCommand): void {
    if (command.do === 'look') this.#look(command.open);
    else if (command.do === 'type') this.#type(command.column, command.text);
    else if (command.do === 'load') void this.#load(command.files);
    else if (command.do === 'batch') void this.#batch(command.file);
    else if (command.do === 'forget') void this.#forget();
    else if (command.do === 'usual') this.#usual();
    else if (command.do === 'explain') void this.#explainer.explain(this.view.row);
    else if (command.do === 'unexplain') this.#explainer.forget();
    else if (command.do === 'save') this.#save();
    else void this.#trainer.guard((lab) => lab.predictions.cancel());
  }

  /** Predicts with the best model of a combination of the sweep. */
  openSweep(cell: number, name: string): Promise<void> {
    return this.#open((lab) => lab.predictions.open(cell, name));
  }

  /** Predicts with the best model that a fit has found. */
  openBest(name: string): Promise<void> {
    return this.#open((lab) => lab.predictions.openBest(name));
  }

  /** The next run goes on from the model that answers. @param run what the run is called, where it is that */
  async trainOn(run: string): Promise<void> {
    const { of } = this.view.form ?? {};
    const name = of?.kind === 'model' ? of.name : run;
    const part = await this.#loader.load(() => import('../trainer/base-model.ts'));
    if (part) this.#set({ modelProblem: (await part.goOnFrom(this.#trainer, name.slice(0, longestName))) ?? '' });
  }

  /** Asks about a row of the table. @param cells by column */
  async openRow(cells: Readonly<Record<string, string>>): Promise<void> {
    if (!this.view.open || !this.view.form) {
      this.#set({ open: true });
      await this.#renew();
    }
    const fields = this.view.form?.fields ?? [];
    this.#set({ row: Object.fromEntries(fields.map(({ column }) => [column, cells[column] ?? ''])) });
    this.#ask();
  }

  async #open(request: (lab: Lab) => Promise<PredictForm>): Promise<void> {
    if (!(await this.#elements())) return;
    const form = await this.#trainer.fetch(request);
    if (form) this.#take(form, true);
  }

  #look(open: boolean): void {
    if (open === this.view.open) return;
    this.#set({ open });
    if (open) void this.#renew();
  }

  async #renew(): Promise<void> {
    this.#run = this.#trainer.run?.id;
    if (!(await this.#elements())) return;
    const form = await this.#trainer.guard((lab) => lab.predictions.form());
    if (form) this.#take(form, this.view.open);
  }

  /** Loaded when somebody first predicts. */
  async #elements(): Promise<boolean> {
    const part = await this.#loader.load(() => import('./elements.ts'));
    part?.definePredictElements();
    return part !== undefined;
  }

  /** What was typed stays where the model asks for the same. */
  #take(form: PredictForm, open: boolean): void {
    const known = new Map(this.view.form?.fields.map((field) => [field.column, JSON.stringify(field)]));
    const row = Object.fromEntries(
      form.fields.map((field) => {
        const kept = known.get(field.column) === JSON.stringify(field) ? this.view.row[field.column] : undefined;
        return [field.column, kept ?? field.start];
      }),
    );
    this.#explainer.forget();
    this.#set({ form, row, open, prediction: undefined, problem: undefined, modelProblem: '' });
    this.#ask();
  }

  #type(column: string, text: string): void {
    this.#explainer.forget();
    this.#set({ row: { ...this.view.row, [column]: text } });
    this.#ask();
  }

  #usual(): void {
    this.#explainer.forget();
    const fields = this.view.form?.fields ?? [];
    this.#set({ row: Object.fromEntries(fields.map(({ column, start }) => [column, start])) });
    this.#ask();
  }

  /** A slider moves fast, and so does training. */
  #ask(): void {
    this.#questions.ask(async () => {
      const { row, form, open } = this.view;
      if (!open || !form) return;
      const reply = await this.#trainer.ask<Prediction | undefined>((lab) => lab.predictions.ask(row));
      if (!reply || form !== this.view.form) return;
      if (!reply.ok) this.#set({ problem: reply.problem, prediction: undefined });
      else if (reply.value) this.#set({ prediction: reply.value, problem: undefined });
    });
  }

  async #load(files: readonly File[]): Promise<void> {
    const failed = (modelProblem: Said) => this.#set({ modelProblem });
    const reply = await this.#trainer.ask<PredictForm>((lab) => lab.predictions.load(files), failed);
    if (reply?.ok) this.#take(reply.value, true);
    else if (reply) this.#set({ modelProblem: reply.problem.message });
  }

  async #forget(): Promise<void> {
    await this.#trainer.guard((lab) => lab.predictions.forget());
    await this.#renew();
  }

  async #batch(file: File): Promise<void> {
    const turn = ++this.#batches;
    const { name } = file;
    this.#set({ batch: undefined, batchProblem: '', progress: { doing: 'reading', share: 0, name } });
    const tell = proxy((progress: BatchProgress) => {
      if (turn === this.#batches && this.view.progress) this.#set({ progress: { ...progress, name } });
    });
    let why: Said | undefined;
    const failed = (message: Said) => {
      why = message;
    };
    const reply = await this.#trainer.ask<Batch | undefined>((lab) => lab.predictions.batch(file, tell), failed);
    if (turn !== this.#batches) return;
    const batchProblem = reply ? (reply.ok ? '' : reply.problem.message) : (why ?? text.predict.workerStopped);
    this.#set({ progress: undefined, batch: reply?.ok ? reply.value : undefined, batchProblem });
  }

  #save(): void {
    const { batch } = this.view;
    if (batch) download(batch.name, batch.csv);
  }

  #set(changes: Partial<PredictView>): void {
    this.view = { ...this.view, ...changes };
  }
}

/** Nothing that another table's model says. */
function probeRow({ open, form, prediction }: PredictView): ProbeRow | undefined {
  const [answer] = prediction?.answers ?? [];
  if (!open || !prediction || !answer || form?.of.kind !== 'run') return undefined;
  return {
    at: prediction.at,
    value: answer.kind === 'number' ? answer.value : null,
    chosen: answer.kind === 'classes' ? answer.chosen : null,
  };
}
