/** Watches a queue for others: looks once a second, but only while somebody listens, and tells what has changed. */
import type { WatchedQueue } from '../sweep/queue-status.ts';
import type { QueueConnection } from './connection.ts';
import { openJobQueue } from './job-queue.ts';
import { createReader } from './published.ts';
import { queueStatus } from './status.ts';

const lookMs = 1000;
/** Milliseconds after which a server that does not answer is away. */
const patienceMs = 3000;

/** @param event `queue`, or `work` for one of its sweeps @param data as JSON */
export type Listener = (event: 'queue' | 'work', data: string) => void;

export interface QueueWatch {
  /** Tells what is known, and then what changes. @returns ends that */
  listen(listener: Listener): () => void;
  close(): Promise<void>;
}

export function watchQueue(connection: QueueConnection): QueueWatch {
  const jobs = openJobQueue(connection);
  const readWorks = createReader(connection);
  const listeners = new Set<Listener>();
  /** What was told last, by the sweep's id. */
  let works = new Map<string, string>();
  let queue: WatchedQueue = { queue: connection.address.name, reachable: true, status: null, works: [], unread: 0 };
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  /** Since when a look is under way. */
  let since: number | undefined;

  const tell: Listener = (event, data) => {
    for (const listener of listeners) listener(event, data);
  };
  const tellQueue = () => {
    const text = JSON.stringify(queue);
    if (text === told) return;
    told = text;
    tell('queue', text);
  };
  const read = async () => {
    const status = await queueStatus(connection, jobs);
    const published = await readWorks();
    const before = works;
    works = new Map(published.works.map(({ id, status: own }) => [id, JSON.stringify({ id, ...own })]));
    for (const [id, text] of works) if (before.get(id) !== text) tell('work', text);
    const { unread } = published;
    queue = { ...queue, reachable: true, status, works: published.works.map(({ id, away }) => ({ id, away })), unread };
  };
  const unreachable = () => {
    queue = { ...queue, reachable: false };
  };
  const look = async () => {
    const away = connection.redis.status !== 'ready' || (since !== undefined && performance.now() - since > patienceMs);
    if (away) unreachable();
    else if (since === undefined) {
      since = performance.now();
      // Whatever it was, the next look asks again.
      await read().catch(unreachable);
      since = undefined;
    }
    tellQueue();
  };

  return {
    listen(listener) {
      for (const text of works.values()) listener('work', text);
      if (told) listener('queue', told);
      listeners.add(listener);
      timer ??= setInterval(look, lookMs);
      void look();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    async close() {
      clearInterval(timer);
      listeners.clear();
      await jobs.close();
    },
  };
}
