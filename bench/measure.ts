/**
 * One workload, all contestants: first each is held against what is exact, then those that are right take turns. What
 * was timed together is compared: a machine that is busy for a minute is busy for all.
 */
import { median } from '../src/util/statistics/statistics.ts';
import type { Counts } from '../test/parity/support/counting.ts';
import { tolerance } from './exact-check.ts';
import type { Options } from './options.ts';
import { firstLine, within } from './patience.ts';
import { costOf, type Entry, type WorkloadResult } from './results.ts';
import { describe, type Problem } from './workloads.ts';

/** A contestant as it is driven, in a page or in this process; one workload after another. */
export interface Driver {
  name: string;
  lib: string;
  /** It could not begin at all. */
  failed?: string;
  /** The reason, where the workload is not for it. */
  open(problem: Problem): Promise<{ how?: string; notForThis?: string }>;
  /** How far its parameters are off after the first steps; undefined where that is not asked. */
  error(problem: Problem): Promise<number | undefined>;
  /** Milliseconds that so many steps take. */
  steps(count: number): Promise<number>;
  /** What so many steps ask of WebGPU. */
  counted?(count: number): Promise<Counts | undefined>;
  close(): Promise<void>;
  /** Begins it anew, after it hung or broke. */
  renew(): Promise<void>;
}

/** Slower repetitions than this are not worth more than three. */
const longRepetition_ms = 5000;

type Running = { driver: Driver; entry: Entry; speeds: number[]; steps: number; rounds: number };

export async function measure(
  drivers: readonly Driver[],
  problem: Problem,
  { rounds, target_ms, patience_s }: Pick<Options, 'rounds' | 'target_ms' | 'patience_s'>,
  say: (line: string) => void,
): Promise<WorkloadResult> {
  const running: Running[] = [];
  const entries: Entry[] = [];
  for (const driver of drivers) {
    const { name, lib, failed } = driver;
    const entry: Entry = { name, lib };
    entries.push(entry);
    if (failed) {
      entry.failed = failed;
      continue;
    }
    const started = performance.now();
    try {
      const steps = await within(patience_s, prepare(driver, problem, entry, target_ms));
      if (steps !== undefined) running.push({ driver, entry, speeds: [], steps, rounds });
      else await driver.close();
    } catch (error) {
      entry.failed = firstLine(error);
      await driver.renew();
    }
    const outcome =
      entry.failed ??
      entry.none ??
      (entry.wrong === undefined
        ? `off by ${entry.error?.toExponential(1)}`
        : `wrong: off by ${entry.wrong.toExponential(1)}`);
    say(`  ${name}: ${outcome} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  for (let round = 0; round < rounds; round++) {
    // Who begins changes with every round.
    for (let i = 0; i < running.length; i++) await repeat(running[(i + round) % running.length], round, patience_s);
    say(`  round ${round + 1} of ${rounds}`);
  }
  for (const { driver, entry, speeds, steps } of running) {
    if (entry.failed) continue;
    Object.assign(entry, { steps, steps_per_second: speeds });
    say(`  ${driver.name}: ${median(speeds).toPrecision(3)} steps/s`);
    await within(patience_s, driver.close());
  }
  return { problem, description: describe(problem), cost: costOf(problem), entries };
}

/** Opens it, checks it, warms it up; how many steps a repetition is to have, or nothing where it is not to be timed. */
async function prepare(driver: Driver, problem: Problem, entry: Entry, target_ms: number): Promise<number | undefined> {
  const opened = await driver.open(problem);
  if (opened.notForThis) {
    entry.none = opened.notForThis;
    return undefined;
  }
  entry.how = opened.how;
  const error = await driver.error(problem);
  // Not a number is wrong, too.
  if (error !== undefined && !(error <= tolerance)) {
    entry.wrong = error;
    return undefined;
  }
  entry.error = error;
  let steps = 1;
  let ms = await driver.steps(steps);
  // The first is not like the others: what is compiled is compiled in it.
  if (ms < 4 * target_ms) ms = await driver.steps(steps);
  while (ms < target_ms / 2) {
    steps *= 2;
    ms = await driver.steps(steps);
  }
  steps = Math.max(1, Math.round((steps * target_ms) / ms));
  if (ms < target_ms) await driver.steps(steps);
  const counts = await driver.counted?.(steps);
  if (counts) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] /= steps;
    if (counts.dispatchWorkgroups > 0) entry.counts = counts;
  }
  return steps;
}

async function repeat(one: Running, round: number, patience_s: number): Promise<void> {
  const { driver, entry, speeds, steps } = one;
  if (entry.failed || round >= one.rounds) return;
  try {
    const ms = await within(patience_s, driver.steps(steps));
    speeds.push((1000 * steps) / ms);
    if (ms > longRepetition_ms) one.rounds = Math.min(one.rounds, 3);
  } catch (error) {
    entry.failed = firstLine(error);
    await driver.renew();
  }
}
