/** What the command line prints of results, beside the numbers. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { chosenPercent } from '../../../util/words.ts';

/** Labels of lines and titles of columns. */
export const labels = {
  auto: 'auto',
  browser: 'browser',
  changed: 'changed',
  cpu: 'CPU',
  critical: 'critical',
  data: 'data',
  engine: 'engine',
  ensemble: 'ensemble',
  experiment: 'experiment',
  features: 'features',
  limits: 'limits',
  machine: 'machine',
  measured: 'measured',
  model: 'model',
  network: 'network',
  note: 'note',
  schedule: 'schedule',
  self_test: 'self-test',
  sweep: 'sweep',
  table: 'table',
  target: 'target',
  training: 'training',
  version: 'version',
  warning: 'warning',
  webgpu: 'WebGPU',
  wrote: 'wrote',

  adapter: 'adapter',
  all: 'all',
  averaged: 'averaged',
  batch: 'batch',
  best: 'best',
  epochs: 'epochs',
  none: 'none',
  shared: 'shared',
  shifted: 'shifted',
  time: 'time',
  jobs: 'jobs',
  queue: 'queue',
  sweep_or_fit: 'sweep or fit',
  state: 'state',
  done: 'done',
  time_left: 'time left',
  priority: 'priority',
  failed: 'failed',
  trials: 'trials',
  trials_per_second: 'trials/s',
  workers: 'workers',
  accuracy: 'accuracy',
  actual: 'actual',
  balanced_accuracy: 'balanced accuracy',
  baseline: 'baseline',
  baseline_accuracy: 'baseline accuracy',
  baseline_log_loss: 'baseline log loss',
  baseline_rmse: 'baseline rmse',
  column: 'column',
  contribution: 'contribution',
  distinct: 'distinct',
  f1: 'macro f1',
  fit: 'fit',
  fit_test: 'fit, test rows',
  interval: '95 % interval',
  least: 'least',
  linear: 'linear',
  linear_model: 'linear model',
  log_loss: 'log loss',
  mae: 'mae',
  mean: 'mean',
  median: 'median',
  members: 'members',
  missing: 'missing',
  most: 'most',
  mse: 'mse',
  networks: 'networks',
  out_after: 'out after',
  preparing: 'preparing',
  r2: 'r2',
  rmse: 'rmse',
  roc_auc: 'roc auc',
  rows: 'rows',
  test: 'test',
  train: 'train',
  type: 'type',
  validation: 'validation',
  value: 'value',
};

export type Label = keyof typeof labels;
type RowSet = 'train' | 'validation' | 'test';

interface Explained {
  /** As the file numbers it. */
  row: number;
  name: string;
  prediction: string;
  base: string;
}

interface EstimatedScore {
  set: 'test' | 'validation';
  metric: string;
  mean: string;
  sd: string;
  /** Trials. */
  count: number;
}

/** How the interval of a mean is found. */
export const intervalMethods = { t: "Student's t", bootstrap: 'bootstrap' };

/** What an interval over folds leaves out. */
export const foldsNote = 'Folds share rows to train on, so that a mean over them is less sure than its interval says.';

interface Ties {
  /** Stands beside ties. */
  mark: string;
  compared: number;
  tied: number;
  untold: number;
}

const engineNames = { webgpu: 'the GPU', cpu: 'the CPU', reference: 'the reference engine' };
export type EngineName = keyof typeof engineNames;

function enginesInWords(engines: readonly EngineName[]): string {
  return engines.map((name) => engineNames[name]).join(' and ');
}

/** Which combinations are told apart from the best. */
export function tiesNote({ mark, compared, tied, untold }: Ties): string {
  if (untold === compared) return 'One trial each cannot tell which combination is better; give more seeds or folds.';
  const told =
    tied > 0
      ? `${mark} marks ${whole(tied)} of ${whole(compared)} that ${tied === 1 ? 'is' : 'are'} not told apart from the best: the interval of the paired difference over seeds and folds has 0 in it.`
      : `Told apart from the best ${compared - untold === 1 ? 'is the other' : 'are all others'}: no interval of a paired difference over seeds and folds has 0 in it.`;
  const alike = untold > 0 ? ` Of ${whole(untold)} it cannot be told, since the differences are all alike.` : '';
  return `${told} ${compared === 1 ? 'The interval holds' : 'These intervals hold all together'} with 95 %.${alike}`;
}

