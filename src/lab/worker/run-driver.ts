/**
 * Trains a run epoch by epoch, as far as it is asked to (play, pause, step), and knows in which state it is. What fails on
 * its engine ends it.
 */
import type { Run } from '../../train/trainer.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import type { RunState, Update } from '../protocol/messages.ts';
import { Metronome } from './metronome.ts';
import { Speed } from './speed.ts';

/** A lost device says so itself, a moment after what was under way on it has failed; then the run may be taken up again. */
const lossTold = 400;
/** A pause waits this long for the epoch in progress. */
const longestFinish = 100;

/** What of a run is driven. */
export type DrivenRun = Pick<Run, 'destroy' | 'epoch' | 'history' | 'outcome' | 'pause' | 'resume' | 'stepsDone'>;

export interface DriverHeard {
  /** At the end of each epoch but the last, and before the first: training waits for it. */
  epoch(number: number): Promise<void>;
  /** The run has ended; it says so when this is done. */
  ended(): Promise<void>;
  /** It has come to another state. */
  moved(): void;
}

export class RunDriver {
  /** Whether it has been let go. */
  closed = false;
  readonly #run: DrivenRun;
  readonly #heard: DriverHeard;
  readonly #metronome = new Metronome();
  readonly #speed: Speed;
  #state: RunState = 'ready';
  /** Epochs still asked for: none while held, one for a step, no end while playing. */
  #wanted = 0;
  #driving = false;
  /** Whether failing waits. */
  #held = false;
  #failure: Said | null = null;

  /** @param seconds that the run was trained before */
  constructor(run: DrivenRun, heard: DriverHeard, seconds = 0) {
    this.#run = run;
    this.#heard = heard;
    this.#speed = new Speed(seconds);
  }

  get state(): RunState {
    return this.#state;
  }

  get running(): boolean {
    return this.#state === 'running';
  }

  get failure(): Said | null {
    return this.#failure;
  }

  /** Of training, pauses left out. */
  get seconds(): number {
    return this.#speed.seconds;
  }

  /** How long it has trained, and how fast it does just now. */
  measure(): Pick<Update, 'seconds' | 'steps_per_second'> {
    this.#speed.add(this.#run.stepsDone);
    return { seconds: this.#speed.seconds, steps_per_second: this.#speed.rate };
  }

  /** Epochs a second; null is as fast as it can. */
  set pace(rate: number | null) {
    this.#metronome.rate = rate;
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
      this.#run.pause();
      this.#setState('paused');
    }, longestFinish);
  }

  /** Stands still, which nobody is told: it is for a moment. */
  rest(): void {
    if (!this.running) return;
    this.#run.pause();
    this.#speed.stop();
  }

  /** Goes on, unless it was paused meanwhile. */
  rested(): void {
    if (!this.running) return;
    this.#speed.start();
    this.#run.resume();
  }

  /** A run that was resumed stands where it was. */
  async settle(): Promise<void> {
    if (this.#run.outcome) await this.#arrive();
    else if (this.#run.stepsDone > 0) this.#setState('paused');
  }

  /** Its device is gone and another is on its way: failing waits. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
  }

  fail(message: Said): void {
    if (this.closed || this.#held || this.#state === 'failed') return;
    this.#wanted = 0;
    this.#failure = message;
    this.#setState('failed');
  }

  /**
   * Asks the engine something. What it cannot answer ends the run, unless that was let go of just then, or its device is
   * lost. @returns null where there is no answer
   */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
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

  /** Lets go of the run. */
  async close(): Promise<void> {
    this.closed = true;
    this.#wanted = 0;
    this.#metronome.wake();
    // A lost device may refuse to be tidied up after; the run is gone either way.
    await this.#run.destroy().catch(() => {});
  }

  #go(epochs: number): void {
    if (this.closed || this.#run.outcome || this.#state === 'failed') return;
    this.#wanted = epochs;
    this.#run.resume();
    this.#setState('running');
    if (!this.#driving) void this.#drive();
  }

  /** An epoch that was held halfway counts as one when it is finished. */
  async #drive(): Promise<void> {
    this.#driving = true;
    try {
      if (this.#run.stepsDone === 0) await this.#heard.epoch(0);
      while (this.#wanted > 0 && (await this.#run.epoch())) {
        this.#wanted -= 1;
        this.#speed.add(this.#run.stepsDone);
        if (this.#run.outcome) continue;
        await this.#heard.epoch(this.#run.history.length);
        if (this.#metronome.waits && this.#wanted > 0) await this.#awaitTurn();
      }
      if (!this.closed) await this.#arrive();
    } catch (error) {
      this.#failSoon(error);
    } finally {
      this.#driving = false;
    }
  }

  /** Until the next epoch is due, which is no time of training. */
  async #awaitTurn(): Promise<void> {
    this.#speed.stop();
    await this.#metronome.turn();
    if (this.running) this.#speed.start();
  }

  async #arrive(): Promise<void> {
    // What comes after the last epoch is no time of training.
    this.#speed.stop();
    const { outcome } = this.#run;
    if (outcome) {
      await this.#heard.ended();
      this.#setState(outcome.stopped === 'diverged' ? 'diverged' : 'done');
    } else {
      this.#setState(this.#state === 'running' ? 'paused' : this.#state);
    }
  }

  #setState(state: RunState): void {
    this.#state = state;
    if (state === 'running') this.#speed.start();
    else this.#speed.stop();
    this.#heard.moved();
  }

  #failSoon(error: unknown): void {
    setTimeout(() => this.fail(saidBy(error)), lossTold);
  }
}
