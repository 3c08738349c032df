/**
 * One question to the worker on behalf of a component: how far it has come, its answer, and a way to end it. A question
 * that is asked anew, or whose component is gone, is cancelled.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Said } from '../../util/errors.ts';
import type { Reply } from '../protocol/messages.ts';
import type { Answer, QueryRequest } from '../protocol/views.ts';

/** How a component reaches the worker; undefined comes back where the worker died or the question was cancelled. */
export interface QueryClient {
  ask(asked: QueryRequest, progress: (share: number) => void): Promise<Reply<Answer | undefined> | undefined>;
  cancel(): void;
}

export class Query implements ReactiveController {
  /** The share that is done, while something is worked out. */
  share: number | undefined;
  answer: Answer | undefined;
  problem: Said | undefined;

  readonly #host: ReactiveControllerHost;
  #turn = 0;
  #asker: QueryClient | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  async start(asker: QueryClient, asked: QueryRequest): Promise<void> {
    const turn = ++this.#turn;
    this.#asker = asker;
    this.share = 0;
    this.problem = undefined;
    this.#host.requestUpdate();
    const reply = await asker.ask(asked, (share) => {
      // Progress goes another way than the answer, and may come after it.
      if (turn !== this.#turn || this.share === undefined) return;
      this.share = share;
      this.#host.requestUpdate();
    });
    if (turn !== this.#turn) return;
    this.share = undefined;
    if (reply?.ok) this.answer = reply.value ?? this.answer;
    else this.problem = reply?.problem.message;
    this.#host.requestUpdate();
  }

  /** Whether there is an answer, or one is being worked out. */
  get begun(): boolean {
    return this.answer !== undefined || this.share !== undefined;
  }

  cancel(): void {
    if (this.share === undefined) return;
    this.#turn += 1;
    this.share = undefined;
    this.#asker?.cancel();
    this.#host.requestUpdate();
  }

  /** What was said of another run says nothing of this one. */
  forget(): void {
    this.cancel();
    if (this.answer === undefined && this.problem === undefined) return;
    this.answer = undefined;
    this.problem = undefined;
    this.#host.requestUpdate();
  }
}
