/**
 * Which rows train, which validate, which test: a seeded choice that knows no table, only the number of rows and, where
 * they matter, each row's class, group or time. Parts are row numbers in rising order, so that what reads a part in
 * order reads memory in order; training shuffles for itself. How each row gets its part is `parts.ts`.
 */

import { preparing } from '../../messages/en/tables/preparing.ts';
import type { DataSettings, SplitSettings } from '../../spec/data-settings.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { lastingKey } from '../../util/random.ts';
import { type Notice, warning } from '../table/notices.ts';
import type { RowSets } from './dataset.ts';
import { partOfRows, placeOf, type SplitBy } from './parts.ts';

/** Which of a seed's lasting orders. */
const splitOrder = 0xffffffff;
const foldOrder = 0xfffffffe;
/** Parts are numbered in 16 bits. */
const mostFolds = 65_535;

export type Shares = Pick<SplitSettings, 'train' | 'validation' | 'test' | 'seed'>;

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
export function splitCounts(rows: number, split: Omit<Shares, 'seed'>, leastTrain = 2): Counts {
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
 * Row numbers of each part, disjoint and rising. Plainly, `splitCounts` says how many. With classes each part has its
 * share of each class to within a row, and every class has a training row. With groups or times a part is as near its
 * count as a cut between two groups or times allows, and has at least one of them while there are enough; a time that
 * more rows share than fit into a part is cut by row number.
 * @throws InputError naming the first row without a time
 */
export function splitRows(rows: number, split: Shares, leastTrain = 2, by: SplitBy = {}): RowSets {
  const { train, validation, test } = splitCounts(rows, split, leastTrain);
  const unused = rows - train - validation - test;
  const key = lastingKey(split.seed, splitOrder);
  // What is not used is the oldest by time, so that testing has the latest and training what comes right before.
  const [sizes, first] = by.times ? [[unused, train, validation, test], 1] : [[train, validation, test, unused], 0];
  const lists = collected(partOfRows(rows, sizes, key, by, first), sizes.length);
  return { train: lists[first], validation: lists[first + 1], test: lists[first + 2] };
}

/**
 * The rows of training and validation in `count` parts of nearly equal size for cross-validation, made as `splitRows`
 * makes its parts: disjoint, rising, every row in one.
 * @throws InputError where there are too few rows or groups for so many folds
 */
export function splitFolds(
  sets: Pick<RowSets, 'train' | 'validation'>,
  count: number,
  seed: number,
  by: SplitBy = {},
): Uint32Array[] {
  const rows = new Uint32Array(sets.train.length + sets.validation.length);
  rows.set(sets.train);
  rows.set(sets.validation, sets.train.length);
  rows.sort();
  const most = Math.min(rows.length, mostFolds);
  if (!(Number.isInteger(count) && count >= 2 && count <= most)) {
    throw new InputError(message(preparing, 'folds_too_many', { folds: count, total: rows.length, most }), 'folds');
  }
  const here: SplitBy = {
    classes: by.classes && gathered(by.classes, rows, new Uint32Array(rows.length)),
    groups: by.groups && gathered(by.groups, rows, new Uint32Array(rows.length)),
    times: by.times && gathered(by.times, rows, new Float64Array(rows.length)),
    place: (index) => placeOf(rows[index], by),
  };
  const groups = here.groups && rowsByCode(here.groups).filter((size) => size > 0).length;
  if (groups !== undefined && groups < count) {
    throw new InputError(message(preparing, 'folds_beyond_groups', { folds: count, groups }), 'folds');
  }
  const sizes = Array.from(
    { length: count },
    (_, fold) => Math.floor(rows.length / count) + (fold < rows.length % count ? 1 : 0),
  );
  const parts = partOfRows(rows.length, sizes, lastingKey(seed, foldOrder), here);
  return collected(parts, count).map((indices) => indices.map((index) => rows[index]));
}

/** One sentence for each class that a part lacks, five of them at most: a part cannot judge or learn what it lacks. */
export function splitNotices(sets: RowSets, classes: Uint32Array, names: readonly string[]): Notice[] {
  const parts = [
    ['train', rowsByCode(classes, sets.train, names.length)],
    ['validation', rowsByCode(classes, sets.validation, names.length)],
    ['test', rowsByCode(classes, sets.test, names.length)],
  ] as const;
  const given = parts.filter(([, counts]) => counts.some((rows) => rows > 0));
  const notices = names.flatMap((name, code) => {
    const absent = given.filter(([, counts]) => counts[code] === 0).map(([part]) => part);
    if (absent.length === 0) return [];
    const count = parts.reduce((sum, [, counts]) => sum + counts[code], 0);
    return [warning(message(preparing, 'class_absent', { name, count, sets: absent }))];
  });
  if (notices.length <= 5) return notices;
  return [...notices.slice(0, 5), warning(message(preparing, 'classes_absent', { count: notices.length - 5 }))];
}

/** The indices of each part, rising. */
function collected(parts: Uint16Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const part of parts) sizes[part] += 1;
  const lists = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let index = 0; index < parts.length; index++) lists[parts[index]][sizes[parts[index]]++] = index;
  return lists;
}

function gathered<T extends Uint32Array | Float64Array>(values: T, rows: Uint32Array, into: T): T {
  for (let index = 0; index < rows.length; index++) into[index] = values[rows[index]];
  return into;
}

/** Parts that were asked for and got no row. */
export function emptyParts(sets: RowSets, split: DataSettings['split']): Notice[] {
  return (['validation', 'test'] as const)
    .filter((part) => split[part] > 0 && sets[part].length === 0)
    .map((part) => warning(message(preparing, 'part_empty', { part })));
}
