/** BullMQ's queue of this version, for whoever closes it. Its connections are watched elsewhere: what is wrong with them is said there. */
import type { Queue, QueueEvents } from 'bullmq';
import type { QueueConnection } from './connection.ts';

export function openJobQueue({ bullmq, keys, options }: QueueConnection): Queue {
  const queue = new bullmq.Queue(keys.queue, { connection: options, prefix: keys.prefix });
  queue.on('error', () => {});
  return queue;
}

export interface HeardQueue {
  queue: Queue;
  /** From the moment on at which it was opened. */
  events: QueueEvents;
  close(): Promise<void>;
}

export async function openHeardQueue(connection: QueueConnection): Promise<HeardQueue> {
  const { bullmq, keys, options, redis } = connection;
  const queue = openJobQueue(connection);
  let events: QueueEvents | undefined;
  const close = async () => {
    await events?.close();
    await queue.close();
  };
  try {
    // It is ready before it listens.
    const [last] = await redis.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1);
    const wanted = { connection: options, prefix: keys.prefix, lastEventId: last?.[0] ?? '0' };
    events = new bullmq.QueueEvents(keys.queue, wanted);
    events.on('error', () => {});
    await events.waitUntilReady();
    return { queue, events, close };
  } catch (error) {
    await close();
    throw error;
  }
}
