/**
 * What numbers become: the formulas of `NumericEncoding`, their names, and the way back from features to numbers, which
 * pictures need. What is fitted for them is in `fit-numeric.ts`.
 */
import { normalQuantile } from '../../util/statistics/normal.ts';
import { firstAbove, firstAtLeast } from '../../util/statistics/sorted.ts';
import { formatIso } from '../table/dates.ts';
import type { DataSet, FeatureStep, NumericEncoding } from './dataset.ts';

export type NumberStep = Extract<FeatureStep, { kind: 'number' }>;
export type NumericStep = NumberStep | Extract<FeatureStep, { kind: 'date' }>;

/**
 * The steps of a data set that learns from this many numbers and nothing else, so that it can be drawn over them; undefined
 * for any other.
 */
export function onlyNumbers({ preprocessing: { features } }: DataSet, count: number): NumberStep[] | undefined {
  const numbers = features.filter((step) => step.kind === 'number' && !step.missing.indicator) as NumberStep[];
  return features.length === count && numbers.length === count ? numbers : undefined;
}

/** Where values that are squashed end (Holzmueller et al. 2024). */
export const robustLimit = 3;
/** Where the outermost of normally distributed values end: a thousandth of a normal distribution is beyond, at each end. */
export const normalLimit = 3.1;

/** How many features the value has, without the indicator of a missing one. */
export function numericWidth(encoding: NumericEncoding): number {
  return encoding.kind === 'piecewise_linear' ? encoding.edges.length - 1 : 1;
}

/** The name of each of these features, in their order. */
export function numericNames({ column, kind, encoding }: NumericStep): string[] {
  if (encoding.kind !== 'piecewise_linear') return [column];
  const edges = kind === 'date' ? dates(encoding.edges) : shortest(encoding.edges);
  return edges.slice(1).map((edge, piece) => `${column} from ${edges[piece]} to ${edge}`);
}

/** Days, or with the time of day where two edges are within one. */
function dates(values: readonly number[]): string[] {
  const texts = values.map((value) => formatIso(value).slice(0, 10));
  return new Set(texts).size === values.length ? texts : values.map(formatIso);
}

/** Numbers in as few digits, but at least four, as keep those apart that differ. */
function shortest(values: readonly number[]): string[] {
  const different = new Set(values).size;
  for (let digits = 4; ; digits++) {
    const texts = values.map((value) => String(Number(value.toPrecision(digits))));
    if (digits === 17 || new Set(texts).size === different) return texts;
  }
}

/** Writes the features of a number; they are finite wherever it is, except under `scale`. */
export function encodeValue(encoding: NumericEncoding, value: number, features: Float32Array, at: number): void {
  switch (encoding.kind) {
    case 'scale':
      features[at] = (value - encoding.offset) / encoding.scale;
      break;
    case 'robust':
      features[at] = squash((value - encoding.offset) / encoding.scale);
      break;
    case 'quantile':
      features[at] = clamp(normalQuantile(shareBelow(encoding.quantiles, value)), normalLimit);
      break;
    case 'piecewise_linear':
      writePieces(encoding.edges, value, features, at);
  }
}

function writePieces(edges: readonly number[], value: number, features: Float32Array, at: number): void {
  for (let piece = 0; piece + 1 < edges.length; piece++) {
    const through = (value - edges[piece]) / (edges[piece + 1] - edges[piece]);
    features[at + piece] = Math.max(0, Math.min(1, through)) - 0.5;
  }
}

/**
 * The number that has these features: to float32's precision, under `robust` to 1 % as far as a thousand quartile ranges from
 * the middle, and an end of the training range from where features say no more.
 */
export function decodeValue({ encoding, range }: NumericStep, features: ArrayLike<number>, at = 0): number {
  const { least, largest } = range ?? { least: Number.NEGATIVE_INFINITY, largest: Number.POSITIVE_INFINITY };
  const feature = features[at];
  switch (encoding.kind) {
    case 'scale':
      return feature * encoding.scale + encoding.offset;
    case 'robust': {
      const squared = (feature / robustLimit) ** 2;
      if (squared >= 1) return feature < 0 ? least : largest;
      return (feature / Math.sqrt(1 - squared)) * encoding.scale + encoding.offset;
    }
    case 'quantile':
      if (Math.abs(feature) >= Math.fround(normalLimit)) return feature < 0 ? least : largest;
      return quantileAt(encoding, feature);
    case 'piecewise_linear': {
      const { edges } = encoding;
      let value = edges[0];
      for (let piece = 0; piece + 1 < edges.length; piece++) {
        value += (features[at + piece] + 0.5) * (edges[piece + 1] - edges[piece]);
      }
      return value;
    }
  }
}

/**
 * The share of values below one, by linear interpolation between quantiles at even distances; for a value that several
 * quantiles have, the middle between the first and the last of them.
 */
function shareBelow(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  const upTo = firstAbove(quantiles, value) - 1;
  const from = firstAtLeast(quantiles, value);
  if (from <= upTo) return (from + upTo) / 2 / last;
  if (upTo < 0 || from > last) return upTo < 0 ? 0 : 1;
  return (upTo + (value - quantiles[upTo]) / (quantiles[from] - quantiles[upTo])) / last;
}

/** The value that has this feature, by halving until float32 tells no difference. */
function quantileAt(encoding: Extract<NumericEncoding, { kind: 'quantile' }>, feature: number): number {
  const { quantiles } = encoding;
  const own = new Float32Array(1);
  let [low, high] = [quantiles[0], quantiles[quantiles.length - 1]];
  while (Math.fround(low) !== Math.fround(high)) {
    const middle = low / 2 + high / 2;
    if (middle <= low || middle >= high) break;
    encodeValue(encoding, middle, own, 0);
    if (own[0] < feature) low = middle;
    else high = middle;
  }
  return high;
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** z / sqrt(1 + (z / 3)^2), also where a square is more than float64 holds. */
function squash(z: number): number {
  if (Math.abs(z) <= robustLimit) return z / Math.sqrt(1 + (z / robustLimit) ** 2);
  return (Math.sign(z) * robustLimit) / Math.sqrt(1 + (robustLimit / z) ** 2);
}
