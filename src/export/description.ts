/**
 * A model as plain data that says, without any code of ours, what to do with a row: the JSON format, from which every other
 * format is written. All that the file of a model leaves to be worked out is worked out here: which feature a missing cell
 * has, the limits of predictions in the units that were trained in, the half widths of intervals.
 *
 * A row's features are those of `inputs` in their order, computed in float64 and rounded to float32. Each member is a chain
 * of layers over them. Their outputs are averaged as `average` says, divided by `temperature` (1 for numbers), and become
 * answers as `outputs` says.
 */
import type { FeatureStep, NumericEncoding, TargetStep } from '../data/prepare/dataset.ts';
import { turns } from '../data/prepare/encode.ts';
import { categoryPlaces, featureCount, featureWidth } from '../data/prepare/features.ts';
import { trainedLimits } from '../data/prepare/preprocessing.ts';
import { embeddingOf, kindOf, type LayerKind } from '../engine/layers.ts';
import { modelTensors } from '../engine/parameters.ts';
import { intervalsAt } from '../model/intervals.ts';
import { lossOf, type Member, type ModelData } from '../model/model-data.ts';
import type { ActivationName } from '../spec/activations.ts';
import { lossTable } from '../spec/losses.ts';

/**
 * A model as plain data that says, without any code of ours, what to do with a row: the JSON format. docs/export.md has
 * the steps.
 */
export interface ModelDescription {
  /** What it is. */
  format: 'perceptron-lab-model';
  /** Of the format. */
  version: 1;
  /** What is predicted: a number, one of two classes, or one of more. */
  task: 'regression' | 'binary' | 'multiclass';
  /** One for each column, in the order of their features. */
  inputs: InputDescription[];
  /** Features of a row. */
  features: number;
  /** One for each network. */
  members: MemberDescription[];
  /**
   * How the outputs z_m of members with weights w_m become one, as in `model/ensemble.ts`:
   *   values    sum_m w_m z_m
   *   logistic  logit sum_m w_m logistic(z_m), output by output
   *   softmax   log sum_m w_m softmax(z_m), over the outputs of a row
   * Averages of `logistic` and `softmax` are logits, and probabilities are their logistic function or softmax. Of classes
   * with `values`, the shares are the values held within 0 and 1; of several outputs they are divided by their sum, and
   * are alike where that is 0; a single output is the share of the second class, which is chosen from 0.5 up.
   */
  average: 'values' | 'logistic' | 'softmax';
  /** What averaged logits are divided by; 1 for numbers. */
  temperature: number;
  /** One for each target; a single one for classes. */
  outputs: OutputDescription[];
}

/** A column of the table, and what becomes of its cells. `from` is the first of its `width` features. */
export type InputDescription = { column: string; from: number; width: number } & (
  | NumberInput
  | DateInput
  | CategoryInput
  | BooleanInput
);

/**
 * A missing number is `missing`; after the features of `encoding`, `indicator` adds one that is 1 where it was missing.
 * `range` is that of the training rows.
 */
export interface NumberInput {
  kind: 'number';
  /** What cells of the table had around their numbers. */
  unit?: { before: string; after: string };
  /** What a missing number becomes. */
  missing: number;
  /** Whether a feature says that it was missing. */
  indicator: boolean;
  /** In `data/prepare/numeric.ts`. */
  encoding: NumericEncoding;
  /** Of the training rows. */
  range?: { least: number; largest: number };
}

/**
 * A number of days since 1970-01-01, with the time of the day as a fraction. After the features of a number, sine and cosine of
 * 2 pi day / turn for each of `turns`, which are in days.
 */
export interface DateInput extends Omit<NumberInput, 'kind' | 'unit'> {
  kind: 'date';
  /** How its cells were written in the table. */
  format: string;
  turns: number[];
}

/**
 * One feature for each of `levels`: that of the cell is 1. The feature of a missing cell and of another level is at
 * `missing` and `unknown`, -1 for none.
 */
export interface CategoryInput {
  kind: 'category';
  levels: string[];
  missing: number;
  unknown: number;
}

/** 1 for `truth` and 0 for `falsehood`; `missing` for a missing cell and for any other. */
export interface BooleanInput {
  kind: 'boolean';
  truth: string;
  falsehood: string;
  missing: 0 | 1;
}

/** One network. */
export interface MemberDescription {
  /** Its share in the answers; those of all add up to 1. */
  weight: number;
  /** First to last. */
  layers: LayerDescription[];
}

/**
 * With inputs x, before the activation (formulas: docs/functions.md):
 *   dense     z[o] = sum_i x[i] weight[o,i] + bias[o]
 *   scale     z[i] = x[i] scale[i] + shift[i]
 *   periodic  z[j F + f] = cos(2 pi frequency[j,f] x[e[j]] + phase[j,f]) of the J inputs e that are `embedded`, F cosines each;
 *             after them z[J F + i] = x[i]
 */
