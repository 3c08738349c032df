/** Losses that programs write, as engines take them. */
import { createCustomLoss } from '../engine/cpu/custom-loss.ts';
import type { CustomLoss as EngineLoss } from '../engine/engine.ts';
import { library } from '../messages/en/library.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';

interface Named {
  /** What it is called in the model's file, and when a run goes on. */
  name: string;
}

/** A sum of one term for each output: its mean over rows and outputs is made small. */
export interface OutputLoss extends Named {
  /**
   * The loss of one output.
   * @param output of one output unit, as trained: scaled, or a logit
   * @param target in the same units; 0 or 1 for classes
   */
  value(output: number, target: number): number;
  /**
   * The derivative of `value` by the output.
   * @param output of one output unit, as trained: scaled, or a logit
   * @param target in the same units; 0 or 1 for classes
   */
  slope(output: number, target: number): number;
}

/** A loss of all outputs of a row together: its mean over rows is made small. */
export interface RowLoss extends Named {
  /**
   * The loss of one row. Writes its derivative by each output to `slopes`. All three have the length of a row, and are
   * used again for the next.
   * @param outputs as trained: scaled, or logits
   * @param targets in the same units; 0 or 1 for classes
   * @param slopes zeros, to be written to
   */
  row(outputs: Float64Array, targets: Float64Array, slopes: Float64Array): number;
}

/**
 * A loss of your own. Outputs and targets are as they are trained: numbers scaled, classes 0 and 1 with logits for them. What
 * outputs mean stays with `training.loss`.
 */
export type CustomLoss = OutputLoss | RowLoss;

/** @throws InputError about what it lacks */
export function engineLoss(loss: CustomLoss): EngineLoss {
  const { name } = loss;
  if (typeof name !== 'string' || !name) throw incomplete(loss);
  if ('row' in loss) {
    if (typeof loss.row !== 'function') throw incomplete(loss);
    return createCustomLoss(name, ofRow(loss));
  }
  if (typeof loss.value !== 'function' || typeof loss.slope !== 'function') throw incomplete(loss);
  return createCustomLoss(name, ofOutputs(loss));
}

/** The loss of one output by itself. @throws InputError about what it lacks */
export function outputError(loss: CustomLoss): (output: number, target: number) => number {
  const { row } = engineLoss(loss);
  const [outputs, targets, slopes] = Array.from({ length: 3 }, () => new Float64Array(1));
  return (output, target) => {
    outputs[0] = output;
    targets[0] = target;
    return row(outputs, targets, 0, 1, slopes);
  };
}

type EngineRow = EngineLoss['row'];

function ofOutputs(loss: OutputLoss): EngineRow {
  return (outputs, targets, at, width, slopes) => {
    let sum = 0;
    for (let o = 0; o < width; o++) {
      sum += loss.value(outputs[at + o], targets[at + o]);
      slopes[o] = loss.slope(outputs[at + o], targets[at + o]) / width;
    }
    return sum / width;
  };
}

function ofRow(loss: RowLoss): EngineRow {
  let own = { outputs: new Float64Array(), targets: new Float64Array(), slopes: new Float64Array() };
  return (outputs, targets, at, width, slopes) => {
    if (own.outputs.length !== width) {
      own = { outputs: new Float64Array(width), targets: new Float64Array(width), slopes: new Float64Array(width) };
    }
    own.outputs.set(outputs.subarray(at, at + width));
    own.targets.set(targets.subarray(at, at + width));
    own.slopes.fill(0);
    const value = loss.row(own.outputs, own.targets, own.slopes);
    slopes.set(own.slopes);
    return value;
  };
}

function incomplete({ name }: { name?: unknown }): InputError {
  return new InputError(message(library, 'loss_incomplete', { name: String(name || 'loss') }), 'loss');
}
