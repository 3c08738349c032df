/** Layer lists for tests that are more than a chain of dense layers. */
import { type Embedding, embeddedOutputs, type LayerKind, type LayerShape } from '../../../src/engine/layers.ts';

/** Layers of a kind before the dense layers of these numbers. */
export interface AddedLayers {
  kind: LayerKind;
  /** The number of dense layers puts one at the end, which takes over the output's activation: a kind that keeps the width. */
  before: readonly number[];
  /** Of periodic layers. */
  frequencies?: number;
}

export function withLayers(dense: readonly LayerShape[], added: AddedLayers): LayerShape[] {
  const { before } = added;
  const { outputs, activation } = dense[dense.length - 1];
  const atEnd = before.includes(dense.length);
  return [
    ...dense.flatMap((layer, l) => {
      const own = atEnd && l === dense.length - 1 ? { ...layer, activation: 'identity' as const } : layer;
      if (!before.includes(l)) return [own];
      const one = addedLayer(added, layer.inputs);
      return [one, { ...own, inputs: one.outputs }];
    }),
    ...(atEnd ? [addedLayer(added, outputs, activation)] : []),
  ];
}

export function addedLayer(
  { kind, frequencies = 3 }: Pick<AddedLayers, 'kind' | 'frequencies'>,
  inputs: number,
  activation: LayerShape['activation'] = 'identity',
): LayerShape {
  if (kind !== 'periodic') return { kind, inputs, outputs: inputs, activation };
  const embedding: Embedding = { inputs: embeddedOf(inputs), frequencies, scale: 0.3 };
  return { kind, inputs, outputs: embeddedOutputs(inputs, embedding), activation, embedding };
}

/** Two of three inputs, not the first unless it is the only one. */
function embeddedOf(inputs: number): number[] {
  const all = Array.from({ length: inputs }, (_, input) => input);
  return inputs === 1 ? all : all.filter((input) => input % 3 !== 0);
}
