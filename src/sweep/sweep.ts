/**
 * Runs a sweep: every configuration with every seed on every fold, as populations. Trials that share a shape and a loss on
 * the same fold train together in one GPU program; `scheduler.ts` divides the time between the populations. Selection uses
 * the validation rows; test rows are scored once per trial. With a store, a sweep that was killed resumes, and machines
 * that train a part each make one sweep.
 */

import type { DataSet } from '../data/prepare/dataset.ts';
import { type Notice, warning } from '../data/table/notices.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import { sweeps } from '../messages/en/training/sweeps.ts';
import { checkpointOfLive } from '../train/live-trials.ts';
import { resumedRun, resumeRun } from '../train/resume.ts';
import { type CreateRun, newRun, type Run } from '../train/trainer.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { awaitedLater } from '../util/promises.ts';
import {
  checkSweep,
  checkTrialCount,
  listConfigurations,
  type Sweep,
  type SweepInput,
} from './definition/definition.ts';
import { groupTrials, listTrialSpecs, type TrialSpec } from './definition/trial-specs.ts';
import { createResults, type ResultCollector } from './result-collector.ts';
import { costOf, rankedBy } from './results/leaderboard.ts';
import type { SweepEngine, SweepResult } from './results/types.ts';
import { varianceShares } from './results/variance-shares.ts';
import { type SweepProgress, sweepProgress, type TrialStatus, trialStatuses } from './schedule/progress.ts';
import { halvingOf, selectLosers } from './schedule/rungs.ts';
import { type Schedule, type SweepPopulation, trainPopulations } from './schedule/scheduler.ts';
import { type Halving, secondsLeft } from './schedule/time-left.ts';
import { type Checkpointer, createCheckpointer } from './store/checkpointer.ts';
import type { SweepStore } from './store/store.ts';

/** What a sweep may be given beside its settings. */
export interface SweepOptions {
  /** More trials than this are refused; 10,000 unless told. */
  max_trials?: number;
  /** Called after every epoch of a population. `statuses` computes the status of every trial. */
  progress?: (progress: SweepProgress, statuses: () => TrialStatus[]) => void;
  /**
   * Ends the sweep: trials that have not ended count as interrupted, and are scored as they are; with a store not on test
   * rows, since they may go on.
   */
  signal?: AbortSignal;
  /**
   * Where the sweep saves its results and checkpoints, and resumes from: trials that have ended are not trained again,
   * populations continue from their last checkpoint, and the results equal those of an uninterrupted sweep, to the last
   * bit. When the store fails, a notice says so and the sweep continues without it.
   */
  store?: SweepStore;
  /**
   * Trains a part of the sweep: those of its trials, counted from 0 by configuration, then seed, then fold, for which this
   * holds. The result is of these alone; stores of all parts, put together, are that of the whole sweep. Not with `halving`.
   */
  only?: (place: number) => boolean;
  /** A name for this machine: each trial that trains here has it in its `ran_on`. */
  machine?: string;
}

export const maxTrials = 10_000;

/**
 * @param folds a data set for each fold (see `prepareFolds`), or the only one
 * @param create makes each run of what the constructor takes
 * @throws InputError about the sweep's settings, naming the combination, or where the store holds another sweep
 */
export async function sweep(
  engine: Engine,
  folds: DataSet | DataSet[],
  input: SweepInput,
  options: SweepOptions = {},
  create: CreateRun<Run> = newRun,
): Promise<SweepResult> {
  const definition = checkSweep(input);
  if (definition.halving && options.only) throw new InputError(message(sweeps, 'halving_in_parts'), 'halving');
  const started = performance.now();
  const trained = await trainTrials(engine, folds, definition, options, undefined, create);
  const { results, resumed, notices } = trained;
  const collected = results.result();
  const by = rankedBy(collected.trials);
  const scored = collected.leaderboard.map((entry) => ({ settings: entry.settings, cost: costOf(entry, by) }));
  const { kind, adapter, software, why } = trained.engine;
  return {
    ...collected,
    variance_shares: varianceShares(scored, Object.keys(definition.random)) ?? null,
    engine: { kind, adapter, software, why },
    resumed,
    notices,
    seconds: (performance.now() - started) / 1000,
  };
}

/** What has come of trials, apart from what it means together. */
export interface TrainedTrials {
  results: ResultCollector;
  /** What trained the population that ended last, or is to go on. */
  engine: SweepEngine;
  /** Trials that the store had. */
  resumed: number;
  notices: Notice[];
}

/**
 * Trains what the store does not have, and scores what has ended.
 * @param schedule of a stage of the sweep (see `stage.ts`); that of the whole where absent
 */
