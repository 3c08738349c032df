/** What kernels are told of a layer's tensors, of which it has two, and of the inputs that it embeds. */
import { embeddingOf, kindOf } from '../../layers.ts';
import { isPlainChain, type LayerSize, modelTensors } from '../../parameters.ts';
import { type BufferSpec, uniform } from '../memory/buffer-spec.ts';
import { structArray, TensorTraining } from '../memory/structs.ts';

/** Layers that there is room for in `training`, and in `Trial`. */
export const maxLayers = 65;

/** Inputs of a periodic layer that `shaders/lib/periodic.wgsl` has room for. */
export const maxEmbeddedInputs = 16384;

/** Where each layer's tensors start among a trial's parameters, by the names of a dense layer. */
export function tensorOffsets(layers: readonly LayerSize[]): { weight: number; bias: number }[] {
  const tensors = modelTensors(layers);
  return layers.map((_, l) => ({ weight: tensors[2 * l].offset, bias: tensors[2 * l + 1].offset }));
}

/** How they are trained, where any layer is not trained as a dense one is by default. */
export function trainingSpec(layers: readonly LayerSize[]): BufferSpec | undefined {
  if (isPlainChain(layers)) return undefined;
  const tensors = modelTensors(layers);
  const values = Array.from({ length: maxLayers }, (_, l) => {
    const pair = tensors.slice(2 * l, 2 * l + 2);
    return {
      rates: pair.map(({ trainable, learning_rate_scale }) => (trainable ? learning_rate_scale : 0)),
      regularized: pair.map(({ regularized }) => Number(regularized)),
    };
  });
  return uniform('training of tensors', structArray(TensorTraining, values).buffer);
}

/** Which inputs each periodic layer embeds, as `EmbeddedInputs` of `shaders/lib/periodic.wgsl`. */
export function embeddedSpecs(layers: readonly LayerSize[]): BufferSpec[] {
  return layers.filter(isPeriodic).map((layer) => {
    const elements = new Uint32Array(maxEmbeddedInputs);
    embeddingOf(layer).inputs.forEach((input, j) => {
      elements[j] += input;
      elements[input] += (1 + j) << 16;
    });
    return uniform('embedded inputs', elements.buffer);
  });
}

/** The one of layer l, if it is periodic, of the buffers made for `embeddedSpecs`. */
export function embeddedOf(
  layers: readonly LayerSize[],
  l: number,
  buffers: readonly GPUBuffer[],
): GPUBuffer | undefined {
  return isPeriodic(layers[l]) ? buffers[layers.slice(0, l).filter(isPeriodic).length] : undefined;
}

const isPeriodic = (layer: LayerSize) => kindOf(layer) === 'periodic';
