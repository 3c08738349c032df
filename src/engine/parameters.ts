/**
 * How a network's parameters lie in memory, and how they start. Layer by layer the tensors that the layer declares
 * (`layers.ts`), row-major, all in one flat float32 arena. Every engine, every file and every export uses this layout.
 */

import { type ActivationName, activationTable } from '../spec/activations.ts';
import type { InitializerName, ResolvedModel } from '../spec/settings.ts';
import { normalAt, streams, uniformAt } from '../util/random.ts';
import {
  type Distribution,
  embeddedOutputs,
  kindOf,
  type LayerShape,
  type LayerSize,
  type TensorSpec,
  tensorsOf,
} from './layers.ts';

export type { LayerShape, LayerSize } from './layers.ts';

/** One tensor of a model: what its layer declares, and where it lies in the arena, in float32 elements. */
export interface ModelTensor extends TensorSpec {
  /** Its layer, from 0. */
  layer: number;
  offset: number;
  size: number;
}

/** A model of dense layers alone may leave the embedding out. */
type LayerSettings = Omit<ResolvedModel, 'embedding'> & Partial<Pick<ResolvedModel, 'embedding'>>;

/**
 * The layers between `inputs` features and `outputs` targets.
 * @param numbers which of the features are numbers; without any there is nothing to embed
 */
export function layerShapes(
  model: LayerSettings,
  inputs: number,
  outputs: number,
  numbers: readonly number[] = [],
): LayerShape[] {
  const first = embeddingLayer(model, inputs, numbers);
  const units = [first?.outputs ?? inputs, ...model.hidden, outputs];
  const dense = units.slice(1).map((layerOutputs, index) => ({
    inputs: units[index],
    outputs: layerOutputs,
    activation: index < model.hidden.length ? perLayer(model.activation, index) : model.output_activation,
  }));
  return first ? [first, ...dense] : dense;
}

function embeddingLayer(
  { embedding: settings }: LayerSettings,
  inputs: number,
  numbers: readonly number[],
): LayerShape | undefined {
  if (settings?.kind !== 'periodic' || numbers.length === 0) return undefined;
  const { frequencies, scale, learning_rate_factor: learning_rate_scale } = settings;
  const embedding = { inputs: numbers, frequencies, scale };
  const outputs = embeddedOutputs(inputs, embedding);
  const training = { frequency: { learning_rate_scale }, phase: { learning_rate_scale } };
  return {
    kind: 'periodic',
    inputs,
    outputs,
    activation: 'identity',
    embedding,
    ...(learning_rate_scale === 1 ? {} : { training }),
  };
}

/** The layers of one trial of a population. */
export function withActivations(layers: readonly LayerSize[], activations: readonly ActivationName[]): LayerShape[] {
  return layers.map((layer, index) => ({ ...layer, activation: activations[index] }));
}

/** The value of a setting that is one for all hidden layers, or a list with one for each. */
export function perLayer<Value>(setting: Value | Value[], layer: number): Value {
  return Array.isArray(setting) ? setting[layer] : setting;
}

/** Keeps what was made of a list of layers: a step of the reference asks several times, and the lists do not change. */
function once<Made>(make: (layers: readonly LayerSize[]) => Made): (layers: readonly LayerSize[]) => Made {
  const known = new WeakMap<readonly LayerSize[], Made>();
  return (layers) => {
    const made = known.get(layers) ?? make(layers);
    known.set(layers, made);
    return made;
  };
}

/** Every tensor of a model, in the order in which they lie in the arena. */
export const modelTensors = once((layers): readonly ModelTensor[] => {
  let next = 0;
  return layers.flatMap((layer, index) =>
    tensorsOf(layer).map((tensor) => {
      const size = tensor.shape.reduce((product, side) => product * side, 1);
      const offset = next;
      next += size;
      return { ...tensor, layer: index, offset, size };
    }),
  );
});

/** Whether the layers are dense ones alone, trained as dense layers are unless somebody says otherwise. */
export function isPlainChain(layers: readonly LayerSize[]): boolean {
  return layers.every((layer) => kindOf(layer) === 'dense' && !layer.training);
}

/** Of each layer: where its tensors start, by their names. */
export const layerOffsets = once((layers): readonly Record<string, number>[] => {
  const offsets = layers.map((): Record<string, number> => ({}));
  for (const { layer, name, offset } of modelTensors(layers)) offsets[layer][name] = offset;
  return offsets;
});

/** All tensors together; 1-150-150-1 has 23,101. */
export function parameterCount(layers: readonly LayerSize[]): number {
  return modelTensors(layers).reduce((sum, { size }) => sum + size, 0);
}

/**
 * The initial arena. Value i of the arena depends on (seed, i) alone, so it is the same for every engine and
 * population. Tensors that are drawn, such as a dense layer's weight with n inputs and m outputs, are drawn with
 * glorot (Glorot & Bengio 2010): variance 2 / (n + m); he (He et al. 2015): 2 / n; lecun: 1 / n;
 * uniform forms have the same variance: the bound is sqrt(3 variance).
 */
export function initialParameters(
  layers: readonly LayerShape[],
  initializer: InitializerName,
  seed: number,
): Float32Array<ArrayBuffer> {
  const parameters = new Float32Array(parameterCount(layers));
  for (const tensor of modelTensors(layers)) {
    const { offset, size } = tensor;
    if (tensor.initializer === 'ones') parameters.fill(1, offset, offset + size);
    if (tensor.initializer === 'ones' || tensor.initializer === 'zeros') continue;
    const draw = drawOf(tensor.initializer, layers[tensor.layer], initializer);
    for (let i = offset; i < offset + size; i++) parameters[i] = draw(seed, i);
  }
  return parameters;
}

/** What `auto` means for a layer that ends in this activation. */
export function initializerFor(activation: ActivationName): Exclude<InitializerName, 'auto'> {
  return activationTable[activation].initializer ?? 'glorot_normal';
}

/** What draws value `index` of the arena. */
type Draw = (seed: number, index: number) => number;

const uniform =
  (bound: number): Draw =>
  (seed, index) =>
    bound * (2 * uniformAt(seed, index, streams.parameters) - 1);
const normal =
  (deviation: number): Draw =>
  (seed, index) =>
    deviation * normalAt(seed, index, streams.parameters);

function drawOf(declared: 'drawn' | Distribution, layer: LayerShape, initializer: InitializerName): Draw {
  if (declared === 'drawn') {
    return weightDraw(layer, initializer === 'auto' ? initializerFor(layer.activation) : initializer);
  }
  return 'normal' in declared ? normal(declared.normal) : uniform(declared.uniform);
}

function weightDraw({ inputs, outputs }: LayerShape, initializer: Exclude<InitializerName, 'auto'>): Draw {
  const variance = {
    glorot_normal: 2 / (inputs + outputs),
    glorot_uniform: 2 / (inputs + outputs),
    he_normal: 2 / inputs,
    he_uniform: 2 / inputs,
    lecun_normal: 1 / inputs,
    zeros: 0,
  }[initializer];
  if (initializer === 'zeros') return () => 0;
  return initializer.endsWith('uniform') ? uniform(Math.sqrt(3 * variance)) : normal(Math.sqrt(variance));
}
