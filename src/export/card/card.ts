/**
 * A model card (Mitchell et al. 2019, "Model Cards for Model Reporting") in Markdown: what can be said of a model from its file
 * alone. What no file knows (whom it is for, where the rows came from) is asked for in a line, and not made up.
 */
import { inverseScale } from '../../data/prepare/preprocessing.ts';
import { parameterCount } from '../../engine/parameters.ts';
import { intervalsAt } from '../../model/intervals.ts';
import { lossOf, type Member, type ModelData } from '../../model/model-data.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { metricFacts, metricName } from '../../spec/metric-facts.ts';
import { commandOf, dataOptions } from '../../spec/shell.ts';
import { figure } from '../../util/format.ts';
import { wilson } from '../../util/statistics.ts';
import { chosenPercent, conjunction, counted } from '../../util/words.ts';
import type { ExportedFile, ExportOptions } from '../description.ts';
import { columnsTable, droppedTable, names, targetsTable } from './columns.ts';
import { code, facts, plain, table } from './markdown.ts';
import { type KnownOrigin, knownOrigin, type Scores } from './origin.ts';
import { trialOptions } from './trial-options.ts';

export function cardFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'model-card.md', bytes: new TextEncoder().encode(toModelCard(model, options)) }];
}

/** The text of a model card, in Markdown. */
export function toModelCard(model: ModelData, options: ExportOptions = {}): string {
  const { targets, features, dropped } = model.preprocessing;
  const origin = knownOrigin(model);
  const columns = targets.map(({ column }) => plain(column));
  const parts = [
    `# Model card: ${conjunction(columns)}`,
    `Predicts ${conjunction(columns)} from ${counted(features.length, 'column')}. Everything below is read from the model's own file.`,
    '## Model',
    modelFacts(model, origin),
    ...(model.members.length > 1 ? [membersTable(model.members)] : []),
    '## Data',
    dataFacts(origin),
    columnsTable(features),
    targetsTable(targets),
    ...(dropped.length > 0 ? [droppedTable(dropped)] : []),
    '## Scores',
    ...scores(origin),
    '## Calibration',
    calibration(model, options),
    '## Limits',
    limits(model, origin)
      .map((limit) => `- ${limit}`)
      .join('\n'),
    '## How to repeat it',
    ...repetition(model, origin),
    '## To be said by whoever publishes it',
    'What it is meant for and what not, where the rows came from and under which licence, whom they leave out, and whom a wrong answer harms: no file knows.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function chain({ layers }: Member): string {
  const each = layers.map(({ kind = 'dense', outputs, activation }) =>
    [...(kind === 'dense' ? [] : [kind]), String(outputs), ...(activation === 'identity' ? [] : [activation])].join(
      ' ',
    ),
  );
  return [String(layers[0].inputs), ...each].join(' → ');
}

function modelFacts(
  model: ModelData,
  { engine, adapter, epochs_run, kept_epoch, refit, average }: KnownOrigin,
): string {
  const { members } = model;
  const parameters = members.reduce((sum, { layers }) => sum + parameterCount(layers), 0);
  const single = members.length === 1;
  const { optimizer, batch_size } = members[0].settings.training;
  return facts([
    ['networks', single ? '1' : `${members.length}, averaged`],
    ['layers', single ? chain(members[0]) : undefined],
    ['parameters', parameters.toLocaleString('en-US')],
    ['loss', lossOf(model)],
    [
      'optimizer',
      single ? `${optimizer.kind}, learning rate ${optimizer.learning_rate}, batches of ${batch_size}` : undefined,
    ],
    ['epochs', epochs_run === undefined ? undefined : `${epochs_run}${kept_epoch ? `; kept is ${kept_epoch}` : ''}`],
    ['trained again', refit && `on all ${counted(refit.rows, 'row')}, for ${counted(refit.epochs, 'epoch')}`],
    ['averaged', average && `of ${average.epochs.length} networks trained on ${counted(average.rows, 'row')}`],
    ['computed by', engine && `${plain(engine)}${adapter ? ` (${plain(adapter)})` : ''}`],
  ]);
}

function membersTable(members: readonly Member[]): string {
  return table(
    ['network', 'layers', 'weight'],
    members.map((member, index) => [String(index + 1), chain(member), figure(member.weight)]),
  );
}

function dataFacts({ data, fit }: KnownOrigin): string {
  if (!data) return 'The file does not say which table it was trained on.';
  const { train, validation, test } = data.sets;
  return facts([
    ['table', plain(data.file)],
    // A search scores each row by networks that were not trained on it.
    [
      'rows',
      `${data.rows.toLocaleString('en-US')}${fit ? '' : `: ${train} train, ${validation} validation, ${test} test`}`,
    ],
    ['fingerprint', `\`${data.fingerprint}\` (SHA-256 of the prepared rows and their split)`],
  ]);
}

/** A column for each set that was scored. Training rows say how well the model fits, the others how well it predicts. */
function scores({ metrics = {}, data }: KnownOrigin): string[] {
  const sets = Object.entries(metrics).filter((entry): entry is [string, Scores] => entry[1] !== null);
  if (sets.length === 0) return ['The file has none.'];
  const keys = Object.keys(metricFacts).filter((key) => sets.some(([, own]) => typeof own[key] === 'number'));
  const rows = keys.map((key) => [metricName(key), ...sets.map(([set, own]) => score(set, key, own))]);
  const counts = sets.map(([set]) => (data?.sets as Record<string, number> | undefined)?.[set]);
  const known = counts.some((count) => count !== undefined);
  const sizes = known ? [['rows', ...counts.map((count) => (count === undefined ? '' : String(count)))]] : [];
  const confused = sets.filter(([set]) => set !== 'train').flatMap(([set, own]) => confusion(set, own));
  return [table(['score', ...sets.map(([set]) => plain(set.replaceAll('_', ' ')))], [...sizes, ...rows]), ...confused];
}

function score(set: string, key: string, own: Scores): string {
  const value = own[key];
  if (typeof value !== 'number') return '';
  const counts = matrixOf(own);
  if (key !== 'accuracy' || set === 'train' || !counts) return figure(value);
  const [low, high] = wilson(
    value,
    counts.flat().reduce((sum, count) => sum + count, 0),
  );
  return `${figure(value)} (95 % interval ${figure(low)} to ${figure(high)})`;
}

/** Classes beyond this make a table that nobody reads. */
const mostClasses = 12;

function confusion(set: string, own: Scores): string[] {
  const counts = matrixOf(own);
  const { classes } = own;
  if (!counts || !Array.isArray(classes) || classes.length > mostClasses) return [];
  const header = [
    `${plain(set.replaceAll('_', ' '))} rows of`,
    ...classes.map((name) => `answered ${plain(String(name))}`),
  ];
  return [
    table(
      header,
      counts.map((row, actual) => [plain(String(classes[actual])), ...row.map(String)]),
    ),
  ];
}

function matrixOf({ confusion: counts }: Scores): number[][] | undefined {
  const isRow = (row: unknown) => Array.isArray(row) && row.every((count) => typeof count === 'number');
  return Array.isArray(counts) && counts.every(isRow) ? counts : undefined;
}

function calibration(model: ModelData, { level }: ExportOptions): string {
  const { calibration: own, preprocessing } = model;
  const intervals = intervalsAt(model, level);
  if (own?.kind === 'temperature') {
    return `Probabilities are at temperature ${figure(own.temperature)}, fitted on ${counted(own.rows, 'row')} that no network which answered for them was trained on.`;
  }
  if (own?.kind !== 'conformal' || !intervals) return 'None.';
  const widths = preprocessing.targets.flatMap((step, target) => {
    if (step.kind !== 'number') return [];
    const half = intervals.halfWidths[target];
    const size = step.log
      ? `${figure(half * step.scale)} in log(1 + value)`
      : figure(inverseScale(step, half) - step.offset);
    return [`${plain(step.column)} ± ${size}`];
  });
  return `Intervals hold ${chosenPercent(intervals.level)} of answers: ${widths.join(', ')}, from the errors on ${counted(own.rows, 'row')} that no network which answered for them was trained on. At 90 % they held ${chosenPercent(own.coverage)} of rows that they were not made from.`;
}

function limits({ preprocessing }: ModelData, { refit, metrics, data }: KnownOrigin): string[] {
  const { features, targets } = preprocessing;
  const categories = features.filter((step) => step.kind === 'category' && !step.other).map(({ column }) => column);
  const classes = targets.flatMap((step) => (step.kind === 'classes' ? step.classes : []));
  const held = targets.some((step) => step.kind === 'number' && step.limits);
  const tested = metrics?.test ?? metrics?.held_out;
  return [
    'Numbers and dates outside of the ranges above were not in the training rows, and nothing is known of answers there.',
    ...(categories.length > 0
      ? [`In ${names(categories)}, a text that is not listed above counts as no level at all.`]
      : []),
    ...(classes.length > 0 ? ['One of the classes above is always answered, whatever the row.'] : []),
    ...(held ? ['No prediction is beyond the range that it is held within.'] : []),
    ...(refit && metrics
      ? ['The scores are those of the same settings before the network was trained again on all rows.']
      : []),
    ...(tested
      ? ['Scores are of rows like those of the table: they say nothing of rows from elsewhere or later.']
      : []),
    ...(data && data.sets.test === 0 && !metrics?.held_out ? ['No row was kept back to test it.'] : []),
  ];
}

function repetition({ members }: ModelData, { data, fit, average }: KnownOrigin): string[] {
  const settings = members.map(({ settings: own }) => own);
  const file = data?.file ?? 'TABLE.csv';
  const options = data ? dataOptions(data.settings as DataSettings) : [];
  if (fit) {
    const words = ['fit', file, ...options, '--seed', String(fit.seed)];
    return [
      code(commandOf(words), 'sh'),
      'A search ends by the clock; the `fit.json` that was written beside the model repeats it network by network, with `--repeat fit.json`.',
    ];
  }
  if (members.length > 1 || average)
    return ['The settings of its first network:', code(JSON.stringify(settings[0], null, 1), 'json')];
  return [code(commandOf(['train', file, ...options, ...trialOptions(settings[0])]), 'sh')];
}
