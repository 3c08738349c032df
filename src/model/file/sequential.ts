/**
 * A network of another program, such as the `state_dict` of PyTorch's `nn.Sequential` as a .safetensors file, with the columns
 * that it takes: the file has neither these nor its activations. docs/export.md has an example of the columns.
 */
import * as z from 'zod/mini';
import type { FeatureStep, Preprocessing, TargetStep } from '../../data/prepare/dataset.ts';
import { featureCount } from '../../data/prepare/features.ts';
import { outputCount } from '../../data/prepare/target.ts';
import type { LayerShape } from '../../engine/layers.ts';
import { parameterCount } from '../../engine/parameters.ts';
import { sequential } from '../../messages/en/models/sequential.ts';
import { type ActivationName, activationNames } from '../../spec/activations.ts';
import { check, checkTrial } from '../../spec/check.ts';
import { withFirstDefaults } from '../../spec/first-defaults.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { createModel, type Model } from '../model.ts';
import { singleNetwork } from '../model-data.ts';
import { copyTensor, decodeTensors, type TensorFile } from './tensor-file.ts';

/** What the file of a network does not say. */
export interface NetworkColumns {
  /** In the order of the inputs; a name alone is a number taken as it is. */
  columns: (string | NumberColumn | CategoryColumn)[];
  /** A name alone is a number as the network gives it. */
  target: string | ScaledTarget | ClassTarget;
  /** After every hidden layer, or one for each. */
  activation: ActivationName | ActivationName[];
  /** Of numbers, `identity` unless given; for classes the outputs are logits. */
  output_activation?: ActivationName;
}

/** The input is (value - offset) / scale. */
interface NumberColumn {
  /** Its name. */
  column: string;
  /** 0 unless given. */
  offset?: number;
  /** 1 unless given. */
  scale?: number;
  /** What stands in for a missing value; `offset` unless given. */
  missing?: number;
}

/** One input for each level: 1 for that of the cell, else 0. */
interface CategoryColumn {
  /** Its name. */
  column: string;
  /** In the order of the inputs. */
  levels: string[];
}

/** The answer is the output times scale, plus offset. */
interface ScaledTarget {
  /** Its name. */
  column: string;
  /** 0 unless given. */
  offset?: number;
  /** 1 unless given. */
  scale?: number;
}

/** One output for each class; for two of them one, which is the logit of the second, or two. */
interface ClassTarget {
  /** Its name. */
  column: string;
  /** In the order of the outputs. */
  classes: string[];
}

const name = z.string();
const positive = z.number().check(z.positive());
const scale = { offset: z._default(z.number(), 0), scale: z._default(positive, 1) };
const texts = z.array(z.string());
const activation = z.enum(activationNames);
const columnsSchema = z.strictObject({
  columns: z
    .array(
      z.union([
        name,
        z.strictObject({ column: name, levels: texts.check(z.minLength(1)) }),
        z.strictObject({ column: name, ...scale, missing: z.optional(z.number()) }),
      ]),
    )
    .check(z.minLength(1)),
  target: z.union([
    name,
    z.strictObject({ column: name, classes: texts.check(z.minLength(2)) }),
    z.strictObject({ column: name, ...scale }),
  ]),
  activation: z.union([activation, z.array(activation)]),
  output_activation: z._default(activation, 'identity'),
});

/** @throws InputError that names what is wrong with it */
export function checkColumns(input: unknown): NetworkColumns {
  return check(columnsSchema, input);
}

/**
 * @param bytes of a .safetensors file whose tensors are those of linear layers: NAME.weight [outputs, inputs] and NAME.bias
 * @throws InputError that says what is wrong with either
 */
export function loadSequential(bytes: Uint8Array, columns: NetworkColumns, source = 'model'): Model {
  const { activation, output_activation, ...given } = check(columnsSchema, columns);
  const features = given.columns.map(featureOf);
  const target = targetOf(given.target);
  const task = target.kind === 'number' ? 'regression' : target.classes.length === 2 ? 'binary' : 'multiclass';
  if (target.kind === 'classes' && output_activation !== 'identity') {
    throw new InputError(message(sequential, 'sequential_logits'), 'output_activation');
  }
  const preprocessing: Preprocessing = { version: 4, task, scaling: 'none', features, targets: [target], dropped: [] };
  const file = decodeTensors(bytes, source);
  const found = linearLayers(file, source, featureCount(features));
  const hidden = found.slice(0, -1).map(({ outputs }) => outputs);
  if (Array.isArray(activation) && activation.length !== hidden.length) {
    const about = { count: activation.length, layers: hidden.length };
    throw new InputError(message(sequential, 'sequential_activations', about), 'activation');
  }
  const inOrder = readLayers(file, source, found);
  const matched = task === 'binary' ? withOneOutput(inOrder) : inOrder;
  const layers = matched.map(({ inputs, outputs }, layer): LayerShape => {
    const own = Array.isArray(activation) ? activation[layer] : activation;
    return { inputs, outputs, activation: layer < hidden.length ? own : output_activation };
  });
  const [expected, count] = [outputCount([target]), layers[layers.length - 1].outputs];
  if (count !== expected) throw new InputError(message(sequential, 'sequential_outputs', { source, count, expected }));
  const parameters = new Float32Array(parameterCount(layers));
  let at = 0;
  for (const { weight, bias } of matched) {
    parameters.set(weight, at);
    parameters.set(bias, at + weight.length);
    at += weight.length + bias.length;
  }
  const settings = checkTrial(withFirstDefaults({ model: { hidden, activation, output_activation } }));
  const origin = { made_by: 'another program', file: source };
  return createModel(singleNetwork({ layers, parameters, settings }, { preprocessing, origin }));
}

