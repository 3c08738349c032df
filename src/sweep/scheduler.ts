/**
 * The populations of a sweep take turns of half a second, so that all of them get on and a sweep that is ended early has
 * something to say of each. With successive halving they wait for each other at every rung. Now and then those that have
 * got on are saved.
 */
import type { Run } from '../train/trainer.ts';
import { losersAt, type Reached } from './rungs.ts';
import { savingNowAndThen } from './saving.ts';
import type { Entry } from './trial-specs.ts';

/** A population of a sweep. */
export interface Group {
  entries: Entry[];
  run: Run;
  /** Under way, where it was begun before the run was ended. */
  saving?: Promise<void>;
}

export interface Turns {
  /** Epochs after which the best of every `factor` combinations go on. */
  rungs: number[];
  factor: number;
  /** Trials of populations that have ended already. */
  reached: Reached[];
  /** Aborted when the runs have been ended from outside. */
  signal?: AbortSignal;
  /** Told after every epoch of a population. */
  report(): void;
  /** Scores a population that has ended, and lets go of it. */
  ended(group: Group): Promise<void>;
  /** Keeps a population as it is, to go on from. */
  save(group: Group): Promise<void>;
}

/** Milliseconds before the next population has its turn. */
const turn = 500;
/** Round and round, until every trial of every population has ended. */
export async function takeTurns(groups: readonly Group[], turns: Turns): Promise<void> {
  const { report, ended } = turns;
  const rungs = [...turns.rungs];
  const reached = [...turns.reached];
  const out = new Set<number>();
  const saved = savingNowAndThen(turns.save);
  let active = [...groups];
  while (active.length > 0) {
    const rung = (turns.signal?.aborted ? undefined : rungs[0]) ?? Number.POSITIVE_INFINITY;
    const goOn: Group[] = [];
    for (const group of active) {
      const until = performance.now() + turn;
      const waits = () => group.run.epochsDone >= rung;
      let more = true;
      while (more && !waits()) {
        more = await group.run.epoch();
        report();
        if (performance.now() >= until) break;
      }
      if (more) {
        goOn.push(group);
        await saved(group);
      } else {
        reached.push(...reachedBy(group));
        await ended(group);
      }
    }
    active = goOn;
    if (!turns.signal?.aborted && active.every(({ run }) => run.epochsDone >= rung)) {
      await halve(rung, active, reached, out, turns.factor);
      rungs.shift();
    }
  }
}

/** Ends the trials of combinations that do not go on. @param out those of earlier rungs, to which this one's are added */
async function halve(
  rung: number,
  groups: readonly Group[],
  reached: readonly Reached[],
  out: Set<number>,
  factor: number,
): Promise<void> {
  const standing = [...reached, ...groups.flatMap(reachedBy)].filter(({ cell }) => !out.has(cell));
  for (const cell of losersAt(rung, factor, standing)) out.add(cell);
  for (const { entries, run } of groups) {
    await run.stopTrials(entries.flatMap(({ cell }, index) => (out.has(cell) ? [index] : [])));
  }
}

function reachedBy({ entries, run }: Group): Reached[] {
  return entries.map(({ cell }, index) => ({ cell, history: run.trials[index].history }));
}
