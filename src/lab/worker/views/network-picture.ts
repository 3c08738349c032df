/**
 * What the network's diagram shows of the model as it is: weights of a few units of each layer, and for two numbers as
 * inputs what each of those units answers over the plane of the inputs. Made in the worker, from a copy of the parameters
 * and by the reference's own forward pass; drawn by the page.
 */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { featureCount } from '../../../data/prepare/features.ts';
import { decodeValue, encodeValue, numericWidth } from '../../../data/prepare/numeric.ts';
import { embeddingOf, kindOf } from '../../../engine/layers.ts';
import { type LayerShape, layerOffsets, parameterCount } from '../../../engine/parameters.ts';
import { createWorkspace, forwardPass } from '../../../engine/reference/network.ts';
import type { Tiles } from '../../protocol/network-picture.ts';
import { shownUnits } from '../../shared/shown-units.ts';

export function unitsOf(layers: readonly LayerShape[]): number[] {
  return [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
}

export function shownWeights(layers: readonly LayerShape[], parameters: Float32Array): Float32Array[] {
  const offsets = layerOffsets(layers);
  return layers.map((layer, l) => {
    const { inputs, outputs } = layer;
    const weightOf =
      kindOf(layer) === 'periodic'
        ? (to: number, from: number) => embeddedWeight(layer, parameters, offsets[l].frequency, to, from)
        : (to: number, from: number) => parameters[offsets[l].weight + to * inputs + from];
    const from = shownUnits(inputs);
    return Float32Array.from(shownUnits(outputs).flatMap((to) => from.map((unit) => weightOf(to, unit))));
  });
}

/** What a unit of a periodic layer makes of an input: the frequency of its own, 1 where it is passed on, else nothing. */
function embeddedWeight(layer: LayerShape, parameters: Float32Array, frequency: number, to: number, from: number) {
  const { inputs, frequencies } = embeddingOf(layer);
  const passed = to - inputs.length * frequencies;
  if (passed >= 0) return Number(passed === from);
  return inputs[Math.floor(to / frequencies)] === from ? parameters[frequency + to] : 0;
}

/** Multiplications that a picture may take: a few milliseconds. */
const mostProducts = 6e6;
const sides = [20, 14, 10];

/** Undefined where there are not two numbers as inputs, or a picture would hold up the training. */
export function tilesOf(data: DataSet, layers: readonly LayerShape[], parameters: Float32Array): Tiles | undefined {
  const side = sides.find((cells) => cells * cells * parameterCount(layers) <= mostProducts);
  const axes = side && axesOf(data);
  if (!side || !axes) return undefined;
  const cells = side * side;
  const work = createWorkspace(layers, cells);
  const [x, y] = axes;
  const values = new Float32Array(data.columns);
  for (let cell = 0; cell < cells; cell++) {
    const across = ((cell % side) + 0.5) / side;
    const down = (Math.floor(cell / side) + 0.5) / side;
    x.write(x.low + across * (x.high - x.low), values);
    y.write(y.high - down * (y.high - y.low), values);
    work.input.set(values, data.columns * cell);
  }
  forwardPass(layers, parameters, work);
  const answers = [work.input, ...work.activations];
  const made = unitsOf(layers).map((units, layer) => quantised(answers[layer], units, cells));
  return { side, values: made.map(({ values }) => values), scales: made.map(({ scale }) => scale) };
}

/** Whether the inputs come from two columns, each one number or one feature. */
export function hasPlane(data: DataSet): boolean {
  return axesOf(data) !== undefined;
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

/** One of the two columns that the plane is of. */
interface Axis {
  low: number;
  high: number;
  /** Writes the features of a value to those of a row. */
  write(value: number, row: Float32Array): void;
}

/** A picture is asked for several times a second, and the rows stay the same. */
const known = new WeakMap<DataSet, Axis[] | undefined>();

function axesOf(data: DataSet): Axis[] | undefined {
  if (!known.has(data)) known.set(data, createAxes(data));
  return known.get(data);
}

function createAxes(data: DataSet): Axis[] | undefined {
  const steps = data.preprocessing.features;
  if (steps.length !== 2) return undefined;
  const widths = steps.map((step) => featureCount([step]));
  const axes = steps.flatMap((step, index): Axis[] => {
    const at = index === 0 ? 0 : widths[0];
    if (step.kind === 'number' && widths[index] === numericWidth(step.encoding)) {
      const range = rangeOf(data, (row) => decodeValue(step, data.features, row + at));
      return [{ ...range, write: (value, row) => encodeValue(step.encoding, value, row, at) }];
    }
    if (widths[index] !== 1) return [];
    const write: Axis['write'] = (value, row) => row.fill(value, at, at + 1);
    return [{ ...rangeOf(data, (row) => data.features[row + at]), write }];
  });
  return axes.length === 2 ? axes : undefined;
}

/**
 * Over all rows, with a little room.
 * @param valueAt of the row whose features begin there
 */
function rangeOf({ rows, columns }: DataSet, valueAt: (row: number) => number): Pick<Axis, 'low' | 'high'> {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    low = Math.min(low, valueAt(row * columns));
    high = Math.max(high, valueAt(row * columns));
  }
  const room = 0.05 * (high - low || 1);
  return { low: low - room, high: high + room };
}