export async function trainTrials(
  engine: Engine,
  folds: DataSet | DataSet[],
  definition: Sweep,
  { max_trials = maxTrials, progress, signal, store, only, machine }: SweepOptions,
  schedule?: Schedule,
  create: CreateRun<Run> = newRun,
): Promise<TrainedTrials> {
  const sets = Array.isArray(folds) ? folds : [folds];
  checkSets(definition, sets);
  checkTrialCount(definition, max_trials);
  const started = performance.now();
  const configurations = listConfigurations(definition, { rows: sets[0].sets.train.length, outputs: sets[0].outputs });
  const all = listTrialSpecs(definition, configurations);
  const specs = only ? chooseTrials(all, only) : all;
  const results = createResults(configurations, sets.length, groupTrials(specs, sets), machine);
  const notices: Notice[] = [];
  const checkpointer = store && (await createCheckpointer(store, definition, { all, specs, sets, only, notices }));
  for (const ended of checkpointer?.resumed.ended ?? []) results.addStored(ended);
  const populations = await createPopulations(engine, sets, specs, checkpointer, notices, create);
  const newTrials = populations
    .filter(({ run }) => run.stepsDone === 0)
    .flatMap((population) => population.specs).length;
  const halving = halvingOf(definition, all);
  const statuses = () => trialStatuses(specs, results.places, populations);
  const report = () =>
    progress?.(
      sweepProgress(
        specs,
        results.ended,
        populations.flatMap(({ run }) => run.trials),
        (performance.now() - started) / 1000,
        (stopRate) => secondsLeft(populations, halving, stopRate),
      ),
      statuses,
    );
  const stop = () => {
    for (const population of populations) {
      // Requested before the stop, so taken before it.
      if (checkpointer && population.run.stepsDone > 0) population.saving = awaitedLater(checkpointer.save(population));
      population.run.stop();
    }
  };
  /** Its results, once it has ended or what has ended of it; with a store not on test rows where it may go on. */
  const score = async (population: SweepPopulation) => {
    try {
      const ended = await results.add(population, checkpointer?.keys ?? [], !checkpointer || !signal?.aborted);
      if (!signal?.aborted) await checkpointer?.ended(population, ended);
    } finally {
      // Frees its memory for the populations that still train.
      await population.run.destroy();
    }
  };
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted) stop();
    await trainPopulations([...populations], {
      ...(schedule ?? wholeSchedule(halving)),
      histories: results.histories(),
      signal,
      report,
      save: async (population) => checkpointer?.save(population),
      async shrink(population) {
        const checkpoint = await checkpointOfLive(population.run);
        population.inParts = !checkpoint;
        const engineInfo = population.engine ?? (await population.run.engineInfo());
        if (!checkpoint || signal?.aborted) return population;
        const rest = withLive(population, resumeRun(engine, population.run.data, checkpoint, create), engineInfo);
        // It begins when the other is gone: there may be no room for both.
        populations[populations.indexOf(population)] = rest;
        await checkpointer?.save(rest, checkpoint);
        await score(population);
        return rest;
      },
      async onEnded(population) {
        await population.saving;
        await score(population);
        populations.splice(populations.indexOf(population), 1);
      },
    });
    for (const { saving } of populations) await saving;
    const trainedBy = results.engine ?? (await populations[0]?.run.engineInfo()) ?? engine;
    return { results, engine: trainedBy, resumed: specs.length - newTrials, notices };
  } finally {
    signal?.removeEventListener('abort', stop);
    for (const { run } of populations) await run.destroy();
  }
}

/** The best of every `factor` combinations go on. */
const wholeSchedule = ({ rungs, factor }: Halving): Schedule => ({
  rungs,
  losersAt: (rung, reached) => selectLosers(rung, factor, reached),
});

/** @throws InputError where the sweep needs others */
export function checkSets({ folds, halving }: Sweep, sets: readonly DataSet[]): void {
  if (folds !== sets.length) {
    throw new InputError(message(sweeps, 'folds_given', { folds, count: sets.length }), 'folds');
  }
  if (halving && sets.some(({ sets }) => sets.validation.length === 0)) {
    throw new InputError(message(sweeps, 'halving_blind'), 'halving');
  }
}

/** @throws InputError where there are none */
function chooseTrials(all: readonly TrialSpec[], only: (place: number) => boolean): TrialSpec[] {
  const chosen = all.filter(({ place }) => only(place));
  if (chosen.length === 0) throw new InputError(message(sweeps, 'none_chosen', { count: all.length }), 'only');
  return chosen.map((spec, place) => ({ ...spec, place }));
}

const nothingSpent = () => ({ training: 0, closing: 0, epochs: 0, trialEpochs: 0 });

/** @param run of the trials of the population that have not ended */
function withLive({ specs, run: whole, spent }: SweepPopulation, run: Run, engine: EngineInfo): SweepPopulation {
  return {
    specs: specs.filter((_, index) => !whole.trials[index].outcome),
    run,
    spent: { ...spent, closing: (spent.closing * run.trials.length) / whole.trials.length },
    engine,
  };
}

async function createPopulations(
  engine: Engine,
  sets: readonly DataSet[],
  specs: readonly TrialSpec[],
  checkpointer: Checkpointer | undefined,
  notices: Notice[],
  create: CreateRun<Run>,
): Promise<SweepPopulation[]> {
  const start = (own: TrialSpec[]): SweepPopulation => {
    const trials = own.map(({ trial }) => trial);
    return { specs: own, run: create(engine, sets[own[0].fold], trials), spent: nothingSpent() };
  };
  const populations: SweepPopulation[] = [];
  for (const { specs: own, run: checkpoint } of checkpointer?.resumed.running ?? []) {
    const resumed = await resumedRun(engine, sets[own[0].fold], checkpoint, create);
    if ('refused' in resumed) {
      notices.push(warning(message(sweeps, 'trials_begin_anew', { count: own.length, why: resumed.refused })));
      populations.push(start(own));
    } else populations.push({ specs: own, run: resumed.run, spent: nothingSpent() });
  }
  const anew = groupTrials(checkpointer?.resumed.remaining ?? specs, sets).map(start);
  // They train in turns, and so are there together.
  anew.reduce((others, { run }) => others + run.memory(others), 0);
  return [...populations, ...anew];
}
