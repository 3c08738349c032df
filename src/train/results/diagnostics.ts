/**
 * What goes on inside a network: one forward and backward pass over some rows in float64, and what it says of each layer
 * (how long its gradient is, how its weights, gradients and activations are spread, which units do nothing). Plain
 * functions over parameters and rows; the formulas are those of `engine/reference/network.ts`.
 */
import { kindOf, type LayerKind } from '../../engine/layers.ts';
import { type LayerShape, modelTensors } from '../../engine/parameters.ts';
import { backwardPass } from '../../engine/reference/backward.ts';
import type { Goal } from '../../engine/reference/losses.ts';
import { createWorkspace, forwardPass } from '../../engine/reference/network.ts';
import type { ActivationName } from '../../spec/settings.ts';

/** Equal bins from `low` to `high`; a value on the upper end is in the last one. */
export interface Histogram {
  low: number;
  high: number;
  counts: Uint32Array<ArrayBuffer>;
}

export interface LayerDiagnosis {
  units: number;
  kind: LayerKind;
  activation: ActivationName;
  /** Of its first tensor: the weights of a dense layer. */
  weights: Histogram;
  gradients: Histogram;
  activations: Histogram;
  /** Length of the gradient by all of the layer's tensors. */
  gradient_norm: number;
  weight_norm: number;
  /** Units whose slope is 0, or next to it, in every row: they learn nothing from these rows. */
  idle: number;
}

export interface Diagnosis {
  /** Mean loss over the rows. */
  loss: number;
  rows: number;
  layers: LayerDiagnosis[];
}

/** What is worth a sentence. Layers are counted from 0. */
export type Finding =
  | { kind: 'vanishing'; layer: number; ratio: number }
  | { kind: 'exploding'; layer: number; ratio: number }
  | { kind: 'not-finite'; layer: number }
  | { kind: 'dead' | 'saturated'; layer: number; idle: number; units: number; rows: number };

export const histogramBins = 41;

/** A layer's gradient this many times shorter (or longer) than the last layer's is named. */
export const namedRatio = 100;

/** Slopes below this share of the steepest count as none, for the activations that flatten out on both sides. */
const flat = 0.01;

const steepest: Partial<Record<ActivationName, number>> = { sigmoid: 0.25, tanh: 1 };

/** Rows enough to see, and few enough to be worked out in passing: about `work` multiplications. */
export function diagnosedRows(parameters: number, rows: number, work = 4e6): number {
  return Math.min(rows, 512, Math.max(16, Math.floor(work / Math.max(1, parameters))));
}

/** One pass over `rows` rows of features [row, column] against their goal, without dropout. */
export function diagnose(
  layers: readonly LayerShape[],
  parameters: Float32Array | Float64Array,
  features: Float32Array | Float64Array,
  goal: Goal,
  rows: number,
): Diagnosis {
  const work = createWorkspace(layers, rows, Float64Array);
  work.input.set(features.subarray(0, rows * layers[0].inputs));
  forwardPass(layers, parameters, work);
  const gradients = new Float64Array(parameters.length);
  const loss = backwardPass(layers, parameters, work, goal, gradients);
  const tensors = modelTensors(layers);
  return {
    loss,
    rows,
    layers: layers.map((layer, l) => {
      const { outputs, activation } = layer;
      const own = tensors.filter(({ layer }) => layer === l);
      const [{ offset, size }] = own;
      const count = own.reduce((sum, tensor) => sum + tensor.size, 0);
      return {
        units: outputs,
        kind: kindOf(layer),
        activation,
        weights: histogram(parameters.subarray(offset, offset + size)),
        gradients: histogram(gradients.subarray(offset, offset + size)),
        activations: histogram(work.activations[l]),
        gradient_norm: norm(gradients, offset, offset + count),
        weight_norm: norm(parameters, offset, offset + size),
        idle: idleUnits(work.slopes[l], rows, outputs, activation),
      };
    }),
  };
}

/** Around 0 where the values lie on both sides of it, so that sign and balance are seen. */
export function histogram(values: ArrayLike<number>, bins = histogramBins): Histogram {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Uint32Array(bins);
  if (low > high) return { low: 0, high: 0, counts };
  if (low < 0 && high > 0) [low, high] = [-Math.max(-low, high), Math.max(-low, high)];
  const histogram = { low, high, counts };
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) counts[binOf(histogram, value)] += 1;
  }
  return histogram;
}

/** The bin that a value between the ends of a histogram is counted in. */
export function binOf({ low, high, counts }: Histogram, value: number): number {
  return Math.min(counts.length - 1, Math.floor((value - low) * (counts.length / (high - low || 1))));
}

/**
 * Gradients that vanish or explode on the way back, of all layers the worst one; units that are dead (relu) or saturated
 * (sigmoid and tanh), of every hidden layer that has some.
 */
export function findings({ layers, rows }: Diagnosis): Finding[] {
  return [...gradientFindings(layers), ...idleFindings(layers, rows)];
}

function gradientFindings(layers: readonly LayerDiagnosis[]): Finding[] {
  const broken = layers.findIndex(({ gradient_norm }) => !Number.isFinite(gradient_norm));
  if (broken >= 0) return [{ kind: 'not-finite', layer: broken }];
  const last = layers[layers.length - 1].gradient_norm;
  // Without a gradient at the end there is none to compare with: the rows are learned, or nothing is.
  if (last === 0) return [];
  const ratios = layers.slice(0, -1).map(({ gradient_norm }) => gradient_norm / last);
  const found: Finding[] = [];
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  if (low < 1 / namedRatio) found.push({ kind: 'vanishing', layer: ratios.indexOf(low), ratio: low });
  if (high > namedRatio) found.push({ kind: 'exploding', layer: ratios.indexOf(high), ratio: high });
  return found;
}

function idleFindings(layers: readonly LayerDiagnosis[], rows: number): Finding[] {
  return layers.slice(0, -1).flatMap(({ idle, units, activation }, layer): Finding[] => {
    if (idle === 0) return [];
    return [{ kind: activation === 'relu' ? 'dead' : 'saturated', layer, idle, units, rows }];
  });
}

/** Of relu those that are 0 in every row; of sigmoid and tanh those that are flat in every row; of others none. */
function idleUnits(slopes: ArrayLike<number>, rows: number, units: number, activation: ActivationName): number {
  const most = activation === 'relu' ? 0 : flat * (steepest[activation] ?? -1);
  if (most < 0) return 0;
  let idle = 0;
  for (let unit = 0; unit < units; unit++) {
    let row = 0;
    while (row < rows && Math.abs(slopes[row * units + unit]) <= most) row += 1;
    if (row === rows) idle += 1;
  }
  return idle;
}

function norm(values: ArrayLike<number>, from: number, to: number): number {
  let squares = 0;
  for (let i = from; i < to; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}
