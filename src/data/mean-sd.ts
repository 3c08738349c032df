/** The mean of some numbers and how far they lie apart; written once, since it is asked for all over. */
export interface MeanSd {
  mean: number;
  /** Of a sample, divided by n - 1; 0 for one value. */
  sd: number;
}

/** NaN for no value, and where a value is NaN. */
export function meanSd(values: readonly number[]): MeanSd {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, sd: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
