/** Questions about values that sorting answers: which are different, how often each is there, where a value stands. */

/** The values that are there, rising. */
export function sortedValues(values: Float64Array): Float64Array {
  // A minus zero would be sorted before zero and yet be equal to it; NaN is sorted behind every number.
  const sorted = values.map((value) => value + 0).sort();
  let present = sorted.length;
  while (present > 0 && Number.isNaN(sorted[present - 1])) present -= 1;
  return sorted.subarray(0, present);
}

/** The index of the first of rising values that is at least `value`, by halving; their number if none is. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The index of the first of rising values that is more than `value`; their number if none is. */
export function firstAbove(sorted: ArrayLike<number>, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

export function countDistinct(sorted: Float64Array): number {
  let count = sorted.length > 0 ? 1 : 0;
  for (let index = 1; index < sorted.length; index++) if (sorted[index] !== sorted[index - 1]) count += 1;
  return count;
}

/** Each different value, rising, and how often it is there. */
export function runsOf(sorted: Float64Array): { values: Float64Array; counts: Uint32Array } {
  const runs = countDistinct(sorted);
  const values = new Float64Array(runs);
  const counts = new Uint32Array(runs);
  let run = -1;
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) values[++run] = sorted[index];
    counts[run] += 1;
  }
  return { values, counts };
}
