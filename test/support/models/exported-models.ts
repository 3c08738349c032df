/**
 * Models that between them have every encoding of a column, every kind of layer, every activation, every way of averaging and
 * every kind of answer, with rows for them: gaps, levels that training did not have, values beyond its range. Formats that
 * models leave in are held against `predict` on these. Parameters are drawn at random; what they predict is no matter.
 */
import { expect } from 'vitest';
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import { numberFeatures } from '../../../src/data/prepare/features.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { initialParameters, layerShapes } from '../../../src/engine/parameters.ts';
import { modelOf } from '../../../src/library/model.ts';
import { prepare } from '../../../src/library/prepare.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import type { Member, ModelCalibration, ModelData } from '../../../src/model/model-data.ts';
import { activationNames } from '../../../src/spec/activations.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import type { DataSettingsInput } from '../../../src/spec/data-settings.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { resolveTrial } from '../../../src/train/trials.ts';
import { InputError } from '../../../src/util/errors.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { type Cell, range, tableOf } from '../data/tables.ts';
import { type AddedLayers, withLayers } from './layers.ts';

export interface ExportCase {
  name: string;
  model: Model;
  /** Columns of the model as they would be in a file, without the target. */
  table: Table;
}

const rows = 200;
const names = ['oak', 'fir', 'ash "tall"', 'Élan vital', 'yew'];

/** Numbers on several scales, a skewed one, one with ties; categories, dates, yes and no; one cell in ten missing. */
function rowsOf(seed: number, count: number, wide = 1): Record<string, Cell[]> {
  const at = (row: number, column: number) => uniformAt(seed, row, column);
  const gaps = (column: number, cell: (row: number) => Cell) =>
    range(count).map((row) => (at(row, 50 + column) < 0.1 ? null : cell(row)));
  const text = (row: number, column: number, list: readonly string[]) =>
    list[Math.floor(at(row, column) * list.length)];
  return {
    width: gaps(0, (row) => wide * (at(row, 0) - 0.5)),
    'height (m)': gaps(1, (row) => 2000 + 40 * wide * at(row, 1)),
    skewed: range(count).map((row) => Math.exp(6 * wide * at(row, 2))),
    ties: gaps(3, (row) => Math.floor(4 * wide * at(row, 3))),
    kind: gaps(4, (row) => text(row, 4, wide > 1 ? [...names, 'larch'] : names)),
    wet: gaps(5, (row) => text(row, 5, ['yes', 'no'])),
    day: gaps(6, (row) =>
      new Date(Date.UTC(2020, 0, 1 + Math.floor(wide * 1200 * at(row, 6)))).toISOString().slice(0, 10),
    ),
  };
}

interface Target {
  target: Cell[];
  settings?: Partial<DataSettingsInput>;
}

const numbers = (row: number) => 30 + 20 * Math.sin(row) + (row % 7);
const classes = (list: readonly string[]) => (row: number) => list[(row * 7 + (row % 3)) % list.length];
const targets = {
  number: { target: range(rows).map(numbers) },
  logarithm: { target: range(rows).map(numbers), settings: { target_transform: 'log' } },
  unlimited: { target: range(rows).map(numbers), settings: { clip_predictions: false } },
  two: { target: range(rows).map(classes(['no, "never"', 'yes'])) },
  three: { target: range(rows).map(classes(['Adélie', '=1+1', 'chin strap'])) },
} satisfies Record<string, Target>;

function prepared({ target, settings }: Target, numeric: DataSettingsInput['numeric']): DataSet {
  const table = tableOf({ ...rowsOf(1, rows), target });
  const types = { day: 'date', wet: 'boolean', kind: 'category', ties: 'number' } as const;
  return prepare(table, { target: 'target', types, numeric, ...settings, split: { train: 1 } });
}

/** A network of random parameters for these columns. */
function member(data: DataSet, trial: TrialInput, seed: number, added?: AddedLayers): Member {
  const { preprocessing, columns, outputs } = data;
  const settings = resolveTrial(checkTrial(withFirstDefaults(trial)), preprocessing.task);
  const dense = layerShapes(settings.model, columns, outputs, numberFeatures(preprocessing.features));
  const layers = added ? withLayers(dense, added) : dense;
  const parameters = initialParameters(layers, 'auto', seed).map(
    (value, at) => value + 0.2 * (uniformAt(seed, at) - 0.5),
  );
  return { layers, parameters, settings, weight: 1 };
}

/** One network of random parameters, with the preprocessing of a data set. */
export function randomModel(data: DataSet, trial: TrialInput = {}, seed = 1): Model {
  return createModel({ members: [member(data, trial, seed)], preprocessing: data.preprocessing, origin: {} });
}

function exportCase(name: string, data: DataSet, members: Member[], calibration?: ModelCalibration): ExportCase {
  const { preprocessing } = data;
  const total = members.reduce((sum, _, index) => sum + 1 + index, 0);
  const weighted = members.map((one, index) => ({ ...one, weight: (1 + index) / total }));
  const model = createModel({
    members: weighted,
    preprocessing,
    origin: { epochs: 1 },
    ...(calibration ? { calibration } : {}),
  });
  return { name, model, table: tableOf(rowsOf(2, 60, 1.2)) };
}

const conformal = (count: number): ModelCalibration => ({
  kind: 'conformal',
  residuals: Array.from({ length: count }, () => range(40, 1).map((rank) => rank / 100)),
  rows: 40,
  coverage: 0.9,
});

