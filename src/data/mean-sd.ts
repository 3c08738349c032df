/**
 * The mean of some numbers and how far they lie apart: the deviation of a sample, divided by n - 1, and 0 for one value. NaN
 * for no value, and where a value is NaN.
 */
export function meanSd(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, sd: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
