/** What sweeps and fits have in common: one at a time, on an engine that the worker lends, while the single run is held. */
import { type ProxyMarked, proxyMarker } from 'comlink';
import type { Table } from '../../data/table/table.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineChoice, Reply } from '../protocol/messages.ts';

/** What the worker lends. */
export interface JobHost {
  table(): Table;
  /** The engine of the single run where it is of this kind and can be shared, else another. */
  engine(choice: EngineChoice): Promise<Engine>;
  /** It is not needed here any more. */
  done(engine: Engine): void;
  /** One request at a time; what a person can mend becomes a reply. */
  serially<Value>(work: () => Promise<Value>): Promise<Reply<Value>>;
  /** Ends what else trains beside the single run: one thing trains at a time. */
  alone(): Promise<void>;
  /** Holds the single run, and lets it go on. */
  hold(): void;
  release(): void;
}

export interface Job {
  readonly engine: Engine;
  run(): Promise<void>;
  stop(): void;
}

export class JobService<Kind extends Job, Host extends JobHost = JobHost> implements ProxyMarked {
  readonly [proxyMarker] = true;
  protected readonly host: Host;
  #job: Kind | undefined;
  #running: Promise<void> | undefined;

  constructor(host: Host) {
    this.host = host;
  }

  /** Whether it trains. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Ends the one before, waits for an engine, and leaves the new one running. */
  protected async launch(choice: EngineChoice, create: (engine: Engine) => Kind): Promise<void> {
    await this.end();
    await this.host.alone();
    const engine = await this.host.engine(choice);
    const job = create(engine);
    this.#job = job;
    this.host.hold();
    this.#running = job.run().finally(() => {
      this.#running = undefined;
      this.host.done(engine);
      this.host.release();
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

  /** The newest. */
  protected get job(): Kind {
    if (!this.#job) throw new Error('Nothing was started.');
    return this.#job;
  }
}
