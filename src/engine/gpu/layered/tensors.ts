/** What kernels are told of a layer's tensors: it has two. */
import { isPlainChain, type LayerSize, type ModelTensor, modelTensors } from '../../parameters.ts';
import { type BufferSpec, uniform } from '../memory/buffer-spec.ts';
import { structArray, TensorTraining } from '../memory/structs.ts';

/** Layers that there is room for in `training`, and in `Trial`. */
export const maxLayers = 65;

/** Where each layer's tensors start among a trial's parameters, by the names of a dense layer. */
export function tensorOffsets(layers: readonly LayerSize[]): { weight: number; bias: number }[] {
  return tensorPairs(layers).map(([first, second]) => ({ weight: first.offset, bias: second.offset }));
}

/** How they are trained, where any layer is not trained as a dense one is by default. */
export function trainingSpec(layers: readonly LayerSize[]): BufferSpec | undefined {
  if (isPlainChain(layers)) return undefined;
  const values = tensorPairs(layers).map((pair) => ({
    rates: pair.map(({ trainable, learning_rate_scale }) => (trainable ? learning_rate_scale : 0)),
    regularized: pair.map(({ regularized }) => Number(regularized)),
  }));
  const unused = Array.from({ length: maxLayers - layers.length }, () => ({}));
  return uniform('training of tensors', structArray(TensorTraining, [...values, ...unused]).buffer);
}

function tensorPairs(layers: readonly LayerSize[]): ModelTensor[][] {
  const tensors = modelTensors(layers);
  return layers.map((_, l) => tensors.filter(({ layer }) => layer === l));
}
