/**
 * One run on the worker's side: drives it epoch by epoch as the page asks (play, pause, step), and says
 * how it stands.
 */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { type Model, saveModel } from '../../model/model.ts';
import { liveNames } from '../../spec/changes.ts';
import type { LossName } from '../../spec/settings.ts';
import type { LiveChanges, Run } from '../../train/trainer.ts';
import type { ResolvedTrial } from '../../train/trials.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import type { EngineView, FinalMetrics, Listener, LiveReply, RunState, Update } from '../protocol/messages.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import type { Answer, Frame, QueryRequest, ViewName } from '../protocol/views.ts';
import { Metronome } from './metronome.ts';
import { Reports } from './reports.ts';
import { type RunOf, settingsOfRun, verdictOfSession } from './run-of.ts';
import { Speed } from './speed.ts';
import { Film } from './views/film.ts';
import { PictureSource } from './views/picture-source.ts';
import { rowsOf } from './views/rows.ts';
import { ViewSource } from './views/view-source.ts';
import { noViews } from './views/views-update.ts';

/** A lost device says so itself, a moment after what was under way on it has failed; then the run may be taken up again. */
const lossTold = 400;
/** A pause waits this long for the epoch in progress. */
const longestFinish = 100;

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
  /** Whether it has been let go. */
  closed = false;
  readonly #picture: PictureSource;
  readonly #film: Film;
  readonly #metronome = new Metronome();
  readonly #reports: Reports;

  #state: RunState = 'ready';
  /** Epochs still asked for: none while held, one for a step, no end while playing. */
  #wanted = 0;
  #driving = false;

  #recordsSent = 0;
  /** Whether the page has been told anything. */
  #told = false;
  #framesSent: readonly number[] = [];
  #planSent: string | undefined;
  /** Settings are told where they have changed. */
  #trialSent: ResolvedTrial;
  readonly #speed: Speed;
  readonly #moved: () => void;
  #afresh: Pick<Update, 'afresh' | 'engine'>;
  #held = false;
  #metrics: FinalMetrics | null = null;
  #verdict: readonly Notice[] = [];
  #failure: Said | null = null;

  constructor(
    id: number,
    run: Run,
    of: RunOf,
    listener: Listener,
    { open, pace = null, moved = () => {}, seconds = 0, onGpu = false, afresh, engine }: SessionSettings = {},
  ) {
    this.id = id;
    this.#moved = moved;
    this.#speed = new Speed(seconds);
    this.#afresh = afresh === undefined ? {} : { afresh, engine };
    this.run = run;
    this.#trialSent = run.trials[0].trial;
    this.#planSent = run.planCode;
    this.of = of;
    this.data = run.data;
    this.#picture = new PictureSource(run, of.prepared.view.picture);
    this.#film = new Film(run, of.prepared.view.picture);
    this.#metronome.rate = pace;
    this.views = new ViewSource(run, open, onGpu);
    this.#reports = new Reports(listener, this);
  }

  get running(): boolean {
    return this.#state === 'running';
  }

  get state(): RunState {
    return this.#state;
  }

  get seconds(): number {
    return this.#speed.seconds;
  }

  get metrics(): FinalMetrics | null {
    return this.#metrics;
  }

  get failure(): Said | null {
    return this.#failure;
  }

  /** The model's curve as it is now, where there is one input. */
  async curve(): Promise<Float64Array | null> {
    return this.grid && this.#attempt(() => this.#picture.predictions());
  }

  /** Where a curve is worked out. */
  get grid(): Float64Array | null {
    return this.#picture.grid;
  }

  /** A run that was resumed stands where it was. */
  async settle(): Promise<void> {
    if (this.run.outcome) await this.#arrive();
    else if (this.run.stepsDone > 0) this.#setState('paused');
  }

  play(): void {
    this.#go(Number.POSITIVE_INFINITY);
  }

  step(): void {
    this.#go(1);
  }

  /** Holds at the end of the epoch where that is near, so that what is shown is what was recorded; else halfway. */
  pause(): void {
    if (this.#state !== 'running') return;
    this.#wanted = 0;
    setTimeout(() => {
      if (this.closed || this.#wanted > 0 || this.#state !== 'running') return;
      this.run.pause();
      this.#setState('paused');
    }, longestFinish);
  }

  /** Stands still, which the page is not told: it is for a moment. */
  rest(): void {
    if (!this.running) return;
    this.run.pause();
    this.#speed.stop();
  }

  /** Goes on, unless it was paused meanwhile. */
  rested(): void {
    if (!this.running) return;
    this.#speed.start();
    this.run.resume();
  }

  /** One setting at a time, so that one that is refused does not hold up another. */
  async change(changes: LiveChanges): Promise<LiveReply | undefined> {
    if (this.closed || this.run.outcome) return undefined;
    const refused: LiveReply['refused'] = {};
    for (const name of liveNames.filter((name) => name in changes)) {
      try {
        const changed = await this.#attempt(() => this.run.change({ [name]: changes[name] }).then(() => true));
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

  fail(message: Said): void {
    if (this.closed || this.#held || this.#state === 'failed') return;
    this.#wanted = 0;
    this.#failure = message;
    this.#setState('failed');
  }

  /** Its device is gone and another is on its way: failing waits. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
  }

  #failSoon(error: unknown): void {
    setTimeout(() => this.fail(saidBy(error)), lossTold);
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
    return (await this.#attempt(() => this.run.predict(features, rows))) ?? undefined;
  }

  /** Works something out on demand; undefined where it was cancelled, or the run is over or failed. */
  async ask(asked: QueryRequest, progress: (share: number) => void): Promise<Answer | undefined> {
    if (asked.kind === 'rows') return { kind: asked.kind, rows: rowsOf(this.of.table, asked.places) };
    return (await this.#attempt(() => this.views.ask(asked, progress))) ?? undefined;
  }

  /** Epochs a second; null is as fast as it can. */
  set pace(rate: number | null) {
    this.#metronome.rate = rate;
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
    const picture = await this.#attempt(() => this.#picture.network());
    return picture ? { run: this.id, ...picture } : undefined;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.#wanted = 0;
    this.#metronome.wake();
    this.views.cancel();
    // A lost device may refuse to be tidied up after; the run is gone either way.
    await this.run.destroy().catch(() => {});
  }

  #go(epochs: number): void {
    if (this.closed || this.run.outcome || this.#state === 'failed') return;
    this.#wanted = epochs;
    this.run.resume();
    this.#setState('running');
    if (!this.#driving) void this.#drive();
  }

  /** An epoch that was held halfway counts as one when it is finished. */
  async #drive(): Promise<void> {
    this.#driving = true;
    try {
      if (this.run.stepsDone === 0) await this.#film.take(0);
      while (this.#wanted > 0 && (await this.run.epoch())) {
        this.#wanted -= 1;
        this.#speed.add(this.run.stepsDone);
        if (this.run.outcome) continue;
        await this.#film.take(this.run.history.length);
        if (this.#metronome.waits && this.#wanted > 0) await this.#rest();
      }
      if (!this.closed) await this.#arrive();
    } catch (error) {
      this.#failSoon(error);
    } finally {
      this.#driving = false;
    }
  }

  /** Until the next epoch is due, which is no time of training. */
  async #rest(): Promise<void> {
    this.#speed.stop();
    await this.#metronome.turn();
    if (this.running) this.#speed.start();
  }

  async #arrive(): Promise<void> {
    // What comes after the last epoch is no time of training.
    this.#speed.stop();
    const { outcome } = this.run;
    if (outcome) {
      const metrics = {
        train: await this.run.metrics('train'),
        validation: await this.run.metrics('validation'),
        test: await this.run.metrics('test'),
      };
      this.#verdict = await verdictOfSession(this.run, this.of, metrics);
      this.#metrics = metrics;
      this.#setState(outcome.stopped === 'diverged' ? 'diverged' : 'done');
    } else {
      this.#setState(this.#state === 'running' ? 'paused' : this.#state);
    }
  }

  #setState(state: RunState): void {
    this.#state = state;
    if (state === 'running') this.#speed.start();
    else this.#speed.stop();
    this.#moved();
    this.report();
  }

  /** How it stands, with what has not been told yet. */
  async update(): Promise<Update> {
    this.#told = true;
    const predictions = this.views.wants('fit') ? await this.#attempt(() => this.#picture.predictions()) : null;
    const views = await this.#attempt(() => this.views.gather(this.#state === 'running'));
    this.#speed.add(this.run.stepsDone);
    const { history, outcome } = this.run;
    const records = history.slice(this.#recordsSent);
    this.#recordsSent = history.length;
    const { epochs: frames } = this.#film;
    const filmed = frames !== this.#framesSent;
    this.#framesSent = frames;
    const afresh = this.#afresh;
    this.#afresh = {};
    const [{ trial }] = this.run.trials;
    const { planCode: plan_code } = this.run;
    const planned = plan_code !== this.#planSent;
    this.#planSent = plan_code;
    const changed = trial !== this.#trialSent;
    this.#trialSent = trial;
    return {
      run: this.id,
      state: this.#state,
      records,
      seconds: this.#speed.seconds,
      steps_per_second: this.#speed.rate,
      predictions,
      views: views ?? noViews,
      // The state says when the run has ended; until its metrics are there it has not.
      outcome: this.#metrics ? (outcome ?? null) : null,
      metrics: this.#metrics,
      verdict: this.#verdict,
      failure: this.#failure,
      ...(changed && { settings: settingsOfRun(this.run) }),
      ...(planned && { plan_code }),
      ...(filmed && { frames }),
      ...afresh,
    };
  }

  /** What the engine cannot answer ends the run, unless that was let go of just then, or its device is lost. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    if (this.closed || this.#failure) return null;
    try {
      return await work();
    } catch (error) {
      // A sentence for a person says nothing against the run.
      if (error instanceof InputError) throw error;
      this.#failSoon(error);
      return null;
    }
  }
}
