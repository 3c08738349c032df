/**
 * The losses, each declared once: what is not its code. Its place in the table is its number in the kernels
 * (tools/kernel-constants.ts), so a new one is appended. How to add one: docs/adding.md.
 */
import type { ActivationName } from './activations.ts';

/** One number, `regression`; one of two classes, `binary`; one of more, `multiclass`. */
export type Task = 'regression' | 'binary' | 'multiclass';

export interface LossEntry {
  /** The task whose loss it is under `auto`. */
  autoFor?: Task;
  /** Outputs are logits and not values. */
  logits?: true;
  /** The mean is over the batch's rows alone; otherwise over rows and outputs. */
  overRows?: true;
  /** A row's outputs make one answer: kernels compute it from all of them. */
  jointly?: true;
  /** Its derivative is by the weighted sum already: the last layer's activation has no say. */
  bySum?: true;
  /** The one activation of the last layer that it goes with. */
  activation?: ActivationName;
  /** What it takes for targets: numbers from 0 to 1, or shares of a row that add up to 1. */
  targets?: 'unit' | 'shares';
}

const table = {
  mse: { autoFor: 'regression' },
  half_mse: {},
  mae: {},
  huber: {},
  binary_cross_entropy: { autoFor: 'binary', logits: true, activation: 'identity', targets: 'unit' },
  softmax_cross_entropy: {
    autoFor: 'multiclass',
    logits: true,
    overRows: true,
    jointly: true,
    activation: 'identity',
    targets: 'shares',
  },
  perceptron: { overRows: true, bySum: true, activation: 'step', targets: 'unit' },
} satisfies Record<string, LossEntry>;

/** The losses; docs/functions.md has their formulas. */
export type LossName = keyof typeof table;
export const lossTable: Record<LossName, LossEntry> = table;
export const lossNames = Object.keys(table) as LossName[];

/** What the mean is taken over: rows, or rows and outputs. */
export function termsOf(loss: LossName, rows: number, width: number): number {
  return lossTable[loss].overRows ? rows : rows * width;
}
