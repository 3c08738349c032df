/**
 * Reads a journal as Optuna does: `JournalStorageReplayResult.apply_logs` in `optuna/storages/journal/_storage.py`,
 * `json_to_distribution` and `check_distribution_compatibility` in `optuna/distributions.py`, `FrozenTrial._validate` in
 * `optuna/trial/_frozen.py`. Throws where Optuna would, or where it would pass over an operation, and where the reader of
 * optuna-dashboard's browser app and VS Code extension (its `tslib/storage/src/journal.ts`) would lose what Optuna has.
 */
import { isDeepStrictEqual } from 'node:util';

type Values = Record<string, unknown>;

export interface ReplayedTrial {
  number: number;
  state: (typeof states)[number];
  value: number | null;
  params: Values;
  user_attrs: Values;
  intermediate_values: Record<string, number>;
  /** Null of one that has not ended. */
  seconds: number | null;
}

export interface ReplayedStudy {
  name: string;
  direction: 'MINIMIZE' | 'MAXIMIZE';
  metric_names: unknown;
  user_attrs: Values;
  distributions: Values;
  trials: ReplayedTrial[];
}

interface Distribution {
  name: string;
  attributes: { low: number; high: number; log: boolean; step: number | null; choices: unknown[] };
}

/** Of a journal that has one study. */
export function replay(journal: string): ReplayedStudy {
  if (!journal.endsWith('\n')) throw new Error('the last line does not end');
  let study: ReplayedStudy | undefined;
  for (const text of journal.slice(0, -1).split('\n')) {
    const log = JSON.parse(text);
    const scores = text.match(/"(value|intermediate_value)":[^,}]*|"(values|intermediate_values)":[{[][^}\]]*/g) ?? [];
    if (scores.some((own) => /[:[,]-?\d+(,|$)/.test(own))) throw new Error('a score that is an int to Python');
    if (typeof log.worker_id !== 'string') throw new Error('an operation of no worker');
    if (log.trial_id !== undefined) {
      changeTrial(study?.trials[log.trial_id], log);
      continue;
    }
    if (log.op_code === 0) {
      if (study) throw new Error('two studies');
      const [direction, ...more] = log.directions;
      if (more.length > 0) throw new Error('one value, and several directions');
      const metrics = { metric_names: undefined, user_attrs: {}, distributions: {}, trials: [] };
      study = { name: log.study_name, direction: named(['MINIMIZE', 'MAXIMIZE'], direction), ...metrics };
      continue;
    }
    if (!study || log.study_id !== 0) throw new Error('an operation on a study that is not there');
    if (log.op_code === 2) Object.assign(study.user_attrs, single(log.user_attr));
    else if (log.op_code === 3) study.metric_names = single(log.system_attr)['study:metric_names'];
    else if (log.op_code === 4) study.trials.push(createTrial(study, log));
    else throw new Error(`operation ${log.op_code}`);
  }
  if (!study) throw new Error('no study');
  return study;
}

function createTrial(study: ReplayedStudy, log: Values): ReplayedTrial {
  const { value, params, distributions } = log as { value?: number | null; params: Values; distributions: Values };
  const state = stateOf(log.state);
  if (log.values !== undefined) throw new Error('one value is not several');
  if (state === 'FAIL' && value !== undefined) throw new Error('values should be None for a failed trial');
  if (state === 'RUNNING' && value !== undefined) throw new Error('a value before the end');
  if (state === 'COMPLETE' && typeof value !== 'number') throw new Error('values should be set for a complete trial');
  if (!isDeepStrictEqual(Object.keys(params), Object.keys(distributions))) throw new Error('inconsistent parameters');
  for (const [name, json] of Object.entries(distributions)) {
    const distribution = parseDistribution(String(json));
    study.distributions[name] ??= distribution;
    if (!isDeepStrictEqual(distribution, study.distributions[name])) throw new Error(`${name} has two distributions`);
  }
  const external = Object.entries(params).map(([name, inner]) => [
    name,
    externalOf(study.distributions[name] as Distribution, inner),
  ]);
  const intermediate = (log.intermediate_values ?? {}) as Record<string, number>;
  for (const [step, reported] of Object.entries(intermediate)) {
    if (!Number.isInteger(Number(step)) || typeof reported !== 'number') throw new Error('not a step and a number');
  }
  if (Object.keys(intermediate).length > 0) throw new Error('intermediate values that a browser passes over');
  if (value === null) throw new Error('a null that a browser takes for a value');
  const start = timeOf(log.datetime_start);
  const trial: ReplayedTrial = {
    number: study.trials.length,
    state,
    value: value ?? null,
    params: Object.fromEntries(external),
    user_attrs: log.user_attrs as Values,
    intermediate_values: intermediate,
    seconds: isFinished(state) ? (timeOf(log.datetime_complete) - start) / 1000 : null,
  };
  begun.set(trial, start);
  return trial;
}

/** `TrialState`. */
const states = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'] as const;

const isFinished = (state: ReplayedTrial['state']) => !['RUNNING', 'WAITING'].includes(state);

