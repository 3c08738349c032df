/** How `fit` looks for the best model: see `src/fit`. Declared once, like everything in `settings.ts`. */
import * as z from 'zod/mini';
import type { DataSettingsInput } from './data-settings.ts';
import { count, described, optional, positive, setting } from './declare.ts';

/** What a fit decided from the rows and the measured speed: with its seed, it repeats the fit exactly. */
export const fitPlanSettings = z.strictObject({
  folds: described(count(1, 100), {
    label: 'Folds',
    help: 'Parts of the rows that take turns in being held out; with 1 the same part is held out always',
  }),
  held_out: described(positive(0.9), {
    label: 'Share held out',
    help: 'Share of the rows that are held out at a time',
  }),
  max_rows: described(count(2, 4_294_967_295), {
    label: 'Training rows at most',
    help: 'Rows that a network trains on at most',
  }),
  max_width: described(count(1, 65_536), { label: 'Units at most', help: 'Units of the widest hidden layer' }),
  trials: described(count(1, 1024), {
    label: 'Networks at once',
    help: 'Networks of a pack: they train at once, on each fold',
  }),
  epochs: described(count(1, 10_000_000), { label: 'Epochs at most', help: 'Epochs of a network at most' }),
  /** Without them the time decides. */
  packs: optional(count(0, 1_000_000), { label: 'Whole packs', help: 'Packs that train to their end' }),
  last_epochs: optional(count(0, 10_000_000), {
    label: 'Epochs of the last pack',
    help: 'Epochs of the pack after them, which is cut off; 0 without one',
  }),
});

export const fitSettings = z.strictObject({
  minutes: setting(positive(10_080), 1, {
    label: 'Minutes',
    help: 'How long to look for better models, from the first step on',
    unit: 'minutes',
  }),
  seed: setting(count(0, 4_294_967_295), 10, {
    label: 'Seed',
    help: 'Fixes the settings that are tried, the initial parameters and the order of the rows',
  }),
  plan: z.optional(fitPlanSettings),
});

export type FitSettings = z.output<typeof fitSettings>;
export type FitSettingsInput = z.input<typeof fitSettings>;
export type FitPlan = z.output<typeof fitPlanSettings>;

/** Columns of a table whose numbers are cut into pieces: of more, the first layer would be all that there is time for. */
const mostPieced = 200;

/** What `fit` takes of the data's settings where nothing else is given. @param columns of the table */
export function fitDataDefaults(columns: number): Pick<DataSettingsInput, 'numeric'> {
  return { numeric: columns > mostPieced ? 'robust' : 'piecewise_linear' };
}

/** Where no share is given there is no test part: scores are of rows that are held out in turns. */
const fitShares = { train: 0.8, validation: 0.2, test: 0 };

export function fitSplit(given: DataSettingsInput['split'] = {}): DataSettingsInput['split'] {
  const { train, validation, test } = given;
  return [train, validation, test].some((share) => share !== undefined) ? given : { ...given, ...fitShares };
}

/** These defaults by the paths of their settings, for a table that is not very wide. */
export const fitDefaultsByPath: Readonly<Record<string, unknown>> = {
  ...fitDataDefaults(0),
  ...Object.fromEntries(Object.entries(fitShares).map(([part, share]) => [`split.${part}`, share])),
};
