/**
 * The part of the worker that fits: one fit at a time, on the engine of the single run or one of its own, while that run is
 * held.
 */
import { type ProxyMarked, proxyMarker } from 'comlink';
import type { Engine } from '../../../engine/engine.ts';
import type { Model } from '../../../model/model.ts';
import type { FitFile, FitNews, FitRequest, FitService } from '../../protocol/fit.ts';
import type { Reply } from '../../protocol/messages.ts';
import type { SweepHost } from '../sweep/service.ts';
import type { FitJob } from './job.ts';

export class Fits implements FitService, ProxyMarked {
  readonly [proxyMarker] = true;
  readonly #host: Omit<SweepHost, 'prepare'>;
  #job: FitJob | undefined;
  #running: Promise<void> | undefined;

  constructor(host: Omit<SweepHost, 'prepare'>) {
    this.#host = host;
  }

  /** Whether a fit trains. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  start(request: FitRequest, listener: (news: FitNews) => Promise<void> | void): Promise<Reply<null>> {
    return this.#host.serially(async () => {
      // Loaded when somebody fits.
      const { FitJob } = await import('./job.ts');
      const table = this.#host.table();
      await this.end();
      await this.#host.alone();
      const engine = await this.#host.engine(request.engine);
      const job = new FitJob(engine, table, request, listener);
      this.#job = job;
      this.#host.hold();
      this.#running = job.run().finally(() => {
        this.#running = undefined;
        this.#host.done(engine);
        this.#host.release();
      });
      return null;
    });
  }

  stop(): void {
    if (this.busy) this.#job?.stop();
  }

  /** Ends what trains, and waits for that. */
  async end(): Promise<void> {
    this.stop();
    await this.#running;
  }

  /** The same of one that trains on this engine, whose device is lost. */
  async endOn(engine: Engine): Promise<void> {
    if (this.#job?.engine === engine) await this.end();
  }

  async file(name: FitFile): Promise<Blob> {
    return this.#ended().file(name);
  }

  model(): Model {
    return this.#ended().model;
  }

  #ended(): FitJob {
    if (!this.#job) throw new Error('There is no fit.');
    return this.#job;
  }
}
