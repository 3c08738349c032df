/** What submitters tell of their sweeps, for whoever watches the queue: told from a timer of its own, and never waited for. */
import { type FitStatus, type SweepStatus, type WorkStatus, workStatusSchema } from '../sweep/queue-status.ts';
import type { QueueConnection } from './connection.ts';
import { serverTime } from './heartbeat.ts';
import { expiry, jsonIn } from './keys.ts';

/** Seconds after which one that has ended is gone. */
const endedExpiry = 24 * 3600;

/** Milliseconds between two looks whether there is something new. */
const shortestMs = 1000;
/** Milliseconds after which it is told all the same: its submitter is there. */
const longestMs = 5000;
/** Of the submitter's time, making what is told takes this share at most. */
const share = 1 / 20;
/** Milliseconds that the last one is waited for. */
const lastMs = 1000;

export type Told = Omit<SweepStatus, 'version' | 'at'> | Omit<FitStatus, 'version' | 'at'>;

/** What a file is called, without its folders. */
export function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

export interface Publisher {
  /** Tells it a last time. */
  end(): Promise<void>;
}

/** @param id of the task @param status asked for whenever it may be told */
export function publish(
  { redis, keys, version }: Pick<QueueConnection, 'redis' | 'keys' | 'version'>,
  id: string,
  status: () => Told,
): Publisher {
  let begun: number | undefined;
  let told = '';
  let toldAt = Number.NEGATIVE_INFINITY;
  let pauseMs = shortestMs;
  const tell = async () => {
    const from = performance.now();
    const own = status();
    const text = JSON.stringify(own);
    pauseMs = Math.max(shortestMs, (performance.now() - from) / share);
    if (text === told && from - toldAt < longestMs) return;
    const at = await serverTime(redis);
    begun ??= at;
    const seconds = own.state === 'training' || own.state === 'left' ? expiry : endedExpiry;
    const work: WorkStatus = { ...own, version, at };
    await redis
      .multi()
      .set(keys.work(id), JSON.stringify(work), 'EX', seconds)
      .zadd(keys.works, begun, id)
      .expire(keys.works, expiry)
      .exec();
    told = text;
    toldAt = from;
  };
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const attempt = async () => {
    // The sweep goes on whatever keeps it from being told: a server without memory, or on its way down. The next one says it.
    await tell().catch(() => {});
    if (!ended) timer = setTimeout(attempt, pauseMs);
  };
  void attempt();
  return {
    async end() {
      ended = true;
      clearTimeout(timer);
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, lastMs);
      });
      // Where it cannot be told, whoever watches sees that the submitter is silent.
      await Promise.race([tell().catch(() => {}), late]);
      clearTimeout(limit);
    },
  };
}

/** Newer ones are told first, and of more than these nothing. */
const mostWorks = 20;
/** Characters of one: what is longer is none of ours. */
const longest = 1_000_000;
/** Seconds after which a submitter that says nothing is away. */
const silence = 20;

export interface PublishedWork {
  id: string;
  status: WorkStatus;
  /** Its submitter is silent, and has not said that it ends. */
  away: boolean;
}

export interface PublishedWorks {
  works: PublishedWork[];
  /** Those that cannot be read. */
  unread: number;
}

/** Reads them again and again. */
export function createReader({ redis, keys }: Pick<QueueConnection, 'redis' | 'keys'>): () => Promise<PublishedWorks> {
  /** Most of them are what they were. */
  let known = new Map<string, { text: string; status: WorkStatus | undefined }>();
  return async () => {
    const now = await serverTime(redis);
    const ids = await redis.zrevrange(keys.works, 0, mostWorks - 1);
    const texts = await Promise.all(ids.map((id) => redis.getrange(keys.work(id), 0, longest)));
    const gone = ids.filter((_, index) => texts[index] === '');
    if (gone.length > 0) await redis.zrem(keys.works, ...gone);
    const read = ids.flatMap((id, index) => {
      const [text, before] = [texts[index], known.get(id)];
      if (text === '') return [];
      const status = before?.text === text ? before.status : workStatusSchema.safeParse(jsonIn(text)).data;
      return [{ id, text, status }];
    });
    known = new Map(read.map(({ id, ...one }) => [id, one]));
    const works = read.flatMap(({ id, status }) =>
      status ? [{ id, status, away: status.state === 'training' && now - status.at > silence }] : [],
    );
    return { works, unread: read.length - works.length };
  };
}
