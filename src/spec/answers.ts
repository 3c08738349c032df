/**
 * What a network's outputs say of classes, which depends on the loss it was trained with. Two classes are one output,
 * more are one output each. The GPU's version of `chosenClass` is in `shaders/kernels/evaluate.wgsl`.
 */
import type { ActivationName } from './activations.ts';
import { type LossName, lossNames, lossTable, type Task } from './losses.ts';
import type { LossChoice, OutputActivationChoice } from './settings.ts';

export type { Task } from './losses.ts';

type Values = Float32Array | Float64Array;

/** What `auto` means for the loss. */
export function lossFor(choice: LossChoice, task: Task): LossName {
  if (choice !== 'auto') return choice;
  return lossNames.find((name) => lossTable[name].autoFor === task) as LossName;
}

/** What `auto` means for the last layer: the perceptron rule is that of a step unit. */
export function outputActivationFor(choice: OutputActivationChoice, loss: LossChoice): ActivationName {
  if (choice !== 'auto') return choice;
  return (loss !== 'auto' && lossTable[loss].activation) || 'identity';
}

/** The class of the row whose outputs start at `at`: of several the largest output, and of equal ones the first. */
export function chosenClass(outputs: Values, at: number, width: number, loss: LossName): number {
  if (width > 1) return givenClass(outputs, at, width);
  return (loss === 'binary_cross_entropy' ? outputs[at] > 0 : outputs[at] >= 0.5) ? 1 : 0;
}

/** The class that targets of 0 and 1 say. */
export function givenClass(targets: Values, at: number, width: number): number {
  if (width === 1) return targets[at] >= 0.5 ? 1 : 0;
  let largest = 0;
  for (let o = 1; o < width; o++) if (targets[at + o] > targets[at + largest]) largest = o;
  return largest;
}

/**
 * [row, class], each row adding up to 1. Outputs that are no logits are held within 0 and 1; where several do not add up
 * to 1 by themselves, they are divided by their sum, and a row of zeros says that every class is as likely.
 */
export function probabilitiesOf(outputs: Values, rows: number, width: number, loss: LossName): Float64Array {
  const classes = Math.max(2, width);
  const result = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    if (width === 1) {
      const share = shareOf(outputs[row], loss);
      result[2 * row] = loss === 'binary_cross_entropy' ? logistic(-outputs[row]) : 1 - share;
      result[2 * row + 1] = share;
    } else if (loss === 'softmax_cross_entropy') {
      softmax(outputs, row * width, width, result);
    } else {
      let sum = 0;
      for (let o = 0; o < width; o++) sum += shareOf(outputs[row * width + o], loss);
      for (let o = 0; o < width; o++) {
        result[row * width + o] = sum > 0 ? shareOf(outputs[row * width + o], loss) / sum : 1 / width;
      }
    }
  }
  return result;
}

function shareOf(output: number, loss: LossName): number {
  return loss === 'binary_cross_entropy' ? logistic(output) : Math.max(0, Math.min(1, output));
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function softmax(logits: Values, at: number, width: number, into: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let o = 0; o < width; o++) largest = Math.max(largest, logits[at + o]);
  let sum = 0;
  for (let o = 0; o < width; o++) {
    into[at + o] = Math.exp(logits[at + o] - largest);
    sum += into[at + o];
  }
  for (let o = 0; o < width; o++) into[at + o] /= sum;
}
