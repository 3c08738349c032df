/**
 * Round-robin scheduling of a sweep's populations, in time slices of half a second, so that a sweep that is ended early has
 * results for each. With successive halving they wait for each other at every rung. Autosaves checkpoints.
 */
import type { EngineInfo } from '../../engine/engine.ts';
import { mostlyEnded } from '../../train/live-trials.ts';
import { liveTrials } from '../../train/progress.ts';
import type { Run, TrialProgress } from '../../train/trainer.ts';
import { awakeMs } from '../../util/awake.ts';
import type { TrialSpec } from '../definition/trial-specs.ts';
import { createAutosave } from '../store/store.ts';
import type { TrialHistory } from './rungs.ts';
import { type Spent, trainingSeconds } from './time-left.ts';

/** Trials of a sweep that train together. */
export interface SweepPopulation {
  specs: TrialSpec[];
  run: Run;
  /** What it took so far. */
  spent: Spent;
  /** What it was begun on, of one that goes on with the trials of another that had not ended. */
  engine?: EngineInfo;
  /** Whether the engine trains it in parts: it stays as it is to its end. */
  inParts?: boolean;
  /** A checkpoint in progress, when the sweep is stopped. */
  saving?: Promise<void>;
}

/** Where populations wait for each other. */
export interface Schedule {
  /** Epochs after which some configurations stop. */
  rungs: readonly number[];
  /** Those that stop at a rung. @param reached the trials of all that did not stop at an earlier one */
  losersAt(rung: number, reached: readonly TrialHistory[]): ReadonlySet<number>;
  /** Epochs after which populations are saved as they are, and train no further here. */
  until?: number;
}

export interface SchedulerOptions extends Schedule {
  /** Of trials that have ended before. */
  histories: TrialHistory[];
  /** Aborts when the runs are stopped from outside. */
  signal?: AbortSignal;
  /** Called after every epoch of a population. */
  report(): void;
  /** Scores and destroys a population that has ended. */
  onEnded(population: SweepPopulation): Promise<void>;
  /** A population of the trials that have not ended; the others are scored, and what they held is freed. */
  shrink(population: SweepPopulation): Promise<SweepPopulation>;
  /** Saves a checkpoint of a population. */
  save(population: SweepPopulation): Promise<void>;
}

/** Milliseconds per population and round; the first round is short, so that the pace of each is known soon. */
const timeSliceMs = 500;
const firstSliceMs = 100;

/** Trains until every trial of every population has ended, or has been saved at `until`. */
export async function trainPopulations(
  populations: readonly SweepPopulation[],
  options: SchedulerOptions,
): Promise<void> {
  const { report, onEnded, until = Number.POSITIVE_INFINITY } = options;
  const rungs = [...options.rungs];
  const histories = [...options.histories];
  const eliminated = new Set<number>();
  const autosave = createAutosave(options.save);
  const shrunk = async (population: SweepPopulation) => {
    if (options.signal?.aborted || population.inParts || !mostlyEnded(population.run)) return population;
    const rest = await options.shrink(population);
    if (rest !== population) histories.push(...historiesOf(population, ({ outcome }) => outcome !== undefined));
    return rest;
  };
  const end = async (population: SweepPopulation) => {
    histories.push(...historiesOf(population));
    await onEnded(population);
  };
  let active = [...populations];
  while (active.length > 0) {
    const rung = options.signal?.aborted ? Number.POSITIVE_INFINITY : (rungs[0] ?? until);
    const remaining: SweepPopulation[] = [];
    for (const begun of active) {
      // One that was kept at its end goes on as it would have.
      let population = await shrunk(begun);
      const sliceEnd = performance.now() + (population.spent.epochs === 0 ? firstSliceMs : timeSliceMs);
      const waits = () => population.run.epochsDone >= rung;
      let more = true;
      while (more && !waits()) {
        more = await trainEpoch(population);
        report();
        // After every epoch, and not every turn: a sweep that is gone on from does it at the same one.
        if (more) population = await shrunk(population);
        if (performance.now() >= sliceEnd) break;
      }
      if (more) {
        remaining.push(population);
        await autosave(population);
      } else await end(population);
    }
    active = remaining;
    if (!options.signal?.aborted && active.every(({ run }) => run.epochsDone >= rung)) {
      const decided = rungs.shift();
      if (decided !== undefined) await stopLosers(decided, active, histories, eliminated, options);
      active = [];
      for (const population of remaining) {
        if (liveTrials(population.run.trials).length === 0) await end(population);
        else if (decided !== undefined) active.push(await shrunk(population));
        else await options.save(population);
      }
    }
  }
}

async function trainEpoch({ run, spent }: SweepPopulation): Promise<boolean> {
  const live = liveTrials(run.trials).length;
  const [begun, trained] = [performance.now(), trainingSeconds(run)];
  const more = await run.epoch();
  if (!more) return false;
  const training = trainingSeconds(run) - trained;
  spent.training += training;
  spent.closing += awakeMs(performance.now() - begun - 1000 * training) / 1000;
  spent.epochs += 1;
  spent.trialEpochs += live;
  return true;
}

/** Stops the trials of configurations that lose at this rung. @param eliminated losers so far; this rung's are added */
async function stopLosers(
  rung: number,
  populations: readonly SweepPopulation[],
  histories: readonly TrialHistory[],
  eliminated: Set<number>,
  { losersAt }: Schedule,
): Promise<void> {
  const candidates = [...histories, ...populations.flatMap((population) => historiesOf(population))].filter(
    ({ configuration }) => !eliminated.has(configuration),
  );
  for (const loser of losersAt(rung, candidates)) eliminated.add(loser);
  for (const { specs, run } of populations) {
    await run.stopTrials(specs.flatMap(({ configuration }, index) => (eliminated.has(configuration) ? [index] : [])));
  }
}

function historiesOf(
  { specs, run }: SweepPopulation,
  taken: (trial: TrialProgress) => boolean = () => true,
): TrialHistory[] {
  return specs.flatMap(({ configuration }, index) => {
    const trial = run.trials[index];
    return taken(trial) ? [{ configuration, history: trial.history }] : [];
  });
}
