/** Numbers and settings in the sentences of the report. */
import type { Spread } from '../sweep/statistics.ts';
import type { CellKey } from './report.ts';

/** Three significant digits; a dash for what cannot be said. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(1);
  return size >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** "0.104 ± 0.002"; the mean alone where there is one value. */
export function spreadWords({ n, mean, sd }: Spread): string {
  return n > 1 ? `${short(mean)} ± ${Number.isFinite(sd) ? Number(sd.toPrecision(2)) : '–'}` : short(mean);
}

/** "relu, batch 1, sgd" */
export function cellWords({ activation, optimizer, batch_size }: CellKey): string {
  return `${activation}, batch ${batch_size}, ${optimizer}`;
}
