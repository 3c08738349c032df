/**
 * A sweep as a study of Optuna's, in lines that are appended to its journal as the sweep goes.
 *
 * Each network is a trial of Optuna's, not each combination: states, curves and seeds are those of networks, and the plots
 * show how far apart the seeds of a combination lie, which a mean would hide. So Optuna's best trial is the best single
 * network; the order of the combinations is the study's attribute `leaderboard`. A trial is known by its attribute `trial`, its
 * number in trials.csv.
 */
import { basename } from 'node:path';
import type { DataSet } from '../../data/prepare/dataset.ts';
import { listConfigurations, type Sweep } from '../../sweep/definition/definition.ts';
import { listTrialSpecs, type TrialSpec } from '../../sweep/definition/trial-specs.ts';
import { rankingOf } from '../../sweep/results/leaderboard.ts';
import type { SweepResult, TrialResult } from '../../sweep/results/types.ts';
import type { TrialStatus } from '../../sweep/schedule/progress.ts';
import type { EpochRecord } from '../../train/progress.ts';
import { optunaParameters } from './optuna-parameters.ts';
import { isFinal, type RecordedTrial, readTrials } from './optuna-recorded.ts';
import { directions, isoTime, record, states } from './optuna-records.ts';

export interface StudyFacts {
  /** Name of the table's file. */
  file: string;
  target: string;
  definition: Sweep;
  folds: readonly DataSet[];
}

/** Of a trial: the dashboard draws all of them at once. */
const maxIntermediateValues = 100;
/** Of all trials: a line each, which Optuna replays. */
const maxIntermediateLines = 100_000;
const minIntermediateValues = 10;
/** Combinations in the study's attribute. */
const mostLeaders = 100;

export class OptunaStudy {
  /** By place. */
  readonly specs: readonly TrialSpec[];
  readonly #facts: StudyFacts;
  readonly #settings: readonly Record<string, unknown>[];
  readonly #parameters: ReturnType<typeof optunaParameters>;
  readonly #metric: ReturnType<typeof rankingOf>;
  /** By place. */
  #recorded = new Map<number, RecordedTrial>();
  /** Trials in the journal. */
  #count = 0;

  constructor(facts: StudyFacts) {
    const { definition, folds } = facts;
    const [{ sets, outputs }] = folds;
    const configurations = listConfigurations(definition, { rows: sets.train.length, outputs });
    this.specs = listTrialSpecs(definition, configurations);
    this.#facts = facts;
    this.#settings = configurations.map(({ settings }) => settings);
    this.#parameters = optunaParameters(definition, configurations);
    this.#metric = rankingOf(folds);
  }

  /** The same for the same sweep. */
  header(): string {
    const { file, target, definition } = this.#facts;
    const { set, name, large } = this.#metric;
    const about = { table: file, target, sweep: definition, program: `perceptron-lab ${__VERSION__}` };
    return [
      record('create_study', {
        study_name: `${basename(file)}: ${target}`,
        directions: [large ? directions.maximize : directions.minimize],
      }),
      record('set_study_system_attr', { study_id: 0, system_attr: { 'study:metric_names': [`${set}_${name}`] } }),
      ...attributes(about),
    ].join('');
  }

  /** Goes on with what is there. @param lines whole ones @returns whether they are of this sweep */
  read(lines: string): boolean {
    const header = this.header();
    if (!lines.startsWith(header)) return false;
    const found = readTrials(lines.slice(header.length), this.specs.length);
    if (!found) return false;
    this.#recorded = found.trials;
    this.#count = found.count;
    return true;
  }

