/**
 * The packs of a fit whose workers are on other machines. As many are sent ahead as keep these busy; what comes is kept in a
 * folder, and handed to the search in the order of the sequence, so that the ensemble is chosen as on one machine. Nothing
 * else is known here: whoever has sent a fit may go away at any moment and come back.
 */
import type { PreparedFit } from '../../fit/prepared.ts';
import type { FoundPack, PackWatch, RemotePacks } from '../../fit/search.ts';
import { isTimed, type PlannedPack, packsOf } from '../../fit/sequence.ts';
import type { PackStore, TrainedPack } from '../../fit/trained-pack.ts';
import { queue as messages } from '../../messages/en/queue.ts';
import { message, type Said } from '../../util/message.ts';
import { onceWritable, type QueueConnection } from '../connection.ts';
import { listWorkers } from '../heartbeat.ts';
import { openJobs, type PlannedJob, type QueuedJobs } from '../jobs.ts';
import { expiry } from '../keys.ts';
import { jobsFailed, lookForWorkers, sendTask } from '../send.ts';
import { type FitJobData, type FitTask, jobId } from '../task.ts';
import { packIn } from './pack-value.ts';

export interface FitSubmission {
  prepared: PreparedFit;
  task: FitTask;
  /** The table. */
  bytes: Uint8Array;
  /** Keeps packs as they come. */
  packs: PackStore;
  /** Numbers of those that it has. */
  kept: readonly number[];
  /** Seconds that the fit had taken where it goes on. */
  before: number;
  /** How often a job is tried that fails. */
  attempts: number;
  /** Ends the fit with what there is. What trains goes on, for whoever comes back. */
  signal: AbortSignal;
  /** A pack has been kept. @param seconds that the fit has taken */
  onKept(seconds: number): Promise<void>;
}

export interface QueuedPacks extends RemotePacks {
  /** Since a worker took the first pack, and before. */
  seconds(): number;
  /** Machines that have trained. */
  readonly machines: ReadonlySet<string>;
  /** Why some are missing, by job. */
  readonly failures: ReadonlyMap<string, Said>;
}

interface FitJob extends PlannedJob<FitJobData> {
  planned: PlannedPack;
}

type FitJobs = QueuedJobs<FitJob, { pack: TrainedPack | null }>;

/** Jobs for each that trains at a time, and how many there are at least. */
const ahead = { each: 2, least: 4 };
/** Milliseconds after which workers are counted again. */
const countMs = 5000;
/** Milliseconds after which the time is looked at. */
const tickMs = 500;
/** Milliseconds that packs are waited for which are cut off. */
const cutMs = 10_000;

