/** Formats numbers and settings for the sentences of the report. */

import type { Spread } from '../util/statistics/statistics.ts';
import { grouped } from '../util/thousands.ts';
import type { CellKey } from './report.ts';

/** Three significant digits; a dash for numbers that are not finite. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(1);
  return size >= 1000 ? grouped(String(Math.round(value))) : String(Number(value.toPrecision(3)));
}

/** "0.104 ± 0.0021"; the mean alone where there is one value. */
export function formatSpread({ n, mean, sd }: Spread): string {
  return n > 1 ? `${formatShort(mean)} ± ${formatDeviation(mean, sd)}` : formatShort(mean);
}

/** A standard deviation to one digit more than its mean is given. */
export function formatDeviation(mean: number, sd: number): string {
  if (!Number.isFinite(sd)) return '–';
  const size = Math.max(Math.abs(mean), Math.abs(sd), 1e-9);
  const decimals = Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(size))));
  return size < 1e-3 ? sd.toExponential(1) : String(Number(sd.toFixed(decimals)));
}

/** "relu, batch 1, sgd" */
export function formatCell({ activation, optimizer, batch_size }: CellKey): string {
  return `${activation}, batch ${batch_size}, ${optimizer}`;
}
