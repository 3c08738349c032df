/**
 * A model card (Mitchell et al. 2019, "Model Cards for Model Reporting"): what can be said of a model from its file alone. What no
 * file knows (whom it is for, where the rows came from) is asked for in a line, and not made up.
 */
import { inverseScale } from '../../data/prepare/preprocessing.ts';
import { parameterCount } from '../../engine/parameters.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { followsFromModel } from '../../spec/of-model.ts';
import { commandOf, dataOptions } from '../../spec/shell.ts';
import { figure } from '../../util/format.ts';
import { counted, count as whole } from '../../util/thousands.ts';
import { chosenPercent, conjunction } from '../../util/words.ts';
import { intervalsAt } from '../intervals.ts';
import { lossOf, type Member, type ModelData } from '../model-data.ts';
import { columnsTable, droppedTable, names, targetsTable } from './columns.ts';
import { type KnownOrigin, knownOrigin } from './origin.ts';
import { type CardPart, type CardTable, facts, words } from './parts.ts';
import { scoreParts } from './scores.ts';
import { trialOptions } from './trial-options.ts';

export interface CardSection {
  name: 'model' | 'data' | 'scores' | 'calibration' | 'limits' | 'repeat' | 'publisher';
  heading: string;
  parts: readonly CardPart[];
}

export interface ModelCard {
  /** Columns that are predicted, in words. */
  targets: string;
  summary: string;
  sections: readonly CardSection[];
}

/** @param options the level of intervals, that of the file's own unless given */
export function modelCard(model: ModelData, { level }: { level?: number } = {}): ModelCard {
  const { targets, features, dropped } = model.preprocessing;
  const origin = knownOrigin(model);
  const columns = conjunction(targets.map(({ column }) => column));
  return {
    targets: columns,
    summary: `Predicts ${columns} from ${counted(features.length, 'column')}. Everything below is read from the model's own file.`,
    sections: [
      {
        name: 'model',
        heading: 'Model',
        parts: [modelFacts(model, origin), ...(model.members.length > 1 ? [membersTable(model.members)] : [])],
      },
      {
        name: 'data',
        heading: 'Data',
        parts: [
          dataFacts(origin),
          columnsTable(features),
          targetsTable(targets),
          ...(dropped.length > 0 ? [droppedTable(dropped)] : []),
        ],
      },
      { name: 'scores', heading: 'Scores', parts: scoreParts(origin) },
      { name: 'calibration', heading: 'Calibration', parts: [words(calibration(model, level))] },
      { name: 'limits', heading: 'Limits', parts: [{ kind: 'list', items: limits(model, origin) }] },
      { name: 'repeat', heading: 'How to repeat it', parts: repetition(model, origin) },
      {
        name: 'publisher',
        heading: 'To be said by whoever publishes it',
        parts: [
          words(
            'What it is meant for and what not, where the rows came from and under which licence, whom they leave out, and whom a wrong answer harms: no file knows.',
          ),
        ],
      },
    ],
  };
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
  { engine, adapter, epochs_run, kept_epoch, refit, average, from }: KnownOrigin,
): CardTable {
  const { members } = model;
  const parameters = members.reduce((sum, { layers }) => sum + parameterCount(layers), 0);
  const single = members.length === 1;
  const { optimizer, batch_size } = members[0].settings.training;
  return facts('The model and its training.', [
    ['networks', single ? '1' : `${members.length}, averaged`],
    ['layers', single ? chain(members[0]) : undefined],
    ['parameters', whole(parameters)],
    ['loss', lossOf(model)],
    [
      'optimizer',
      single ? `${optimizer.kind}, learning rate ${optimizer.learning_rate}, batches of ${batch_size}` : undefined,
    ],
    [
      'went on from',
      from && [
        from.name,
        ...(from.parameters ? [' (SHA-256 of its parameters: ', { code: from.parameters }, ')'] : []),
      ],
    ],
    ['epochs', epochs_run === undefined ? undefined : `${epochs_run}${kept_epoch ? `; kept is ${kept_epoch}` : ''}`],
    ['trained again', refit && `on all ${counted(refit.rows, 'row')}, for ${counted(refit.epochs, 'epoch')}`],
    ['averaged', average && `of ${average.epochs.length} networks trained on ${counted(average.rows, 'row')}`],
    ['computed by', engine && `${engine}${adapter ? ` (${adapter})` : ''}`],
  ]);
}

function membersTable(members: readonly Member[]): CardTable {
  return {
    kind: 'table',
    caption: 'The networks that are averaged.',
    columns: ['network', 'layers', 'weight'],
    rows: members.map((member, index) => [String(index + 1), chain(member), figure(member.weight)]),
  };
}

function dataFacts({ data, fit }: KnownOrigin): CardPart {
  if (!data) return words('The file does not say which table it was trained on.');
  const { train, validation, test } = data.sets;
  return facts('The table that it was trained on.', [
    ['table', data.file],
    // A search scores each row by networks that were not trained on it.
    [
      'rows',
      `${whole(data.rows)}${fit ? '' : `: ${whole(train)} train, ${whole(validation)} validation, ${whole(test)} test`}`,
    ],
    ['fold', data.fold && `${data.fold.number} of ${data.fold.count}: its rows are the validation rows`],
    [
      'fingerprint',
      data.fingerprint && [{ code: data.fingerprint }, ' (SHA-256 of the prepared rows and their split)'],
    ],
  ]);
}

function calibration(model: ModelData, level: number | undefined): string {
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
    return [`${step.column} ± ${size}`];
  });
  return `Intervals hold ${chosenPercent(intervals.level)} of answers: ${widths.join(', ')}, from the errors on ${counted(own.rows, 'row')} that no network which answered for them was trained on. At 90 % they held ${chosenPercent(own.coverage)} of rows that they were not made from.`;
}

function limits({ preprocessing }: ModelData, { refit, metrics, data, average }: KnownOrigin): string[] {
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
    ...(data && data.sets.test === 0 && !metrics?.held_out && !average ? ['No row was kept back to test it.'] : []),
  ];
}

function repetition({ members }: ModelData, { data, fit, average, refit, from }: KnownOrigin): CardPart[] {
  const settings = members.map(({ settings: own }) => own);
  const file = data?.file ?? 'TABLE.csv';
  const options = data ? dataOptions(data.settings as DataSettings) : [];
  const command = (...given: string[]): CardPart => ({ kind: 'code', text: commandOf(given), language: 'sh' });
  if (fit) {
    return [
      command('fit', file, ...options, '--seed', String(fit.seed)),
      words([
        'A search ends by the clock; the ',
        { code: 'fit.json' },
        ' that was written beside the model repeats it network by network, with ',
        { code: '--repeat fit.json' },
        '.',
      ]),
    ];
  }
  // A refit of a program's own says for how many epochs it trained, and not how they were found.
  const refitAlone = refit && data && data.sets.validation + data.sets.test === 0;
  if (members.length > 1 || average || data?.fold || refitAlone) {
    return [
      words(members.length > 1 ? 'The settings of its first network:' : 'The settings of its network:'),
      { kind: 'code', text: JSON.stringify(settings[0], null, 1), language: 'json' },
    ];
  }
  if (from) {
    const own = data ? dataOptions(data.settings as DataSettings, (path) => !followsFromModel('data', path)) : [];
    const asked = trialOptions(settings[0], (path) => !followsFromModel('trial', path));
    return [command('train', file, '--from', from.name, ...own, ...asked)];
  }
  return [command('train', file, ...options, ...trialOptions(settings[0]))];
}
