/** What kernels are told of a layer's tensors: it has two. */
import { isPlainChain, type LayerSize, modelTensors } from '../../parameters.ts';
import { type BufferSpec, uniform } from '../memory/buffer-spec.ts';
import { structArray, TensorTraining } from '../memory/structs.ts';

/** Layers that there is room for in `training`, and in `Trial`. */
export const maxLayers = 65;

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