/** Built anew at each call, which takes some milliseconds. */
export function exportCases(): ExportCase[] {
  const encodings = (['scale', 'robust', 'quantile', 'piecewise_linear'] as const).map((numeric) => {
    const data = prepared(targets.number, numeric);
    return exportCase(`numbers by ${numeric}`, data, [member(data, { model: { hidden: [8] } }, 3)]);
  });
  const plain = prepared(targets.number, 'scale');
  const activations = activationNames.map((activation) =>
    exportCase(`activation ${activation}`, plain, [member(plain, { model: { hidden: [6, 5], activation } }, 4)]),
  );
  const periodic: TrialInput['model'] = { hidden: [7], embedding: { kind: 'periodic', frequencies: 3, scale: 0.3 } };
  const scaled: AddedLayers = { kind: 'scale', before: [0, 2] };
  const layers = [
    exportCase('a linear model', plain, [member(plain, { model: { hidden: [] } }, 5)]),
    exportCase('a periodic layer', plain, [member(plain, { model: periodic }, 6)]),
    exportCase('scale layers', plain, [member(plain, { model: { hidden: [6] } }, 7, scaled)]),
  ];
  const members = (data: DataSet, training: TrialInput['training'] = {}) => [
    member(data, { model: { hidden: [6], activation: 'tanh' }, training }, 8),
    member(data, { model: { hidden: [9, 4], activation: 'silu' }, training }, 9),
    member(data, { model: periodic, training }, 10),
  ];
  const logarithm = prepared(targets.logarithm, 'piecewise_linear');
  const unlimited = prepared(targets.unlimited, 'robust');
  const two = prepared(targets.two, 'quantile');
  const three = prepared(targets.three, 'piecewise_linear');
  const temperature: ModelCalibration = { kind: 'temperature', temperature: 1.7, rows: 40 };
  return [
    ...encodings,
    ...activations,
    ...layers,
    exportCase('an ensemble for a number, with intervals', plain, members(plain), conformal(1)),
    exportCase('an ensemble for a logarithm, with intervals', logarithm, members(logarithm), conformal(1)),
    exportCase('a number without limits', unlimited, members(unlimited)),
    exportCase('two classes', two, [member(two, { model: { hidden: [6] } }, 11)]),
    exportCase('an ensemble for two classes, at a temperature', two, members(two), temperature),
    exportCase('two classes by mse', two, members(two, { loss: 'mse' })),
    exportCase('three classes', three, [member(three, { model: { hidden: [6] } }, 12)]),
    exportCase('an ensemble for three classes, at a temperature', three, members(three), temperature),
    exportCase('three classes by mse', three, members(three, { loss: 'mse' })),
    exportCase(
      'three classes by binary_cross_entropy',
      three,
      members(three, { loss: 'binary_cross_entropy' }),
      temperature,
    ),
    exportCase('two classes by the perceptron rule', two, [
      member(two, { model: { hidden: [] }, training: { loss: 'perceptron' } }, 13),
    ]),
    severalNumbers(),
  ];
}

/**
 * Cells of columns above that hold no value, or one in another spelling. Whether `Model.predict` refuses a list that has nothing
 * else in the column is its own to say.
 */
export const unusualCells: [column: string, cell: string | boolean][] = [
  ...[
    'x',
    'n/a',
    'N.A.',
    'unknown',
    'TBD',
    '--',
    '–',
    '없음',
    '해당 없음',
    '-nan',
    'inf',
    '-Infinity',
    '∞',
    '1e999',
    '?',
    ' ',
    'abc def',
  ].map((cell): [string, string] => ['width', cell]),
  ['width', true],
  ...[
    'yesterday',
    'n/a',
    '2021-02-30',
    '2021-13-01',
    '2021-03-04T24:00',
    '2021-03-04 12:60',
    '2021-03-04T09:00+24:00',
    ' ',
  ].map((cell): [string, string] => ['day', cell]),
  ['day', false],
  ...['larch', 'n/a', ' ', 'OAK'].map((cell): [string, string] => ['kind', cell]),
  ['kind', true],
  ...['perhaps', ' ', 'No'].map((cell): [string, string] => ['wet', cell]),
];

/** Cells that every row may have. */
export const usualRow = { width: 0.25, 'height (m)': 2010, ties: 2, kind: 'Élan vital', wet: 'yes', day: '2021-03-04' };

/** What a model for a number answers to each of them, with a usual row before it and without; null where it refuses them. */
export function answersToUnusual(model: ModelData, usual: object): (unknown[] | null)[][] {
  const answers = (rows: object[]) => {
    try {
      return modelOf(model)
        .predict(rows)
        .map((answer) => expect.closeTo((answer as { value: number }).value, 4));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return null;
    }
  };
  return unusualCells.map(([column, cell]) => {
    const row = { ...usual, [column]: cell };
    return [answers([usual, row]), answers([row])];
  });
}

/** Two targets, which only arrays of numbers have. */
function severalNumbers(): ExportCase {
  const at = (index: number) => uniformAt(14, index) - 0.5;
  const features = Float32Array.from(range(2 * rows), at);
  const answers = Float32Array.from(range(2 * rows, 2 * rows), (index) => 5 * at(index));
  const data = prepare({ features, rows, columns: 2, targets: answers, outputs: 2 }, { split: { train: 1 } });
  const table = tableOf({ x1: range(60).map((row) => 1.2 * at(row)), x2: range(60).map((row) => 1.2 * at(row + 100)) });
  return { ...exportCase('two numbers', data, [member(data, { model: { hidden: [4] } }, 15)], conformal(2)), table };
}