  /** Whether what it has of trials that have ended is what they have come to. */
  agrees(trials: readonly TrialResult[]): boolean {
    return [...this.#recorded].every(([place, { state, value }]) => {
      if (!isFinal(state)) return true;
      const outcome = this.#outcomeOf(trials[place]);
      return outcome.state === state && outcome.value === value;
    });
  }

  /** Trials that have begun, and the values of their epochs. */
  progress(statuses: readonly TrialStatus[], now = Date.now()): string {
    return statuses
      .map(({ place, history, stopped }) => {
        const trial = this.#recorded.get(place);
        // What has ended comes with its results.
        if (history.length === 0 || isFinal(trial?.state) || (!trial && stopped)) return '';
        const begun = now - 1000 * secondsOf(history);
        if (!trial) return this.#create(place, states.running, begun) + this.#values(place, history, false);
        if (!stopped) trial.seen = now;
        const values = this.#values(place, history, false);
        if (trial.state === states.running) return values;
        Object.assign(trial, { state: states.running, begun });
        return stateRecord(trial) + values;
      })
      .join('');
  }

  /** Trials that have ended, or wait to go on. */
  results(trials: ReadonlyMap<number, Omit<TrialResult, 'settings'>>, now = Date.now()): string {
    // Populations train side by side, and only how long each trial took is kept.
    const begun =
      now - 1000 * [...trials.values()].reduce((most, { history }) => Math.max(most, secondsOf(history)), 0);
    return [...trials]
      .map(([place, result]) => {
        const before = this.#recorded.get(place);
        const { history } = result;
        if (isFinal(before?.state)) return '';
        const outcome = this.#outcomeOf(result);
        const final = isFinal(outcome.state);
        const about = final ? attributesOf(result) : {};
        const created = before ? '' : this.#create(place, final ? states.running : outcome.state, begun, about);
        const trial = this.#recorded.get(place) as RecordedTrial;
        const values = this.#values(place, history, final);
        if (outcome.state === trial.state) return created + values;
        Object.assign(trial, outcome);
        const told = before ? Object.entries(about) : [];
        return [
          created,
          values,
          ...told.map(([name, value]) =>
            record('set_trial_user_attr', { trial_id: trial.id, user_attr: { [name]: value } }),
          ),
          // Its own seconds have none of the time in which other trials trained.
          stateRecord(trial, final ? Math.max(trial.begun + 1000 * secondsOf(history), trial.seen ?? 0) : undefined),
        ].join('');
      })
      .join('');
  }

  /** All that is left to say. */
  end({ trials, leaderboard, engine }: Pick<SweepResult, 'trials' | 'leaderboard' | 'engine'>): string {
    const { set, name } = this.#metric;
    const leaders = leaderboard.slice(0, mostLeaders).map(({ cell, settings, n, metrics }, index) => ({
      ...{ rank: index + 1, cell, settings, n },
      [`${set}_${name}`]: finite(metrics[set][name]?.mean),
    }));
    const about = { engine: engine.kind, adapter: engine.adapter, leaderboard: leaders };
    return this.results(new Map(trials.entries())) + attributes(about).join('');
  }

  /** What comes with a trial from the first. @param state no final one: Optuna lets nothing be added to that */
  #create(place: number, state: number, begun: number, more: object = {}): string {
    const { configuration: cell, seed, fold } = this.specs[place];
    const settings = this.#settings[cell];
    const own = [...this.#parameters].map(([path, { distribution, internal }]) => ({
      path,
      distribution: JSON.stringify(distribution),
      value: internal(settings[path]),
    }));
    const about = {
      study_id: 0,
      state,
      datetime_start: isoTime(begun),
      distributions: Object.fromEntries(own.map(({ path, distribution }) => [path, distribution])),
      user_attrs: { trial: place + 1, cell, seed, ...(this.#facts.folds.length > 1 ? { fold } : {}), ...more },
      system_attrs: {},
    };
    this.#recorded.set(place, { id: this.#count++, begun, epoch: 0, state, value: null });
    return record('create_trial', about, {
      params: Object.fromEntries(own.map(({ path, value: inner }) => [path, inner])),
    });
  }

  /**
   * Of the epochs that are not there yet, of a trial that is. By themselves, since the reader of optuna-dashboard's browser app
   * and its VS Code extension passes over those that are created with a trial.
   */
  #values(place: number, history: readonly EpochRecord[], whole: boolean): string {
    const trial = this.#recorded.get(place) as RecordedTrial;
    const values = this.#valuesOf(place, history, trial.epoch, whole);
    trial.epoch = values.at(-1)?.[0] ?? trial.epoch;
    return values
      .map(([step, intermediate_value]) =>
        record('set_trial_intermediate_value', { trial_id: trial.id, step }, { intermediate_value }),
      )
      .join('');
  }

  /** The metric that ranks the trials, by epoch: to Optuna these are earlier values of what the trial ends with. */
  #valuesOf(place: number, history: readonly EpochRecord[], after: number, whole: boolean): [number, number][] {
    const share = Math.floor(maxIntermediateLines / this.specs.length);
    const most = Math.min(maxIntermediateValues, Math.max(minIntermediateValues, share));
    const apart = Math.ceil(this.specs[place].trial.training.epochs / most);
    return history.slice(after).flatMap(({ number, validation }): [number, number][] => {
      if (number % apart !== 0 && !(whole && number === history.length)) return [];
      const value = finite((validation as Record<string, unknown> | null)?.[this.#metric.name]);
      return value === null ? [] : [[number, value]];
    });
  }

  /** What Optuna fails has no value. What is interrupted may go on. */
  #outcomeOf({ stopped, metrics }: Pick<TrialResult, 'stopped' | 'metrics'>): Pick<RecordedTrial, 'state' | 'value'> {
    const { set, name } = this.#metric;
    const value = finite((metrics[set] as Record<string, unknown> | null)?.[name]);
    if (stopped === 'interrupted') return { state: states.waiting, value: null };
    if (stopped === 'halving') return { state: states.pruned, value };
    const failed = stopped === 'diverged' || value === null;
    return failed ? { state: states.fail, value: null } : { state: states.complete, value };
  }
}

