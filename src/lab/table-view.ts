/** What the page is shown of a data set: counts, baselines and the rows that are drawn, in original units. */
import type { DataSet } from '../data/dataset.ts';
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
    features: preprocessing.features.map(({ column }) => column),
    sets: { train: sets.train.length, validation: sets.validation.length, test: sets.test.length },
    notices,
    settings,
    baseline: {
      train: baselineOf(data, 'train'),
      validation: baselineOf(data, 'validation'),
      test: baselineOf(data, 'test'),
    },
    picture: data.columns === 1 ? curveOf(table, data) : pairsOf(data),
  };
}

function baselineOf(data: DataSet, set: RowSet): Metrics | null {
  return data.sets[set].length > 0 ? baselineMetrics(data, set) : null;
}

function curveOf(table: Table, data: DataSet): Picture {
  const [feature] = data.preprocessing.features;
  const values = table.columns.find(({ name }) => name === feature.column)?.values ?? new Float64Array();
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
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
  const [x] = data.preprocessing.features;
  const [y] = data.preprocessing.targets;
  return {
    x: Float64Array.from(rows, (row) => data.features[row] * x.scale + x.offset),
    y: Float64Array.from(rows, (row) => data.targets[row * data.outputs] * y.scale + y.offset),
  };
}

function pairsOf(data: DataSet): Picture {
  const set = pairsSet(data);
  const [y] = data.preprocessing.targets;
  const rows = shownRows(data.sets[set]);
  return {
    kind: 'pairs',
    set,
    actual: Float64Array.from(rows, (row) => data.targets[row * data.outputs] * y.scale + y.offset),
  };
}

function pairsSet(data: DataSet): 'validation' | 'train' {
  return data.sets.validation.length > 0 ? 'validation' : 'train';
}

/** Scaled features of the rows that `picture` wants predictions for: [row, column]. */
export function pictureFeatures(data: DataSet, picture: Picture): { features: Float32Array; rows: number } {
  if (picture.kind === 'curve') {
    const [{ offset, scale }] = data.preprocessing.features;
    return {
      features: Float32Array.from(picture.grid, (value) => (value - offset) / scale),
      rows: picture.grid.length,
    };
  }
  const rows = shownRows(data.sets[picture.set]);
  const features = new Float32Array(rows.length * data.columns);
  rows.forEach((row, index) => {
    features.set(data.features.subarray(row * data.columns, (row + 1) * data.columns), index * data.columns);
  });
  return { features, rows: rows.length };
}

/** Outputs [row, output] of the first target in original units. */
export function predictionsOf(data: DataSet, outputs: Float32Array, rows: number): Float64Array {
  const [{ offset, scale }] = data.preprocessing.targets;
  return Float64Array.from({ length: rows }, (_, row) => outputs[row * data.outputs] * scale + offset);
}

/** All rows of a set, or evenly spaced ones where there are too many to see. */
function shownRows(rows: Uint32Array): Uint32Array {
  if (rows.length <= mostPoints) return rows;
  return Uint32Array.from({ length: mostPoints }, (_, index) => rows[Math.floor((index * rows.length) / mostPoints)]);
}
