/** Why a network of another program is no model here, or its columns do not suit it. */
import { conjunction } from '../../../util/words.ts';

export const sequential = {
  sequential_layers: ({ source }: { source: string }) =>
    `${source}: has no linear layer, which is a tensor NAME.weight of two sides.`,
  sequential_tensors: ({ source, names }: { source: string; names: readonly string[] }) =>
    `${source}: has tensors of no linear layer (${conjunction(names.slice(0, 5))}); a chain of linear layers and activations can be read.`,
  sequential_chain: (p: { source: string; name: string; inputs: number; before: number }) =>
    `${p.source}: ${p.name} takes ${p.inputs} inputs, and what comes before it has ${p.before}.`,
  sequential_outputs: (p: { source: string; count: number; expected: number }) =>
    `${p.source}: its last layer has ${p.count} outputs where the target makes ${p.expected}.`,
  sequential_type: (p: { source: string; name: string; type: string }) =>
    `${p.source}: ${p.name} is ${p.type}, not F32; save it as float32.`,
  sequential_shape: (p: { source: string; name: string }) =>
    `${p.source}: ${p.name} does not have as many values as its layer has outputs.`,
  sequential_finite: (p: { source: string; name: string }) =>
    `${p.source}: ${p.name} has values that are no finite numbers.`,
  sequential_logits: 'output_activation: what the network says of classes are logits; leave it out.',
  sequential_activations: (p: { count: number; layers: number }) =>
    `activation: names ${p.count} activations for ${p.layers} hidden layers; give one name, or one for each.`,
};
