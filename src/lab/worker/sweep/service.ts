/** The part of the worker that sweeps. */
import { saveModel } from '../../../model/model.ts';
import type { ModelData } from '../../../model/model-data.ts';
import type { SweepEstimate } from '../../../sweep/estimate.ts';
import type { EngineChoice, Reply } from '../../protocol/messages.ts';
import type { RunPicture, StoredRun } from '../../protocol/runs.ts';
import type {
  KeptSweep,
  SweepEntry,
  SweepFile,
  SweepNews,
  SweepPlan,
  SweepRequest,
  SweepService,
  SweepStart,
} from '../../protocol/sweep.ts';
import { JobService } from '../job-service.ts';
import { replyOf } from '../reply.ts';
import type { SweepHost } from './host.ts';
import type { SweepJob } from './job.ts';
import type { ReadySweep } from './kept-job.ts';

type Listener = (news: SweepNews) => Promise<void> | void;

export class Sweeps extends JobService<SweepJob, SweepHost> implements SweepService {
  /** Of the sweep that trains, or has trained here. */
  #id = '';
  /** Of the estimate that is measured. */
  #estimating = new AbortController();
  /** One that is kept, whose files are asked for; undefined where that is the one that has trained here. */
  #opened: { entry: SweepEntry; job?: Promise<SweepJob> } | undefined;

  plan(request: SweepRequest): Promise<Reply<SweepPlan>> {
    return this.host.serially(async () => (await sweeping()).planOf(this.host, request));
  }

  async estimate(request: SweepRequest): Promise<Reply<SweepEstimate | null>> {
    this.endEstimate();
    const { signal } = this.#estimating;
    const { estimated } = await sweeping();
    if (signal.aborted || !this.host.idle()) return { ok: true, value: null };
    return replyOf(estimated(this.host, request, signal));
  }

  endEstimate(): void {
    this.#estimating.abort();
    this.#estimating = new AbortController();
  }

  start(request: SweepRequest, command: string, listener: Listener): Promise<Reply<SweepStart>> {
    return this.host.serially(async () => {
      const { newSweep } = await sweeping();
      return this.#train(request.engine, newSweep(this.host, request, command, listener));
    });
  }

  resume(id: string, listener: Listener): Promise<Reply<SweepStart>> {
    return this.host.serially(async () => {
      const { keptSweep } = await sweeping();
      const { engine, ...ready } = await keptSweep(this.host, id, listener);
      return this.#train(engine, ready);
    });
  }

  async kept(): Promise<{ sweeps: KeptSweep[]; unread: number }> {
    return (await sweeping()).storageOf(this.host).list();
  }

  async open(id: string): Promise<SweepEntry | undefined> {
    const entry = await (await sweeping()).storageOf(this.host).entry(id);
    this.#opened = entry && id !== this.#id ? { entry } : undefined;
    return entry;
  }

  async trials(): Promise<StoredRun[]> {
    const { storageOf, trialRows } = await sweeping();
    return (await storageOf(this.host).entries()).flatMap(trialRows);
  }

  async pictures(ids: string[]): Promise<(RunPicture | null)[]> {
    const { storageOf, trialPicture } = await sweeping();
    const entries = await storageOf(this.host).entries();
    return ids.map((id) => {
      const [sweep, place] = id.split('/');
      const entry = entries.find((known) => known.id === sweep);
      return entry ? trialPicture(entry, Number(place)) : null;
    });
  }

  async file(name: SweepFile): Promise<Blob> {
    return (await this.#shown()).file(name);
  }

  async model(cell: number): Promise<Uint8Array> {
    return saveModel(await this.contents(cell));
  }

  /** The best model of a combination. */
  async contents(cell: number): Promise<ModelData> {
    return (await this.#shown()).model(cell);
  }

  /** Whatever is refused, is refused before this: the one before goes on then. */
  async #train(choice: EngineChoice, { plan, begin }: ReadySweep): Promise<SweepStart> {
    // It writes its last before another, or the same, is kept.
    await this.end();
    const { id, create } = await begin();
    await this.launch(choice, create);
    this.#id = id;
    this.#opened = undefined;
    return { id, plan };
  }

  async #shown(): Promise<SweepJob> {
    const opened = this.#opened;
    if (!opened) return this.job;
    const { endedSweep } = await sweeping();
    opened.job ??= endedSweep(this.host, opened.entry);
    try {
      return await opened.job;
    } catch (error) {
      // Its table may be opened meanwhile.
      opened.job = undefined;
      throw error;
    }
  }
}

/** Loaded when somebody sweeps. */
function sweeping(): Promise<typeof import('./kept-job.ts')> {
  return import('./kept-job.ts');
}
