/**
 * What a column of numbers is like: its mean, spread, quartiles and outliers, and a histogram. Everything comes from one
 * sorted copy, exactly.
 */
import { firstAbove, firstAtLeast } from './sorted.ts';

/** How many values lie in each of up to 30 ranges of equal width. */
export interface Histogram {
  /** One more than counts, rising; a bin has its lower edge, the last one its upper edge too. */
  edges: number[];
  /** Values in each range. */
  counts: number[];
}

/** What the numbers of a column are like. */
export interface NumberStatistics {
  /** The smallest. */
  min: number;
  /** The largest. */
  max: number;
  /** Arithmetic. */
  mean: number;
  /** Of the population: divided by the number of values. */
  sd: number;
  /** Between two values as numpy and spreadsheets do, linearly. */
  quartiles: [number, number, number];
  /** Values more than three interquartile ranges beyond the quartiles; none where half of all values are the same. */
  outliers: number;
  /** Over the range of the values. */
  histogram: Histogram;
}

const mostBins = 30;
const outlying = 3;

/** Undefined where there is no value. */
export function statisticsOf(sorted: Float64Array): NumberStatistics | undefined {
  if (sorted.length === 0) return undefined;
  const quartiles: [number, number, number] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const spread = quartiles[2] - quartiles[0];
  const low = quartiles[0] - outlying * spread;
  const high = quartiles[2] + outlying * spread;
  return {
    min: sorted[0],
    max: sorted[sorted.length - 1],
    ...moments(sorted),
    quartiles,
    outliers: spread > 0 ? firstAtLeast(sorted, low) + sorted.length - firstAbove(sorted, high) : 0,
    histogram: histogramOf(sorted, spread),
  };
}

/** Linear interpolation between the order statistics (Hyndman & Fan's type 7) of values that rise. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const part = place - below;
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  // Between equal values the sum of the parts may be another by rounding.
  return part === 0 || low === high ? low : Math.max(low, Math.min(high, low * (1 - part) + high * part));
}

/** In two passes, and in units of a power of two, so that values up to the end of float64 neither round nor overflow. */
function moments(sorted: Float64Array): { mean: number; sd: number } {
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  if (min === max) return { mean: min, sd: 0 };
  const largest = Math.max(-min, max);
  const unit = 2 ** Math.min(1023, Math.max(-1022, Math.floor(Math.log2(largest))));
  let sum = 0;
  for (const value of sorted) sum += value / unit;
  const mean = sum / sorted.length;
  let squares = 0;
  for (const value of sorted) squares += (value / unit - mean) ** 2;
  return { mean: mean * unit, sd: Math.sqrt(squares / sorted.length) * unit };
}

/**
 * Bins of equal width, by Freedman and Diaconis (1981): twice the interquartile range over the cube root of the number of
 * values, 30 bins at most. Whole numbers get bins of whole width with edges between them.
 */
function histogramOf(sorted: Float64Array, spread: number): Histogram {
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  const whole = max - min < Number.MAX_SAFE_INTEGER && sorted.every(Number.isSafeInteger);
  if (min === max && !whole) return { edges: [min, max], counts: [sorted.length] };
  // Halves, since the range of numbers at both ends of float64 is none.
  const half = whole ? (max - min + 1) / 2 : max / 2 - min / 2;
  const rule = spread / Math.cbrt(sorted.length);
  const wanted = rule > 0 && rule < Number.POSITIVE_INFINITY ? half / rule : Math.sqrt(sorted.length);
  let bins = Math.min(mostBins, Math.max(1, Math.ceil(wanted)));
  let edges: number[];
  if (whole) {
    const width = Math.ceil((2 * half) / bins);
    bins = Math.ceil((2 * half) / width);
    edges = Array.from({ length: bins + 1 }, (_, index) => min - 0.5 + index * width);
  } else {
    edges = Array.from({ length: bins + 1 }, (_, index) => min * (1 - index / bins) + max * (index / bins));
  }
  const starts = edges.map((edge) => firstAtLeast(sorted, edge));
  // Edges are rounded; every value is in a bin all the same.
  starts[0] = 0;
  starts[bins] = sorted.length;
  return { edges, counts: starts.slice(1).map((start, index) => start - starts[index]) };
}

/** What predictions leave unexplained: actual − predicted, as scikit-learn's PredictionErrorDisplay has it. */
export function residuals(actual: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  return Float64Array.from(actual, (value, row) => value - predicted[row]);
}
