/**
 * The run that is open, and how the page wants it: which views it looks at and at what pace, also of later runs; and that it
 * goes on when what holds it has ended. One thing trains at a time.
 */
import type { Engine } from '../../engine/engine.ts';
import type { Listener } from '../protocol/messages.ts';
import type { ViewName } from '../protocol/views.ts';
import type { StartedRun } from './own-engine.ts';
import type { RunOf } from './run-of.ts';
import { Session, type SessionSettings } from './session.ts';

export class SingleRun {
  /** Told how the run stands. */
  listener: Listener = () => {};
  #session: Session | undefined;
  #views: ViewName[] | undefined;
  #pace: number | null = null;
  /** Whether it goes on when what holds it has ended. */
  #goesOn = false;
  readonly #isHeld: () => boolean;

  /** @param isHeld whether something else trains */
  constructor(isHeld: () => boolean) {
    this.#isHeld = isHeld;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The one that trains on this engine, if it does. */
  on(engine: Engine): Session | undefined {
    return this.#session?.run.engine === engine ? this.#session : undefined;
  }

  get running(): boolean {
    return this.#session?.running ?? false;
  }

  play(): void {
    if (this.#isHeld()) this.#goesOn = true;
    else this.#session?.driver.play();
  }

  pause(): void {
    this.#goesOn = false;
    this.#session?.driver.pause();
  }

  step(): void {
    if (!this.#isHeld()) this.#session?.driver.step();
  }

  /** Something else begins to train. */
  hold(): void {
    this.#goesOn = this.running;
    this.#session?.driver.pause();
  }

  /** It has ended. */
  release(): void {
    if (this.#goesOn) this.#session?.driver.play();
  }

  look(views: ViewName[]): void {
    this.#views = [...views];
    this.#session?.look(views);
  }

  /** Epochs a second; null is as fast as it can. */
  pace(epochs: number | null): void {
    this.#pace = epochs;
    if (this.#session) this.#session.driver.pace = epochs;
  }

  /** It stands still while this is done, and goes on where it fails: else another run follows. */
  async still<Value>(work: () => Promise<Value>): Promise<Value> {
    const session = this.#session;
    session?.driver.rest();
    try {
      return await work();
    } catch (error) {
      session?.driver.rested();
      throw error;
    }
  }

  /** Lets go of it: another run follows. */
  async leave(): Promise<void> {
    await this.#session?.close();
    this.#goesOn = false;
  }

  /** From now on it is this one. */
  follow(id: number, { run, trainer }: StartedRun, of: RunOf, settings: SessionSettings): Session {
    this.#session = new Session(id, run, of, this.listener, {
      open: this.#views,
      pace: this.#pace,
      onGpu: trainer.kind === 'webgpu' && !trainer.software,
      ...settings,
    });
    return this.#session;
  }
}
