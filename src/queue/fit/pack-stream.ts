/**
 * The packs of a fit whose workers are on other machines. As many are sent ahead as keep these busy; what comes is kept in a
 * folder, and handed to the search in the order of the sequence, so that the ensemble is chosen as on one machine. Nothing
 * else is known here: whoever has sent a fit may go away at any moment and come back.
 */
import type { PreparedFit } from '../../fit/prepared.ts';
import type { FoundPack, PackWatch } from '../../fit/search.ts';
import { isTimed, type PlannedPack, packsOf } from '../../fit/sequence.ts';
import type { PackStore, TrainedPack } from '../../fit/trained-pack.ts';
import { queue as messages } from '../../messages/en/command-line/queue.ts';
import { message, type Said } from '../../util/message.ts';
import { onceWritable, type QueueConnection } from '../connection.ts';
import { listWorkers } from '../heartbeat.ts';
import type { PlannedJob, QueuedJobs } from '../jobs.ts';
import { expiry } from '../keys.ts';
import { jobsFailed, lookForWorkers } from '../send.ts';
import { type FitJobData, jobId } from '../task.ts';

export interface StreamParts {
  connection: QueueConnection;
  prepared: PreparedFit;
  /** The name of the task. */
  name: string;
  jobs: FitJobs;
  /** Keeps packs as they come. */
  packs: PackStore;
  /** Numbers of those that it has. */
  kept: readonly number[];
  /** The search. */
  watch: PackWatch;
  /** That the fit has taken. */
  seconds(): number;
  /** Ends the fit with what there is. What trains goes on, for whoever comes back. */
  signal: AbortSignal;
  /** A pack has been kept. @param seconds that the fit has taken */
  onKept(seconds: number): Promise<void>;
  /** Gets why packs are missing, by job. */
  failures: Map<string, Said>;
}

export interface FitJob extends PlannedJob<FitJobData> {
  planned: PlannedPack;
}

export type FitJobs = QueuedJobs<FitJob, { pack: TrainedPack | null }>;

/** Jobs for each that trains at a time, and how many there are at least. */
const ahead = { each: 2, least: 4 };
/** Milliseconds after which workers are counted again. */
const countMs = 5000;
/** Milliseconds after which the time is looked at. */
const tickMs = 500;
/** Milliseconds that packs are waited for which are cut off. */
const cutMs = 10_000;

/** The packs of one submission, from the first that are sent to the last that is handed over. */
export class PackStream {
  readonly #parts: StreamParts;
  readonly #sequence: Iterator<PlannedPack>;
  /** Whether the time ends it; else its plan. */
  readonly #timed: boolean;
  readonly #capacity: () => Promise<number>;
  /** Numbers of packs that the folder has. */
  readonly #there: Set<number>;
  /** Of the sequence as far as it was sent, those that have not been handed over. */
  readonly #turns: PlannedPack[] = [];
  #sentAll = false;
  /** `cut`: packs are cut off, and come as far as they have come. `over`: none comes any more. */
  #state: 'training' | 'cut' | 'over' = 'training';

  constructor(parts: StreamParts) {
    const { connection, prepared, kept } = parts;
    const { plan } = prepared.settings;
    this.#parts = parts;
    this.#sequence = packsOf(plan);
    this.#timed = isTimed(plan);
    this.#capacity = this.#timed ? countCapacity(connection) : async () => Number.POSITIVE_INFINITY;
    this.#there = new Set(kept);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FoundPack> {
    const { jobs, watch, signal } = this.#parts;
    await this.#sendAhead();
    if (jobs.open.length > 0) await this.#announce();
    for (;;) {
      await this.#takeIn();
      yield* this.#inTurn();
      if (this.#sentAll && this.#turns.length === 0 && jobs.open.length === 0) return;
      if (jobs.open.length > 0 && jobs.open.every(({ id }) => jobs.failures.has(id))) {
        throw jobsFailed(jobs.failures, jobs.open.length);
      }
      if (watch.over() && this.#mayEnd()) break;
      await this.#sendAhead();
      watch.tick();
      await jobs.change(signal, tickMs);
    }
    // Whoever goes on by hand finds what trains on the queue.
    if (signal.aborted) await jobs.withdraw();
    else await this.#cutOff();
    this.#state = 'over';
    yield* this.#inTurn();
  }

  /** Where there is nothing yet it takes twice the time, as on one machine. */
  #mayEnd(): boolean {
    const { signal, seconds, prepared } = this.#parts;
    return signal.aborted || this.#there.size > 0 || seconds() > 2 * 60 * prepared.settings.minutes;
  }

  async #announce(): Promise<void> {
    const { connection, jobs } = this.#parts;
    const packs = this.#timed ? undefined : jobs.open.length;
    connection.say(message(messages, 'packs_sent', { packs, queue: connection.address.name }));
    await lookForWorkers(connection);
  }

