/** Shows a run as it was at an epoch that is gone, or at all of them in turn; and how fast it trains for those who watch. */

import { createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pause } from '../../util/promises.ts';
import { text } from '../i18n/text.ts';
import type { Frame } from '../protocol/views.ts';
import { count, figure } from '../shared/format.ts';
import { headlineOf, scoreAt } from '../shared/scores.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { nextPaint } from '../ui/next-paint.ts';
import { computed, effect, observed } from '../ui/observed.ts';
import type { TrainerController } from './controller.ts';
import type { ViewsState } from './views-state.ts';

/** Of a replay at full speed. */
const replayMilliseconds = 3000;
/** For those who want little motion: still pictures, a moment each. */
const stills = 6;
const stillMilliseconds = 700;

/** What a run comes to in one number. */
export interface Headline {
  label: string;
  score: number | undefined;
  /** In words, with its epoch. */
  standing: string;
}

export const replayContext = createContext<ReplayController>('replay');

export class ReplayController implements ReactiveController {
  /** What is shown; undefined for the newest. */
  @observed() frame: Frame | undefined;
  @observed() playing = false;
  /** Epochs a second; null is as fast as it can. */
  @observed() pace: number | null = null;

  readonly #trainer: TrainerController;
  readonly #questions = new LatestOnly();
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  /** Where in the frames; undefined for the newest. */
  @observed() private seen: number | undefined;
  /** A replay that begins later, or what somebody seeks, ends one before. */
  #turn = 0;
  #ends: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, trainer: TrainerController) {
    this.#trainer = trainer;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ends = effect(() => this.#follow());
  }

  hostDisconnected(): void {
    this.#ends?.();
  }

  /** Training goes on with what is newest, and another run has other frames. */
  #follow(): void {
    const { state, run } = this.#trainer;
    if (this.seen === undefined) return;
    if (state === 'running' || (this.frame && this.frame.run !== run?.id)) this.#end();
  }

  /** Among the frames, of which the newest, beyond the last, is no frame. */
  get place(): number {
    return this.seen ?? this.#trainer.frames.length;
  }

  get views(): ViewsState {
    return this.#views();
  }

  readonly #views = computed(() => {
    const { views } = this.#trainer;
    return this.frame ? views.with(this.frame.views) : views;
  });

  get predictions(): Float64Array | null {
    return this.frame ? this.frame.predictions : this.#trainer.predictions;
  }

  /** Of what is shown; 0 where nothing has trained. */
  get epoch(): number {
    return this.frame?.epoch ?? this.#trainer.history.last?.number ?? 0;
  }

  /** The metric that the run is summed up by, of the validation rows, and in words after which epoch. */
  get headline(): Headline {
    return this.#headline();
  }

  readonly #headline = computed((): Headline => {
    const { frame } = this;
    const { history, latest, run, data, weightsEpoch } = this.#trainer;
    const table = run?.data ?? data;
    const newest = latest?.metrics ? latest.metrics.validation : history.last?.validation;
    const metrics = frame ? history.records[frame.epoch - 1]?.validation : newest;
    const { label, ...rest } = headlineOf(table?.task ?? 'regression', table?.baseline.train, metrics);
    const score = scoreAt(metrics, { label, ...rest });
    const epoch = count(frame?.epoch ?? weightsEpoch);
    const standing =
      score === undefined
        ? text.common.afterEpoch(epoch)
        : text.app.afterEpochValidation({ epoch, metric: label, score: figure(score) });
    return { label, score, standing };
  });

  setPace(pace: number | null): void {
    this.pace = pace;
    this.#trainer.worker.pace(pace);
  }

  seek(place: number): void {
    this.#turn += 1;
    this.playing = false;
    if (place >= this.#trainer.frames.length) {
      this.#end();
      return;
    }
    this.seen = place;
    this.#questions.ask(() => this.#show(place));
  }

  /** Other views are open: what they show of the epoch is another frame. */
  looked(): void {
    if (this.seen !== undefined && !this.playing) this.seek(this.seen);
  }

  toggle(): void {
    if (this.playing) this.seek(this.place);
    else if (this.#trainer.frames.length > 0 && this.#trainer.state !== 'running') void this.#play();
  }

  async #play(): Promise<void> {
    const turn = ++this.#turn;
    const { frames } = this.#trainer;
    this.playing = true;
    const every = this.#still.matches ? Math.ceil(frames.length / stills) : 1;
    for (let place = this.seen ?? 0; place < frames.length; place += every) {
      const begun = performance.now();
      this.seen = place;
      await this.#show(place);
      await nextPaint();
      await pause(this.#milliseconds(place) - (performance.now() - begun));
      if (turn !== this.#turn) return;
    }
    this.#end();
  }

  /** How long a frame stays. */
  #milliseconds(place: number): number {
    const { frames } = this.#trainer;
    if (this.#still.matches) return stillMilliseconds;
    if (this.pace === null) return replayMilliseconds / frames.length;
    return (1000 * ((frames[place + 1] ?? frames[place] + 1) - frames[place])) / this.pace;
  }

  async #show(place: number): Promise<void> {
    const epoch = this.#trainer.frames[place];
    const frame = await this.#trainer.guard((lab) => lab.frame(epoch));
    if (this.seen !== place || frame?.run !== this.#trainer.run?.id) return;
    this.frame = frame;
  }

  #end(): void {
    this.#turn += 1;
    this.seen = undefined;
    this.frame = undefined;
    this.playing = false;
  }
}
