/** How `fit` looks for the best model: see `src/fit`. Declared once, like everything in `settings.ts`. */
import * as z from 'zod/mini';
import { count, described, optional, positive, setting } from './declare.ts';

export type { FitPlan, FitSettings, FitSettingsInput } from './types/fit.ts';

/** One number for each shard. */
const shardCounts = (most: number) => z.array(count(0, most)).check(z.minLength(1));

/** What a fit decided from the rows and the measured speed: with its seed, it repeats the fit exactly. */
export const fitPlanSettings = z.strictObject({
  folds: described(count(1, 100), {
    label: 'Folds',
    help: 'Parts of the rows that take turns in being held out; with 1 the same part is held out always',
  }),
  held_out: described(positive(0.9), { label: 'Share held out at a time' }),
  max_rows: described(count(2, 4_294_967_295), { label: 'Training rows at most' }),
  max_width: described(count(1, 65_536), { label: 'Units at most', help: 'Of the widest hidden layer' }),
  trials: described(count(1, 1024), {
    label: 'Networks of a pack',
    help: 'Networks that train at once, of each fold',
  }),
  epochs: described(count(1, 10_000_000), { label: 'Epochs at most' }),
  packs: optional(count(0, 1_000_000), {
    label: 'Whole packs',
    help: 'Packs that trained to their end; without it the time decides',
  }),
  last_epochs: optional(count(0, 10_000_000), { label: 'Epochs of the last pack' }),
  // In the place of the two before, where machines have trained a share each.
  shard_packs: optional(shardCounts(1_000_000), { label: 'Whole packs of each shard' }),
  shard_epochs: optional(shardCounts(10_000_000), { label: "Epochs of each shard's last pack" }),
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
