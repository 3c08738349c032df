/** What the table says of a row beside its figures. */
import { runTableText } from '../i18n/en/later/run-table.ts';
import { text } from '../i18n/text.ts';
import type { Row } from '../runs/order.ts';
import { count } from '../shared/format.ts';
import { type Column, stateWords } from './columns.ts';

/** What it is, where it is no single run, and how it has ended, where that is worth saying. */
export function toldOf({ runs }: Row, current: boolean): string {
  const [{ sweep, fit }] = runs;
  const states = new Set(runs.map(({ state }) => stateWords(state)));
  return [
    sweep ? runTableText().ofSweep(count(runs.length)) : runs.length > 1 ? text.common.seeds(runs.length) : '',
    ...states,
    fit ? text.runs.networks(count(fit.networks)) : '',
    current ? runTableText().isOpen : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Of several that have a value of this metric. */
export function bestOf({ kind, largestFirst, value }: Column, rows: readonly Row[]): number | undefined {
  const values = rows.map(value).filter((known) => typeof known === 'number');
  if (kind !== 'metric' || values.length < 2) return undefined;
  return largestFirst ? Math.max(...values) : Math.min(...values);
}