const browserSources = {
  CHROME_PATH: 'named by CHROME_PATH',
  installed: 'installed on this machine',
  package: 'from the npm package @sparticuz/chromium',
};

export const summary = {
  label: ({ label }: { label: Label }) => labels[label],
  set_metric: ({ set, metric }: { set: RowSet; metric: string }) => `${set} ${metric}`,
  mended_by: ({ said, option }: { said: string; option: string }) => `${said} Option: ${option}`,
  table_rows: ({ file, count }: { file: string; count: number }) => `${file}: ${counted(count, 'row')}`,
  table_size: ({ file, count, width }: { file: string; count: number; width: number }) =>
    `${file}: ${counted(count, 'row')}, ${counted(width, 'column')}`,
  rows_by_set: (p: { file: string; count: number; sets: readonly (readonly [set: RowSet, count: number])[] }) =>
    `${p.file}: ${counted(p.count, 'row')} (${p.sets.map(([set, count]) => `${whole(count)} ${set}`).join(', ')})`,
  rows_known: ({ file, count, target }: { file: string; count: number; target: string }) =>
    `${file}: ${counted(count, 'row')} with a known ${target}`,
  saved_refit: ({ epochs, rows }: { epochs: number; rows: number }) =>
    `Saved: the model trained again on all ${whole(rows)} rows, for ${counted(epochs, 'epoch')}. The scores are of the first training, which had not seen the test rows.`,
  refit_interrupted: 'Training again on all rows was interrupted: the model of the first training is saved.',
  refit_diverged: 'Training again on all rows diverged: the model of the first training is saved.',
  refit_failed: ({ why }: { why: Said }) =>
    `Training again on all rows failed: the model of the first training is saved. ${inEnglish(why)}`,
  saved_average: (p: { count: number; rows: number; fewest: number; most: number; diverged: number }) =>
    `model.safetensors: the average of ${counted(p.count, 'network')} with the best settings, one for each seed and fold, trained again on all ${whole(p.rows)} rows for the epochs that its trial had kept (${p.fewest === p.most ? whole(p.most) : `${whole(p.fewest)} to ${whole(p.most)}`}).${p.diverged > 0 ? ` ${whole(p.diverged)} diverged and ${p.diverged === 1 ? 'is' : 'are'} left out.` : ''}`,
  average_estimate: ({ set, metric, mean, sd, count }: EstimatedScore) =>
    `No row is left to score it by; single networks with these settings, trained without ${set === 'test' ? 'the test rows' : 'their validation rows'}, have ${set} ${metric} ${mean}${count > 1 ? ` ± ${sd}` : ''}.${set === 'test' ? '' : ' The settings and the epochs were chosen by these rows: expect a little less of new ones.'}`,
  average_unscored: 'No row was held out: how good it is is not known.',
  saved_best: 'model.safetensors: the best trial, as it was trained on its training rows.',
  average_interrupted:
    'Training again on all rows was interrupted: model.safetensors is the best trial, as it was trained on its training rows.',
  average_failed: ({ why }: { why: Said }) =>
    `Training again on all rows failed: model.safetensors is the best trial, as it was trained on its training rows. ${inEnglish(why)}`,
  target_from: ({ target, features }: { target: string; features: readonly string[] }) =>
    `${target}, from ${features.length > 4 ? counted(features.length, 'column') : features.join(', ')}`,
  network: ({ units, settings, parameters }: { units: string; settings: string; parameters: number }) =>
    `${units}, ${settings}${counted(parameters, 'parameter')}`,
  engine_used: (p: { engine: string; adapter: string; software: boolean; how: Said; why: Said }) =>
    `${p.engine} (${p.adapter}${p.software ? ', a software adapter' : ''}), ${inEnglish(p.how)}; ${inEnglish(p.why)}`,
  plan_used: ({ plan, why }: { plan: string; why: Said }) => `plan ${plan} (${inEnglish(why)})`,
  plans_used: ({ plans }: { plans: readonly string[] }) => plans.join(' and '),
  diverged_in: ({ epoch }: { epoch: number }) => `Diverged in epoch ${epoch}.`,
  interrupted: 'Interrupted; the same command with --resume goes on.',
  importance_of: ({ metric, rows, repeats }: { metric: string; rows: number; repeats: number }) =>
    `Importance: how much worse ${metric} gets when a column is shuffled, mean and standard deviation of ${counted(repeats, 'shuffle')} of ${counted(rows, 'row')}. About 0: the model does not use it.`,
  dependence_on: ({ column, rows }: { column: string; rows: number }) =>
    `Dependence: the answer when ${column} has a value in all of ${counted(rows, 'row')}, mean and where 80 % of them lie.`,
  explanations: (p: { rows: number; of: number; file: string; predictions: number; time: string }) =>
    `Why: what each column adds to the mean prediction for ${p.rows < p.of ? `${whole(p.rows)} of ` : ''}${counted(p.of, 'row')} of ${p.file} (Shapley values, ± standard error). ${counted(p.predictions, 'prediction')} a row, ${p.time}.`,
  explained_number: ({ row, name, prediction, base }: Explained) =>
    `Row ${row}: ${name} ${prediction}; the mean prediction is ${base}.`,
  explained_class: ({ row, name, prediction, base }: Explained) =>
    `Row ${row}: ${name}, with probability ${prediction}; the mean probability is ${base}.`,
  explained_first: ({ rows, left }: { rows: number; left: number }) =>
    `Only the first ${rows === 1 ? 'row' : counted(rows, 'row')}: ${whole(left)} more with --rows ${rows + left}.`,
  other_columns: ({ count }: { count: number }) => counted(count, 'other column'),
  confusion: 'Rows by actual and, across, predicted class:',
  confusion_of_set: ({ set }: { set: RowSet }) => `Rows of the ${set} set by actual and, across, predicted class:`,
  scores_of_numbers: ({ unit }: { unit: string }) =>
    `In units of ${unit}. The baseline answers every row with the mean of the training rows.`,
  scores_of_classes:
    'The baseline answers every row with the most frequent class of the training rows, and with their shares as probabilities. --json and the report have more metrics.',
  scores_of_imbalanced:
    'Classes are imbalanced, so that balanced accuracy counts: the mean over the classes of the share of their rows that are right. The baseline is that of always answering with the most frequent class. --json and the report have more metrics.',
  interval_coverage: ({ level }: { level: number }) => `within the ${chosenPercent(level)} intervals`,
  interval_width: ({ level }: { level: number }) => `mean width of ${chosenPercent(level)} intervals`,
  fit_rows: (p: { file: string; count: number; held_out: number; folds: number; test: number }) =>
    `${p.file}: ${counted(p.count, 'row')} (${p.folds > 1 ? `${whole(p.held_out)} held out in ${p.folds} turns` : `${whole(p.held_out)} held out`}${p.test > 0 ? `, ${whole(p.test)} test` : ''})`,
  fit_ensemble: (p: { members: number; networks: number; folds: number; width: number; trials: number }) =>
    `${counted(p.members, 'network')} of ${whole(p.networks)} trained, ${counted(p.folds, 'fold')}; plan: packs of ${counted(p.trials, 'network')} a fold, hidden layers of up to ${counted(p.width, 'unit')}`,
  fit_engine: ({ packs, interrupted }: { packs: number; interrupted: boolean }) =>
    `${counted(packs, 'pack')} of networks${interrupted ? ', ended by hand' : ''}`,
  fit_intervals: ({ level, share, width }: { level: number; share: number; width: string }) =>
    `${chosenPercent(level)} intervals, ${width} wide on average, held for ${chosenPercent(share)} of these rows.`,
  fit_temperature: ({ temperature }: { temperature: string }) =>
    `Probabilities are scaled by temperature ${temperature}, fitted on these rows.`,
  fit_scores_turns: ({ folds }: { folds: number }) =>
    `Scores are of rows held out in ${folds} turns, answered by networks that had not seen them and by ensembles chosen without them.`,
  fit_scores_held: ({ held_out }: { held_out: number }) =>
    `Scores are of ${counted(held_out, 'row')} that no network has trained on, answered by ensembles chosen without them.`,
  fit_again: ({ file }: { file: string }) => `Repeat it with --repeat ${file}.`,
  predictions_written: ({ count, columns, file }: { count: number; columns: readonly string[]; file: string }) =>
    `Wrote ${counted(count, 'row')} with ${columns.join(', ')} to ${file}.`,
  frequent_values: 'Most frequent values, with their rows:',
  sweep_size: (p: { combinations: number; trials: number; populations: number; resumed: number }) =>
    `${counted(p.combinations, 'combination')}, ${counted(p.trials, 'trial')} in ${counted(p.populations, 'population')}${p.resumed > 0 ? `; ${counted(p.resumed, 'trial')} gone on with` : ''}`,
  sweep_takes: (p: { time: string; engines: readonly EngineName[]; at_most: boolean }) =>
    `The sweep takes ${p.at_most ? 'at most' : 'about'} ${p.time} on ${enginesInWords(p.engines)}${p.at_most ? ', less where trials stop early' : ''}.`,
  leaders_order: ({ set, most, count }: { set: RowSet; most: number; count: number }) =>
    `Ordered by the ${set} mean${count > most ? `, the best ${most} of ${count}` : ''}.`,
  leaders_spread: ({ methods }: { methods: readonly (keyof typeof intervalMethods)[] }) =>
    `± is the standard deviation over seeds and folds${methods.length > 0 ? `, brackets hold the 95 % interval of the mean by ${methods.map((method) => intervalMethods[method]).join(', or by ')}` : ''}.`,
  leaders_folds: foldsNote,
  leaders_ties: tiesNote,
  leaders_shares: ({ shares, rest }: { shares: readonly (readonly [name: string, percent: string])[]; rest: string }) =>
    `Which settings matter, as shares of the variance over combinations: ${shares.map((share) => share.join(' ')).join(', ')}; ${rest} is interplay and chance.`,
  lab_opened: ({ address }: { address: string }) =>
    `The lab is at ${address}, and a browser is opening it. Ctrl-C ends it.`,
  lab_served: ({ address }: { address: string }) => `The lab is at ${address}. Ctrl-C ends it.`,

  machine_facts: ({ name, cores, memory }: { name: string; cores: number; memory: string }) =>
    `${name}, ${cores} cores, ${memory} of memory`,
  adapter_facts: ({ adapter, software, how }: { adapter: string; software: boolean; how: Said }) =>
    `${adapter}${software ? ', a software adapter' : ''} (${inEnglish(how)})`,
  adapter_limits: (p: {
    buffer: string;
    binding: string;
    buffers: number;
    memory: string;
    invocations: number;
    workgroups: number;
  }) =>
    `a buffer ${p.buffer}, a storage binding ${p.binding}, ${p.buffers} storage buffers a stage, workgroup memory ${p.memory}, ${p.invocations} invocations a workgroup, ${whole(p.workgroups)} workgroups a dimension`,
  adapter_features: ({ names, others }: { names: readonly string[]; others: number }) =>
    [...names, ...(others > 0 ? [`${counted(others, 'other')} (--json lists them)`] : [])].join(', ') || 'none',
  check_passed: 'passed',
  check_failed: ({ why }: { why: Said }) => `failed: ${inEnglish(why)}`,
  webgpu_missing: ({ why }: { why: Said }) => `not available: ${inEnglish(why)}`,
  browser_found: ({ file, from }: { file: string; from: keyof typeof browserSources }) =>
    `${file} (${browserSources[from]})`,
  no_browser: ({ why }: { why: Said }) => `none: ${inEnglish(why)}`,
  choices_kept: ({ count, file }: { count: number; file: string }) => `${counted(count, 'choice')} in ${file}`,
  choices_not_kept: ({ detail }: { detail: string }) => `not kept (${detail})`,
  choice_made: (p: { kept: Said; network: string; plan: string; why: Said }) =>
    `${inEnglish(p.kept)}; ${p.network} takes plan ${p.plan} (${inEnglish(p.why)})`,
  auto_takes: ({ engine, why }: { engine: string; why: Said }) => `takes ${engine}: ${inEnglish(why)}`,
  auto_measures: ({ why }: { why: Said }) => `takes webgpu or cpu, measured for each network: ${inEnglish(why)}`,
  auto_takes_nothing: ({ why }: { why: Said }) => `takes nothing: ${inEnglish(why)}`,
};
