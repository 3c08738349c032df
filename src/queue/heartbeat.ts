/** What workers say of themselves while they live, for `queue status` and whoever waits for their results. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import type { WorkerState } from '../sweep/queue-status.ts';
import { type QueueConnection, refusalOf } from './connection.ts';
import { jsonIn } from './keys.ts';

const workerSchema: z.ZodMiniType<WorkerState> = z.object({
  machine: z.string(),
  pid: z.number(),
  version: z.string(),
  engine: z.string(),
  adapter: z.string(),
  concurrency: z.number(),
  active: z.number(),
  jobs: z.number(),
  trials: z.number(),
  jobs_per_second: z.number(),
  trials_per_second: z.number(),
  at: z.number(),
});

const intervalMs = 5000;
/** Between two beats, where something changes all the time. */
const shortestMs = 1000;
/** Seconds after which a worker that says nothing is gone. */
const silence = 20;

export interface Heartbeat {
  /** The state has changed: that is said soon. */
  changed(): void;
  stop(): Promise<void>;
}

/** One beat after another: none waits for a server that is away while another does. @param state asked for at every beat */
export function beat(
  { redis, keys }: Pick<QueueConnection, 'redis' | 'keys'>,
  state: () => Omit<WorkerState, 'at' | 'machine' | 'pid'>,
): Heartbeat {
  const id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const say = async () => {
    const at = await serverTime(redis);
    isSoon = false;
    const worker: WorkerState = { machine: hostname(), pid: process.pid, ...state(), at };
    await redis.hset(keys.workers, id, JSON.stringify(worker));
  };
  let timer: NodeJS.Timeout | undefined;
  /** When it was said last. */
  let last = 0;
  let isSoon = false;
  let stopped = false;
  const plan = (pause: number) => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        beating = attempt();
      },
      last + pause - performance.now(),
    );
  };
  const attempt = async () => {
    timer = undefined;
    // A server without memory, or on its way down: the next beat says it.
    await say().catch(() => {});
    last = performance.now();
    if (!stopped) plan(isSoon ? shortestMs : intervalMs);
  };
  let beating = attempt();
  return {
    changed() {
      if (isSoon || stopped) return;
      isSoon = true;
      // Else one is under way, and plans the next.
      if (timer) plan(shortestMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // Else it is forgotten for its silence.
      if (redis.status !== 'ready') return;
      await beating;
      await redis.hdel(keys.workers, id);
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
    // Where the server takes no writes, who asks next does it.
    else await redis.hdel(keys.workers, id).catch(throwUnlessRefused);
  }
  return living;
}

function throwUnlessRefused(error: unknown): void {
  if (!refusalOf(error)) throw error;
}

/** Seconds: the clocks of machines differ. */
export async function serverTime(redis: Pick<QueueConnection['redis'], 'time'>): Promise<number> {
  const [seconds] = await redis.time();
  return Number(seconds);
}
