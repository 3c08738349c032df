/** The part of the worker that fits. */
import { type Model, saveModel } from '../../../model/model.ts';
import type { FitFile, FitNews, FitRequest, FitService, StoredFit } from '../../protocol/fit.ts';
import type { Reply, Source } from '../../protocol/messages.ts';
import type { Answer, QueryRequest } from '../../protocol/views.ts';
import { type JobHost, JobService } from '../job-service.ts';
import { replyOf } from '../reply.ts';
import type { FoundFit } from '../storage/stored-fits.ts';
import type { FitJob } from './job.ts';

export interface FitHost extends JobHost {
  /** What the table was read from. */
  source(): Source;
  /** Keeps what was found among the runs. */
  keep(found: FoundFit): Promise<void>;
  /** What is kept. */
  stored(id: string): Promise<(StoredFit & { model: Model }) | undefined>;
}

export class Fits extends JobService<FitJob, FitHost> implements FitService {
  /** Of a fit that was kept, until another begins. */
  #stored: Model | undefined;
  #asked = new AbortController();

  start(request: FitRequest, listener: (news: FitNews) => Promise<void> | void): Promise<Reply<null>> {
    return this.host.serially(async () => {
      // Loaded when somebody fits.
      const { FitJob } = await import('./job.ts');
      const [table, source] = [this.host.table(), this.host.source()];
      await this.launch(request.engine, (engine) => {
        this.#stored = undefined;
        return new FitJob(engine, table, request, listener, ({ data, model, engine: { why } }, end) => {
          const { task, targets } = data.preprocessing;
          const { source: name, rows } = table;
          const [{ column: target }] = targets;
          return this.host.keep({ source, name, rows, task, target, request, why, end, model });
        });
      });
      return null;
    });
  }

  async open(id: string): Promise<StoredFit | undefined> {
    const found = await this.host.stored(id);
    if (!found) return undefined;
    const { model, ...told } = found;
    this.#stored = model;
    return told;
  }

  async ask(asked: QueryRequest, progress: (share: number) => void): Promise<Reply<Answer | undefined>> {
    this.cancelAsked();
    const { signal } = this.#asked;
    try {
      return await replyOf(this.#ask(asked, { progress, signal }));
    } catch (error) {
      if (!signal.aborted) throw error;
      return { ok: true, value: undefined };
    }
  }

  cancelAsked(): void {
    this.#asked.abort();
    this.#asked = new AbortController();
  }

  async #ask(asked: QueryRequest, watch: { progress: (share: number) => void; signal: AbortSignal }): Promise<Answer> {
    const { askModel } = await import('../views/model-questions.ts');
    // One that is kept is asked about the table that is open.
    const table = this.#stored ? this.host.table() : this.job.table;
    return askModel(this.model(), table, asked, watch);
  }

  async file(name: FitFile): Promise<Blob> {
    if (!this.#stored) return this.job.file(name);
    if (name === 'model.safetensors') return new Blob([saveModel(this.#stored)]);
    throw new Error(`${name} of a fit that was kept`);
  }

  model(): Model {
    return this.#stored ?? this.job.model;
  }
}
