/**
 * The kinds of layers, as plain data. A model is a list of layers, and a layer declares its tensors: offsets, parameter
 * counts, the tensors of a file, what is regularized and at which learning rate all follow from `tensorsOf`. How each
 * engine computes a kind is in that engine's own table; `docs/adding.md` lists the places.
 */
import type { ActivationName } from '../spec/settings.ts';

/** In the order of the numbers that kernels know them by: append. */
export const layerKinds = ['dense', 'scale', 'periodic'] as const;
export type LayerKind = (typeof layerKinds)[number];

/** How a tensor is trained. */
export interface TensorTraining {
  /** Where false it keeps its initial values, and its gradient is no part of the gradient's length. */
  trainable: boolean;
  /** Whether l1, l2 and weight decay apply. */
  regularized: boolean;
  /** Multiplies the learning rate, and with it weight decay; above 0. */
  learning_rate_scale: number;
}

export interface TensorSpec extends TensorTraining {
  name: string;
  shape: number[];
  /** `drawn` from the distribution that the model's setting `initializer` names. */
  initializer: 'drawn' | 'zeros' | 'ones' | Distribution;
}

/** Around 0; uniform to the bound on both sides. */
export type Distribution = { normal: number } | { uniform: number };

/** What a periodic layer embeds. */
export interface Embedding {
  /** The inputs that have cosines, ascending; all inputs pass on unchanged too. */
  inputs: readonly number[];
  /** Cosines of each. */
  frequencies: number;
  /** The standard deviation of the initial frequencies. */
  scale: number;
}

/** A layer, without the activation after it. */
export interface LayerSize {
  /** `dense` where absent, so that descriptions of dense chains are what they were before there were other kinds. */
  kind?: LayerKind;
  /** Numbers that go in, for each row. */
  inputs: number;
  /** Numbers that come out. */
  outputs: number;
  /** Of a periodic layer. */
  embedding?: Embedding;
  /** By a tensor's name: how it is trained, where not as its kind declares. */
  training?: Record<string, Partial<TensorTraining>>;
}

/** A layer with the activation after it. */
export interface LayerShape extends LayerSize {
  /** The function after it. */
  activation: ActivationName;
}

export const kindOf = ({ kind = 'dense' }: LayerSize): LayerKind => kind;

const plain: TensorTraining = { trainable: true, regularized: false, learning_rate_scale: 1 };

/** In the order in which they lie in memory. */
const kinds: Record<LayerKind, (layer: LayerSize) => TensorSpec[]> = {
  /** z[o] = sum_i x[i] weight[o,i] + bias[o] */
  dense: ({ inputs, outputs }) => [
    { ...plain, name: 'weight', shape: [outputs, inputs], initializer: 'drawn', regularized: true },
    { ...plain, name: 'bias', shape: [outputs], initializer: 'zeros' },
  ],
  /** z[i] = x[i] scale[i] + shift[i]: as many outputs as inputs. */
  scale: ({ inputs }) => [
    { ...plain, name: 'scale', shape: [inputs], initializer: 'ones' },
    { ...plain, name: 'shift', shape: [inputs], initializer: 'zeros' },
  ],
  /**
   * z[j F + f] = cos(2 pi frequency[j,f] x[e[j]] + phase[j,f]) of the J embedded inputs e, F cosines each; after them
   * z[J F + i] = x[i], all inputs unchanged. The first layer of RealMLP's PBLD embeddings (Holzmueller et al. 2024, after
   * Gorishniy et al. 2022), initial values included; the dense layer that follows is their second.
   */
  periodic(layer) {
    const { inputs, frequencies, scale } = embeddingOf(layer);
    const shape = [inputs.length, frequencies];
    return [
      { ...plain, name: 'frequency', shape, initializer: { normal: scale } },
      { ...plain, name: 'phase', shape, initializer: { uniform: Math.PI } },
    ];
  },
};

/** What a layer of kind periodic has. */
export function embeddingOf({ embedding }: LayerSize): Embedding {
  if (!embedding) throw new Error('embedding');
  return embedding;
}

/** Outputs of a periodic layer of so many inputs. */
export function embeddedOutputs(inputs: number, embedding: Embedding): number {
  return embedding.inputs.length * embedding.frequencies + inputs;
}

export function tensorsOf(layer: LayerSize): TensorSpec[] {
  const tensors = kinds[kindOf(layer)](layer);
  return layer.training ? tensors.map((tensor) => ({ ...tensor, ...layer.training?.[tensor.name] })) : tensors;
}
