/** Which rows each network of a fit trains on, and which it is judged by: every held-out row by networks that never saw it. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { type Metrics, metricsOfOutputs } from '../model/metrics.ts';
import type { LossName } from '../spec/settings.ts';
import { concat } from '../util/arrays.ts';

export interface Folds {
  /** Of each fold: the data set with its own rows for training and validation. */
  sets: DataSet[];
  /** All rows that are held out by one fold or another, fold by fold. */
  heldOut: Uint32Array;
  /** Places in `heldOut` of each fold's rows; where one fold holds out, five parts of its rows. */
  parts: Uint32Array[];
}

/** Parts of the rows that a single fold holds out, for scores on rows that had no say. */
const partsOfOne = 5;

/**
 * @param validation rows of each fold, disjoint
 * @param most rows that a network trains on; the rest are left out evenly
 */
export function foldsOf(data: DataSet, validation: readonly Uint32Array[], most: number): Folds {
  // Models name the whole.
  const { origin: _, ...whole } = data;
  const sets = validation.map((own): DataSet => {
    const taken = new Set(own);
    const others = data.sets.train.filter((row) => !taken.has(row));
    const train = others.length > most ? evenly(others, most) : others;
    const weights = data.weights && withOnes(data.weights, own);
    return { ...whole, ...(weights ? { weights } : {}), sets: { train, validation: own, test: data.sets.test } };
  });
  const heldOut = concat(validation, (length) => new Uint32Array(length));
  return { sets, heldOut, parts: validation.length > 1 ? partsByFold(validation) : partsByTurns(heldOut.length) };
}

/** Weights are for training: rows that are held out count once each. */
function withOnes(weights: Float32Array, rows: Uint32Array): Float32Array {
  const own = weights.slice();
  for (const row of rows) own[row] = 1;
  return own;
}

/** The same rows held out, by networks that train on half of theirs. */
export function halved(folds: Folds): Folds {
  const sets = folds.sets.map((data): DataSet => {
    const { train } = data.sets;
    return { ...data, sets: { ...data.sets, train: evenly(train, Math.max(2, train.length >> 1)) } };
  });
  return { ...folds, sets };
}

function evenly(rows: Uint32Array, most: number): Uint32Array {
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]);
}

function partsByFold(validation: readonly Uint32Array[]): Uint32Array[] {
  let first = 0;
  return validation.map(({ length }) => {
    const from = first;
    first += length;
    return Uint32Array.from({ length }, (_, i) => from + i);
  });
}

function partsByTurns(rows: number): Uint32Array[] {
  const parts = Math.min(partsOfOne, rows);
  return Array.from({ length: parts }, (_, part) => {
    const own: number[] = [];
    for (let place = part; place < rows; place += parts) own.push(place);
    return Uint32Array.from(own);
  });
}

/** Metrics of answers for the held-out rows: [row, output], in the units trained in. */
export function heldOutMetrics(outputs: Float32Array, data: DataSet, { heldOut }: Folds, loss: LossName): Metrics {
  return metricsOfOutputs(outputs, { ...data, sets: { ...data.sets, test: heldOut } }, 'test', loss);
}
