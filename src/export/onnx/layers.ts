/** The networks: float32, as they are trained. */
import type { LayerKind } from '../../engine/layers.ts';
import { tensorName } from '../../model/file/write-safetensors.ts';
import type { ActivationName } from '../../spec/activations.ts';
import type { LayerDescription, MemberDescription } from '../description.ts';
import { cosine, float, type Graph, number, places } from './graph.ts';

/**
 * Outputs [row, output] of a member for features [row, feature].
 * @param prefix of the names of its tensors, which are there already
 */
export function applyMember(graph: Graph, { layers }: MemberDescription, prefix: string, features: string): string {
  return layers.reduce((x, layer, index) => {
    const tensor = (name: string) => tensorName(prefix, { layer: index, name });
    return graph.within(`${prefix}layers.${index}`, () =>
      activations[layer.activation](graph, sums[layer.kind](graph, x, tensor, layer)),
    );
  }, features);
}

type Sums = (graph: Graph, x: string, tensor: (name: string) => string, layer: LayerDescription) => string;

/** What the activation is given; formulas: `LayerDescription`. */
const sums: Record<LayerKind, Sums> = {
  dense: (graph, x, tensor) => graph.apply('Gemm', [x, tensor('weight'), tensor('bias')], { transB: { int: 1 } }),
  scale: (graph, x, tensor) => graph.apply('Add', [graph.apply('Mul', [x, tensor('scale')]), tensor('shift')]),
  /** Angles in float64: those of a high frequency have many turns. */
  periodic(graph, x, tensor, { inputs, embedded = [], tensors }) {
    const [, frequencies] = tensors.frequency.shape;
    const repeated = embedded.flatMap((input) => Array<number>(frequencies).fill(input));
    const flat = (name: string) => graph.cast(graph.apply('Reshape', [tensor(name), places([-1])]), 'double');
    const own = graph.cast(graph.columns(x, repeated, inputs), 'double');
    const turns = graph.apply('Mul', [own, flat('frequency')]);
    const angle = graph.apply('Add', [graph.apply('Mul', [turns, number(2 * Math.PI)]), flat('phase')]);
    return graph.concat([graph.cast(cosine(graph, angle), 'float'), x]);
  },
};

/** Formulas: `engine/reference/activations.ts`. */
const activations: Record<ActivationName, (graph: Graph, z: string) => string> = {
  identity: (_, z) => z,
  step: (graph, z) => graph.cast(graph.apply('Greater', [z, float(0)]), 'float'),
  sigmoid: (graph, z) => graph.apply('Sigmoid', [z]),
  tanh: (graph, z) => graph.apply('Tanh', [z]),
  relu: (graph, z) => graph.apply('Relu', [z]),
  leaky_relu: (graph, z) => graph.apply('LeakyRelu', [z], { alpha: { float: 0.01 } }),
  elu: (graph, z) => graph.apply('Elu', [z]),
  gelu(graph, z) {
    const erf = graph.apply('Erf', [graph.apply('Mul', [z, float(Math.SQRT1_2)])]);
    const doubled = graph.apply('Mul', [z, graph.apply('Add', [erf, float(1)])]);
    return graph.apply('Mul', [doubled, float(0.5)]);
  },
  silu: (graph, z) => graph.apply('Mul', [z, graph.apply('Sigmoid', [z])]),
  softplus: (graph, z) => graph.apply('Softplus', [z]),
  mish: (graph, z) => graph.apply('Mul', [z, graph.apply('Tanh', [graph.apply('Softplus', [z])])]),
};
