/** The founding report as the page knows it: not begun, training, or there. Its worker lives only while it trains. */
import { proxy, type Remote, wrap } from 'comlink';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Progress } from '../../founding/population.ts';
import { type Said, saidBy } from '../../util/errors.ts';
import type { FoundingAnswer, FoundingSize, FoundingWorker } from '../protocol/founding.ts';
import { carryErrors } from '../shared/thrown.ts';

carryErrors();

export class FoundingController implements ReactiveController {
  state: 'idle' | 'training' | 'stopping' | 'done' | 'failed' = 'idle';
  progress: Progress | undefined;
  answer: FoundingAnswer | undefined;
  failure: Said = '';

  readonly #host: ReactiveControllerHost;
  #worker: { lab: Remote<FoundingWorker>; end: () => void } | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#worker?.end();
    this.#worker = undefined;
  }

  async start(size: FoundingSize): Promise<void> {
    if (this.#worker) return;
    const worker = new Worker(new URL('../worker/founding-worker.ts', import.meta.url), { type: 'module' });
    this.#worker = { lab: wrap<FoundingWorker>(worker), end: () => worker.terminate() };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#ended('failed', event.message);
    });
    this.answer = undefined;
    this.progress = undefined;
    this.#set('training');
    try {
      const heard = (progress: Progress) => {
        this.progress = progress;
        this.#host.requestUpdate();
      };
      this.answer = await this.#worker.lab.report(size, proxy(heard));
      this.#ended('done');
    } catch (error) {
      this.#ended('failed', saidBy(error));
    }
  }

  /** Ends the training; what there is becomes a report. */
  stop(): void {
    if (this.state !== 'training') return;
    void this.#worker?.lab.stop();
    this.#set('stopping');
  }

  #ended(state: 'done' | 'failed', failure: Said = ''): void {
    this.#worker?.end();
    this.#worker = undefined;
    this.failure = failure;
    this.#set(state);
  }

  #set(state: FoundingController['state']): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
