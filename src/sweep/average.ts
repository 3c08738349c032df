/**
 * The winner of a sweep as one model: each of its seeds and folds trains again on all rows, for as many epochs as it had kept, and
 * the networks are averaged. Folds have each a preprocessing of their own, so that their networks as they are could not be one
 * model; on all rows they share one. No row is left to score the average by: the estimate is what the trials scored.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine, RowSet } from '../engine/engine.ts';
import { sweeps } from '../messages/en/training/sweeps.ts';
import { createModel, type Model } from '../model/model.ts';
import { type ModelData, onlyMember } from '../model/model-data.ts';
import { recordedData } from '../train/recorded-data.ts';
import { keptEpoch } from '../train/stopping.ts';
import { type CreateRun, newRun, type Run } from '../train/trainer.ts';
import { resolveTrial } from '../train/trials.ts';
import { spaced } from '../util/arrays.ts';
import { RunError } from '../util/errors.ts';
import { inEnglish, message } from '../util/message.ts';
import { hashAt, streams } from '../util/random.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import type { LeaderboardEntry, SweepResult } from './results/types.ts';
import type { SweepProgress } from './schedule/progress.ts';

/** Networks of an average; of more trials, evenly spaced ones are trained again. */
const mostMembers = 32;

/** What `averageWinner` may be given. */
export interface AverageOptions {
  /** Called after every epoch. */
  progress?: (progress: SweepProgress) => void;
  /** Ends the work, with the signal's reason thrown. */
  signal?: AbortSignal;
}

export interface WinnerAverage {
  model: Model;
  /** Rows that its networks trained on. */
  rows: number;
  /** Epochs of each network. */
  epochs: number[];
  /** Networks that diverged and were left out, in the sweep or since. */
  diverged: number;
  /** How good such networks were on rows that they had not seen. */
  estimate: Estimate;
  /** That it took. */
  seconds: number;
}

/**
 * How good single networks with the winner's settings were on rows that they had not trained on: test rows, or without any
 * validation rows, by which the settings and the epochs were chosen; null where there were neither.
 */
export type Estimate = { set: Exclude<RowSet, 'train'>; metrics: Record<string, Spread> } | null;

/**
 * @param data the whole table, with `split: { train: 1 }`
 * @param create makes the run of what the constructor takes
 * @throws RunError where all trials of the winner have diverged, or had no time for an epoch
 */
export async function averageWinner(
  engine: Engine,
  data: DataSet,
  result: SweepResult,
  { progress, signal }: AverageOptions = {},
  create: CreateRun<Run> = newRun,
): Promise<WinnerAverage> {
  signal?.throwIfAborted();
  const started = performance.now();
  const { cell } = result.trials[result.best.trial];
  const leader = result.leaderboard.find((entry) => entry.cell === cell);
  if (!leader) throw new Error('a winner that is not on the leaderboard');
  const { trials, epochs, diverged } = membersOf(result, cell);
  if (trials.length === 0) throw new RunError(message(sweeps, 'average_untrained'));
  const run = create(engine, data, trials, { refitEpochs: epochs });
  const stop = () => run.stop();
  signal?.addEventListener('abort', stop);
  try {
    while (await run.epoch()) progress?.(progressOf(run, epochs, (performance.now() - started) / 1000));
    signal?.throwIfAborted();
    const usable = run.trials.flatMap(({ outcome }, trial) => (outcome?.stopped === 'refit' ? [trial] : []));
    if (usable.length === 0) throw new RunError(message(sweeps, 'average_untrained'));
    const networks: ModelData[] = [];
    for (const trial of usable) networks.push(await run.modelData(trial));
    const made = { rows: data.sets.train.length, epochs: usable.map((trial) => epochs[trial]) };
    const estimate = estimateOf(leader);
    const { kind, adapter } = await run.engineInfo();
    const model = createModel({
      members: networks.map((network) => ({ ...onlyMember(network), weight: 1 / networks.length })),
      preprocessing: data.preprocessing,
      origin: {
        engine: kind,
        adapter,
        plan: await run.plan(),
        plan_why: inEnglish(await run.planWhy()),
        average: { ...made, estimate },
        data: await recordedData(data),
      },
    });
    const left = diverged + trials.length - usable.length;
    return { model, ...made, diverged: left, estimate, seconds: (performance.now() - started) / 1000 };
  } finally {
    signal?.removeEventListener('abort', stop);
    await run.destroy();
  }
}

/** What is to be trained again: the settings of each seed and fold, and for how many epochs. */
function membersOf({ trials, best }: SweepResult, cell: number) {
  const { settings } = onlyMember(best.model);
  const { task } = best.model.preprocessing;
  const own = trials
    .filter((trial) => trial.cell === cell)
    .map(({ seed, fold, history, stopped }) => ({
      seed,
      fold,
      stopped,
      epochs: keptEpoch(history, settings.training),
    }));
  const learned = own.filter(({ stopped, epochs }) => stopped !== 'diverged' && epochs > 0);
  const taken = spaced(learned, mostMembers);
  return {
    trials: taken.map(({ seed, fold }) => {
      const training = { ...settings.training, seed: seedOf(seed, fold ?? 0) };
      return resolveTrial({ ...settings, training }, task);
    }),
    epochs: taken.map(({ epochs }) => epochs),
    diverged: own.filter(({ stopped }) => stopped === 'diverged').length,
  };
}

/** On all rows the folds of a seed would be the same network: all but the first have another seed. */
function seedOf(seed: number, fold: number): number {
  return fold === 0 ? seed : hashAt(seed, streams.sweep, fold);
}

function estimateOf({ metrics }: LeaderboardEntry): Estimate {
  const set = (['test', 'validation'] as const).find((name) => Object.keys(metrics[name]).length > 0);
  return set ? { set, metrics: metrics[set] } : null;
}

function progressOf({ trials }: Run, epochs: readonly number[], seconds: number): SweepProgress {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    trials: trials.length,
    ended: trials.filter(({ outcome }) => outcome).length,
    epochs: sum(trials.map(({ history }) => history.length)),
    ofEpochs: sum(epochs),
    seconds,
  };
}
