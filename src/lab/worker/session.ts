/** One run on the worker's side: what drives it, what it answers, and how it stands, which the page is told. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { type Model, saveModel } from '../../model/model.ts';
import { liveNames } from '../../spec/changes.ts';
import type { LossName } from '../../spec/settings.ts';
import type { LiveChanges, Run } from '../../train/trainer.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import type { EngineView, FinalMetrics, Listener, LiveReply, RunState, Update } from '../protocol/messages.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import type { Answer, Frame, QueryRequest, ViewName } from '../protocol/views.ts';
import { Reports } from './reports.ts';
import { RunDriver } from './run-driver.ts';
import { type RunOf, settingsOfRun, verdictOfSession } from './run-of.ts';
import { Untold } from './untold.ts';
import { Film } from './views/film.ts';
import { PictureSource } from './views/picture-source.ts';
import { rowsOf } from './views/rows.ts';
import { ViewSource } from './views/view-source.ts';
import { noViews } from './views/views-update.ts';

export interface SessionSettings {
  /** Views that the page has open. */
  open?: ViewName[];
  /** Epochs a second; null is as fast as it can. */
  pace?: number | null;
  /** Told of every change of state. */
  moved?: () => void;
  /** Seconds that the run was trained before. */
  seconds?: number;
  /** Views are drawn more finely there. */
  onGpu?: boolean;
  /** Why the page has to forget the records it has: the run goes on from a checkpoint. */
  afresh?: Said;
  /** What trains it from there. */
  engine?: EngineView;
}

export class Session {
  readonly id: number;
  readonly run: Run;
  readonly of: RunOf;
  readonly data: DataSet;
  readonly views: ViewSource;
  readonly driver: RunDriver;
  readonly #picture: PictureSource;
  readonly #film: Film;
  readonly #reports: Reports;
  readonly #untold: Untold;
  /** Whether the page has been told anything. */
  #told = false;
  #metrics: FinalMetrics | null = null;
  #verdict: readonly Notice[] = [];

  constructor(
    id: number,
    run: Run,
    of: RunOf,
    listener: Listener,
    { open, pace = null, moved = () => {}, seconds = 0, onGpu = false, afresh, engine }: SessionSettings = {},
  ) {
    this.id = id;
    this.run = run;
    this.of = of;
    this.data = run.data;
    this.#picture = new PictureSource(run, of.prepared.view.picture);
    this.#film = new Film(run, of.prepared.view.picture);
    this.#untold = new Untold(run, afresh === undefined ? {} : { afresh, engine });
    this.views = new ViewSource(run, open, onGpu);
    this.#reports = new Reports(listener, this);
    const heard = {
      epoch: (epoch: number) => this.#film.take(epoch),
      ended: () => this.#judge(),
      moved: () => {
        moved();
        this.report();
      },
    };
    this.driver = new RunDriver(run, heard, seconds);
    this.driver.pace = pace;
  }

  /** Whether it has been let go. */
  get closed(): boolean {
    return this.driver.closed;
  }

  get running(): boolean {
    return this.driver.running;
  }

  get state(): RunState {
    return this.driver.state;
  }

  get seconds(): number {
    return this.driver.seconds;
  }

  get metrics(): FinalMetrics | null {
    return this.#metrics;
  }

  get failure(): Said | null {
    return this.driver.failure;
  }

  /** The model's curve as it is now, where there is one input. */
  async curve(): Promise<Float64Array | null> {
    return this.grid && this.driver.attempt(() => this.#picture.predictions());
  }

  /** Where a curve is worked out. */
  get grid(): Float64Array | null {
    return this.#picture.grid;
  }

  /** One setting at a time, so that one that is refused does not hold up another. */
  async change(changes: LiveChanges): Promise<LiveReply | undefined> {
    if (this.closed || this.run.outcome) return undefined;
    const refused: LiveReply['refused'] = {};
    for (const name of liveNames.filter((name) => name in changes)) {
      try {
        const changed = await this.driver.attempt(() => this.run.change({ [name]: changes[name] }).then(() => true));
        if (!changed) return undefined;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refused[name] = saidBy(error);
      }
    }
    return { run: this.id, settings: settingsOfRun(this.run), refused };
  }

  /** Nothing is told before the page has asked for the first time: it does not know the run yet, and would lose its records. */
  look(views: ViewName[]): void {
    this.views.look(views);
    if (this.#told) this.report();
  }

  /** Tells the page how things stand. */
  report(): void {
    this.#reports.soon();
  }

  /** The model as it is now, whether or not the run has ended; of one that has, with its scores. */
  async model(): Promise<Uint8Array> {
    const model = await this.snapshot();
    if (this.#metrics) model.origin.metrics = this.#metrics;
    return saveModel(model);
  }

  async snapshot(): Promise<Model> {
    const model = await this.run.snapshot();
    const { base } = this.of.prepared;
    if (base) model.origin.from = base.recorded;
    return model;
  }

  /** Outputs as they are now, in scaled units; undefined where the run is over or failed. */
  async outputs(features: Float32Array, rows: number): Promise<Float32Array | undefined> {
    return (await this.driver.attempt(() => this.run.predict(features, rows))) ?? undefined;
  }

  /** Works something out on demand; undefined where it was cancelled, or the run is over or failed. */
  async ask(asked: QueryRequest, progress: (share: number) => void): Promise<Answer | undefined> {
    if (asked.kind === 'rows') return { kind: asked.kind, rows: rowsOf(this.of.table, asked.places) };
    return (await this.driver.attempt(() => this.views.ask(asked, progress))) ?? undefined;
  }

  /** What the open views show of an epoch that is gone. */
  async frame(epoch: number): Promise<Frame | undefined> {
    const frame = await this.#film.frame(epoch, this.views.open);
    return frame && { run: this.id, ...frame };
  }

  get loss(): LossName {
    return this.run.trials[0].trial.training.loss;
  }

  /** Weights and answers of a few units, as they are now. */
  async network(): Promise<NetworkPicture | undefined> {
    const picture = await this.driver.attempt(() => this.#picture.network());
    return picture ? { run: this.id, ...picture } : undefined;
  }

  async close(): Promise<void> {
    this.views.cancel();
    await this.driver.close();
  }

  /** How good the run that has ended is. */
  async #judge(): Promise<void> {
    const metrics = {
      train: await this.run.metrics('train'),
      validation: await this.run.metrics('validation'),
      test: await this.run.metrics('test'),
    };
    this.#verdict = await verdictOfSession(this.run, this.of, metrics);
    this.#metrics = metrics;
  }

  /** How it stands, with what has not been told yet. */
  async update(): Promise<Update> {
    this.#told = true;
    const predictions = this.views.wants('fit') ? await this.driver.attempt(() => this.#picture.predictions()) : null;
    const views = await this.driver.attempt(() => this.views.gather(this.running));
    return {
      run: this.id,
      state: this.state,
      ...this.driver.measure(),
      ...this.#untold.take(this.run, this.#film.epochs),
      predictions,
      views: views ?? noViews,
      // The state says when the run has ended; until its metrics are there it has not.
      outcome: this.#metrics ? (this.run.outcome ?? null) : null,
      metrics: this.#metrics,
      verdict: this.#verdict,
      failure: this.failure,
    };
  }
}
