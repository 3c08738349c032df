/** What two runs differ in, and which runs differ only by their seed. */
import { meanSd } from '../../data/mean-sd.ts';
import { groupBy } from '../../engine/group-by.ts';
import { applies, type FormField, formFields, type LegalForm, valueAt } from '../form.ts';
import { typed } from '../format.ts';
import type { KeptRun } from './kept.ts';

export interface Difference {
  field: FormField;
  /** As one would type them; empty where a setting does not belong to what was chosen, or is off. */
  values: [string, string];
}

export function differences(a: LegalForm, b: LegalForm): Difference[] {
  const text = (settings: LegalForm, field: FormField) =>
    applies(settings, field) ? typed(valueAt(settings, field.path)) : '';
  return formFields
    .map((field): Difference => ({ field, values: [text(a, field), text(b, field)] }))
    .filter(({ values }) => values[0] !== values[1]);
}

/** The seed that a group is over. */
const seedPath = 'trial.training.seed';

/** Lists are drawn often, and settings do not change. */
const keys = new WeakMap<LegalForm, string>();

/** The same for runs that differ only by their seed. */
export function seedlessKey(run: Pick<KeptRun, 'table' | 'settings'>): string {
  const known = keys.get(run.settings) ?? keyOf(run);
  keys.set(run.settings, known);
  return known;
}

function keyOf({ table, settings: { trial, data } }: Pick<KeptRun, 'table' | 'settings'>): string {
  const { seed: _, ...training } = trial.training;
  return JSON.stringify([table.key, data, { ...trial, training }]);
}

export interface SeedGroup {
  key: string;
  /** Oldest first, as they were given. */
  runs: KeptRun[];
}

/** In the order in which their first runs come. A mean is one over runs that have ended as they should. */
export function seedGroups(runs: readonly KeptRun[]): SeedGroup[] {
  const ended = runs.filter(({ state }) => state === 'done');
  return groupBy(ended, seedlessKey).map((members) => ({ key: seedlessKey(members[0]), runs: members }));
}

/** Distinct seeds: the same seed twice is no second sample. */
export function seedsIn(runs: readonly KeptRun[]): number {
  return new Set(runs.map(({ settings }) => valueAt(settings, seedPath))).size;
}

export interface Spread {
  n: number;
  mean: number;
  /** Of a sample (n - 1); null for one value. */
  sd: number | null;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const { mean, sd } = meanSd(values);
  return { n, mean, sd: n > 1 ? sd : null };
}