type Columns = z.output<typeof columnsSchema>;

function featureOf(given: Columns['columns'][number]): FeatureStep {
  if (typeof given === 'string') return featureOf({ column: given, offset: 0, scale: 1 });
  const { column } = given;
  if ('levels' in given) return { column, kind: 'category', levels: given.levels, other: false, missing: null };
  const { offset, scale, missing = offset } = given;
  const encoding = { kind: 'scale', offset, scale } as const;
  return { column, kind: 'number', missing: { value: missing, indicator: false }, encoding };
}

function targetOf(given: Columns['target']): TargetStep {
  if (typeof given === 'string') return targetOf({ column: given, offset: 0, scale: 1 });
  if ('classes' in given) return { ...given, kind: 'classes' };
  return { ...given, kind: 'number', log: false };
}

interface Found {
  /** Of its tensors, before .weight and .bias. */
  prefix: string;
  inputs: number;
  outputs: number;
}

interface Linear extends Omit<Found, 'prefix'> {
  /** [outputs, inputs] */
  weight: Float32Array;
  bias: Float32Array;
}

/** In the order of the numbers in their names, each taking what the one before it gives. */
function linearLayers({ tensors }: TensorFile, source: string, columns: number): Found[] {
  const order = new Intl.Collator('en', { numeric: true });
  const found = [...tensors].flatMap(([name, { shape }]): Found[] => {
    const prefix = /^(.*)\.weight$/.exec(name)?.[1];
    return prefix === undefined || shape.length !== 2 ? [] : [{ prefix, outputs: shape[0], inputs: shape[1] }];
  });
  if (found.length === 0) throw new InputError(message(sequential, 'sequential_layers', { source }));
  found.sort((a, b) => order.compare(a.prefix, b.prefix));
  const known = new Set(found.flatMap(({ prefix }) => [`${prefix}.weight`, `${prefix}.bias`]));
  const names = [...tensors.keys()].filter((name) => !known.has(name));
  if (names.length > 0) throw new InputError(message(sequential, 'sequential_tensors', { source, names }));
  let before = columns;
  for (const { prefix, inputs, outputs } of found) {
    const about = { source, name: `${prefix}.weight`, inputs, before };
    if (inputs !== before || inputs === 0 || outputs === 0) {
      throw new InputError(message(sequential, 'sequential_chain', about));
    }
    before = outputs;
  }
  return found;
}

/** A layer without a bias has one of zeros. */
function readLayers(file: TensorFile, source: string, found: readonly Found[]): Linear[] {
  const read = (name: string, size: number): Float32Array => {
    const values = new Float32Array(size);
    const tensor = file.tensors.get(name);
    if (!tensor) return values;
    const { dtype: type, shape } = tensor;
    if (type !== 'F32') throw new InputError(message(sequential, 'sequential_type', { source, name, type }));
    if (shape.reduce((product, side) => product * side, 1) !== size) {
      throw new InputError(message(sequential, 'sequential_shape', { source, name }));
    }
    copyTensor(file, name, values);
    if (!values.every(Number.isFinite))
      throw new InputError(message(sequential, 'sequential_finite', { source, name }));
    return values;
  };
  return found.map(({ prefix, inputs, outputs }) => ({
    inputs,
    outputs,
    weight: read(`${prefix}.weight`, outputs * inputs),
    bias: read(`${prefix}.bias`, outputs),
  }));
}

/** Two outputs for two classes are one here: softmax of (a, b) is the logistic function of b - a. */
function withOneOutput(layers: readonly Linear[]): Linear[] {
  const last = layers[layers.length - 1];
  if (last.outputs !== 2) return [...layers];
  const { inputs, weight, bias } = last;
  const difference = (values: Float32Array, size: number) =>
    Float32Array.from({ length: size }, (_, at) => values[size + at] - values[at]);
  return [
    ...layers.slice(0, -1),
    { inputs, outputs: 1, weight: difference(weight, inputs), bias: difference(bias, 1) },
  ];
}
