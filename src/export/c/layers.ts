/** The layers of a member as C: their tensors, and a function that calls them one after another. */
import type { LayerDescription, MemberDescription } from '../description.ts';
import { constants, floatArray } from './arrays.ts';

export function memberSource({ layers }: MemberDescription, member: number): string {
  const nameOf = (layer: number, tensor: string) => `perceptron_m${member}_l${layer}_${tensor}`;
  const arrays = layers.flatMap(({ tensors, embedded }, l) => [
    ...Object.entries(tensors).map(([name, { values }]) => floatArray(nameOf(l, name), values)),
    ...(embedded ? [constants('int', nameOf(l, 'embedded'), embedded.map(String))] : []),
  ]);
  const last = layers.length - 1;
  // Two buffers in turn; the last layer writes to where the answer is.
  const widths = [0, 1].map((buffer) =>
    Math.max(0, ...layers.slice(0, -1).map(({ outputs }, l) => (l % 2 === buffer ? outputs : 0))),
  );
  const buffers = widths.flatMap((width, buffer) => (width > 0 ? [`  float ${'ab'[buffer]}[${width}];`] : []));
  const calls = layers.flatMap((layer, l) => {
    const from = l === 0 ? 'x' : 'ab'[(l - 1) % 2];
    const to = l === last ? 'z' : 'ab'[l % 2];
    const activation =
      layer.activation === 'identity' ? [] : [`  perceptron_${layer.activation}(${to}, ${layer.outputs});`];
    return [`  ${layerCall(layer, (tensor) => nameOf(l, tensor), from, to)}`, ...activation];
  });
  return `${arrays.join('\n')}
static inline void perceptron_member_${member}(const float *x, float *z) {
${[...buffers, ...calls].join('\n')}
}
`;
}

function layerCall(layer: LayerDescription, nameOf: (tensor: string) => string, from: string, to: string): string {
  const { kind, inputs, outputs, embedded = [], tensors } = layer;
  const [first, second] = Object.keys(tensors).map(nameOf);
  switch (kind) {
    case 'dense':
      return `perceptron_dense(${from}, ${inputs}, ${first}, ${second}, ${outputs}, ${to});`;
    case 'scale':
      return `perceptron_scale(${from}, ${inputs}, ${first}, ${second}, ${to});`;
    case 'periodic': {
      const [, frequencies] = tensors.frequency.shape;
      const embeds = `${nameOf('embedded')}, ${embedded.length}, ${frequencies}`;
      return `perceptron_periodic(${from}, ${inputs}, ${embeds}, ${first}, ${second}, ${to});`;
    }
  }
}
