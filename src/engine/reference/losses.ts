/**
 * The losses. Each is a mean: over the batch's rows and the outputs, or over the rows alone where a row's outputs make
 * one answer. What else is known of them is in `spec/losses.ts`; how to add one: docs/adding.md.
 */
import { type LossName, lossTable, termsOf } from '../../spec/losses.ts';

/** Outputs or targets, row after row. */
type Values = Float32Array | Float64Array;

export interface Loss {
  /**
   * The loss of one row. Writes its derivative by each output to `slopes` [width], or by each weighted sum where the
   * table says `bySum`.
   */
  row: (outputs: Values, targets: Values, at: number, width: number, slopes: Float64Array) => number;
}

export const losses: Record<LossName, Loss> = {
  mse: each(
    (y, t) => (y - t) ** 2,
    (y, t) => 2 * (y - t),
  ),
  half_mse: each(
    (y, t) => (y - t) ** 2 / 2,
    (y, t) => y - t,
  ),
  mae: each(
    (y, t) => Math.abs(y - t),
    (y, t) => Math.sign(y - t),
  ),
  /** Huber 1964 with delta 1: half the square near the target, the distance beyond. */
  huber: each(
    (y, t) => (Math.abs(y - t) <= 1 ? (y - t) ** 2 / 2 : Math.abs(y - t) - 0.5),
    (y, t) => Math.max(-1, Math.min(1, y - t)),
  ),
  /** On logits: max(z, 0) - z t + log(1 + exp(-|z|)), the stable form of -t log p - (1 - t) log(1 - p). */
  binary_cross_entropy: each(
    (z, t) => Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z))),
    (z, t) => 1 / (1 + Math.exp(-z)) - t,
  ),
  /** On logits: log(sum_o exp z_o) - sum_o t_o z_o for targets that add up to 1; shifted by the largest logit. */
  softmax_cross_entropy: {
    row(logits, targets, at, width, slopes) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let o = 0; o < width; o++) largest = Math.max(largest, logits[at + o]);
      let sum = 0;
      for (let o = 0; o < width; o++) sum += Math.exp(logits[at + o] - largest);
      let loss = Math.log(sum);
      for (let o = 0; o < width; o++) {
        loss -= targets[at + o] * (logits[at + o] - largest);
        slopes[o] = Math.exp(logits[at + o] - largest) / sum - targets[at + o];
      }
      return loss;
    },
  },
  /** Rosenblatt's rule for a step unit: the gradient at the weighted sum is prediction - target. */
  perceptron: each(
    (y, t) => (y - t) ** 2 / 2,
    (y, t) => y - t,
  ),
};

/** A loss that is a sum of one term per output. */
function each(value: (y: number, t: number) => number, slope: (y: number, t: number) => number): Loss {
  return {
    row(outputs, targets, at, width, slopes) {
      let loss = 0;
      for (let o = 0; o < width; o++) {
        loss += value(outputs[at + o], targets[at + o]);
        slopes[o] = slope(outputs[at + o], targets[at + o]);
      }
      return loss;
    },
  };
}

/**
 * Label smoothing by the share e (Szegedy et al. 2016; torch's CrossEntropyLoss): a target t of one of k classes becomes
 * (1 - e) t + e / k, in place. A row's outputs are the classes where the loss takes them together; else each output is
 * one of two.
 */
export function smoothTargets(targets: Values, loss: LossName, width: number, share: number): void {
  const classes = lossTable[loss].jointly ? width : 2;
  for (let i = 0; i < targets.length; i++) targets[i] = (1 - share) * targets[i] + share / classes;
}

/** What a batch is held against. */
export interface Goal {
  loss: LossName;
  /** Taken in the place of `loss`. */
  custom_loss?: Loss;
  /** [row, output] */
  targets: Values;
  /** [row]; 1 for every row where absent. */
  weights?: Values;
}

/** Mean loss over the first `rows` rows of `outputs` [row, output], which has `width` outputs. */
export function meanLoss(goal: Goal, outputs: Values, rows: number, width: number): number {
  const { targets, weights } = goal;
  const { row, terms } = lossOfGoal(goal, rows, width);
  const slopes = new Float64Array(width);
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += (weights?.[r] ?? 1) * row(outputs, targets, r * width, width, slopes);
  return sum / terms;
}

/** The loss, and what its mean is taken over: a custom one is a mean over rows. */
export function lossOfGoal({ loss, custom_loss }: Goal, rows: number, width: number): Loss & { terms: number } {
  return custom_loss
    ? { row: custom_loss.row, terms: rows }
    : { row: losses[loss].row, terms: termsOf(loss, rows, width) };
}
