/** A connection to the queue. The first one fails in one line; later ones are made again, however long that takes. */
import type * as BullMq from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import { type ConnectionProblem, queue } from '../messages/en/command-line/queue.ts';
import { InputError } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';
import { pause } from '../util/promises.ts';
import type { QueueAddress } from './address.ts';
import { type Keys, keysOf } from './keys.ts';

export interface QueueConnection {
  readonly address: QueueAddress;
  /** Of this program; only such workers take its jobs. */
  readonly version: string;
  readonly keys: Keys;
  readonly bullmq: typeof BullMq;
  /** For BullMQ, which makes connections of its own. */
  readonly options: BullMq.RedisOptions;
  /** Commands wait while the server is away. */
  readonly redis: Redis;
  /** Tells a person. */
  say(said: Message): void;
  close(): void;
}

/** The versions that are tested here, for whom they are missing: package.json has them as optional peers. */
const packages = { bullmq: 'bullmq@6.7.0', ioredis: 'ioredis@6.0.0' };

const connectTimeoutMs = 5000;
const longestPauseMs = 5000;

/** @throws InputError where there is no such server, or it cannot be used */
export async function openQueue(
  address: QueueAddress,
  { version, say }: Pick<QueueConnection, 'version' | 'say'>,
): Promise<QueueConnection> {
  const { bullmq, Redis } = await loadPackages();
  const information = await checkServer(address);
  const policy = /^maxmemory_policy:(\S+)/m.exec(information)?.[1];
  if (policy && policy !== 'noeviction') say(message(queue, 'queue_evicts', { queue: address.name, policy }));
  const options: BullMq.RedisOptions = {
    ...address.options,
    connectTimeout: connectTimeoutMs,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(50 * 2 ** times, longestPauseMs),
  };
  const redis = new Redis(options);
  const forget = watch(redis, address, say);
  const close = () => {
    forget();
    disconnect(redis);
  };
  return { address, version, keys: keysOf(version), bullmq, options, redis, say, close };
}

const once: RedisOptions = {
  lazyConnect: true,
  connectTimeout: connectTimeoutMs,
  retryStrategy: () => null,
  maxRetriesPerRequest: 0,
};

/** @returns what the server says of itself @throws InputError where there is none, or it cannot be used */
export async function checkServer({ name, options }: QueueAddress): Promise<string> {
  const { Redis } = await loadPackages();
  const redis = new Redis({ ...options, ...once });
  let last: Error | undefined;
  redis.on('error', (error) => {
    last = error;
  });
  const refused = (problem: ConnectionProblem, detail?: string) =>
    new InputError(message(queue, 'queue_unreachable', { queue: name, problem, detail }), 'queue');
  try {
    await redis.connect();
    const information = await redis.info();
    // A database that is not there ends no connection.
    if (last) throw last;
    const [, major, minor] = /^redis_version:(\d+)\.(\d+)/m.exec(information) ?? [];
    if (Number(major) < 6 || (Number(major) === 6 && Number(minor) < 2)) throw refused('old');
    return information;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const cause = last ?? (error as Error);
    const problem = problemOf(cause);
    throw refused(problem, problem === 'other' ? cause.message : undefined);
  } finally {
    disconnect(redis);
  }
}

/** One that has ended keeps the process waiting for two seconds where it is asked to end. */
function disconnect(redis: Redis): void {
  if (redis.status !== 'end') redis.disconnect();
}

const codes: Record<string, ConnectionProblem> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  CERT_HAS_EXPIRED: 'certificate_expired',
};

const beginnings: [RegExp, ConnectionProblem][] = [
  [/^WRONGPASS|^ERR (AUTH|invalid password)/, 'password'],
  [/^NOAUTH/, 'password_missing'],
  [/^ERR.*DB index/, 'database'],
  [/certificate/i, 'certificate'],
];

function problemOf(error: Error): ConnectionProblem {
  // Where a name has several addresses, one error holds those of all.
  const { code } = (error as AggregateError).errors?.[0] ?? error;
  return codes[code] ?? beginnings.find(([beginning]) => beginning.test(error.message))?.[1] ?? 'other';
}

/** Says once that the server is gone, and once that it is back. @returns ends that */
function watch(redis: Redis, { name }: QueueAddress, say: (said: Message) => void): () => void {
  let lost = false;
  const close = () => {
    if (!lost) say(message(queue, 'queue_lost', { queue: name }));
    lost = true;
  };
  const ready = () => {
    if (lost) say(message(queue, 'queue_back', { queue: name }));
    lost = false;
  };
  // What is wrong is said by what follows from it.
  redis
    .on('error', () => {})
    .on('close', close)
    .on('ready', ready);
  return () => {
    redis.off('close', close).off('ready', ready);
  };
}

/** @throws InputError that names what is not installed */
async function loadPackages() {
  const missing: (keyof typeof packages)[] = [];
  const bullmq = await load(() => import('bullmq'));
  if (!bullmq) missing.push('bullmq');
  const ioredis = await load(() => import('ioredis'));
  if (!ioredis) missing.push('ioredis');
  if (bullmq && ioredis) return { bullmq, Redis: ioredis.Redis };
  const install = missing.map((name) => packages[name]);
  throw new InputError(message(queue, 'queue_package_missing', { names: missing, install }), 'queue');
}

/** Undefined where it is not installed. */
async function load<Loaded>(work: () => Promise<Loaded>): Promise<Loaded | undefined> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Why a server takes no writes for now: `maxmemory` with nothing to drop, or files that it cannot write. */
export type Refusal = 'memory' | 'disk';

/** @param error of a command, of a script (Redis 6 puts it into a sentence), or of a transaction for the sake of its commands */
export function refusalOf(error: unknown): Refusal | undefined {
  const { message: text = '', previousErrors = [] } = (error ?? {}) as Partial<Error> & { previousErrors?: Error[] };
  const [, code] = /^(?:ERR Error running script.*-)?(OOM|MISCONF)\b/.exec(text) ?? [];
  if (code) return code === 'OOM' ? 'memory' : 'disk';
  return previousErrors.map(refusalOf).find((refusal) => refusal !== undefined);
}

const refusals = { memory: 'queue_full', disk: 'queue_disk' } as const;
const pauseWhileRefusedMs = 1000;

/** Tries again for as long as the server takes no writes, and says so once. @param awaited what it may be refused for */
export async function onceWritable<Result>(
  { address, say }: Pick<QueueConnection, 'address' | 'say'>,
  work: () => Promise<Result>,
  awaited: readonly Refusal[] = ['memory', 'disk'],
): Promise<Result> {
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || !awaited.includes(refusal)) throw error;
      if (!told) say(message(queue, refusals[refusal], { queue: address.name }));
      await pause(pauseWhileRefusedMs);
    }
  }
}
