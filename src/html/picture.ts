/**
 * What a report draws of a trained network, worked out from the data set and the network's own outputs: its curve over the
 * points for one input, predicted beside actual otherwise. Classes need no picture: their confusions are counted already.
 */
import type { DataSet, TargetStep } from '../data/prepare/dataset.ts';
import { decodeValue, encodeValue, type NumberStep, onlyNumbers } from '../data/prepare/numeric.ts';
import { inverseScale, predictedNumber } from '../data/prepare/preprocessing.ts';
import { columnLabel } from '../data/table/quantity.ts';

export type RowSetName = 'train' | 'validation' | 'test';
export const setNames: RowSetName[] = ['train', 'validation', 'test'];

/** Rows that scores are of: those of a set, or those that a fit held out in turns. */
export type ScoredRows = RowSetName | 'held_out';

export interface Points {
  xs: Float64Array;
  ys: Float64Array;
}

export interface FitPicture {
  kind: 'fit';
  feature: string;
  target: string;
  /** Drawn rows of each set, and how many it has. */
  sets: Record<RowSetName, Points & { of: number }>;
  grid: Float64Array;
  fitted: Float64Array;
  /** Prediction intervals along the grid. */
  band?: { level: number; low: Float64Array; high: Float64Array };
}

export interface PairsPicture {
  kind: 'pairs';
  set: ScoredRows;
  /** One for each target, of all rows of the set. */
  targets: { name: string; actual: Float64Array; predicted: Float64Array; bounds?: Bounds }[];
}

/** Where prediction intervals end: of rising answers, the smallest and the largest actual values that they hold. */
export interface Bounds {
  level: number;
  predicted: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

export type Picture = FitPicture | PairsPicture;

/** Outputs [row, output] of scaled features [row, column]. */
export type Predict = (features: Float32Array, rows: number) => Promise<Float32Array> | Float32Array;

/** More points than this would only paint the same pixels. */
export const mostPoints = 1200;
const gridPoints = 241;
/** Rows that are asked for at once. */
const mostRows = 16_384;

export async function pictureOf(data: DataSet, predict: Predict): Promise<Picture | undefined> {
  if (data.preprocessing.task !== 'regression') return undefined;
  return (await curveOf(data, predict)) ?? (await pairsOf(data, predict));
}

/** Undefined unless one number is predicted from one. */
export async function curveOf(data: DataSet, predict: Predict): Promise<FitPicture | undefined> {
  const numbers = data.preprocessing.task === 'regression' && data.outputs === 1 && onlyNumbers(data, 1);
  return numbers ? fitOf(data, numbers[0], predict) : undefined;
}

async function fitOf(data: DataSet, step: NumberStep, predict: Predict): Promise<FitPicture> {
  const xOf = (row: number) => decodeValue(step, data.features, row * data.columns);
  const [target] = numberTargets(data);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < data.rows; row++) {
    low = Math.min(low, xOf(row));
    high = Math.max(high, xOf(row));
  }
  const grid = Float64Array.from({ length: gridPoints }, (_, i) => low + ((high - low) * i) / (gridPoints - 1));
  const features = new Float32Array(gridPoints * data.columns);
  grid.forEach((value, i) => {
    encodeValue(step.encoding, value, features, i * data.columns);
  });
  const outputs = await predict(features, gridPoints);
  const points = (set: RowSetName) => {
    const rows = shownRows(data.sets[set], data.rows);
    return {
      xs: Float64Array.from(rows, xOf),
      ys: Float64Array.from(rows, (row) => inverseScale(target, data.targets[row])),
      of: data.sets[set].length,
    };
  };
  return {
    kind: 'fit',
    feature: columnLabel(step),
    target: columnLabel(target),
    sets: { train: points('train'), validation: points('validation'), test: points('test') },
    grid,
    fitted: Float64Array.from({ length: gridPoints }, (_, i) => predictedNumber(target, outputs[i])),
  };
}

async function pairsOf(data: DataSet, predict: Predict): Promise<PairsPicture> {
  const set = setNames.findLast((name) => data.sets[name].length > 0) ?? 'train';
  const rows = data.sets[set];
  const steps = numberTargets(data);
  const targets = steps.map((step) => ({
    name: columnLabel(step),
    actual: new Float64Array(rows.length),
    predicted: new Float64Array(rows.length),
  }));
  for (let first = 0; first < rows.length; first += mostRows) {
    const part = rows.subarray(first, first + mostRows);
    const features = new Float32Array(part.length * data.columns);
    part.forEach((row, index) => {
      features.set(data.features.subarray(row * data.columns, (row + 1) * data.columns), index * data.columns);
    });
    const outputs = await predict(features, part.length);
    part.forEach((row, index) => {
      steps.forEach((step, output) => {
        targets[output].actual[first + index] = inverseScale(step, data.targets[row * data.outputs + output]);
        targets[output].predicted[first + index] = predictedNumber(step, outputs[index * data.outputs + output]);
      });
    });
  }
  return { kind: 'pairs', set, targets };
}

export function numberTargets({ preprocessing }: DataSet): Extract<TargetStep, { kind: 'number' }>[] {
  return preprocessing.targets.filter((step) => step.kind === 'number');
}

/** Of a set its fair part of what is drawn, evenly spaced. */
function shownRows(rows: Uint32Array, all: number): Uint32Array {
  if (all <= mostPoints) return rows;
  const most = Math.max(1, Math.round((mostPoints * rows.length) / all));
  return Uint32Array.from(
    { length: Math.min(most, rows.length) },
    (_, i) => rows[Math.floor((i * rows.length) / most)],
  );
}
