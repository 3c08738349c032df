/**
 * Prediction intervals that hold for the share of rows they are asked to, whatever the model and the data are, as long as
 * new rows come as the old ones did: split conformal prediction (Lei et al. 2018, "Distribution-Free Predictive Inference
 * for Regression"). With the absolute errors e of n rows that did not train the model, an interval of level L is
 *   answer +- e(k),   the k-th smallest,   k = ceil((n + 1) L),
 * and holds with a probability between L and L + 1/(n + 1). From errors of several folds, each by members that had not
 * trained on it, that is cross-conformal prediction (Vovk 2015), which promises 1 - 2(1 - L) and holds about L.
 * Errors are measured in the units that were trained in: of a target whose logarithm is learned, intervals are relative.
 */
import type { ConformalCalibration } from './model-data.ts';

/** Of every interval, unless another is asked for. */
export const defaultLevel = 0.9;

/** Errors that are stored; where there are more, evenly spaced ones. */
const mostResiduals = 999;
/** Parts that the coverage is measured with, each by the errors of the others. */
const parts = 5;

/**
 * @param outputs [row, output] of rows that did not train the members that answer for them here
 * @param targets [row, output], in the same units
 */
export function conformalResiduals(outputs: Float32Array, targets: Float32Array, width: number): ConformalCalibration {
  const errors = Array.from({ length: width }, (_, output) => {
    const all = new Float64Array(outputs.length / width);
    return all.map((_, row) => Math.abs(outputs[row * width + output] - targets[row * width + output]));
  });
  return {
    kind: 'conformal',
    residuals: errors.map((own) => Array.from(thinned(own.slice().sort()))),
    rows: outputs.length / width,
    coverage: Math.min(...errors.map(crossCoverage)),
  };
}

/** Half the width of an interval at a level. Infinite where the errors are too few to say. */
export function halfWidth(residuals: ArrayLike<number>, level: number): number {
  const rank = rankOf(residuals.length, level);
  return rank > residuals.length ? Number.POSITIVE_INFINITY : residuals[rank - 1];
}

/** Rows that an interval of a level needs. */
export function fewestRows(level: number): number {
  let rows = Math.floor(level / (1 - level));
  while (rankOf(rows, level) > rows) rows++;
  return rows;
}

/** ceil((n + 1) L), where a product that is whole but for its rounding counts as whole. */
function rankOf(count: number, level: number): number {
  return Math.max(1, Math.ceil((count + 1) * level - 1e-9));
}

/**
 * As many as are stored. Of n errors those with the ranks ceil(i (n + 1) / (m + 1)), i = 1 to m: rank i of these has the
 * share i / (m + 1) of all below it or more, so that the rule above goes on to hold, with m in place of n.
 */
function thinned(sorted: Float64Array): Float64Array {
  const count = sorted.length;
  if (count <= mostResiduals) return sorted;
  return Float64Array.from(
    { length: mostResiduals },
    (_, i) => sorted[Math.ceil(((i + 1) * (count + 1)) / (mostResiduals + 1)) - 1],
  );
}

/** Share of errors within the interval that the errors of other parts make at the default level. */
function crossCoverage(errors: Float64Array): number {
  let within = 0;
  for (let part = 0; part < parts; part++) {
    const others = errors.filter((_, row) => row % parts !== part).sort();
    const limit = halfWidth(others, defaultLevel);
    for (let row = part; row < errors.length; row += parts) if (errors[row] <= limit) within += 1;
  }
  return within / errors.length;
}
