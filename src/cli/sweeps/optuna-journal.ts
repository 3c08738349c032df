/**
 * A sweep as a journal of Optuna's `JournalFileBackend`, an operation a line: Optuna replays them in their order, and
 * optuna-dashboard shows what comes of it. After Optuna 5.0 (https://github.com/optuna/optuna/tree/1d8ce7bb/optuna):
 * `storages/journal/_storage.py` for the operations and what their replay asks of them, `storages/journal/_file.py` for the
 * lines, `trial/_frozen.py` for what a trial of each state has.
 *
 * Each network is a trial of Optuna's, not each combination: states, curves and seeds are those of networks, and the plots
 * show how far apart the seeds of a combination lie, which a mean would hide. So Optuna's best trial is the best single
 * network; the place of its combination on the leaderboard is the attribute `rank`.
 */
import { basename } from 'node:path';
import type { Sweep } from '../../sweep/definition.ts';
import { rankedBy } from '../../sweep/leaderboard.ts';
import type { SweepResult, TrialResult } from '../../sweep/types.ts';
import type { EpochRecord } from '../../train/progress.ts';
import { type OptunaParameter, optunaParameters } from './optuna-parameters.ts';

export interface JournalFacts {
  /** Name of the table's file. */
  file: string;
  target: string;
  definition: Sweep;
  result: SweepResult;
}

/** `JournalOperation`. */
const createStudy = 0;
const setStudyUserAttribute = 2;
const setStudySystemAttribute = 3;
const createTrial = 4;

/** `StudyDirection`. */
const directions = { minimize: 1, maximize: 2 };

/** `TrialState`. */
const states = { complete: 1, pruned: 2, fail: 3 };

/** Of a trial: the dashboard draws all of them at once. */
const maxIntermediateValues = 100;

/** @param ended when the last trial ended, as nearly as is known */
export function* optunaJournal({ file, target, definition, result }: JournalFacts, ended = new Date()) {
  const { trials, leaderboard, engine } = result;
  const metric = rankedBy(trials);
  const parameters = optunaParameters(definition, trials);
  const ranks = new Map(leaderboard.map(({ cell }, index) => [cell, index + 1]));
  // Populations train side by side, and only how long each trial took is kept.
  const begun = ended.getTime() - 1000 * trials.reduce((most, trial) => Math.max(most, secondsOf(trial)), 0);

  yield line(createStudy, {
    study_name: `${basename(file)}: ${target}`,
    directions: [metric.large ? directions.maximize : directions.minimize],
  });
  yield line(setStudySystemAttribute, {
    study_id: 0,
    system_attr: { 'study:metric_names': [`${metric.set}_${metric.name}`] },
  });
  const about = {
    table: file,
    target,
    sweep: definition,
    engine: engine.kind,
    adapter: engine.adapter,
    program: `perceptron-lab ${__VERSION__}`,
  };
  for (const [name, value] of Object.entries(about)) {
    yield line(setStudyUserAttribute, { study_id: 0, user_attr: { [name]: value } });
  }
  for (const trial of trials) {
    const { state, value } = outcomeOf(trial, finiteMetric(trial.metrics[metric.set], metric.name));
    const { distributions, params } = settingsOf(trial, parameters);
    const about = {
      study_id: 0,
      state,
      values: null,
      datetime_start: isoTime(begun),
      datetime_complete: isoTime(begun + 1000 * secondsOf(trial)),
      distributions,
      user_attrs: attributesOf(trial, ranks.get(trial.cell)),
      system_attrs: {},
    };
    yield line(createTrial, about, { value, params, intermediate_values: valuesByEpoch(trial.history, metric.name) });
  }
}

/** @param floats numbers that Python shall read as such: the dashboard gives them to NumPy, which takes no int beyond 64 bits */
function line(op_code: number, fields: object, floats?: object): string {
  // Of none of the processes that read it: to them it is another's.
  const plain = JSON.stringify({ op_code, worker_id: 'perceptron-lab', ...fields });
  if (!floats) return `${plain}\n`;
  const others = JSON.stringify(floats).replace(/(?<=":-?)\d+(?=[,}])/g, '$&.0');
  return `${plain.slice(0, -1)},${others.slice(1)}\n`;
}

/** What Optuna fails has no value. It fails trials that are interrupted, too. */
function outcomeOf({ stopped }: TrialResult, value: number | null): { state: number; value: number | null } {
  if (stopped === 'halving') return { state: states.pruned, value };
  const failed = stopped === 'diverged' || stopped === 'interrupted' || value === null;
  return failed ? { state: states.fail, value: null } : { state: states.complete, value };
}

function settingsOf({ settings }: TrialResult, parameters: ReadonlyMap<string, OptunaParameter>) {
  const own = [...parameters].map(([path, { distribution, internal }]) => ({
    path,
    distribution: JSON.stringify(distribution),
    value: internal(settings[path]),
  }));
  return {
    distributions: Object.fromEntries(own.map(({ path, distribution }) => [path, distribution])),
    params: Object.fromEntries(own.map(({ path, value }) => [path, value])),
  };
}

/** Called as in trials.csv and sweep.json. */
function attributesOf(trial: TrialResult, rank: number | undefined): Record<string, unknown> {
  const { cell, seed, fold, epochs_run, stopped, metrics, ran_on } = trial;
  const scores = Object.entries(metrics).flatMap(([set, own]) =>
    Object.keys(own ?? {}).flatMap((name) => {
      const value = finiteMetric(own, name);
      return value === null ? [] : [[`${set}_${name}`, value] as const];
    }),
  );
  return {
    ...{ rank, cell, seed, ...(fold === null ? {} : { fold }), epochs_run, stopped },
    ...Object.fromEntries(scores),
    ...ran_on,
  };
}

/** The metric that ranks the trials, by the epoch: to Optuna these are earlier values of what the trial ends with. */
function valuesByEpoch(history: readonly EpochRecord[], name: string): Record<string, number> {
  const apart = Math.ceil(history.length / maxIntermediateValues);
  const shown = history.filter((_, index) => (history.length - 1 - index) % apart === 0);
  return Object.fromEntries(
    shown.flatMap(({ number, validation }) => {
      const value = finiteMetric(validation, name);
      return value === null ? [] : [[number, value]];
    }),
  );
}

/** Null where it is no finite number, which JSON has not. */
function finiteMetric(metrics: object | null, name: string): number | null {
  const value = (metrics as Record<string, unknown> | null)?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function secondsOf({ history }: TrialResult): number {
  return history.at(-1)?.seconds ?? 0;
}

/** As Python's `datetime.fromisoformat` read it before 3.11, too. */
function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000+00:00');
}
