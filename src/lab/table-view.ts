/** What the page is shown of a data set: counts, baselines and the rows that are drawn, in original units. */
import { findColumn, numbersOf } from '../data/columns.ts';
import type { DataSet, FeatureStep, TargetStep } from '../data/dataset.ts';
import { undoNumber } from '../data/preprocessing.ts';
import type { Table } from '../data/table.ts';
import type { RowSet } from '../engine/engine.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { baselineMetrics, type Metrics } from '../train/metrics.ts';
import type { Picture, Points, TableView } from './messages.ts';

/** More points than this would only paint the same pixels. */
const mostPoints = 3000;
const gridPoints = 201;

export function viewOf(table: Table, data: DataSet, settings: DataSettings): TableView {
  const { preprocessing, sets, notices } = data;
  return {
    name: table.source,
    rows: table.rows,
    columns: table.columns.map(({ name }) => name),
    target: preprocessing.targets[0].column,
    task: preprocessing.task,
    features: preprocessing.features.map(({ column }) => column),
    sets: { train: sets.train.length, validation: sets.validation.length, test: sets.test.length },
    notices: [...table.notices, ...(table.format?.unclear ?? []), ...notices],
    settings,
    baseline: {
      train: baselineOf(data, 'train'),
      validation: baselineOf(data, 'validation'),
      test: baselineOf(data, 'test'),
    },
    picture: pictureOf(table, data),
  };
}

function pictureOf(table: Table, data: DataSet): Picture {
  const { task, features } = data.preprocessing;
  if (task !== 'regression') return { kind: 'classes' };
  return data.columns === 1 && features[0].kind === 'number' ? curveOf(table, data) : pairsOf(data);
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
  const rows = shownRows(data.sets[set]);
  const x = onlyFeature(data);
  return {
    x: Float64Array.from(rows, (row) => data.features[row] * x.scale + x.offset),
    y: Float64Array.from(rows, (row) => undoNumber(onlyTarget(data), data.targets[row * data.outputs])),
  };
}

function pairsOf(data: DataSet): Picture {
  const set = pairsSet(data);
  const rows = shownRows(data.sets[set]);
  return {
    kind: 'pairs',
    set,
    actual: Float64Array.from(rows, (row) => undoNumber(onlyTarget(data), data.targets[row * data.outputs])),
  };
}

/** Of a curve. */
function onlyFeature({ preprocessing }: DataSet): Extract<FeatureStep, { kind: 'number' }> {
  const [step] = preprocessing.features;
  if (step.kind !== 'number') throw new Error(`${step.column} is no number`);
  return step;
}

function onlyTarget({ preprocessing }: DataSet): Extract<TargetStep, { kind: 'number' }> {
  const [step] = preprocessing.targets;
  if (step.kind !== 'number') throw new Error(`${step.column} is no number`);
  return step;
}

function pairsSet(data: DataSet): 'validation' | 'train' {
  return data.sets.validation.length > 0 ? 'validation' : 'train';
}

/** Scaled features of the rows that `picture` wants predictions for: [row, column]. None, for classes. */
export function pictureFeatures(data: DataSet, picture: Picture): { features: Float32Array; rows: number } {
  if (picture.kind === 'curve') {
    const { offset, scale } = onlyFeature(data);
    return {
      features: Float32Array.from(picture.grid, (value) => (value - offset) / scale),
      rows: picture.grid.length,
    };
  }
  const rows = picture.kind === 'pairs' ? shownRows(data.sets[picture.set]) : new Uint32Array();
  const features = new Float32Array(rows.length * data.columns);
  rows.forEach((row, index) => {
    features.set(data.features.subarray(row * data.columns, (row + 1) * data.columns), index * data.columns);
  });
  return { features, rows: rows.length };
}

/** Outputs [row, output] of the first target in original units. */
export function predictionsOf(data: DataSet, outputs: Float32Array, rows: number): Float64Array {
  const step = onlyTarget(data);
  return Float64Array.from({ length: rows }, (_, row) => undoNumber(step, outputs[row * data.outputs]));
}

/** All rows of a set, or evenly spaced ones where there are too many to see. */
function shownRows(rows: Uint32Array): Uint32Array {
  if (rows.length <= mostPoints) return rows;
  return Uint32Array.from({ length: mostPoints }, (_, index) => rows[Math.floor((index * rows.length) / mostPoints)]);
}
