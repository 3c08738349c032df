/**
 * A sweep whose stages other machines train: what is to be trained next, and who has lost at a rung, from what has come of the
 * stages before. All of it lies in a store, from which one machine could go on as well.
 */

import type { TrialSpec } from './definition/trial-specs.ts';
import type { LiveTrial } from './schedule/progress.ts';
import { selectLosers, type TrialHistory } from './schedule/rungs.ts';
import type { Halving } from './schedule/time-left.ts';
import type { Losers, Stage } from './stage.ts';
import { runningName } from './store/checkpointer.ts';
import type { ResumeState } from './store/resume.ts';
import type { EndedPopulation, RunningPopulation, StoredTrial, SweepStore } from './store/store.ts';

/** Trials that train together, and have not all ended. */
export interface WaitingPopulation {
  specs: readonly TrialSpec[];
  /** Epochs that they have trained. */
  epochs: number;
  trials: readonly LiveTrial[];
  /** What the store has them by; undefined where they have not begun. */
  name?: string;
}

/** What one of them trains next. */
export interface StagePart extends Stage {
  population: WaitingPopulation;
}

/** What a stage has left in the store of its part, by name. */
export interface StageResults {
  ended: ReadonlyMap<string, EndedPopulation>;
  running: ReadonlyMap<string, RunningPopulation>;
}

export interface Stages {
  /** Those that have not ended. */
  readonly populations: readonly WaitingPopulation[];
  /** What trains next; all of its parts have to be there before the next stage. Nothing once all trials have ended. */
  next(): StagePart[];
  /** What a part has come to goes into the store. */
  add(part: StagePart, results: StageResults): Promise<void>;
}

/**
 * @param resumed what the store had @param keys of trials, by place
 * @param cut makes populations of trials that have not begun
 */
export async function createStages(
  store: SweepStore,
  halving: Pick<Halving, 'rungs' | 'factor'>,
  { resumed, keys }: { resumed: ResumeState; keys: readonly string[] },
  cut: (remaining: readonly TrialSpec[]) => readonly TrialSpec[][],
): Promise<Stages> {
  const ended: TrialHistory[] = [];
  const end = ({ configuration }: TrialSpec, { history }: StoredTrial) => {
    // Only rungs ask for it.
    if (halving.rungs.length > 0) ended.push({ configuration, history });
  };
  for (const { trials } of resumed.ended) for (const { spec, result } of trials) end(spec, result);
  const populations = new Set<WaitingPopulation>();
  for (const { specs, run } of resumed.running) {
    populations.add(waiting(specs, run, await runningName(specs.map(({ place }) => keys[place]))));
  }
  for (const specs of cut(resumed.remaining)) {
    populations.add({
      specs,
      epochs: 0,
      trials: specs.map(({ trial }) => ({ trial, history: [], outcome: undefined })),
    });
  }
  return {
    get populations() {
      return [...populations];
    },
    next: () => nextStage(halving, ended, [...populations]),
    async add({ population }, results) {
      const specs = new Map(population.specs.map((spec) => [keys[spec.place], spec]));
      // In this order nothing is lost where it ends in between.
      for (const [name, value] of [...results.running, ...results.ended]) await store.write(name, value);
      if (population.name !== undefined && !results.running.has(population.name)) await store.remove(population.name);
      populations.delete(population);
      for (const [name, { keys: own, run }] of results.running) {
        populations.add(
          waiting(
            own.flatMap((key) => specs.get(key) ?? []),
            run,
            name,
          ),
        );
      }
      for (const { trials } of results.ended.values()) {
        for (const { key, result } of trials) {
          const spec = specs.get(key);
          if (spec) end(spec, result);
        }
      }
    },
  };
}

/**
 * The parts of the next stage, which ends when all trials have reached a rung, as on one machine. A population that begins
 * late, as what was kept of it is lost, first catches up.
 */
export function nextStage(
  { rungs, factor }: Pick<Halving, 'rungs' | 'factor'>,
  ended: readonly TrialHistory[],
  populations: readonly WaitingPopulation[],
): StagePart[] {
  const trials = [...ended, ...populations.flatMap(historiesOf)];
  const eliminated = new Set<number>();
  const losers: Losers[] = [];
  for (const rung of rungs) {
    const behind = populations.filter(({ epochs }) => epochs < rung);
    if (behind.length > 0) return behind.map((population) => ({ ...partOf(population, losers), until: rung }));
    const reached = trials.filter(({ configuration }) => !eliminated.has(configuration));
    const configurations = [...selectLosers(rung, factor, reached)];
    for (const loser of configurations) eliminated.add(loser);
    losers.push({ rung, configurations });
  }
  return populations.map((population) => partOf(population, losers));
}

function partOf(population: WaitingPopulation, losers: readonly Losers[]): StagePart {
  const own = new Set(population.specs.map(({ configuration }) => configuration));
  const ofOwn = losers.map(({ rung, configurations }) => ({
    rung,
    configurations: configurations.filter((configuration) => own.has(configuration)),
  }));
  return { population, losers: ofOwn.filter(({ configurations }) => configurations.length > 0) };
}

function waiting(specs: readonly TrialSpec[], run: RunningPopulation['run'], name: string): WaitingPopulation {
  // Without the settings of each, and what the engine holds.
  const trials = run.trials.map(({ history, outcome }, index) => ({ trial: specs[index].trial, history, outcome }));
  return { specs, epochs: run.epochs, trials, name };
}

function historiesOf({ specs, trials }: WaitingPopulation): TrialHistory[] {
  return specs.map(({ configuration }, index) => ({ configuration, history: trials[index].history }));
}
