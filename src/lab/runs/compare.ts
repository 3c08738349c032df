/** What two runs differ in, and which runs differ only by their seed. */
import { changedSettings } from '../../spec/changes.ts';
import { groupBy } from '../../util/arrays.ts';
import { meanSd } from '../../util/statistics/statistics.ts';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { applies, type FormField, formFields, livePath, valueAt } from '../shared/form.ts';
import { typed } from '../shared/format.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { liveValue } from '../trainer/history.ts';

export interface Difference {
  field: FormField;
  /** As one would type them; empty where a setting does not belong to what was chosen, or is off. */
  values: [string, string];
}

type Compared = Pick<StoredRun, 'settings' | 'began' | 'changes'>;

export function differences(a: Compared, b: Compared): Difference[] {
  return formFields
    .map((field): Difference => ({ field, values: [settingOf(a, field), settingOf(b, field)] }))
    .filter(({ values }) => values[0] !== values[1]);
}

/** A run's setting as one would type it, with what it was changed to; empty where it does not belong to what was chosen, or is off. */
export function settingOf(run: Compared, entry: FormField): string {
  const initial = initialSettings(run);
  if (!applies(initial, entry)) return '';
  const changes = changesAt(run, entry);
  const value = typed(valueAt(initial, entry.path));
  return changes.length > 0 ? [value || text.common.off, ...changes].join(' → ') : value;
}

/** What a setting was changed to while the run trained: "0.003 (epoch 41)". */
export function changesAt({ settings, began, changes }: Compared, { field, path }: FormField): string[] {
  if (changes.length === 0) return [];
  return changedSettings(initialSettings({ settings, began, changes }).trial, changes)
    .filter(({ name }) => livePath(name) === path && field.name === name)
    .map(({ to, epoch }) => text.runs.changedAtEpoch({ value: liveValue(to), epoch }));
}

/** The seed that a group is over. */
const seedPath = 'trial.training.seed';

/** Lists are drawn often, and settings do not change. */
const keys = new WeakMap<LegalForm, string>();

/** The same for runs that differ only by their seed. */
export function seedlessKey(run: Compared & Pick<StoredRun, 'table'>): string {
  const known = keys.get(run.settings) ?? keyOf(run);
  keys.set(run.settings, known);
  return known;
}

function keyOf({ table, ...run }: Compared & Pick<StoredRun, 'table'>): string {
  const { trial, data, from } = initialSettings(run);
  const { seed: _, ...training } = trial.training;
  const changes = run.changes.map(({ seconds: __, ...change }) => change);
  return JSON.stringify([table.key, data, { ...trial, training }, changes, from?.key]);
}

export interface SeedGroup {
  key: string;
  /** Oldest first, as they were given. */
  runs: StoredRun[];
}

/** In the order in which their first runs come. A mean is one over runs that have ended as they should. */
export function seedGroups(runs: readonly StoredRun[]): SeedGroup[] {
  const ended = runs.filter(({ state, fit }) => state === 'done' && !fit);
  return groupBy(ended, seedlessKey).map((members) => ({ key: seedlessKey(members[0]), runs: members }));
}

/** Distinct seeds: the same seed twice is no second sample. */
export function seedsIn(runs: readonly StoredRun[]): number {
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
