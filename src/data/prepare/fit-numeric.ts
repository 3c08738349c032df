/** Fits what the numbers of a column become, on the values that its training rows have: see `NumericEncoding`. */
import type { DataSettings } from '../../spec/data-settings.ts';
import { quantile } from '../../util/statistics/order-statistics.ts';
import { runsOf } from '../../util/statistics/sorted.ts';
import type { NumericEncoding, Scale } from './dataset.ts';
import { fitScale } from './scaling.ts';

/** More would hold more of the training rows than a model needs, and say little more of their distribution. */
const mostQuantiles = 200;
const mostPieces = 16;

/**
 * @param filled the training rows, with missing numbers filled in: a scale is fitted to these, as in a scikit-learn pipeline
 * @param sorted the values that are there, rising: quantiles are of these, as in scikit-learn
 */
export function fitNumeric(
  filled: Float64Array,
  sorted: Float64Array,
  { numeric, scaling }: Pick<DataSettings, 'numeric' | 'scaling'>,
): NumericEncoding {
  switch (numeric) {
    case 'scale':
      return { kind: 'scale', ...fitScale(filled, scaling) };
    case 'robust':
      return { kind: 'robust', ...robustScale(sorted) };
    case 'quantile':
      return { kind: 'quantile', quantiles: quantilesOf(sorted, Math.min(mostQuantiles, sorted.length)) };
    case 'piecewise_linear':
      return { kind: 'piecewise_linear', edges: pieceEdges(sorted) };
  }
}

/** The median and the interquartile range; half of the whole range where that is 0, and 1 where all values are the same. */
export function robustScale(sorted: Float64Array): Scale {
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const whole = sorted[sorted.length - 1] - sorted[0];
  return { offset: quantile(sorted, 0.5), scale: range || whole / 2 || whole || 1 };
}

/**
 * Where pieces begin and end. There are as many as the square root of the number of values, 16 at most, each with the same
 * share of the values (Gorishniy et al. 2022). A value that more rows have than a piece has counts as often as a piece has
 * rows, so that the pieces left over go to the other values. Where there are no more different values than edges, they are
 * the edges.
 */
export function pieceEdges(sorted: Float64Array): number[] {
  const pieces = Math.min(mostPieces, Math.floor(Math.sqrt(sorted.length)));
  const { values, counts } = runsOf(sorted);
  if (values.length <= pieces + 1) return [...values];
  return [...new Set(quantilesOf(capRuns(values, counts, Math.floor(sorted.length / pieces)), pieces + 1))];
}

/** Each value as often as its count says, but at most `most` times. */
function capRuns(values: Float64Array, counts: Uint32Array, most: number): Float64Array {
  const capped = new Float64Array(counts.reduce((sum, count) => sum + Math.min(count, most), 0));
  let at = 0;
  values.forEach((value, run) => {
    const next = at + Math.min(counts[run], most);
    capped.fill(value, at, next);
    at = next;
  });
  return capped;
}

/** So many at even distances, the least and the largest value among them, rising also where they are rounded. */
function quantilesOf(sorted: Float64Array, count: number): number[] {
  let largest = sorted[0];
  return Array.from({ length: count }, (_, index) => {
    largest = Math.max(largest, quantile(sorted, count === 1 ? 0 : index / (count - 1)));
    return largest;
  });
}
