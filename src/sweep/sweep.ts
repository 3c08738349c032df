/**
 * Runs a sweep: every cell with every seed on every fold, as populations. Trials that share a shape and a loss on the same
 * fold train together in one GPU program; the populations take turns, so that all of them get on and a sweep that is
 * ended early has something to say of each. Selection is by the validation rows; test rows are scored once per trial.
 */
import type { DataSet } from '../data/dataset.ts';
import type { Engine, RowSet } from '../engine/engine.ts';
import { chunks, groupBy } from '../engine/group-by.ts';
import { InputError } from '../spec/errors.ts';
import type { Metrics } from '../train/metrics.ts';
import type { StopReason } from '../train/stopping.ts';
import { type Run, trainPopulation } from '../train/trainer.ts';
import { resolved } from '../train/trials.ts';
import { type Cell, cellsOf, checkSweep, refuseTooMany, type SweepInput, seedsOf, trialsOf } from './definition.ts';
import { type Leader, leaderboardOf } from './leaderboard.ts';

export interface TrialResult {
  /** Which combination, by its place in the grid. */
  cell: number;
  /** What varies, without the seed. */
  settings: Record<string, unknown>;
  seed: number;
  /** Counted from 0; null where there is the one split. */
  fold: number | null;
  metrics: Record<RowSet, Metrics | null>;
  epochs_run: number;
  stopped: StopReason;
}

export interface SweepResult {
  /** In the order of cells, then seeds, then folds. */
  trials: TrialResult[];
  /** Best first, by the validation metric that matters: RMSE, or accuracy. */
  leaderboard: Leader[];
  /** How trials were put together. */
  populations: { trials: number; plan: string }[];
  seconds: number;
}

export interface SweepProgress {
  trials: number;
  ended: number;
  /** Epochs trained and asked for, all trials together; those that stop early count as done. */
  epochs: number;
  ofEpochs: number;
  seconds: number;
}

export interface SweepOptions {
  /** More trials than this are refused; 10,000 unless told. */
  max_trials?: number;
  progress?: (progress: SweepProgress) => void;
  /** Ends the sweep: trials that have not ended count as interrupted, and are scored as they are. */
  signal?: AbortSignal;
}

export const mostTrials = 10_000;
/** Trials that one population has at most. */
const mostTogether = 1024;
/** Milliseconds before the next population has its turn. */
const turn = 500;

/** One trial to be, by its place in the results. */
interface Entry {
  place: number;
  cell: number;
  seed: number;
  fold: number;
}

interface Group {
  entries: Entry[];
  run: Run;
}

/**
 * @param folds a data set for each fold (see `prepareFolds`), or the only one
 * @throws InputError about the sweep's settings, naming the combination
 */
export async function sweep(
  engine: Engine,
  folds: DataSet | DataSet[],
  input: SweepInput,
  { max_trials = mostTrials, progress, signal }: SweepOptions = {},
): Promise<SweepResult> {
  const definition = checkSweep(input);
  const sets = Array.isArray(folds) ? folds : [folds];
  if (definition.folds !== sets.length) {
    throw new InputError(
      `folds: the sweep has ${definition.folds}, but ${sets.length} data ${sets.length === 1 ? 'set was' : 'sets were'} given; give one for each (see prepareFolds).`,
      'folds',
    );
  }
  refuseTooMany(definition, max_trials);
  const cells = cellsOf(definition);
  const begun = performance.now();
  const groups = groupsOf(engine, sets, cells, definition);
  const results: TrialResult[] = new Array(trialsOf(definition));
  const populations: SweepResult['populations'] = new Array(groups.length);
  const report = () => progress?.(progressOf(groups, (performance.now() - begun) / 1000));
  // Scored and gone as soon as it ends: the memory is there for those that still train.
  const ended = async (group: Group) => {
    const { entries, run } = group;
    populations[groups.indexOf(group)] = { trials: entries.length, plan: await run.plan() };
    await scoreInto(results, entries, run, cells, sets.length);
    await run.destroy();
  };
  try {
    await takeTurns(groups, report, ended, signal);
  } finally {
    for (const { run } of groups) await run.destroy();
  }
  return {
    trials: results,
    leaderboard: leaderboardOf(results),
    populations,
    seconds: (performance.now() - begun) / 1000,
  };
}

function groupsOf(engine: Engine, sets: DataSet[], cells: Cell[], definition: ReturnType<typeof checkSweep>): Group[] {
  const entries: Entry[] = cells
    .flatMap(({ trial }, cell) =>
      seedsOf(definition, trial.training.seed).flatMap((seed) => sets.map((_, fold) => ({ cell, seed, fold }))),
    )
    .map((entry, place) => ({ place, ...entry }));
  const alike = groupBy(entries, ({ cell, fold }) => {
    const { model, training } = resolved(cells[cell].trial, sets[fold].preprocessing.task);
    return JSON.stringify([fold, model.hidden, training.loss]);
  });
  return alike
    .flatMap((group) => chunks(group, mostTogether))
    .map((group) => {
      const trials = group.map(({ cell, seed }) => {
        const { model, training } = cells[cell].trial;
        return { model, training: { ...training, seed } };
      });
      return { entries: group, run: trainPopulation(engine, sets[group[0].fold], trials) };
    });
}

/** Round and round, until every trial of every population has ended. */
async function takeTurns(
  groups: Group[],
  report: () => void,
  ended: (group: Group) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const stop = () => {
    for (const { run } of groups) run.stop();
  };
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted) stop();
    let active = groups;
    while (active.length > 0) {
      const goOn: Group[] = [];
      for (const group of active) {
        const until = performance.now() + turn;
        let more = true;
        while (more && performance.now() < until) {
          more = await group.run.epoch();
          report();
        }
        if (more) goOn.push(group);
        else await ended(group);
      }
      active = goOn;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function scoreInto(
  results: TrialResult[],
  entries: Entry[],
  run: Run,
  cells: Cell[],
  folds: number,
): Promise<void> {
  const [train, validation, test] = [
    await run.metricsOfAll('train'),
    await run.metricsOfAll('validation'),
    await run.metricsOfAll('test'),
  ];
  entries.forEach(({ place, cell, seed, fold }, index) => {
    const { outcome } = run.trials[index];
    if (!outcome) throw new Error('a trial has not ended');
    results[place] = {
      cell,
      settings: cells[cell].settings,
      seed,
      fold: folds > 1 ? fold : null,
      metrics: {
        train: train?.[index] ?? null,
        validation: validation?.[index] ?? null,
        test: test?.[index] ?? null,
      },
      epochs_run: outcome.epochs_run,
      stopped: outcome.stopped,
    };
  });
}

function progressOf(groups: Group[], seconds: number): SweepProgress {
  const trials = groups.flatMap(({ run }) => run.trials);
  const asked = (trial: (typeof trials)[number]) => trial.trial.training.epochs;
  return {
    trials: trials.length,
    ended: trials.filter(({ outcome }) => outcome).length,
    epochs: trials.reduce((sum, trial) => sum + (trial.outcome ? asked(trial) : trial.history.length), 0),
    ofEpochs: trials.reduce((sum, trial) => sum + asked(trial), 0),
    seconds,
  };
}
