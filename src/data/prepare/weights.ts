/**
 * What the loss of each training row is multiplied by: a column's weights, weights that make rare classes count as much, or
 * both. Rows held out have weight 1, so that the validation loss counts each row once, as metrics do.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { cellAt, findColumn, numbersOf } from '../table/columns.ts';
import { type Table, textOf } from '../table/table.ts';

/** The product of the weights that are given, for training rows alone; undefined where none are. */
export function trainingWeights(
  train: Uint32Array,
  ...given: (Float32Array | undefined)[]
): Float32Array<ArrayBuffer> | undefined {
  const factors = given.filter((weights) => weights !== undefined);
  if (factors.length === 0) return undefined;
  const weights = new Float32Array(factors[0].length).fill(1);
  for (const row of train) for (const factor of factors) weights[row] *= factor[row];
  return weights;
}

/**
 * The weights in the column that the settings name, one for each of `rows`; undefined where they name none.
 * @throws InputError about a cell that is no weight
 */
export function columnWeights(table: Table, rows: Uint32Array, train: Uint32Array, { weights: name }: DataSettings) {
  if (name === undefined) return undefined;
  const column = findColumn(table, name, 'weights');
  const values = numbersOf(column);
  const weights = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const weight = values[rows[i]];
    if (!(weight >= 0 && Math.fround(weight) < Number.POSITIVE_INFINITY)) {
      const text = textOf(column, rows[i]);
      throw new InputError(message(preparing, 'weight_invalid', { ...cellAt(table, rows[i], name), text }), 'weights');
    }
    weights[i] = weight;
  }
  if (train.every((index) => weights[index] === 0)) {
    const { source } = table;
    throw new InputError(message(preparing, 'weights_zero', { source, column: name }), 'weights');
  }
  return weights;
}

/**
 * rows / (classes x rows of the class), counted on the training rows, as scikit-learn's `balanced` is: there their mean
 * is 1. A class without a training row is not among those counted, and its rows elsewhere have weight 1.
 * @param codes the class of each row
 * @param train indices into `codes`
 */
export function balancedWeights(codes: Uint32Array, train: Uint32Array): Float32Array {
  const counts = rowsByCode(codes, train, 1);
  const present = counts.filter((count) => count > 0).length;
  const ofClass = Float64Array.from(counts, (count) => (count > 0 ? train.length / (present * count) : 1));
  return Float32Array.from(codes, (code) => ofClass[code]);
}
