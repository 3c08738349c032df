/** Fits and applies the scaling of a column. All of it in float64; only the scaled value is rounded to float32. */

import type { ScalingName } from '../spec/data-settings.ts';
import { InputError } from '../spec/errors.ts';
import type { ColumnScaling } from './dataset.ts';

/** True when every one of these rows holds the same value. */
export function isConstant(values: ArrayLike<number>, rows: Uint32Array): boolean {
  return rows.every((row) => values[row] === values[rows[0]]);
}

/** Mean and population standard deviation (divided by n, as in scikit-learn's StandardScaler) of these rows. */
export function fitScaling(
  column: string,
  values: ArrayLike<number>,
  rows: Uint32Array,
  scaling: ScalingName,
): ColumnScaling {
  if (scaling === 'none') return { column, offset: 0, scale: 1 };
  // Two passes: large offsets cost no digits. Sums of v / n and distances over the largest one cannot overflow.
  const rough = sumOver(rows, (row) => values[row] / rows.length);
  const offset = rough + sumOver(rows, (row) => (values[row] - rough) / rows.length);
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(values[row] - offset)), 0);
  const scale = largest * Math.sqrt(sumOver(rows, (row) => ((values[row] - offset) / largest) ** 2) / rows.length);
  return { column, offset, scale };
}

/**
 * Writes (value - offset) / scale of every row to `into[row * stride + at]`.
 * @param place says where a row's value stands, for the message
 * @throws InputError when a value is not finite or does not fit float32 once scaled
 */
export function scaleInto(
  into: Float32Array,
  at: number,
  stride: number,
  values: ArrayLike<number>,
  { column, offset, scale }: ColumnScaling,
  place: (row: number, column: string) => string,
): void {
  for (let row = 0; row < values.length; row++) {
    const scaled = Math.fround((values[row] - offset) / scale);
    if (!Number.isFinite(scaled)) {
      const problem = Number.isFinite(values[row]) ? 'is too far from the other values' : 'is not a finite number';
      throw new InputError(
        `${place(row, column)}: ${values[row]} ${problem}; correct the cell or leave the row out.`,
        column,
      );
    }
    into[row * stride + at] = scaled;
  }
}

function sumOver(rows: Uint32Array, term: (row: number) => number): number {
  let sum = 0;
  for (const row of rows) sum += term(row);
  return sum;
}
