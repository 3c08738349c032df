/** The outputs of every trial for the rows of a set, for metrics that sums over the rows cannot give. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Population, RowSet } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';

/** Rows asked for at once: enough to keep a GPU busy, and few enough to be copied. */
const mostRows = 16_384;

/** For each trial [row of the set, output]. */
export async function outputsOf(population: Population, data: DataSet, set: RowSet): Promise<Float32Array[]> {
  const rows = data.sets[set];
  const { columns, outputs, features } = data;
  const results = Array.from({ length: population.trials }, () => new Float32Array(rows.length * outputs));
  for (let first = 0; first < rows.length; first += mostRows) {
    const part = rows.subarray(first, first + mostRows);
    const answers = await population.predict(gatherRows(features, columns, part), part.length);
    const size = part.length * outputs;
    results.forEach((result, trial) => {
      result.set(answers.subarray(trial * size, (trial + 1) * size), first * outputs);
    });
  }
  return results;
}
