/**
 * How a network's parameters lie in memory, and how they start. Layer by layer: `weight` [outputs, inputs]
 * row-major, then `bias` [outputs], all in one flat float32 arena. Every engine, every file and every export
 * uses this layout.
 */

import { type ActivationName, activationTable } from '../spec/activations.ts';
import type { InitializerName, ResolvedModel } from '../spec/settings.ts';
import { normalAt, streams, uniformAt } from '../util/random.ts';

/** One dense layer: `outputs` units, each a weighted sum of `inputs` values. */
export interface LayerSize {
  inputs: number;
  outputs: number;
}

/** A layer with the activation after it. */
export interface LayerShape extends LayerSize {
  activation: ActivationName;
}

/** Where a layer's parameters start in the arena, in float32 elements. */
export interface LayerOffsets {
  weight: number;
  bias: number;
}

/** The layers between `inputs` features and `outputs` targets. */
export function layerShapes(model: ResolvedModel, inputs: number, outputs: number): LayerShape[] {
  const units = [inputs, ...model.hidden, outputs];
  return units.slice(1).map((layerOutputs, index) => ({
    inputs: units[index],
    outputs: layerOutputs,
    activation: index < model.hidden.length ? perLayer(model.activation, index) : model.output_activation,
  }));
}

/** The layers of one trial of a population. */
export function withActivations(layers: readonly LayerSize[], activations: readonly ActivationName[]): LayerShape[] {
  return layers.map(({ inputs, outputs }, index) => ({ inputs, outputs, activation: activations[index] }));
}

/** The value of a setting that is one for all hidden layers, or a list with one for each. */
export function perLayer<Value>(setting: Value | Value[], layer: number): Value {
  return Array.isArray(setting) ? setting[layer] : setting;
}

export function layerOffsets(layers: readonly LayerSize[]): LayerOffsets[] {
  let next = 0;
  return layers.map(({ inputs, outputs }) => {
    const weight = next;
    const bias = weight + inputs * outputs;
    next = bias + outputs;
    return { weight, bias };
  });
}

/** Weights and biases together; 1-150-150-1 has 23,101. */
export function parameterCount(layers: readonly LayerSize[]): number {
  return layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/**
 * The initial arena. Value i of the arena depends on (seed, i) alone, so it is the same for every engine and
 * population. Biases are zero. With n inputs and m outputs, weights are drawn with
 * glorot (Glorot & Bengio 2010): variance 2 / (n + m); he (He et al. 2015): 2 / n; lecun: 1 / n;
 * uniform forms have the same variance: the bound is sqrt(3 variance).
 */
export function initialParameters(
  layers: readonly LayerShape[],
  initializer: InitializerName,
  seed: number,
): Float32Array<ArrayBuffer> {
  const parameters = new Float32Array(parameterCount(layers));
  const offsets = layerOffsets(layers);
  layers.forEach((layer, index) => {
    const draw = weightDraw(layer, initializer === 'auto' ? initializerFor(layer.activation) : initializer);
    for (let i = offsets[index].weight; i < offsets[index].bias; i++) parameters[i] = draw(seed, i);
  });
  return parameters;
}

/** What `auto` means for a layer that ends in this activation. */
export function initializerFor(activation: ActivationName): Exclude<InitializerName, 'auto'> {
  return activationTable[activation].reluFamily ? 'he_normal' : 'glorot_normal';
}

function weightDraw({ inputs, outputs }: LayerShape, initializer: Exclude<InitializerName, 'auto'>) {
  const variance = {
    glorot_normal: 2 / (inputs + outputs),
    glorot_uniform: 2 / (inputs + outputs),
    he_normal: 2 / inputs,
    he_uniform: 2 / inputs,
    lecun_normal: 1 / inputs,
    zeros: 0,
  }[initializer];
  if (initializer === 'zeros') return () => 0;
  if (initializer.endsWith('uniform')) {
    const bound = Math.sqrt(3 * variance);
    return (seed: number, index: number) => bound * (2 * uniformAt(seed, index, streams.parameters) - 1);
  }
  const deviation = Math.sqrt(variance);
  return (seed: number, index: number) => deviation * normalAt(seed, index, streams.parameters);
}