function stateOf(code: unknown): ReplayedTrial['state'] {
  const state = states[Number(code)];
  if (!state) throw new Error(`unknown state ${code}`);
  return state;
}

const begun = new WeakMap<ReplayedTrial, number>();

/** `_apply_set_trial_state_values` and its like. */
function changeTrial(trial: ReplayedTrial | undefined, log: Values): void {
  if (!trial) throw new Error('an operation on a trial that is not there');
  if (isFinished(trial.state)) throw new Error('an operation on a trial that has ended');
  if (log.op_code === 8) Object.assign(trial.user_attrs, single(log.user_attr as Values));
  else if (log.op_code === 7) {
    const { step, intermediate_value: reported } = log;
    if (!Number.isInteger(step) || typeof reported !== 'number') throw new Error('not a step and a number');
    if (String(step) in trial.intermediate_values) throw new Error(`step ${step} twice`);
    trial.intermediate_values[String(step)] = reported;
  } else if (log.op_code === 6) {
    const state = stateOf(log.state);
    if (state === trial.state) throw new Error(`${state} already`);
    const values = log.values as number[] | null;
    if ((state === 'COMPLETE') !== (values !== null) && state !== 'PRUNED')
      throw new Error('values of a complete trial');
    Object.assign(trial, { state, value: values?.[0] ?? null });
    if (state === 'RUNNING') begun.set(trial, timeOf(log.datetime_start));
    // A browser forgets when it began; Optuna does not read it again.
    if (timeOf(log.datetime_start) !== begun.get(trial)) throw new Error('another start');
    if (isFinished(state)) trial.seconds = (timeOf(log.datetime_complete) - begun.get(trial)!) / 1000;
  } else throw new Error(`operation ${log.op_code}`);
}

function parseDistribution(json: string): Distribution {
  const distribution: Distribution = JSON.parse(json);
  const { low, high, log, step, choices } = distribution.attributes;
  switch (distribution.name) {
    case 'CategoricalDistribution':
      if (choices.length === 0) throw new Error('no choices');
      if (choices.some((choice) => typeof choice === 'object' && choice !== null)) throw new Error('no choice');
      return distribution;
    case 'IntDistribution':
      if (![low, high].every(Number.isInteger) || step !== 1) throw new Error('not whole');
      break;
    case 'FloatDistribution':
      if (step !== null) throw new Error('a step');
      break;
    default:
      throw new Error(`unknown distribution ${distribution.name}`);
  }
  if (!(low <= high)) throw new Error('low <= high must hold');
  if (log && low <= 0) throw new Error('low > 0 must hold for log=True');
  return distribution;
}

function externalOf({ name, attributes }: Distribution, inner: unknown): unknown {
  const { low, high, choices } = attributes;
  if (typeof inner !== 'number') throw new Error('a parameter is held as a number');
  if (name !== 'CategoricalDistribution') {
    if (inner < low || inner > high) throw new Error(`${inner} is not within the distribution`);
    return inner;
  }
  if (!(inner in choices)) throw new Error('no such choice');
  return choices[inner];
}

function single(attribute: Values): Values {
  if (Object.keys(attribute).length !== 1) throw new Error('an attribute by itself');
  return attribute;
}

/** By Optuna's own number, counted from 1. */
function named<const Name extends string>(names: readonly Name[], code: unknown): Name {
  const name = names[Number(code) - 1];
  if (!name) throw new Error(`unknown code ${code}`);
  return name;
}

/** As `datetime.fromisoformat` reads it in every Python. */
function timeOf(text: unknown): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(String(text))) throw new Error(`no time: ${text}`);
  return Date.parse(String(text));
}

/** Prints what `replay` returns, by Optuna itself, which checks each trial. */
export const optunaProgram = (file: string) => `
import json, optuna
from optuna.storages.journal import JournalFileBackend
from optuna.distributions import check_distribution_compatibility
optuna.logging.disable_default_handler()
storage = optuna.storages.JournalStorage(JournalFileBackend(${JSON.stringify(file)}))
[study] = optuna.load_study(study_name=storage.get_all_studies()[0].study_name, storage=storage),
distributions = {}
for trial in study.trials:
    trial._validate()
    assert all(isinstance(v, float) for v in [*(trial.values or []), *trial.intermediate_values.values()])
    for name, distribution in trial.distributions.items():
        check_distribution_compatibility(distributions.setdefault(name, distribution), distribution)
copied = optuna.create_study(directions=study.directions)
copied.add_trials(study.trials)
print(json.dumps({
    'name': study.study_name,
    'direction': study.direction.name,
    'metric_names': study.metric_names,
    'user_attrs': study.user_attrs,
    'distributions': {n: json.loads(optuna.distributions.distribution_to_json(d)) for n, d in distributions.items()},
    'trials': [{
        'number': t.number,
        'state': t.state.name,
        'value': t.value,
        'params': t.params,
        'user_attrs': t.user_attrs,
        'intermediate_values': t.intermediate_values,
        'seconds': (t.datetime_complete - t.datetime_start).total_seconds() if t.datetime_complete else None,
    } for t in study.trials],
}))
`;
