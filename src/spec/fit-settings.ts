/** How `fit` looks for the best model: see `src/fit`. Declared once, like everything in `settings.ts`. */
import * as z from 'zod/mini';
import { count, optional, positive, setting } from './declare.ts';

/** What a fit decided from the rows and the measured speed: with its seed, it repeats the fit exactly. */
export const fitPlanSettings = z.strictObject({
  /** Parts of the rows that take turns in being held out; with 1 the same part is held out always. */
  folds: count(1, 100),
  /** Share of the rows held out where `folds` is 1. */
  held_out: positive(0.9),
  /** Rows that networks train on at most. */
  max_rows: count(2, 4_294_967_295),
  /** Units of the widest hidden layer. */
  max_width: count(1, 65_536),
  /** Networks that train at once, of each fold. */
  trials: count(1, 1024),
  /** Of a network at most. */
  epochs: count(1, 10_000_000),
  /** Packs that trained to their end, and epochs of the pack that was cut off; without them the time decides. */
  packs: optional(count(0, 1_000_000), { help: 'Packs that train to their end' }),
  last_epochs: optional(count(0, 10_000_000), { help: 'Epochs of the pack after them' }),
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
