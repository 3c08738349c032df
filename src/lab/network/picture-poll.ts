/**
 * Asks for something that follows the run, at a modest pace, and only while its host is in sight: answers that nobody sees
 * would cost the training time. The pace follows what an answer takes, so that it is never more than a fifth of the time.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pause } from '../../util/promises.ts';

/** At most five answers a second. */
const shortestRest = 200;
const restPerAnswer = 4;

export class PicturePoll<Answer> implements ReactiveController {
  answer: Answer | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #ask: () => Promise<Answer | undefined> | undefined;
  /** What the answer depends on: while it stays the same there is nothing to ask. */
  #moment = '';
  readonly #sight: IntersectionObserver;
  #seen = false;
  #asking = false;
  #answered = '';

  constructor(host: ReactiveControllerHost & HTMLElement, ask: () => Promise<Answer | undefined> | undefined) {
    this.#host = host;
    this.#ask = ask;
    this.#sight = new IntersectionObserver((entries) => {
      this.#seen = entries.some(({ isIntersecting }) => isIntersecting);
      void this.#follow();
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#sight.observe(this.#host);
    document.addEventListener('visibilitychange', this.#shown);
  }

  hostDisconnected(): void {
    this.#sight.disconnect();
    this.#seen = false;
    document.removeEventListener('visibilitychange', this.#shown);
  }

  /** Asks anew where the moment is another. */
  follow(moment: string): void {
    this.#moment = moment;
    void this.#follow();
  }

  readonly #shown = (): void => void this.#follow();

  async #follow(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted()) {
        const moment = this.#moment;
        const begun = performance.now();
        const answer = await this.#ask();
        const took = performance.now() - begun;
        this.#answered = moment;
        if (answer) {
          this.answer = answer;
          this.#host.requestUpdate();
        }
        await pause(Math.max(shortestRest, restPerAnswer * took));
      }
    } finally {
      this.#asking = false;
    }
  }

  #wanted(): boolean {
    return this.#seen && document.visibilityState === 'visible' && this.#moment !== this.#answered;
  }
}