/** A journal to its end. @param before what is there, if anything is: gone on with where it is of the same trials */
export function* optunaJournal(
  facts: StudyFacts,
  result: Pick<SweepResult, 'trials' | 'leaderboard' | 'engine'>,
  before = '',
): Generator<string> {
  const going = new OptunaStudy(facts);
  if (going.read(before) && going.agrees(result.trials)) {
    yield before;
    yield going.end(result);
    return;
  }
  const study = new OptunaStudy(facts);
  yield study.header();
  yield study.end(result);
}

function attributes(of: object): string[] {
  return Object.entries(of).map(([name, value]) =>
    record('set_study_user_attr', { study_id: 0, user_attr: { [name]: value } }),
  );
}

/** @param complete when it ended, of a final state */
function stateRecord({ id, state, begun, value }: RecordedTrial, complete?: number): string {
  const times = {
    // With every state: that reader forgets it otherwise.
    datetime_start: isoTime(begun),
    ...(complete === undefined ? {} : { datetime_complete: isoTime(complete) }),
  };
  return record(
    'set_trial_state_values',
    { trial_id: id, state, ...times },
    { values: value === null ? null : [value] },
  );
}

/** Called as in trials.csv and sweep.json. */
function attributesOf({
  epochs_run,
  stopped,
  metrics,
  ran_on,
}: Omit<TrialResult, 'settings'>): Record<string, unknown> {
  const scores = Object.entries(metrics).flatMap(([set, own]) =>
    Object.entries(own ?? {}).flatMap(([name, value]) => {
      const score = finite(value);
      return score === null ? [] : [[`${set}_${name}`, score] as const];
    }),
  );
  return { epochs_run, stopped, ...Object.fromEntries(scores), ...ran_on };
}

/** Null where it is no finite number, which JSON has not. */
function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function secondsOf(history: readonly EpochRecord[]): number {
  return history.at(-1)?.seconds ?? 0;
}
