/**
 * Networks that see some of the features only: they train on a copy without the others, and are then widened, with weights
 * of 0 for those, so that all members of an ensemble have the same inputs.
 */
import type { DataSet, FeatureStep } from '../data/prepare/dataset.ts';
import { featureNames } from '../data/prepare/encode.ts';
import { numericWidth } from '../data/prepare/numeric.ts';
import type { LayerShape } from '../engine/layers.ts';

/** `values` leaves the pieces of numbers out (`numeric: piecewise_linear`), and has their values. */
export type InputChoice = 'all' | 'values';

/** The features of a choice; undefined where these are all. */
export function chosenFeatures(steps: readonly FeatureStep[], choice: InputChoice): Uint32Array | undefined {
  if (choice === 'all') return undefined;
  const chosen: number[] = [];
  let next = 0;
  for (const step of steps) {
    const count = featureNames(step).length;
    const pieces = step.kind === 'number' || step.kind === 'date' ? numericWidth(step.encoding) - 1 : 0;
    for (let i = 0; i < count; i++) if (i === 0 || i > pieces) chosen.push(next + i);
    next += count;
  }
  return chosen.length === next ? undefined : Uint32Array.from(chosen);
}

/** The data set with these features alone; its preprocessing still makes them all. */
export function withFeatures(data: DataSet, chosen: Uint32Array | undefined): DataSet {
  if (!chosen) return data;
  const { rows, columns } = data;
  const features = new Float32Array(rows * chosen.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < chosen.length; i++)
      features[row * chosen.length + i] = data.features[row * columns + chosen[i]];
  }
  return { ...data, columns: chosen.length, features, featureNames: Array.from(chosen, (at) => data.featureNames[at]) };
}

/** The same network with all inputs: those it was trained without have weights of 0. */
export function widened(
  network: { layers: LayerShape[]; parameters: Float32Array },
  chosen: Uint32Array | undefined,
  columns: number,
): { layers: LayerShape[]; parameters: Float32Array } {
  if (!chosen) return network;
  const [first, ...others] = network.layers;
  const rest = network.parameters.subarray(first.inputs * first.outputs);
  const parameters = new Float32Array(first.outputs * columns + rest.length);
  for (let unit = 0; unit < first.outputs; unit++) {
    for (let i = 0; i < chosen.length; i++) {
      parameters[unit * columns + chosen[i]] = network.parameters[unit * first.inputs + i];
    }
  }
  parameters.set(rest, first.outputs * columns);
  return { layers: [{ ...first, inputs: columns }, ...others], parameters };
}
