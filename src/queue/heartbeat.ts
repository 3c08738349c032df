/** What workers say of themselves while they live, for `queue status` and whoever waits for their results. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import type { QueueConnection } from './connection.ts';
import { jsonIn } from './keys.ts';

const workerSchema = z.object({
  machine: z.string(),
  pid: z.number(),
  version: z.string(),
  engine: z.string(),
  adapter: z.string(),
  /** Jobs at a time. */
  concurrency: z.number(),
  /** Jobs that train now. */
  active: z.number(),
  jobs: z.number(),
  trials: z.number(),
  jobs_per_second: z.number(),
  trials_per_second: z.number(),
  /** When it was last heard of, by the clock of the server. */
  at: z.number(),
});

export type WorkerState = z.infer<typeof workerSchema>;

const intervalMs = 5000;
/** Seconds after which a worker that says nothing is gone. */
const silence = 20;

export interface Heartbeat {
  stop(): Promise<void>;
}

/** @param state asked for at every beat */
export function beat(
  { redis, keys }: QueueConnection,
  state: () => Omit<WorkerState, 'at' | 'machine' | 'pid'>,
): Heartbeat {
  const id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const say = async () => {
    const worker: WorkerState = { machine: hostname(), pid: process.pid, ...state(), at: await serverTime(redis) };
    await redis.hset(keys.workers, id, JSON.stringify(worker));
  };
  // A server without memory, or on its way down: the next beat says it.
  const attempt = () => say().catch(() => {});
  void attempt();
  const timer = setInterval(attempt, intervalMs);
  return {
    async stop() {
      clearInterval(timer);
      // Else it is forgotten for its silence.
      if (redis.status === 'ready') await redis.hdel(keys.workers, id);
    },
  };
}

/** Those that live, of all versions. Forgets the others. */
export async function listWorkers({ redis, keys }: QueueConnection): Promise<WorkerState[]> {
  const now = await serverTime(redis);
  const living: WorkerState[] = [];
  for (const [id, text] of Object.entries(await redis.hgetall(keys.workers))) {
    const parsed = workerSchema.safeParse(jsonIn(text));
    if (parsed.success && now - parsed.data.at < silence) living.push(parsed.data);
    else await redis.hdel(keys.workers, id);
  }
  return living;
}

/** Seconds: the clocks of machines differ. */
async function serverTime(redis: QueueConnection['redis']): Promise<number> {
  const [seconds] = await redis.time();
  return Number(seconds);
}
