/** Metrics of classes, from the probabilities of single rows. Definitions are scikit-learn's, rows unweighted. */

/** What can be said of every epoch. */
export interface ClassScores {
  /** Share of the rows whose class is right. */
  accuracy: number;
  /** Mean of -log(probability of the row's own class). */
  log_loss: number;
}

export interface ClassMetrics extends ClassScores {
  /** Means over the classes that these rows have or are taken for; a class that is divided by 0 counts 0. */
  precision: number;
  recall: number;
  f1: number;
  /** For two classes: how often a row of the second is given more of it than one of the first. NaN if one is absent. */
  roc_auc?: number;
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
  /** For two classes: what rises with the probability of the second. */
  scores?: ArrayLike<number>;
}

/** Probabilities are kept this far from 0 and 1, so that one wrong certainty does not make the mean infinite. */
const least = Number.EPSILON;

export function classMetrics(classes: string[], { actual, chosen, probabilities, scores }: ClassAnswers): ClassMetrics {
  const rows = actual.length;
  const confusion = classes.map(() => classes.map(() => 0));
  let right = 0;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    confusion[actual[row]][chosen[row]] += 1;
    if (actual[row] === chosen[row]) right += 1;
    const probability = probabilities[row * classes.length + actual[row]];
    loss -= Math.log(Math.min(Math.max(probability, least), 1 - least));
  }
  return {
    accuracy: right / rows,
    log_loss: loss / rows,
    ...macroMeans(confusion),
    ...(scores && classes.length === 2 ? { roc_auc: rocAuc(actual, scores) } : {}),
    confusion,
    classes,
  };
}

function macroMeans(confusion: number[][]): Pick<ClassMetrics, 'precision' | 'recall' | 'f1'> {
  let precision = 0;
  let recall = 0;
  let f1 = 0;
  let present = 0;
  confusion.forEach((own, index) => {
    const right = own[index];
    const actual = own.reduce((sum, count) => sum + count, 0);
    const chosen = confusion.reduce((sum, other) => sum + other[index], 0);
    if (actual + chosen === 0) return;
    present += 1;
    precision += chosen > 0 ? right / chosen : 0;
    recall += actual > 0 ? right / actual : 0;
    f1 += (2 * right) / (actual + chosen);
  });
  return { precision: precision / present, recall: recall / present, f1: f1 / present };
}

/**
 * The Mann-Whitney statistic: of all pairs of a row of the second class and one of the first, the share in which the
 * former has the higher score; equal scores count half.
 */
export function rocAuc(actual: ArrayLike<number>, scores: ArrayLike<number>): number {
  const scoresOf = (wanted: number) =>
    Float64Array.from(scores)
      .filter((_, row) => actual[row] === wanted)
      .sort();
  const [lower, upper] = [scoresOf(0), scoresOf(1)];
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
