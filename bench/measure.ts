/**
 * One workload, all contestants: first each is held against what is exact, then those that are right take turns. What
 * was timed together is compared: a machine that is busy for a minute is busy for all.
 */
import type { Page } from 'playwright';
import type { Opened } from './browser.ts';
import { tolerance } from './exact-check.ts';
import type { Options } from './options.ts';
import { firstLine, within } from './patience.ts';
import { costOf, type Entrant, type Entry, median, type WorkloadResult } from './results.ts';
import { describe, type Problem } from './workloads.ts';

/** Slower repetitions than this are not worth more than three. */
const longRepetition_ms = 5000;

type Running = { entrant: Entrant; entry: Entry; speeds: number[]; steps: number; rounds: number };

export async function measure(
  pages: Opened,
  entrants: readonly Entrant[],
  problem: Problem,
  { rounds, target_ms, patience_s }: Pick<Options, 'rounds' | 'target_ms' | 'patience_s'>,
  say: (line: string) => void,
): Promise<WorkloadResult> {
  const running: Running[] = [];
  const entries: Entry[] = [];
  for (const entrant of entrants) {
    const entry: Entry = { name: entrant.name, lib: entrant.lib };
    entries.push(entry);
    if (entrant.failed) {
      entry.failed = entrant.failed;
      continue;
    }
    const started = performance.now();
    try {
      const steps = await within(patience_s, prepare(pages.of(entrant), entrant, problem, entry, target_ms));
      if (steps !== undefined) running.push({ entrant, entry, speeds: [], ...steps, rounds });
      else await pages.of(entrant).evaluate((name) => bench.close(name), entrant.name);
    } catch (error) {
      entry.failed = firstLine(error);
      await pages.renew(entrant);
    }
    const outcome =
      entry.failed ??
      entry.none ??
      (entry.wrong === undefined
        ? `off by ${entry.error?.toExponential(1)}`
        : `wrong: off by ${entry.wrong.toExponential(1)}`);
    say(`  ${entrant.name}: ${outcome} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  for (let round = 0; round < rounds; round++) {
    // Who begins changes with every round.
    for (let i = 0; i < running.length; i++)
      await repeat(pages, running[(i + round) % running.length], round, patience_s);
    say(`  round ${round + 1} of ${rounds}`);
  }
  for (const { entrant, entry, speeds, steps } of running) {
    if (entry.failed) continue;
    Object.assign(entry, { steps, steps_per_second: speeds });
    say(`  ${entrant.name}: ${median(speeds).toPrecision(3)} steps/s`);
    await within(
      patience_s,
      pages.of(entrant).evaluate((name) => bench.close(name), entrant.name),
    );
  }
  return { problem, description: describe(problem), cost: costOf(problem), entries };
}

/** Opens it, checks it, warms it up; how many steps a repetition is to have, or nothing where it is not to be timed. */
async function prepare(page: Page, { file, name }: Entrant, problem: Problem, entry: Entry, target_ms: number) {
  const opened = await page.evaluate(([path, who, what]) => bench.open(path, who, what), [
    file,
    name,
    problem,
  ] as const);
  if (opened.notForThis) {
    entry.none = opened.notForThis;
    return undefined;
  }
  entry.how = opened.how;
  const error = await page.evaluate(([who, what]) => bench.error(who, what), [name, problem] as const);
  // Not a number is wrong, too.
  if (!(error <= tolerance)) {
    entry.wrong = error;
    return undefined;
  }
  entry.error = error;
  const timed = (count: number) => page.evaluate(([who, n]) => bench.steps(who, n), [name, count] as const);
  let steps = 1;
  let ms = await timed(steps);
  // The first is not like the others: what is compiled is compiled in it.
  if (ms < 4 * target_ms) ms = await timed(steps);
  while (ms < target_ms / 2) {
    steps *= 2;
    ms = await timed(steps);
  }
  steps = Math.max(1, Math.round((steps * target_ms) / ms));
  if (ms < target_ms) await timed(steps);
  const counts = await page.evaluate(([who, n]) => bench.counted(who, n), [name, steps] as const);
  if (counts) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] /= steps;
    if (counts.dispatchWorkgroups > 0) entry.counts = counts;
  }
  return { steps };
}

async function repeat(pages: Opened, one: Running, round: number, patience_s: number): Promise<void> {
  const { entrant, entry, speeds, steps } = one;
  if (entry.failed || round >= one.rounds) return;
  try {
    const work = pages.of(entrant).evaluate(([name, n]) => bench.steps(name, n), [entrant.name, steps] as const);
    const ms = await within(patience_s, work);
    speeds.push((1000 * steps) / ms);
    if (ms > longRepetition_ms) one.rounds = Math.min(one.rounds, 3);
  } catch (error) {
    entry.failed = firstLine(error);
    await pages.renew(entrant);
  }
}
