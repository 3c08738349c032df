/** Rows of a data set as the kernels read them: features, targets and weight of each row side by side, one binding for all. */
import type { EngineData } from '../../engine.ts';

/** Numbers from one row to the next. */
export function dataStride({ columns, outputs }: Pick<EngineData, 'columns' | 'outputs'>): number {
  return columns + outputs + 1;
}

/** [row, features, targets, weight] of these rows, in this order; of all rows where none are named. */
export function joinRows(data: EngineData, rows?: Uint32Array): Float32Array<ArrayBuffer> {
  const { columns, outputs, features, targets, weights } = data;
  const stride = dataStride(data);
  const count = rows?.length ?? data.rows;
  const joined = new Float32Array(count * stride);
  for (let slot = 0; slot < count; slot++) {
    const row = rows ? rows[slot] : slot;
    // Plain loops: rows are short, and a subarray for each costs more than its numbers.
    let at = slot * stride;
    for (let i = row * columns; i < (row + 1) * columns; i++) joined[at++] = features[i];
    for (let i = row * outputs; i < (row + 1) * outputs; i++) joined[at++] = targets[i];
    joined[at] = weights ? weights[row] : 1;
  }
  return joined;
}
