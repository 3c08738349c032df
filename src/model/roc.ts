/** The ROC curve of a classifier with two classes: what it gets right and wrong at every threshold of its score. */
import { rocAuc } from './class-metrics.ts';

/** Point i is what happens when rows with a score of at least thresholds[i] are called the second class. */
export interface RocCurve {
  thresholds: Float64Array<ArrayBuffer>;
  /** Of the rows of the first class, the share called the second. */
  false_positive: Float64Array<ArrayBuffer>;
  /** Of the rows of the second class, the share called so. */
  true_positive: Float64Array<ArrayBuffer>;
  auc: number;
  positives: number;
  negatives: number;
}

/** From (0, 0) to (1, 1). Null where one of the classes has no rows, so that there is nothing to tell apart. */
export function rocCurve(actual: ArrayLike<number>, scores: ArrayLike<number>, mostPoints = 200): RocCurve | null {
  const rows = Array.from({ length: actual.length }, (_, row) => row).sort((a, b) => scores[b] - scores[a]);
  const positives = rows.reduce((sum, row) => sum + (actual[row] === 1 ? 1 : 0), 0);
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return null;
  // Corners alone: between rows of equal score there is no threshold.
  const corners: [number, number, number][] = [[Number.POSITIVE_INFINITY, 0, 0]];
  let hits = 0;
  let alarms = 0;
  rows.forEach((row, index) => {
    if (actual[row] === 1) hits += 1;
    else alarms += 1;
    if (index + 1 < rows.length && scores[rows[index + 1]] === scores[row]) return;
    corners.push([scores[row], alarms / negatives, hits / positives]);
  });
  const every = Math.ceil((corners.length - 1) / mostPoints);
  const kept = corners.filter((_, index) => index % every === 0 || index === corners.length - 1);
  return {
    thresholds: Float64Array.from(kept, ([threshold]) => threshold),
    false_positive: Float64Array.from(kept, ([, alarm]) => alarm),
    true_positive: Float64Array.from(kept, ([, , hit]) => hit),
    auc: rocAuc(actual, scores),
    positives,
    negatives,
  };
}

/** Index of the point that a threshold stands at. */
export function rocPoint({ thresholds }: RocCurve, threshold: number): number {
  let index = 0;
  while (index + 1 < thresholds.length && thresholds[index + 1] >= threshold) index += 1;
  return index;
}
