/** A sweep, the server and the workers that train it, for tests that disturb them. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, expect, vi } from 'vitest';
import type { Trainer } from '../../src/queue/trainer.ts';
import { type WorkStatus, workStatusSchema } from '../../src/sweep/queue-status.ts';
import { folder, lab, start } from '../support/commands/cli.ts';
import { clockOfHours, type Hold, holdAt } from '../support/commands/hold.ts';
import type { RedisServer } from '../support/commands/redis.ts';

/** Seconds: a worker that is silent for so long has lost its jobs. */
export const lock = 1;

export const words = (sweep: string) =>
  `sweep curve.csv ${sweep}.json --target y --engine cpu --reproducible --model best --quiet`;

/** @returns its results on one machine */
export async function trainAlone(name: string, sweep: object): Promise<string> {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(sweep));
  const { code, err } = await lab(`${words(name)} --out ${name}-alone`);
  if (code !== 0) throw new Error(err);
  return trialsIn(`${name}-alone`);
}

export const trialsIn = (out: string) => readFileSync(join(folder, out, 'trials.csv'), 'utf8');

/** A command, and what it has said on standard error so far. */
export type Process = ReturnType<typeof start> & { text(): string };

const started: Process[] = [];
/** A test that fails leaves none behind. */
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL');
});

/** A command that ends with the tests, if not before. */
export function begun(words: string[], nodeOptions?: string): Process {
  const { child, ended } = start(words, '', nodeOptions);
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const one = { child, ended, text: () => text };
  started.push(one);
  return one;
}

const workerWords = ({ url }: Pick<RedisServer, 'url'>) =>
  `worker --queue ${url} --engine cpu --threads 1 --lock ${lock}`.split(' ');

export const startWorker = (redis: Pick<RedisServer, 'url'>, ...more: string[]): Process =>
  begun([...workerWords(redis), ...more]);

/** A worker whose first job is under way for as long as the test wants it: it waits where it has told of its first epochs. */
export function startHeldWorker(redis: Pick<RedisServer, 'url'>): Process & Pick<Hold, 'held' | 'release'> {
  const { option, ...hold } = holdAt({ told: 'progress' });
  return { ...begun(workerWords(redis), option), ...hold };
}

/** As a service manager ends them: one that was begun last may not hear signals before it says that it waits. */
export async function endWorkers(workers: readonly Process[]): Promise<void> {
  for (const worker of workers) await said([worker], /waits for jobs/);
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) expect((await ended).code).toBe(0);
}

export const submit = (sweep: string, out: string, { url }: RedisServer, ...more: string[]): Process =>
  begun([...words(sweep).split(' '), '--out', out, '--queue', url, ...more]);

/** A file for `--repeat`, of curve.csv. @param fit beside the plan */
export function writePlan(file: string, plan: object, fit: object = {}): void {
  const settings = { data: { target: 'y' }, fit: { minutes: 1, seed: 10, plan, ...fit } };
  writeFileSync(join(folder, file), JSON.stringify({ command: 'fit', engine: { kind: 'cpu' }, settings }));
}

/** Both came to the same bits. */
export function expectSameFit(out: string, other: string): void {
  const [own, others] = [out, other].map((name) => readFileSync(join(folder, name, 'model.safetensors')));
  expect(own.equals(others)).toBe(true);
  const [found, known] = [fitOf(out), fitOf(other)];
  for (const part of ['settings', 'members', 'networks', 'diverged', 'metrics', 'gain', 'calibration']) {
    expect(found[part]).toEqual(known[part]);
  }
}

export const fitOf = (out: string) => JSON.parse(readFileSync(join(folder, out, 'fit.json'), 'utf8'));

/** @param given how far it goes, such as `--minutes 1 --target y` */
export const fitWords = (given: string, out: string) =>
  `fit curve.csv ${given} --engine cpu --reproducible --threads 1 --quiet --out ${out}`;

const submittedFit = (given: string, out: string, { url }: Pick<RedisServer, 'url'>) => [
  ...fitWords(given, out).split(' '),
  '--queue',
  url,
];

export const submitFit = (given: string, out: string, redis: Pick<RedisServer, 'url'>, ...more: string[]): Process =>
  begun([...submittedFit(given, out, redis), ...more]);

/** One of an hour, which passes when the test says so. */
export function submitTimedFit(given: string, out: string, redis: Pick<RedisServer, 'url'>) {
  const { option, pass } = clockOfHours();
  return { ...begun(submittedFit(given, out, redis), option), pass };
}

/** Asks the server, until it is closed. */
export function ask({ url }: Pick<RedisServer, 'url'>): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => {}); // it is restarted
  return redis;
}

/** How many jobs BullMQ has there. */
export async function jobs(redis: Redis, state: 'wait' | 'active'): Promise<number> {
  const [queue] = await redis.keys('perceptron-lab:sweeps-*:meta');
  const own = (name: string) => queue.replace(/meta$/, name);
  if (!queue) return 0;
  const plain = await redis.llen(own(state));
  return state === 'wait' ? plain + (await redis.zcard(own('prioritized'))) : plain;
}

/** Until one of them says it, after what it had said before where that is given. */
export async function said(
  processes: readonly Process[],
  what: RegExp,
  before = processes.map(() => 0),
): Promise<void> {
  const heard = processes.map(async ({ child, ended, text }, index) => {
    const done = ended.then(({ code, err }) => {
      throw new Error(`ended with ${code}, and without a word of it: ${err}`);
    });
    done.catch(() => {}); // another one may say it
    while (!what.test(text().slice(before[index]))) await Promise.race([once(child.stderr, 'data'), done]);
  });
  await Promise.any(heard);
}

/** A trainer that has nothing to do with training. */
export function untrained() {
  return {
    ready: async () => ({ engine: 'cpu', adapter: 'none' }),
    train: vi.fn<Trainer['train']>(async () => undefined),
    cut: () => {},
    stop: () => {},
    kill: () => {},
  };
}

/** What submitters have told of their sweeps and fits. */
export async function statusesOn(server: RedisServer): Promise<WorkStatus[]> {
  const redis = ask(server);
  const keys = await redis.keys('perceptron-lab:work:*');
  const texts = await Promise.all(keys.map((key) => redis.get(key)));
  redis.disconnect();
  return texts.map((text) => workStatusSchema.parse(JSON.parse(text ?? '')));
}
