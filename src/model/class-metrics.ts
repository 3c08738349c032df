/** Metrics of classes, from the probabilities of single rows. Definitions are scikit-learn's; every row counts once. */

/** What can be said of every epoch. */
export interface ClassScores {
  /** Share of the rows whose class is right. */
  accuracy: number;
  /**
   * Mean of -log(probability of the row's own class). Where that is what was trained, it is the loss itself, worked out from
   * logits and as large as they make it; else a probability counts as at least 2^-52, as in scikit-learn.
   */
  log_loss: number;
}

/** How good predicted classes and their probabilities are. */
export interface ClassMetrics extends ClassScores {
  /** Mean recall of the classes that these rows have. */
  balanced_accuracy: number;
  /**
   * How often a row of a class is given more of it than a row of another: for two classes of the second, for more the mean
   * over the classes, each against all others. A class that has no rows, or all of them, is left out; NaN if all are.
   */
  roc_auc: number;
  /**
   * Harmonic mean of precision and recall: the mean over the classes that these rows have or are taken for; a class
   * that is divided by 0 counts 0.
   */
  f1: number;
  /** The same of F1, each class by its rows. */
  weighted_f1: number;
  /** Share of the rows taken for a class that are of it: the mean over the classes, as of `f1`. */
  precision: number;
  /** Share of the rows of a class that are taken for it: the mean over the classes, as of `f1`. */
  recall: number;
  /**
   * Mean squared distance of probabilities from what came: for two classes of the second class's (0 to 1), for more summed
   * over the classes (0 to 2), as in scikit-learn's brier_score_loss.
   */
  brier_score: number;
  /**
   * Mean distance of the chosen class's probability from how often it is right, over 15 bins of equal width, by their rows
   * (Guo et al. 2017).
   */
  expected_calibration_error: number;
  /** [actual][predicted] rows. */
  confusion: number[][];
  /** In the order of `confusion`. */
  classes: string[];
}

export interface ClassAnswers {
  /** The class of each row, as an index. */
  actual: Uint32Array;
  chosen: Uint32Array;
  /** [row, class] */
  probabilities: Float64Array;
  /** Where it is known without the rounding of probabilities. */
  log_loss?: number;
}

/** What a probability counts as at least, so that one wrong certainty does not make the mean infinite. */
const least = Number.EPSILON;
const calibrationBins = 15;

export function classScores(answers: ClassAnswers): ClassScores {
  const { actual, chosen, probabilities } = answers;
  const rows = actual.length;
  const classes = probabilities.length / rows;
  let right = 0;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    if (actual[row] === chosen[row]) right += 1;
    loss -= Math.log(Math.max(probabilities[row * classes + actual[row]], least));
  }
  return { accuracy: right / rows, log_loss: answers.log_loss ?? loss / rows };
}

export function classMetrics(classes: string[], answers: ClassAnswers): ClassMetrics {
  const { accuracy, log_loss } = classScores(answers);
  const confusion = confusionOf(classes.length, answers);
  const { balanced_accuracy, f1, weighted_f1, precision, recall } = meansOfClasses(confusion);
  return {
    accuracy,
    balanced_accuracy,
    log_loss,
    roc_auc: areaUnderCurve(classes.length, answers),
    f1,
    weighted_f1,
    precision,
    recall,
    brier_score: brierScore(classes.length, answers),
    expected_calibration_error: calibrationError(classes.length, answers),
    confusion,
    classes,
  };
}

function confusionOf(classes: number, { actual, chosen }: ClassAnswers): number[][] {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  actual.forEach((own, row) => {
    confusion[own][chosen[row]] += 1;
  });
  return confusion;
}

function meansOfClasses(confusion: number[][]) {
  const sums = { precision: 0, recall: 0, f1: 0, weighted_f1: 0 };
  let rows = 0;
  let present = 0;
  let known = 0;
  confusion.forEach((own, index) => {
    const right = own[index];
    const actual = own.reduce((sum, count) => sum + count, 0);
    const chosen = confusion.reduce((sum, other) => sum + other[index], 0);
    if (actual + chosen === 0) return;
    const f1 = (2 * right) / (actual + chosen);
    rows += actual;
    present += 1;
    if (actual > 0) known += 1;
    sums.precision += chosen > 0 ? right / chosen : 0;
    sums.recall += actual > 0 ? right / actual : 0;
    sums.f1 += f1;
    sums.weighted_f1 += actual * f1;
  });
  return {
    precision: sums.precision / present,
    recall: sums.recall / present,
    balanced_accuracy: sums.recall / known,
    f1: sums.f1 / present,
    weighted_f1: sums.weighted_f1 / rows,
  };
}

function areaUnderCurve(classes: number, { actual, probabilities }: ClassAnswers): number {
  const areaOf = (one: number) =>
    areaOfScores(
      actual.length,
      (row) => actual[row] === one,
      (row) => probabilities[row * classes + one],
    );
  if (classes === 2) return areaOf(1);
  const areas = Array.from({ length: classes }, (_, one) => areaOf(one)).filter((area) => !Number.isNaN(area));
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

function brierScore(classes: number, { actual, probabilities }: ClassAnswers): number {
  let sum = 0;
  actual.forEach((own, row) => {
    for (let one = 0; one < classes; one++) {
      sum += (probabilities[row * classes + one] - (one === own ? 1 : 0)) ** 2;
    }
  });
  return sum / actual.length / (classes === 2 ? 2 : 1);
}

function calibrationError(classes: number, { actual, chosen, probabilities }: ClassAnswers): number {
  // Of each bin, probabilities less rows that are right. Its upper edge belongs to it; NaN stays NaN in the first.
  const gaps = new Float64Array(calibrationBins);
  actual.forEach((own, row) => {
    const probability = probabilities[row * classes + chosen[row]];
    const bin = Math.max(0, Math.ceil(probability * calibrationBins) - 1) || 0;
    gaps[bin] += probability - (own === chosen[row] ? 1 : 0);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / actual.length;
}

/**
 * The Mann-Whitney statistic: of all pairs of a row of the second class and one of the first, the share in which the
 * former has the higher score; equal scores count half.
 */
export function rocAuc(actual: ArrayLike<number>, scores: ArrayLike<number>): number {
  return areaOfScores(
    actual.length,
    (row) => actual[row] === 1,
    (row) => scores[row],
  );
}

function areaOfScores(rows: number, isPositive: (row: number) => boolean, scoreAt: (row: number) => number): number {
  const scores = new Float64Array(rows);
  let positives = 0;
  // The scores of one class from the front, those of the other from the end.
  for (let row = 0; row < rows; row++) {
    if (isPositive(row)) scores[positives++] = scoreAt(row);
    else scores[rows - 1 - row + positives] = scoreAt(row);
  }
  const upper = scores.subarray(0, positives).sort();
  const lower = scores.subarray(positives).sort();
  let below = 0;
  let upTo = 0;
  let sum = 0;
  for (const score of upper) {
    while (below < lower.length && lower[below] < score) below += 1;
    while (upTo < lower.length && lower[upTo] <= score) upTo += 1;
    sum += (below + upTo) / 2;
  }
  return sum / (lower.length * upper.length);
}
