/**
 * The part of the worker that sweeps: one sweep at a time, on the engine of the single run or one of its own, while that
 * run is held.
 */
import { type ProxyMarked, proxyMarker } from 'comlink';
import type { DataSet } from '../../../data/prepare/dataset.ts';
import type { Table } from '../../../data/table/table.ts';
import type { Engine } from '../../../engine/engine.ts';
import { saveModel } from '../../../model/model.ts';
import type { ModelData } from '../../../model/model-data.ts';
import { checkData } from '../../../spec/check.ts';
import type { DataSettingsInput } from '../../../spec/data-settings.ts';
import type { EngineChoice, Reply } from '../../protocol/messages.ts';
import type { SweepDesk, SweepFile, SweepNews, SweepPlan, SweepRequest } from '../../protocol/sweep.ts';
import type { SweepJob } from './job.ts';

/** What the worker lends. */
export interface SweepHost {
  table(): Table;
  /** @throws InputError */
  prepare(settings: DataSettingsInput): DataSet;
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

export class Sweeps implements SweepDesk, ProxyMarked {
  readonly [proxyMarker] = true;
  readonly #host: SweepHost;
  #job: SweepJob | undefined;
  #running: Promise<void> | undefined;

  constructor(host: SweepHost) {
    this.#host = host;
  }

  /** Whether a sweep trains. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  plan({ sweep, data }: SweepRequest): Promise<Reply<SweepPlan>> {
    return this.#host.serially(async () => {
      const { defineSweep } = await sweeping();
      return defineSweep(sweep, this.#host.prepare(data)).plan;
    });
  }

  start(
    { sweep, data, engine: choice }: SweepRequest,
    command: string,
    listener: (news: SweepNews) => Promise<void> | void,
  ): Promise<Reply<SweepPlan>> {
    return this.#host.serially(async () => {
      const { defineSweep, SweepJob, prepareFolds } = await sweeping();
      const set = this.#host.prepare(data);
      const definition = defineSweep(sweep, set);
      const table = this.#host.table();
      const count = definition.sweep.folds;
      const folds = count > 1 ? prepareFolds(table, data, count) : [set];
      // Another one goes on where this one is refused.
      await this.end();
      await this.#host.alone();
      const engine = await this.#host.engine(choice);
      const job = new SweepJob({ definition, table, folds, data: checkData(data), engine, command }, listener);
      this.#job = job;
      this.#host.hold();
      this.#running = job.run().finally(() => {
        this.#running = undefined;
        this.#host.done(engine);
        this.#host.release();
      });
      return definition.plan;
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

  async file(name: SweepFile): Promise<Blob> {
    return this.#ended().file(name);
  }

  async model(cell: number): Promise<Uint8Array> {
    return saveModel(this.contents(cell));
  }

  /** The best model of a combination. */
  contents(cell: number): ModelData {
    return this.#ended().model(cell);
  }

  #ended(): SweepJob {
    if (!this.#job) throw new Error('There is no sweep.');
    return this.#job;
  }
}

/** Loaded when somebody sweeps. */
function sweeping(): Promise<typeof import('./job.ts')> {
  return import('./job.ts');
}
