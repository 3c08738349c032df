/** Which rows train, which validate, which test: a seeded choice that needs nothing but the number of rows. */
import { shuffled, shuffleKey } from '../random/shuffle.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import type { DataSet } from './dataset.ts';

/** The split's order is that of an epoch that training never reaches, so that equal seeds do not make equal orders. */
const splitEpoch = 0xffffffff;

/** Rows of each part. */
export interface Counts {
  train: number;
  validation: number;
  test: number;
}

/**
 * Rows of each part: the shares, rounded. A part with a share gets at least one row where there are enough, after
 * training has had `leastTrain`. Shares that add up to 1 use every row.
 */
export function splitCounts(rows: number, split: DataSettings['split'], leastTrain = 2): Counts {
  const part = (share: number) => (share > 0 ? Math.max(1, Math.round(rows * share)) : 0);
  const used = Math.min(rows, Math.round(rows * (split.train + split.validation + split.test)));
  let validation = part(split.validation);
  let test = part(split.test);
  const train = Math.max(used - validation - test, Math.min(leastTrain, rows));
  while (train + validation + test > rows) {
    if (validation > test) validation -= 1;
    else test -= 1;
  }
  return { train, validation, test };
}

/**
 * Row numbers of each part, disjoint. Within a part they rise, so that what reads a part in order reads memory in
 * order; training shuffles for itself.
 */
export function splitRows(rows: number, split: DataSettings['split'], leastTrain = 2): DataSet['sets'] {
  const { train, validation, test } = splitCounts(rows, split, leastTrain);
  const key = shuffleKey(split.seed, splitEpoch);
  const pick = (from: number, count: number) =>
    Uint32Array.from({ length: count }, (_, position) => shuffled(from + position, rows, key)).sort();
  return { train: pick(0, train), validation: pick(train, validation), test: pick(train + validation, test) };
}
