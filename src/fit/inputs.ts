/**
 * Networks that see numbers as one value each, where the data set has them in pieces (`numeric: piecewise_linear`): the pieces
 * of a column add up to its value. They train on a copy that has the sums, and are then widened, each weight spread over the
 * pieces, so that all members of an ensemble have the same inputs.
 */
import type { DataSet, FeatureStep } from '../data/prepare/dataset.ts';
import { featureWidth } from '../data/prepare/features.ts';
import type { LayerShape } from '../engine/layers.ts';

/** `values` has numbers as one value each. */
export type InputChoice = 'all' | 'values';

/** One input of a network: features times factors, added up with an offset. */
export interface Mixture {
  /** The first of them, in the data set. */
  first: number;
  factors: readonly number[];
  offset: number;
}

/** The inputs of a choice; undefined where these are the features as they are. */
export function inputsOf(data: DataSet, choice: InputChoice): Mixture[] | undefined {
  if (choice === 'all') return undefined;
  const mixtures: Mixture[] = [];
  let next = 0;
  for (const step of data.preprocessing.features) {
    const end = next + featureWidth(step);
    const widths = pieceWidths(step);
    if (widths.length > 0) mixtures.push(standardized(data, next, widths));
    for (next += widths.length; next < end; next++) mixtures.push({ first: next, factors: [1], offset: 0 });
  }
  return mixtures.length === next ? undefined : mixtures;
}

/** In units of the column; none where it is not in pieces. */
function pieceWidths(step: FeatureStep): number[] {
  if ((step.kind !== 'number' && step.kind !== 'date') || step.encoding.kind !== 'piecewise_linear') return [];
  const { edges } = step.encoding;
  return edges.slice(1).map((edge, piece) => edge - edges[piece]);
}

/** The sum of a column's pieces, with mean 0 and standard deviation 1 on the training rows. */
function standardized({ features, columns, sets }: DataSet, first: number, widths: number[]): Mixture {
  const values = Float64Array.from(sets.train, (row) => mixed(features, row * columns + first, widths));
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0)) || 1;
  return { first, factors: widths.map((width) => width / spread), offset: -mean / spread };
}

function mixed(features: Float32Array, at: number, factors: readonly number[]): number {
  return factors.reduce((sum, factor, i) => sum + factor * features[at + i], 0);
}

/** The data set with these inputs as its features, to train on: new rows need the preprocessing of the data set itself. */
export function withInputs(data: DataSet, mixtures: readonly Mixture[] | undefined): DataSet {
  if (!mixtures) return data;
  const { rows, columns } = data;
  const features = new Float32Array(rows * mixtures.length);
  for (let row = 0; row < rows; row++) {
    mixtures.forEach(({ first, factors, offset }, i) => {
      features[row * mixtures.length + i] = mixed(data.features, row * columns + first, factors) + offset;
    });
  }
  const names = mixtures.map(({ first }) => data.featureNames[first]);
  return { ...data, columns: mixtures.length, features, featureNames: names };
}

/** The same network on all features: its first layer, which is dense, takes the mixtures into its weights. */
export function widened(
  network: { layers: LayerShape[]; parameters: Float32Array },
  mixtures: readonly Mixture[] | undefined,
  columns: number,
): { layers: LayerShape[]; parameters: Float32Array } {
  if (!mixtures) return network;
  const [layer, ...others] = network.layers;
  const rest = network.parameters.subarray(layer.inputs * layer.outputs);
  const biases = layer.outputs * columns;
  const parameters = new Float32Array(biases + rest.length);
  parameters.set(rest, biases);
  for (let unit = 0; unit < layer.outputs; unit++) {
    let bias = rest[unit];
    mixtures.forEach(({ first, factors, offset }, i) => {
      const weight = network.parameters[unit * layer.inputs + i];
      factors.forEach((factor, piece) => {
        parameters[unit * columns + first + piece] = weight * factor;
      });
      bias += weight * offset;
    });
    parameters[biases + unit] = bias;
  }
  return { layers: [{ ...layer, inputs: columns }, ...others], parameters };
}
