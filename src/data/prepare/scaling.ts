/** Fits the scale of a column's numbers. All of it in float64; only the scaled value is rounded to float32. */
import type { ScalingName } from '../../spec/data-settings.ts';
import type { Scale } from './dataset.ts';

export const unscaled: Readonly<Scale> = { offset: 0, scale: 1 };

/**
 * standardize: mean and population standard deviation (divided by n, as in scikit-learn's StandardScaler). min_max: least
 * and largest minus least. Where the values are all the same, the scale is 1.
 */
export function fitScale(values: Float64Array, scaling: ScalingName): Scale {
  if (scaling === 'none') return unscaled;
  if (scaling === 'min_max') {
    let least = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
    return { offset: least, scale: largest - least || 1 };
  }
  // Two passes: large offsets cost no digits. Sums of v / n and distances over the largest one cannot overflow.
  const { length } = values;
  let rough = 0;
  for (const value of values) rough += value / length;
  let correction = 0;
  for (const value of values) correction += (value - rough) / length;
  const offset = rough + correction;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value - offset));
  if (largest === 0) return { offset, scale: 1 };
  let squares = 0;
  for (const value of values) squares += ((value - offset) / largest) ** 2;
  // The smallest of all numbers times less than a half is 0.
  return { offset, scale: largest * Math.sqrt(squares / length) || largest };
}

/** Whether float32, in which networks are trained, tells no two of these values apart once they are scaled. */
export function isConstantAsFloat32(values: Float64Array, { offset, scale }: Scale): boolean {
  const first = Math.fround((values[0] - offset) / scale);
  return values.every((value) => Math.fround((value - offset) / scale) === first);
}
