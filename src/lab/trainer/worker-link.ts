/** The worker that the page talks to: started, asked, and started anew after it has died. */

import { proxy, type Remote, wrap } from 'comlink';
import { page } from '../../messages/en/page.ts';
import { type Said, saidBy } from '../../util/errors.ts';
import { inEnglish, message } from '../../util/message.ts';
import type { GpuPresence, LabWorker, Update } from '../protocol/messages.ts';
import type { ViewName } from '../protocol/views.ts';
import { CancellationScope } from '../shared/cancellation-scope.ts';
import { released } from '../shared/tab.ts';
import { carryErrors } from '../shared/thrown.ts';
import { observed } from '../ui/observed.ts';

carryErrors();

export type Lab = Remote<LabWorker>;

/** Whoever hears from the worker. */
export interface WorkerHeard {
  /** How its run stands. It waits for the promise before it says more. */
  receive(update: Update): Promise<void>;
  /** One sentence: why the run cannot go on. */
  fail(message: Said): void;
  /** The same of the worker, and with it of all that it held. */
  died(message: Said): void;
}

/** What becomes of an error that is no sentence for a person. */
export type Failed = (message: Said) => void;

interface Live {
  worker: Worker;
  lab: Lab;
  ending: CancellationScope;
  ended: AbortController;
}

let workers = 0;

export class WorkerLink {
  /** Whether the worker has died, and with it all that it held. */
  @observed() dead = false;
  @observed() presence: GpuPresence | undefined;
  /** The name that the tab is kept under. */
  tab: string | undefined;

  readonly #heard: WorkerHeard;
  readonly #listeners: (() => void)[] = [];
  #looked: ViewName[] | undefined;
  #pace: number | null = null;
  #live: Live | undefined;

  constructor(heard: WorkerHeard) {
    this.#heard = heard;
  }

  /** Begins with a new worker. */
  connect(): void {
    this.end();
    this.dead = false;
    const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
    const lab = wrap<LabWorker>(worker);
    const live = { worker, lab, ending: new CancellationScope(), ended: new AbortController() };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#died(live, (event.message ?? '').replace(/\.$/, ''));
    });
    this.#live = live;
    void this.#awaitEnd(live);
    if (this.tab !== undefined) void lab.keeping.claim(this.tab);
    // What the one before has said last may come late, and its runs have the same numbers.
    void lab.watch(proxy(async (update: Update) => (this.#live === live ? this.#heard.receive(update) : undefined)));
    if (this.#looked) void lab.look(this.#looked);
    if (this.#pace !== null) void lab.pace(this.#pace);
    void lab.presence().then((presence) => {
      this.presence = presence;
    });
  }

  #died(live: Live, detail: string): void {
    if (this.#live !== live || this.dead) return;
    this.dead = true;
    live.ending.end();
    live.ended.abort();
    this.#lose();
    this.#heard.died(message(page, 'worker_stopped', { detail }));
  }

  /**
   * A worker may end without an event, as where its memory has run out. It holds a lock for as long as it lives, busy or not; where a
   * browser has no locks, nobody notices.
   */
  async #awaitEnd(live: Live): Promise<void> {
    const lock = `perceptron-lab-worker ${this.tab ?? Date.now()} ${++workers}`;
    const { signal } = live.ended;
    try {
      if (!(await live.ending.until(live.lab.hold(lock)))) return;
      await released(lock, signal);
    } catch (error) {
      if (!signal.aborted) console.info('Whether the worker lives is not known:', error);
      return;
    }
    this.#died(live, '');
  }

  end(): void {
    if (!this.#live) return;
    this.#live.worker.terminate();
    this.#live.ending.end();
    this.#live.ended.abort();
    this.#live = undefined;
    this.#lose();
  }

  /** The listener hears whenever what a worker held is gone: it has died, or was replaced. */
  onLoss(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #lose(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Only the views that are open are worked out. */
  look(views: ViewName[]): void {
    this.#looked = views;
    void this.guard((lab) => lab.look(views));
  }

  /** Epochs a second; null is as fast as it can. */
  pace(epochs: number | null): void {
    this.#pace = epochs;
    void this.guard(async (lab) => lab.pace(epochs));
  }

  /** Asks the worker. Undefined where there is none, it dies meanwhile, or it throws what is no sentence for a person. */
  async guard<Result>(request: (lab: Lab) => Promise<Result>, failed: Failed = noted): Promise<Result | undefined> {
    const live = this.#live;
    if (!live) return undefined;
    try {
      return await live.ending.until(request(live.lab));
    } catch (error) {
      if (this.#live === live) failed(saidBy(error));
      return undefined;
    }
  }

  /** The same of what the run needs: it ends where that fails. */
  command<Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> {
    return this.guard(request, (said) => this.#heard.fail(said));
  }
}

/** Nobody asked for it in particular. */
function noted(said: Said): void {
  console.warn('The worker could not answer:', inEnglish(said));
}
