/** The table of the founding report: a curve of one variable, split and scaled, and what it says of itself. */

import type { DataSet, Scale } from '../data/prepare/dataset.ts';
import { prepare } from '../data/prepare/prepare.ts';
import { numbersOf } from '../data/table/columns.ts';
import { info, type Notice } from '../data/table/notices.ts';
import type { Column, Table } from '../data/table/table.ts';
import { founding } from '../messages/en/command-line/founding.ts';
import { baselineMetrics } from '../model/metrics.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import type { Experiment, ReportData } from './report.ts';

/** Fewer rows leave nothing to hold back that would say anything. */
const fewestRows = 10;

export interface CurveData {
  data: DataSet;
  facts: ReportData;
  scaling: { x: Scale; y: Scale };
  notices: Notice[];
}

/** @throws InputError about columns, cells or too few rows */
export function curveData(table: Table, { split, scaling }: Experiment): CurveData {
  const { x, y, notice } = curveColumns(table);
  const own = { ...table, columns: [x, y] };
  const data = prepare(own, {
    target: y.name,
    task: 'regression',
    types: { [x.name]: 'number' },
    split,
    numeric: 'scale',
    clip_predictions: false,
    scaling,
  });
  if (data.rows < fewestRows) {
    const said = { source: table.source, count: data.rows, fewest: fewestRows };
    throw new InputError(message(founding, 'curve_rows', said));
  }
  const [feature] = data.preprocessing.features;
  const [target] = data.preprocessing.targets;
  if (feature.kind !== 'number' || feature.encoding.kind !== 'scale' || target.kind !== 'number') {
    throw new Error('a curve has one number for another');
  }
  const { encoding } = feature;
  const pointOf = (set: 'train' | 'validation') => (row: number) => ({
    x: original(data.features[row * data.columns], encoding),
    y: original(data.targets[row], target),
    set,
  });
  const points = [
    ...Array.from(data.sets.train, pointOf('train')),
    ...Array.from(data.sets.validation, pointOf('validation')),
  ];
  const baseline = baselineMetrics(data, 'validation');
  return {
    data,
    facts: {
      x: x.name,
      y: y.name,
      rows: data.rows,
      train: data.sets.train.length,
      validation: data.sets.validation.length,
      points,
      target_sd: target.scale,
      noise_sd: noiseOf(points),
      baseline_rmse: 'rmse' in baseline ? baseline.rmse : Number.NaN,
    },
    scaling: {
      x: { offset: encoding.offset, scale: encoding.scale },
      y: { offset: target.offset, scale: target.scale },
    },
    notices: [...(notice ? [notice] : []), ...data.notices],
  };
}

/** Columns called x and y, or the first two of a table that has just two columns of numbers. */
function curveColumns(table: Table): { x: Column; y: Column; notice?: Notice } {
  const named = (name: string) => table.columns.find((column) => column.name.toLowerCase() === name);
  const [x, y] = [named('x'), named('y')];
  if (x && y) {
    for (const column of [x, y]) checkNumbers(table, column);
    return { x, y };
  }
  const numbers = table.columns.filter(({ kind }) => kind === 'number');
  if (numbers.length === 2) {
    const [first, second] = numbers;
    return {
      x: first,
      y: second,
      notice: info(message(founding, 'curve_columns_taken', { x: first.name, y: second.name })),
    };
  }
  const names = table.columns.map(({ name }) => name);
  throw new InputError(message(founding, 'curve_columns', { source: table.source, names }));
}

/** @throws InputError about the first cell that is text */
function checkNumbers({ source }: Table, column: Column): void {
  if (column.kind === 'number') return;
  const values = numbersOf(column);
  const row = values.findIndex((value, index) => Number.isNaN(value) && column.codes[index] !== 0);
  const example = row < 0 ? undefined : column.levels[column.codes[row] - 1];
  throw new InputError(message(founding, 'curve_text', { source, column: column.name, example }));
}

/** A value as it was, without the digits that float32 made up. */
function original(scaled: number, { offset, scale }: Scale): number {
  const size = Math.abs(offset) + Math.abs(scaled * scale);
  const decimals = Math.min(100, Math.max(0, 6 - Math.floor(Math.log10(size))));
  return Number((scaled * scale + offset).toFixed(decimals)) + 0;
}

/** Rice 1984: neighbours in x have nearly the same mean, so that half their mean squared difference in y is the variance. */
export function noiseOf(points: readonly { x: number; y: number }[]): number {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const squares = sorted.slice(1).reduce((sum, point, index) => sum + (point.y - sorted[index].y) ** 2, 0);
  return Math.sqrt(squares / (2 * (sorted.length - 1)));
}
