/**
 * What the network's diagram shows of the model as it is: weights of a few units of each layer, and for two numbers as
 * inputs what each of those units answers over the plane of the inputs. Made in the worker, from a copy of the parameters
 * and by the reference's own forward pass; drawn by the page.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { type LayerShape, layerOffsets, parameterCount } from '../engine/parameters.ts';
import { createWorkspace, forwardPass } from '../engine/reference/network.ts';

/** Units of a layer that are drawn; where there are more, one place less and a gap. */
export const mostUnits = 8;

export interface NetworkPicture {
  run: number;
  /** Epochs that were done. */
  epoch: number;
  /** Units of every layer, inputs and outputs too. */
  units: number[];
  /** For each layer after the inputs: [shown unit, shown unit of the layer before]. */
  weights: Float32Array[];
  /** Absent where the inputs are not two numbers, or the network is too large to be asked so often. */
  tiles?: Tiles;
}

/** Answers over the plane of two inputs: first input rising to the right, second upwards. */
export interface Tiles {
  /** Cells along each side. */
  side: number;
  /** For each layer, inputs too: [shown unit, row from the top, column], -127 to 127 of that layer's scale. */
  values: Int8Array[];
  /** What 127 stands for in each layer: the largest absolute answer, or 1 where that is smaller. */
  scales: number[];
}

/** Which units of a layer are drawn: all, or as many as there is room for, from first to last. */
export function shownUnits(units: number): number[] {
  if (units <= mostUnits) return Array.from({ length: units }, (_, index) => index);
  const places = mostUnits - 1;
  return Array.from({ length: places }, (_, index) => Math.round((index * (units - 1)) / (places - 1)));
}

export function unitsOf(layers: readonly LayerShape[]): number[] {
  return [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
}

export function shownWeights(layers: readonly LayerShape[], parameters: Float32Array): Float32Array[] {
  const offsets = layerOffsets(layers);
  return layers.map(({ inputs, outputs }, layer) => {
    const from = shownUnits(inputs);
    return Float32Array.from(
      shownUnits(outputs).flatMap((to) => from.map((unit) => parameters[offsets[layer].weight + to * inputs + unit])),
    );
  });
}

/** Multiplications that a picture may take: a few milliseconds. */
const mostProducts = 6e6;
const sides = [20, 14, 10];

/** Undefined where there are not two numbers as inputs, or a picture would hold up the training. */
export function tilesOf(data: DataSet, layers: readonly LayerShape[], parameters: Float32Array): Tiles | undefined {
  const side = sides.find((cells) => cells * cells * parameterCount(layers) <= mostProducts);
  if (!side || !hasPlane(data.columns, data.preprocessing.features.length)) return undefined;
  const cells = side * side;
  const work = createWorkspace(layers, cells);
  const [x, y] = planeOf(data);
  for (let cell = 0; cell < cells; cell++) {
    const across = ((cell % side) + 0.5) / side;
    const down = (Math.floor(cell / side) + 0.5) / side;
    work.input[2 * cell] = x.low + across * (x.high - x.low);
    work.input[2 * cell + 1] = y.high - down * (y.high - y.low);
  }
  forwardPass(layers, parameters, work);
  const answers = [work.input, ...work.activations];
  const made = unitsOf(layers).map((units, layer) => quantised(answers[layer], units, cells));
  return { side, values: made.map(({ values }) => values), scales: made.map(({ scale }) => scale) };
}

/** Whether the inputs are two features, each from a column of its own. */
export function hasPlane(inputs: number, features: number): boolean {
  return inputs === 2 && features === 2;
}

/** answers [cell, unit] -> [shown unit, cell] */
function quantised(answers: ArrayLike<number>, units: number, cells: number) {
  const shown = shownUnits(units);
  let scale = 1;
  for (let cell = 0; cell < cells; cell++) {
    for (const unit of shown) scale = Math.max(scale, Math.abs(answers[cell * units + unit]));
  }
  const values = new Int8Array(shown.length * cells);
  shown.forEach((unit, place) => {
    for (let cell = 0; cell < cells; cell++) {
      values[place * cells + cell] = Math.round((127 * answers[cell * units + unit]) / scale);
    }
  });
  return { values, scale };
}

interface Range {
  low: number;
  high: number;
}

/** A picture is asked for several times a second, and the rows stay the same. */
const planes = new WeakMap<DataSet, [Range, Range]>();

function planeOf(data: DataSet): [Range, Range] {
  const known = planes.get(data) ?? [rangeOf(data, 0), rangeOf(data, 1)];
  planes.set(data, known);
  return known;
}

/** Of a feature over all rows, with a little room. */
function rangeOf({ features, rows, columns }: DataSet, column: number): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    low = Math.min(low, features[row * columns + column]);
    high = Math.max(high, features[row * columns + column]);
  }
  const room = 0.05 * (high - low || 1);
  return { low: low - room, high: high + room };
}
