/** The data that views draw, from a data set and the outputs of a model: surface, residuals and ROC. In original units. */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { decodeValue, encodeValue, numericWidth, onlyNumbers } from '../../../data/prepare/numeric.ts';
import { inverseScale, predictedNumber } from '../../../data/prepare/preprocessing.ts';
import { columnLabel } from '../../../data/table/quantity.ts';
import { gatherRows } from '../../../engine/reference/evaluation.ts';
import { rocCurve } from '../../../model/roc.ts';
import { givenClass, probabilitiesOf } from '../../../spec/answers.ts';
import type { LossName } from '../../../spec/settings.ts';
import { subsample } from '../../../util/arrays.ts';
import type {
  ResidualsView,
  RocView,
  SurfaceAxis,
  SurfacePicture,
  SurfacePoints,
  SurfaceValues,
} from '../../protocol/views.ts';

/** More would only hide the surface. */
const mostPoints = 1000;
/** Share of the axis that lies beyond the outermost rows. */
const margin = 0.06;

/** Null unless the model learns from two numbers, and nothing else. */
export function surfacePicture(data: DataSet): SurfacePicture | null {
  const read = planeReader(data);
  if (!read) return null;
  const [target] = data.preprocessing.targets;
  const points = (rows: Uint32Array): SurfacePoints => {
    const shown = subsample(rows, mostPoints);
    const original = (index: 0 | 1) => Float64Array.from(shown, (row) => read(row, index));
    return {
      x: original(0),
      y: original(1),
      value: Float64Array.from(shown, (row) => targetOf(data, row)),
      rows: placesOf(data, shown),
    };
  };
  const { train, validation } = data.sets;
  const picture = { train: points(train), validation: points(validation) };
  const axis = (index: 0 | 1): SurfaceAxis => {
    const [low, high] = range([...train, ...validation], (row) => read(row, index));
    const room = margin * (high - low || 1);
    return { name: columnLabel(data.preprocessing.features[index]), low: low - room, high: high + room };
  };
  const [low, high] = range([...train], (row) => targetOf(data, row));
  return {
    x: axis(0),
    y: axis(1),
    ...picture,
    classes: target.kind === 'classes' ? target.classes : null,
    low,
    high: high > low ? high : low + 1,
  };
}

/** Features of a grid of `side` by `side` places, edges included, from the lower left along x. */
export function surfaceFeatures(data: DataSet, { x, y }: SurfacePicture, side: number): Float32Array {
  const steps = onlyNumbers(data, 2);
  if (!steps) throw new Error('a surface has two numeric inputs');
  const [first, second] = steps.map(({ encoding }) => encoding);
  const placeOf = (axis: SurfaceAxis, at: number) => axis.low + (at / (side - 1)) * (axis.high - axis.low);
  const features = new Float32Array(data.columns * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = data.columns * (row * side + column);
      encodeValue(first, placeOf(x, column), features, at);
      encodeValue(second, placeOf(y, row), features, at + numericWidth(first));
    }
  }
  return features;
}

export function surfaceValues(data: DataSet, loss: LossName, outputs: Float32Array, side: number): SurfaceValues {
  const [target] = data.preprocessing.targets;
  const rows = side * side;
  if (target.kind === 'number') {
    const values = Float32Array.from({ length: rows }, (_, row) =>
      predictedNumber(target, outputs[row * data.outputs]),
    );
    return { side, values };
  }
  const probabilities = probabilitiesOf(outputs, rows, data.outputs, loss);
  if (target.classes.length > 2) return { side, values: Float32Array.from(probabilities) };
  return { side, values: Float32Array.from({ length: rows }, (_, row) => probabilities[2 * row + 1]) };
}

/** The rows that a model is judged by in pictures: validation, or training where there are no validation rows. */
export function judgedRows(data: DataSet, most: number): { set: 'validation' | 'train'; rows: Uint32Array } {
  const set = data.sets.validation.length > 0 ? 'validation' : 'train';
  return { set, rows: subsample(data.sets[set], most) };
}

/** Where rows of the data set are in the table: a copy, which may be handed over. */
export function placesOf({ places }: DataSet, rows: Uint32Array): Uint32Array {
  return places ? rows.map((row) => places[row]) : rows.slice();
}

export function featuresOf(data: DataSet, rows: Uint32Array): Float32Array {
  return gatherRows(data.features, data.columns, rows);
}

export function residualsOf(
  data: DataSet,
  judged: ReturnType<typeof judgedRows>,
  outputs: Float32Array,
): ResidualsView {
  const [target] = data.preprocessing.targets;
  if (target.kind !== 'number') throw new Error(`${target.column} holds no numbers`);
  return {
    set: judged.set,
    actual: Float64Array.from(judged.rows, (row) => inverseScale(target, data.targets[row * data.outputs])),
    predicted: Float64Array.from(judged.rows, (_, index) => predictedNumber(target, outputs[index * data.outputs])),
    rows: placesOf(data, judged.rows),
  };
}

export function rocOf(
  data: DataSet,
  loss: LossName,
  { set, rows }: ReturnType<typeof judgedRows>,
  outputs: Float32Array,
): RocView {
  const probabilities = probabilitiesOf(outputs, rows.length, data.outputs, loss);
  const scores = Float64Array.from(rows, (_, index) => probabilities[2 * index + 1]);
  const actual = Array.from(rows, (row) => givenClass(data.targets, row * data.outputs, data.outputs));
  return { set, rows: rows.length, curve: rocCurve(actual, scores) };
}

/** Reads a row's first or second number. Undefined unless the model learns from two numbers, and nothing else. */
function planeReader(data: DataSet): ((row: number, index: 0 | 1) => number) | undefined {
  const steps = onlyNumbers(data, 2);
  if (!steps) return undefined;
  const starts = [0, numericWidth(steps[0].encoding)];
  return (row, index) => decodeValue(steps[index], data.features, row * data.columns + starts[index]);
}

/** The number, in its units, or the class's index. */
function targetOf(data: DataSet, row: number): number {
  const [target] = data.preprocessing.targets;
  const at = row * data.outputs;
  return target.kind === 'number' ? inverseScale(target, data.targets[at]) : givenClass(data.targets, at, data.outputs);
}

function range(rows: number[], read: (row: number) => number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = read(row);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 1] : [low, high];
}