  #jobOf(planned: PlannedPack): FitJob {
    const { number: pack, limit } = planned;
    const limited = Number.isFinite(limit) ? { limit } : {};
    const data: FitJobData = { kind: 'fit', task: this.#parts.name, pack, ...limited };
    return { id: jobId(data), data, planned };
  }

  async #sendAhead(): Promise<void> {
    const { jobs } = this.#parts;
    const room = await this.#capacity();
    const more: FitJob[] = [];
    while (!this.#sentAll && jobs.open.length + more.length < room) {
      const { value: planned, done } = this.#sequence.next();
      if (done) this.#sentAll = true;
      else this.#turns.push(planned);
      if (!done && !this.#there.has(planned.number)) more.push(this.#jobOf(planned));
    }
    await jobs.send(more);
  }

  /** Keeps what has come. */
  async #takeIn(): Promise<void> {
    const { jobs, packs, onKept, seconds, connection, name } = this.#parts;
    const again: FitJob[] = [];
    for await (const { job, results } of jobs.arrived()) {
      const { pack } = results;
      const { number } = job.planned;
      const isWanted = pack && isOf(pack, job.planned, this.#state === 'cut');
      if (isWanted) {
        await packs.write(number, pack);
        this.#there.add(number);
        await onKept(seconds());
      }
      await jobs.confirm(job);
      if (!isWanted && this.#state === 'training') again.push(job);
    }
    if (again.length === 0) return;
    // Somebody else had sent the same fit, and has ended it.
    const { redis, keys } = connection;
    await onceWritable(connection, () => redis.del(keys.cut(name)));
    await jobs.send(again);
  }

  /** What is there of those whose turn it is. */
  async *#inTurn(): AsyncGenerator<FoundPack> {
    const { packs, jobs, watch, failures } = this.#parts;
    for (; this.#turns.length > 0; this.#turns.shift()) {
      const [planned] = this.#turns;
      const { number } = planned;
      const pack = this.#there.has(number) ? await packs.read(number) : undefined;
      if (pack && isOf(pack, planned, this.#timed)) {
        yield { number, pack };
        const candidates = watch.among(pack.candidates);
        if (candidates.length < pack.candidates.length) await packs.write(number, { ...pack, candidates });
        continue;
      }
      const job = this.#jobOf(planned);
      const why = jobs.failures.get(job.id);
      if (why !== undefined) failures.set(job.id, why);
      else if (this.#state !== 'over') {
        // One that is damaged is trained again.
        if (this.#there.delete(number)) await jobs.send([job]);
        return;
      }
    }
  }

  /** Takes back what nobody trains, has the rest cut off, and waits a while for that. */
  async #cutOff(): Promise<void> {
    const { jobs, signal, connection, name } = this.#parts;
    const { redis, keys } = connection;
    this.#state = 'cut';
    await onceWritable(connection, () => redis.set(keys.cut(name), 'time', 'EX', expiry));
    const end = performance.now() + cutMs;
    for (;;) {
      await jobs.withdraw();
      await this.#takeIn();
      if (jobs.open.length === 0 || signal.aborted || performance.now() > end) return;
      await jobs.change(signal, tickMs);
    }
  }
}

/** Whether it is what was planned. @param cut whether any may be cut off */
function isOf(pack: TrainedPack, { limit }: PlannedPack, cut: boolean): boolean {
  return pack.whole ? pack.epochs < limit : cut || pack.epochs === limit;
}

/** How many jobs there should be: more where more workers are. */
function countCapacity(connection: QueueConnection): () => Promise<number> {
  let room = ahead.least;
  let counted = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - counted < countMs) return room;
    const own = (await listWorkers(connection)).filter(({ version }) => version === connection.version);
    const training = own.reduce((sum, { concurrency }) => sum + concurrency, 0);
    room = Math.max(ahead.least, ahead.each * training);
    counted = performance.now();
    return room;
  };
}
