/** The worker that the page talks to: started, asked, and started anew after it has died. */
import { proxy, type Remote, wrap } from 'comlink';
import type { GpuPresence, LabWorker, Update } from './messages.ts';
import type { ViewName } from './views.ts';

export type Lab = Remote<LabWorker>;

/** Whoever hears from the worker. */
export interface WorkerHeard {
  /** How its run stands. It waits for the promise before it says more. */
  receive(update: Update): Promise<void>;
  /** One sentence: why neither the run nor perhaps the worker can go on. */
  fail(message: string): void;
  changed(): void;
}

export class WorkerLink {
  /** Whether the worker has died, and with it all that it held. */
  dead = false;
  presence: GpuPresence | undefined;
  /** The name that the tab is kept under. */
  tab: string | undefined;

  readonly #heard: WorkerHeard;
  #looked: ViewName[] | undefined;
  #worker: Worker | undefined;
  #lab: Lab | undefined;

  constructor(heard: WorkerHeard) {
    this.#heard = heard;
  }

  /** Begins with a new worker. */
  connect(): void {
    this.end();
    this.dead = false;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const lab = wrap<LabWorker>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.#worker !== worker) return;
      this.dead = true;
      const why = event.message ? `: ${event.message.replace(/\.$/, '')}` : '';
      this.#heard.fail(`The training worker stopped${why}. Reset starts a new one.`);
    });
    this.#worker = worker;
    this.#lab = lab;
    if (this.tab !== undefined) void lab.keeping.claim(this.tab);
    void lab.watch(proxy((update: Update) => this.#heard.receive(update)));
    if (this.#looked) void lab.look(this.#looked);
    void lab.presence().then((presence) => {
      this.presence = presence;
      this.#heard.changed();
    });
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#lab = undefined;
  }

  /** Only the views that are open are worked out. */
  look(views: ViewName[]): void {
    this.#looked = views;
    void this.guard(async (lab) => lab.look(views));
  }

  /** What is thrown, other than sentences for a person, ends the run. Undefined where there is no worker. */
  async guard<Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> {
    const lab = this.#lab;
    if (!lab) return undefined;
    try {
      return await request(lab);
    } catch (error) {
      if (this.#lab === lab) this.#heard.fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}
