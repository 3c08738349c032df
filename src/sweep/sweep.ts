/**
 * Runs a sweep: every cell with every seed on every fold, as populations. Trials that share a shape and a loss on the same
 * fold train together in one GPU program; the populations take turns (see `scheduler.ts`). Selection is by the validation
 * rows; test rows are scored once per trial. With a store, a sweep that was killed goes on.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { type Notice, warning } from '../data/table/notices.ts';
import type { Engine, RowSet } from '../engine/engine.ts';
import type { Metrics } from '../model/metrics.ts';
import type { Model } from '../model/model.ts';
import type { ModelData } from '../model/model-data.ts';
import type { StopReason } from '../train/stopping.ts';
import { type EpochRecord, resumeRun, trainPopulation } from '../train/trainer.ts';
import { InputError } from '../util/errors.ts';
import { createKeeper, type Keeper } from './checkpointer.ts';
import { cellsOf, checkSweep, refuseTooMany, type Sweep, type SweepInput } from './definition.ts';
import type { Leader } from './leaderboard.ts';
import { progressOf, type Standing, type SweepProgress, standingsOf } from './progress.ts';
import { createScores } from './results.ts';
import { rungsOf } from './rungs.ts';
import { type Group, takeTurns } from './scheduler.ts';
import type { SweepStore } from './store.ts';
import { type Entry, entriesOf, groupsOf } from './trial-specs.ts';

export type { Standing, SweepProgress } from './progress.ts';

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
  /** Its epochs. */
  history: readonly EpochRecord[];
}

export interface SweepResult {
  /** In the order of cells, then seeds, then folds. */
  trials: TrialResult[];
  /** Best first, by the validation metric that matters: RMSE, or accuracy. */
  leaderboard: Leader[];
  /** The best trial of the best combination, by the same metric, and what it learned. */
  best: { trial: number; model: Model };
  /** The best trial of each combination and what it learned, of those whose models were worth the memory. */
  models: ReadonlyMap<number, { trial: number; model: ModelData }>;
  /** How trials were put together. */
  populations: { trials: number; plan: string }[];
  /** Trials that were not begun anew, because the store had them or what they go on from. */
  resumed: number;
  /** What went otherwise than asked for, in sentences. */
  notices: Notice[];
  seconds: number;
}

export interface SweepOptions {
  /** More trials than this are refused; 10,000 unless told. */
  max_trials?: number;
  /** Told after every epoch of a population. `standings` are those of all trials, made when they are asked for. */
  progress?: (progress: SweepProgress, standings: () => Standing[]) => void;
  /**
   * Ends the sweep: trials that have not ended count as interrupted, and are scored as they are; with a store not on test
   * rows, since they may go on.
   */
  signal?: AbortSignal;
  /**
   * Where the sweep keeps what it has, and takes up what it finds there: trials that have ended are not trained again,
   * populations go on from their last checkpoint, and the results are those of a sweep that was never interrupted, to
   * the last bit. A store that fails is told of in the notices, and the sweep goes on without it.
   */
  store?: SweepStore;
}

export const mostTrials = 10_000;

/**
 * @param folds a data set for each fold (see `prepareFolds`), or the only one
 * @throws InputError about the sweep's settings, naming the combination, or where the store holds another sweep
 */
export async function sweep(
  engine: Engine,
  folds: DataSet | DataSet[],
  input: SweepInput,
  { max_trials = mostTrials, progress, signal, store }: SweepOptions = {},
): Promise<SweepResult> {
  const definition = checkSweep(input);
  const sets = Array.isArray(folds) ? folds : [folds];
  checkSets(definition, sets);
  refuseTooMany(definition, max_trials);
  const begun = performance.now();
  const cells = cellsOf(definition);
  const entries = entriesOf(definition, cells);
  const scores = createScores(cells, sets.length);
  const notices: Notice[] = [];
  const keeper = store && (await createKeeper(store, definition, entries, sets, notices));
  for (const population of keeper?.found.ended ?? []) scores.takeUp(population);
  const groups = await groupsFor(engine, sets, entries, keeper, notices);
  const begunAnew = groups.filter(({ run }) => run.stepsDone === 0).flatMap((group) => group.entries).length;
  const standings = () => standingsOf(entries, scores.places, groups);
  const report = () =>
    progress?.(progressOf(entries, scores.ended, groups, (performance.now() - begun) / 1000), standings);
  const stop = () => {
    for (const group of groups) {
      // Asked for before the end, so taken before it.
      if (keeper && group.run.stepsDone > 0) group.saving = keeper.save(group);
      group.run.stop();
    }
  };
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted) stop();
    await takeTurns([...groups], {
      rungs: rungsOf(definition, Math.max(...entries.map(({ trial }) => trial.training.epochs))),
      factor: definition.halving?.factor ?? 1,
      reached: scores.reached(),
      signal,
      report,
      save: async (group) => keeper?.save(group),
      async ended(group) {
        await group.saving;
        const population = await scores.add(group, keeper?.keys ?? [], !keeper || !signal?.aborted);
        if (!signal?.aborted) await keeper?.ended(group, population);
        // Gone as soon as it ends: the memory is there for those that still train.
        await group.run.destroy();
        groups.splice(groups.indexOf(group), 1);
      },
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    for (const { run } of groups) await run.destroy();
  }
  const resumed = entries.length - begunAnew;
  return { ...scores.result(), resumed, notices, seconds: (performance.now() - begun) / 1000 };
}

function checkSets({ folds, halving }: Sweep, sets: readonly DataSet[]): void {
  if (folds !== sets.length) {
    throw new InputError(
      `folds: the sweep has ${folds}, but ${sets.length} data ${sets.length === 1 ? 'set was' : 'sets were'} given; give one for each (see prepareFolds).`,
      'folds',
    );
  }
  if (halving && sets.some(({ sets }) => sets.validation.length === 0)) {
    throw new InputError('halving: needs validation rows to decide by; give split.validation a share.', 'halving');
  }
}

async function groupsFor(
  engine: Engine,
  sets: readonly DataSet[],
  entries: readonly Entry[],
  keeper: Keeper | undefined,
  notices: Notice[],
): Promise<Group[]> {
  const begin = (own: Entry[]): Group => {
    const trials = own.map(({ trial }) => trial);
    return { entries: own, run: trainPopulation(engine, sets[own[0].fold], trials) };
  };
  const groups: Group[] = [];
  for (const { entries: own, run: checkpoint } of keeper?.found.running ?? []) {
    const run = resumeRun(engine, sets[own[0].fold], checkpoint);
    try {
      await run.plan();
      groups.push({ entries: own, run });
    } catch (error) {
      await run.destroy();
      if (!(error instanceof InputError && error.where === 'checkpoint')) throw error;
      notices.push(warning(`${own.length} trials could not go on: ${error.message}`));
      groups.push(begin(own));
    }
  }
  return [...groups, ...groupsOf(keeper?.found.rest ?? entries, sets).map(begin)];
}