export function queuedPacks(connection: QueueConnection, submission: FitSubmission): QueuedPacks {
  const { redis, keys, say, address } = connection;
  const { prepared, packs, before, signal, onKept } = submission;
  const { settings } = prepared;
  const timed = isTimed(settings.plan);
  const machines = new Set<string>();
  const failures = new Map<string, Said>();
  let jobs: FitJobs | undefined;
  const seconds = () => before + (jobs?.begun === undefined ? 0 : (performance.now() - jobs.begun) / 1000);
  /** Where the time is up before there is anything, it takes twice the time, as on one machine. */
  const patience = () => seconds() <= 2 * 60 * settings.minutes;

  async function* arrived(watch: PackWatch, task: string, open: FitJobs): AsyncGenerator<FoundPack> {
    const sequence = packsOf(settings.plan);
    const capacity = countCapacity(connection, timed);
    const there = new Set(submission.kept);
    /** Of the sequence so far, those that have not been handed over. */
    const turns: PlannedPack[] = [];
    let drawn = false;
    let ending: 'time' | 'all' | undefined;

    const jobOf = (planned: PlannedPack): FitJob => {
      const { number: pack, limit } = planned;
      const data: FitJobData = { kind: 'fit', task, pack, ...(Number.isFinite(limit) ? { limit } : {}) };
      return { id: jobId(data), data, planned };
    };
    const sendAhead = async () => {
      const room = await capacity();
      const more: FitJob[] = [];
      while (!drawn && open.open.length + more.length < room) {
        const { value: planned, done } = sequence.next();
        drawn = done ?? false;
        if (!planned) break;
        turns.push(planned);
        if (!there.has(planned.number)) more.push(jobOf(planned));
      }
      await open.send(more);
    };
    /** Whether it is what the plan asks for; the time may end any of them. */
    const isOf = (pack: TrainedPack, { limit }: PlannedPack, cut: boolean) =>
      pack.whole ? pack.epochs < limit : cut || pack.epochs === limit;
    const takeIn = async () => {
      const again: FitJob[] = [];
      for await (const { job, results } of open.arrived()) {
        const { pack } = results;
        const { number } = job.planned;
        const isGood = pack && isOf(pack, job.planned, ending === 'time');
        if (isGood) {
          await packs.write(number, pack);
          there.add(number);
          await onKept(seconds());
        }
        await open.confirm(job);
        if (!isGood && !ending) again.push(job);
      }
      if (again.length === 0) return;
      // Somebody else had the same fit, and has ended it.
      await redis.del(keys.cut(task));
      await open.send(again);
    };
    async function* inTurn(): AsyncGenerator<FoundPack> {
      for (; turns.length > 0; turns.shift()) {
        const [planned] = turns;
        const { number } = planned;
        const pack = there.has(number) ? await packs.read(number) : undefined;
        if (pack && isOf(pack, planned, timed)) {
          if (pack.machine) machines.add(pack.machine);
          yield { number, pack };
          const candidates = watch.among(pack.candidates);
          if (candidates.length < pack.candidates.length) await packs.write(number, { ...pack, candidates });
          continue;
        }
        const job = jobOf(planned);
        const why = open.failures.get(job.id);
        if (why !== undefined) failures.set(job.id, why);
        else if (!ending) {
          // One that is damaged is trained again.
          if (there.delete(number)) await open.send([job]);
          return;
        }
      }
    }
    const cutOff = async () => {
      ending = 'time';
      await onceWritable(connection, () => redis.set(keys.cut(task), 'time', 'EX', expiry));
      const end = performance.now() + cutMs;
      for (;;) {
        await open.withdraw();
        await takeIn();
        if (open.open.length === 0 || signal.aborted || performance.now() > end) return;
        await open.change(signal, tickMs);
      }
    };

    for (let told = false; ; ) {
      await sendAhead();
      if (!told && open.open.length > 0) {
        say(message(messages, 'packs_sent', { packs: timed ? undefined : open.open.length, queue: address.name }));
        await lookForWorkers(connection);
        told = true;
      }
      await takeIn();
      yield* inTurn();
      if (drawn && turns.length === 0 && open.open.length === 0) return;
      if (open.open.length > 0 && open.open.every(({ id }) => open.failures.has(id))) {
        throw jobsFailed(open.failures, open.open.length);
      }
      if (watch.over() && (signal.aborted || there.size > 0 || !patience())) break;
      watch.tick();
      await open.change(signal, tickMs);
    }
    if (signal.aborted) await open.withdraw();
    else await cutOff();
    ending = 'all';
    yield* inTurn();
  }

  return {
    machines,
    failures,
    seconds,
    async *arrived(watch) {
      const { task, opened } = await openFit(connection, submission);
      jobs = opened;
      try {
        yield* arrived(watch, task, opened);
      } finally {
        await opened.close();
      }
    },
  };
}

async function openFit(connection: QueueConnection, { prepared, task, bytes, attempts }: FitSubmission) {
  const { redis, keys } = connection;
  const answers = prepared.folds.heldOut.length * prepared.data.outputs;
  const send = () => sendTask(connection, task, bytes);
  const name = await send();
  // The same fit may have ended before.
  await redis.del(keys.cut(name));
  const opened: FitJobs = await openJobs(connection, [], {
    attempts,
    async resultsIn(fields) {
      const pack = await packIn(fields, answers);
      return pack === undefined ? undefined : { pack };
    },
    send,
  });
  return { task: name, opened };
}

/** How many jobs there should be: more where more workers are. */
function countCapacity(connection: QueueConnection, timed: boolean): () => Promise<number> {
  let room = timed ? ahead.least : Number.POSITIVE_INFINITY;
  let counted = Number.NEGATIVE_INFINITY;
  return async () => {
    if (!timed || performance.now() - counted < countMs) return room;
    const own = (await listWorkers(connection)).filter(({ version }) => version === connection.version);
    const training = own.reduce((sum, { concurrency }) => sum + concurrency, 0);
    room = Math.max(ahead.least, ahead.each * training);
    counted = performance.now();
    return room;
  };
}
