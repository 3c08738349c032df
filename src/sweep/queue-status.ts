/**
 * How a queue stands: its workers and jobs, and the sweeps and fits that were sent there as their submitters tell it. Plain data, which
 * `queue status` prints and the page shows.
 */
import * as z from 'zod/mini';
import type { Said } from '../util/message.ts';

/** What a worker says of itself while it lives. */
export interface WorkerState {
  machine: string;
  pid: number;
  version: string;
  engine: string;
  adapter: string;
  /** Jobs at a time. */
  concurrency: number;
  /** Jobs that train now. */
  active: number;
  jobs: number;
  trials: number;
  jobs_per_second: number;
  trials_per_second: number;
  /** When it was last heard of, by the clock of the server. */
  at: number;
}

export interface QueueStatus {
  /** Of this program; jobs are those of this version. */
  version: string;
  /** Of all versions. */
  workers: WorkerState[];
  /** `done`: results that wait for who has sent them. `delayed`: failed, and tried again in a moment. */
  jobs: Record<'waiting' | 'active' | 'delayed' | 'done' | 'failed', number>;
  /** Of those that wait, the most urgent first: a lower priority is taken before all of a higher one. */
  priorities: { priority: number; waiting: number }[];
  /** Of workers of this version, in the last minute. */
  trials_per_second: number;
  /** At that speed; null where nothing trains. */
  seconds_left: number | null;
  /** The latest first. */
  failures: { job: string; attempts: number; why: Said }[];
}

/** Rows of a leaderboard that are told. */
export const mostLeaders = 50;
/** Trials that a chart has room for. */
export const mostPoints = 2000;
const longestText = 1000;

const text = z.string().check(z.maxLength(longestText));
const whole = z.int().check(z.nonnegative());
/** JSON has no NaN. */
const unsure = z.nullable(z.number());
const points = <Value extends z.ZodMiniType>(value: Value) => z.array(value).check(z.maxLength(mostPoints));

const common = {
  /** Of the program that tells it. */
  version: text,
  /** Its file, without folders. */
  table: text,
  target: text,
  /** Of its jobs: those of a lower one are taken first. */
  priority: z.optional(whole),
  /** `left`: its submitter was ended by hand, and workers go on. `failed`: jobs of it have failed, and no other is left. */
  state: z.enum(['training', 'done', 'left', 'failed']),
  /** When it was last told, by the clock of the server. */
  at: z.number(),
  /** Since its submitter began. */
  seconds: z.number(),
  /** That it still takes, at its speed so far; null where that is not known. */
  seconds_left: unsure,
  /** What its score is, and whether more of it is better; null before there is any. */
  metric: z.nullable(z.object({ set: z.enum(['validation', 'train']), name: text, large: z.boolean() })),
  /** The best trial's, or the ensemble's, so far. */
  best: unsure,
};

const spread = z.object({
  n: whole,
  mean: unsure,
  sd: unsure,
  low: unsure,
  high: unsure,
  interval: z.enum(['t', 'bootstrap', 'none']),
});

const leader = z.object({
  cell: whole,
  settings: z.record(z.string(), z.unknown()),
  n: whole,
  diverged: whole,
  halved: whole,
  score: spread,
});

const sweepStatus = z.object({
  kind: z.literal('sweep'),
  ...common,
  trials: whole,
  ended: whole,
  diverged: whole,
  /** Of all trials together; those that stop early count as done. */
  epochs: whole,
  of_epochs: whole,
  combinations: whole,
  /** Paths of the settings that are not the same in all combinations. */
  varied: z.array(text),
  /** The best combinations, best first. */
  leaders: z.array(leader).check(z.maxLength(mostLeaders)),
  /** Trials in the order in which they ended: how many had by then, score, combination. Where there are many, some of them. */
  points: z.object({ ended: points(whole), score: points(z.number()), cell: points(whole) }),
});

const fitStatus = z.object({
  kind: z.literal('fit'),
  ...common,
  /** That have trained to their end, and those of the ensemble. */
  networks: whole,
  members: whole,
  packs: whole,
  /** What ends it: the time that it is given, or where it repeats another one so many packs. */
  of_seconds: unsure,
  of_packs: z.nullable(whole),
  /** Of a linear model, and of always giving the same answer. */
  linear: unsure,
  baseline: unsure,
  /** The ensemble's score when it changed. */
  points: z.object({ seconds: points(z.number()), score: points(z.number()) }),
});

/** How a sweep stands that others train, as its submitter has told it last. */
export type SweepStatus = z.infer<typeof sweepStatus>;
/** And a fit. */
export type FitStatus = z.infer<typeof fitStatus>;
export type WorkStatus = SweepStatus | FitStatus;

export const workStatusSchema = z.discriminatedUnion('kind', [sweepStatus, fitStatus]);

/** What whoever watches a queue is told of it; its sweeps are told one by one. */
export interface WatchedQueue {
  /** Where it is, without user and password. */
  queue: string;
  /** Whether it answers; else what follows is how it stood last. */
  reachable: boolean;
  status: QueueStatus | null;
  /** Newest first. `away`: its submitter is silent, and has not said that it ends. */
  works: { id: string; away: boolean }[];
  /** Those that another version has told in another way. */
  unread: number;
}
