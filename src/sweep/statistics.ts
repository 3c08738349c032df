/** What many numbers say together: mean, spread, and how sure the mean is. */
import { meanSd } from '../data/mean-sd.ts';
import { quantile } from '../data/statistics.ts';
import { uniformAt } from '../random/counter.ts';

export interface Spread {
  n: number;
  mean: number;
  /** Sample standard deviation, divided by n - 1; 0 for one value. */
  sd: number;
  /** Bounds of the 95 % interval of the mean; the mean itself for one value. */
  low: number;
  high: number;
}

/** Resamples of a bootstrap interval. */
const resamples = 2000;

/**
 * Mean, standard deviation and a percentile bootstrap interval (Efron & Tibshirani 1993, section 13.3) over seeds and
 * folds. Always the same for the same values. NaN where a value is NaN: a trial that diverged does not vanish from a mean.
 */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  const { mean, sd } = meanSd(values);
  if (n < 2 || !Number.isFinite(mean)) return { n, mean, sd: n < 2 ? 0 : Number.NaN, low: mean, high: mean };
  const means = Float64Array.from({ length: resamples }, (_, sample) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[Math.floor(n * uniformAt(0x5eed, sample * n + i))];
    return sum / n;
  }).sort();
  return { n, mean, sd, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
