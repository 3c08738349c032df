/** What the page is shown of a data set: counts, baselines and the rows that are drawn, in original units. */
import type { DataSet, TargetStep } from '../../../data/prepare/dataset.ts';
import { numberFeatures } from '../../../data/prepare/features.ts';
import { decodeValue, encodeValue, type NumberStep, onlyNumbers } from '../../../data/prepare/numeric.ts';
import { inverseScale, predictedNumber } from '../../../data/prepare/preprocessing.ts';
import { findColumn, numbersOf } from '../../../data/table/columns.ts';
import { columnLabel } from '../../../data/table/quantity.ts';
import type { Table } from '../../../data/table/table.ts';
import type { RowSet } from '../../../engine/engine.ts';
import { baselineMetrics, type Metrics } from '../../../model/metrics.ts';
import { chosenClass, givenClass } from '../../../spec/answers.ts';
import type { DataSettings } from '../../../spec/data-settings.ts';
import type { LossName } from '../../../spec/settings.ts';
import { subsample } from '../../../util/arrays.ts';
import type { Picture, Points, TableView } from '../../protocol/messages.ts';
import { hasPlane } from './network-picture.ts';
import { featuresOf, judgedRows, placesOf, surfacePicture } from './view-data.ts';

/** More points than this would only paint the same pixels. */
const mostPoints = 3000;
const gridPoints = 201;

export function viewOf(table: Table, data: DataSet, settings: DataSettings): TableView {
  const { preprocessing, sets, notices } = data;
  return {
    name: table.source,
    rows: table.rows,
    numbering: { rowsBefore: table.rowsBefore, blank: table.blank },
    columns: table.columns.map(({ name }) => name),
    target: preprocessing.targets[0].column,
    targetLabel: columnLabel(preprocessing.targets[0]),
    task: preprocessing.task,
    features: preprocessing.features.map(({ column }) => column),
    featureLabels: preprocessing.features.map(columnLabel),
    inputs: data.columns,
    outputs: data.outputs,
    numbers: numberFeatures(preprocessing.features),
    plane: hasPlane(data),
    sets: { train: sets.train.length, validation: sets.validation.length, test: sets.test.length },
    notices: [...table.notices, ...notices],
    settings,
    baseline: {
      train: baselineOf(data, 'train'),
      validation: baselineOf(data, 'validation'),
      test: baselineOf(data, 'test'),
    },
    picture: pictureOf(table, data),
    surface: surfacePicture(data),
  };
}

function pictureOf(table: Table, data: DataSet): Picture {
  if (data.preprocessing.task !== 'regression') return classesOf(data);
  return onlyNumbers(data, 1) ? curveOf(table, data) : pairsOf(data);
}

function baselineOf(data: DataSet, set: RowSet): Metrics | null {
  return data.sets[set].length > 0 ? baselineMetrics(data, set) : null;
}

function curveOf(table: Table, data: DataSet): Picture {
  const values = numbersOf(findColumn(table, data.preprocessing.features[0].column));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const step = (high - low) / (gridPoints - 1);
  return {
    kind: 'curve',
    train: pointsOf(data, 'train'),
    validation: pointsOf(data, 'validation'),
    grid: Float64Array.from({ length: gridPoints }, (_, index) => low + index * step),
  };
}

function pointsOf(data: DataSet, set: RowSet): Points {
  const rows = subsample(data.sets[set], mostPoints);
  const step = onlyFeature(data);
  return {
    x: Float64Array.from(rows, (row) => decodeValue(step, data.features, row * data.columns)),
    y: Float64Array.from(rows, (row) => inverseScale(onlyTarget(data), data.targets[row * data.outputs])),
    rows: placesOf(data, rows),
  };
}

function pairsOf(data: DataSet): Picture {
  const { set, rows } = judgedRows(data, mostPoints);
  return {
    kind: 'pairs',
    set,
    actual: Float64Array.from(rows, (row) => inverseScale(onlyTarget(data), data.targets[row * data.outputs])),
    rows: placesOf(data, rows),
  };
}

/** A table of more classes would not be read. */
const mostClasses = 15;

function classesOf(data: DataSet): Picture {
  const [step] = data.preprocessing.targets;
  if (step.kind !== 'classes') throw new Error(`${step.column} holds no classes`);
  const judged = judgedRows(data, mostPoints);
  const { set } = judged;
  const given = Uint32Array.from(judged.rows, (row) => givenClass(data.targets, row * data.outputs, data.outputs));
  const rows = step.classes.map(() => 0);
  for (const index of given) rows[index] += 1;
  const few = step.classes.length <= mostClasses;
  const byRows = step.classes.map((_, index) => index).sort((a, b) => rows[b] - rows[a]);
  const kept = (few ? byRows : byRows.slice(0, mostClasses - 1)).sort((a, b) => a - b);
  const places = step.classes.map((_, index) => (kept.includes(index) ? kept.indexOf(index) : kept.length));
  const others = few ? [] : [`${step.classes.length - kept.length} others`];
  return {
    kind: 'classes',
    set,
    classes: [...kept.map((index) => step.classes[index]), ...others],
    actual: given.map((index) => places[index]),
    rows: placesOf(data, judged.rows),
    places,
  };
}

/** Of a curve. */
function onlyFeature(data: DataSet): NumberStep {
  const steps = onlyNumbers(data, 1);
  if (!steps) throw new Error('a curve is drawn over one number');
  return steps[0];
}

function onlyTarget({ preprocessing }: DataSet): Extract<TargetStep, { kind: 'number' }> {
  const [step] = preprocessing.targets;
  if (step.kind !== 'number') throw new Error(`${step.column} is no number`);
  return step;
}

/** Features of the rows that `picture` wants predictions for: [row, column]. */
export function pictureFeatures(data: DataSet, picture: Picture): { features: Float32Array; rows: number } {
  if (picture.kind === 'curve') {
    const { encoding } = onlyFeature(data);
    const rows = picture.grid.length;
    const features = new Float32Array(rows * data.columns);
    picture.grid.forEach((value, row) => {
      encodeValue(encoding, value, features, row * data.columns);
    });
    return { features, rows };
  }
  const rows = subsample(data.sets[picture.set], mostPoints);
  return { features: featuresOf(data, rows), rows: rows.length };
}

/** What a picture shows of outputs [row, output]: numbers in original units, or the chosen classes. */
export function predictionsOf(
  data: DataSet,
  picture: Picture,
  loss: LossName,
  outputs: Float32Array,
  rows: number,
): Float64Array {
  if (picture.kind === 'classes') {
    const { places } = picture;
    const width = data.outputs;
    return Float64Array.from({ length: rows }, (_, row) => places[chosenClass(outputs, row * width, width, loss)]);
  }
  const step = onlyTarget(data);
  return Float64Array.from({ length: rows }, (_, row) => predictedNumber(step, outputs[row * data.outputs]));
}