export interface LayerDescription {
  /** Which of the formulas. */
  kind: LayerKind;
  /** Numbers that go in. */
  inputs: number;
  /** Numbers that come out. */
  outputs: number;
  /** The function after it. */
  activation: ActivationName;
  embedded?: number[];
  /** By their names, in the order of the file. */
  tensors: Record<string, TensorDescription>;
}

/** Parameters of a layer. */
export interface TensorDescription {
  /** Such as [output, input]. */
  shape: number[];
  /** Row-major. */
  values: Float32Array;
}

/** What becomes of an output. */
export type OutputDescription = NumberOutput | ClassOutput;

/**
 * An output z is held within `limits`; the answer is z scale + offset, its exponential less 1 where `log`. Its interval goes from the
 * answer of z - half_width to that of z + half_width.
 */
export interface NumberOutput {
  kind: 'number';
  /** The target. */
  column: string;
  /** What cells of the table had around their numbers. */
  unit?: { before: string; after: string };
  /** What is added. */
  offset: number;
  /** What is multiplied by. */
  scale: number;
  log: boolean;
  limits?: [least: number, largest: number];
  /** Half of an interval, in the units of z; absent where the model has no intervals. */
  half_width?: number;
  /** Share of answers that intervals hold. */
  level?: number;
}

/** Of two classes the only output is that of the second; else each class has one, and the largest is chosen, of equal ones the first. */
export interface ClassOutput {
  kind: 'classes';
  /** The target. */
  column: string;
  /** In the order of the outputs. */
  classes: string[];
}

/** A file that a model was exported to. */
export interface ExportedFile {
  /** Such as `model.onnx`. */
  name: string;
  /** What is in it. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** What exports may be given. */
export interface ExportOptions {
  /** Share of answers that intervals are to hold: 0.9 unless given. */
  level?: number;
}

/** @throws InputError where the level of intervals that was asked for cannot be had */
export function describeModel(model: ModelData, { level }: ExportOptions = {}): ModelDescription {
  const { preprocessing, members, calibration } = model;
  const intervals = intervalsAt(model, level);
  const { logits, jointly } = lossTable[lossOf(model)] as { logits?: true; jointly?: true };
  return {
    format: 'perceptron-lab-model',
    version: 1,
    task: preprocessing.task,
    inputs: describeInputs(preprocessing.features),
    features: featureCount(preprocessing.features),
    members: members.map(describeMember),
    average: !logits ? 'values' : jointly ? 'softmax' : 'logistic',
    temperature: calibration?.kind === 'temperature' ? calibration.temperature : 1,
    outputs: preprocessing.targets.map((step, target) =>
      describeOutput(step, intervals && { level: intervals.level, half_width: intervals.halfWidths[target] }),
    ),
  };
}

function describeInputs(steps: readonly FeatureStep[]): InputDescription[] {
  let from = 0;
  return steps.map((step) => {
    const width = featureWidth(step);
    const input = { column: step.column, ...describeInput(step), from, width };
    from += width;
    return input;
  });
}

function describeInput(step: FeatureStep): NumberInput | DateInput | CategoryInput | BooleanInput {
  if (step.kind === 'boolean') {
    const { truth, falsehood, missing } = step;
    return { kind: 'boolean', truth, falsehood, missing: missing === truth ? 1 : 0 };
  }
  if (step.kind === 'category') {
    const { levels, other } = step;
    return { kind: 'category', levels, ...categoryPlaces(step), unknown: other ? levels.length : -1 };
  }
  const { missing, encoding, range } = step;
  const number = { missing: missing.value, indicator: missing.indicator, encoding, ...(range ? { range } : {}) };
  if (step.kind === 'number') return { kind: 'number', ...(step.unit ? { unit: step.unit } : {}), ...number };
  return { kind: 'date', ...number, format: step.format, turns: step.cycles.map((cycle) => turns[cycle]) };
}

function describeMember({ layers, parameters, weight }: Member): MemberDescription {
  const tensors = modelTensors(layers);
  return {
    weight,
    layers: layers.map((layer, index) => ({
      kind: kindOf(layer),
      inputs: layer.inputs,
      outputs: layer.outputs,
      activation: layer.activation,
      ...(kindOf(layer) === 'periodic' ? { embedded: [...embeddingOf(layer).inputs] } : {}),
      tensors: Object.fromEntries(
        tensors
          .filter((tensor) => tensor.layer === index)
          .map(({ name, shape, offset, size }) => [
            name,
            { shape, values: parameters.subarray(offset, offset + size) },
          ]),
      ),
    })),
  };
}

function describeOutput(step: TargetStep, interval?: { level: number; half_width: number }): OutputDescription {
  if (step.kind === 'classes') return { kind: 'classes', column: step.column, classes: step.classes };
  const { column, unit, offset, scale, log } = step;
  const limits = trainedLimits(step);
  return {
    kind: 'number',
    column,
    ...(unit ? { unit } : {}),
    offset,
    scale,
    log,
    ...(limits ? { limits } : {}),
    ...interval,
  };
}
