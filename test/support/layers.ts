/** Layer lists for tests that are more than a chain of dense layers. */
import type { LayerKind, LayerShape } from '../../src/engine/layers.ts';

/** Layers of a kind that keeps the width, before the dense layers of these numbers. */
export interface AddedLayers {
  kind: LayerKind;
  /** The number of dense layers puts one at the end, which takes over the output's activation. */
  before: readonly number[];
}

export function withLayers(dense: readonly LayerShape[], { kind, before }: AddedLayers): LayerShape[] {
  const added = (width: number, activation: LayerShape['activation'] = 'identity'): LayerShape => ({
    kind,
    inputs: width,
    outputs: width,
    activation,
  });
  const { outputs, activation } = dense[dense.length - 1];
  const atEnd = before.includes(dense.length);
  return [
    ...dense.flatMap((layer, l) => [
      ...(before.includes(l) ? [added(layer.inputs)] : []),
      atEnd && l === dense.length - 1 ? { ...layer, activation: 'identity' as const } : layer,
    ]),
    ...(atEnd ? [added(outputs, activation)] : []),
  ];
}
