/**
 * Keeps the page's address in step with the run that is open, and heeds an address that somebody puts in. Written at a
 * pace: browsers refuse an address that changes with every movement of a slider.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { repeated } from '../../spec/changes.ts';
import type { RunView, Source } from '../protocol/messages.ts';
import { rememberLink } from '../shared/tab.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { openLink } from '../trainer/opening/first-opening.ts';
import { linkOf, readLink } from '../trainer/opening/link.ts';
import { effect } from '../ui/observed.ts';

const pace = 500;

export class LinkController implements ReactiveController {
  readonly #trainer: TrainerController;
  readonly #sample: Source;
  #written: RunView | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #end: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, trainer: TrainerController, sample: Source) {
    this.#trainer = trainer;
    this.#sample = sample;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#heed);
    this.#end = effect(() => this.#follow());
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#heed);
    this.#end?.();
    clearTimeout(this.#timer);
  }

  #follow(): void {
    if (this.#trainer.run === this.#written || this.#timer !== undefined) return;
    // The first at once: the page may be reloaded before the pace is over.
    if (this.#written === undefined) this.#write();
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#write();
      }, pace);
  }

  /** The whole address of the run as it is. */
  get address(): string {
    return new URL(this.#link ?? '', location.href).href;
  }

  /** With the settings that the run began with, and what was changed since. */
  get #link(): string | undefined {
    const { initial, trained, run } = this.#trainer;
    return (
      initial &&
      trained &&
      run &&
      linkOf(initial, trained, repeated(run.changes, run.planned) ?? 'unknown', run.engine.plan_code)
    );
  }

  #write(): void {
    this.#written = this.#trainer.run;
    const link = this.#link;
    if (!link) return;
    rememberLink(link);
    history.replaceState(history.state, '', link);
  }

  readonly #heed = (): void => {
    const link = readLink(location.hash);
    if (link) void openLink(this.#trainer, link, this.#sample);
  };
}
