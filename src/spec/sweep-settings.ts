/** What a sweep tries: see `src/sweep/definition/definition.ts`. Declared once, like everything in `settings.ts`. */
import * as z from 'zod/mini';
import { count, described, holds, optional, setting } from './declare.ts';

export type { Sweep, SweepInput } from './types/sweep.ts';

export const rangeSettings = z
  .strictObject({
    from: described(z.number(), { help: 'The smallest value' }),
    to: described(z.number(), { help: 'The largest value' }),
    scale: setting(z.enum(['linear', 'log']), 'linear', {
      help: 'What is drawn evenly: the value, or its logarithm, for values above 0',
    }),
  })
  .check(
    holds(({ from, to }) => from < to, 'range_empty'),
    holds(({ from, scale }) => scale === 'linear' || from > 0, 'range_not_log'),
  );

/** What Optuna and KerasTuner call the parts of a range. */
export const rangeAliases: Readonly<Record<string, string>> = {
  min: 'from',
  low: 'from',
  min_value: 'from',
  max: 'to',
  high: 'to',
  max_value: 'to',
  log: 'scale',
  sampling: 'scale',
};

const values = z.array(z.unknown()).check(z.minLength(1));
const seed = count(0, 4_294_967_295);

export const halvingSettings = z.strictObject({
  first: described(z.int().check(z.minimum(1)), { help: 'Epochs before the first choice', unit: 'epochs' }),
  factor: setting(count(2, 100), 3, {
    help: 'Of so many combinations the best one goes on, to so many times as many epochs before the next choice',
  }),
});

export const sweepSettings = z.strictObject({
  base: setting(
    z.record(z.string(), z.unknown()),
    {},
    { help: 'What all trials share: groups of settings, settings by their paths as in the grid, or both' },
  ),
  grid: setting(
    z.record(z.string(), values),
    {},
    { help: 'Values of settings by their paths, such as `model.activation`: every combination is tried' },
  ),
  random: setting(
    z.record(z.string(), z.union([rangeSettings, values])),
    {},
    { help: 'Ranges or values of settings, by their paths, that are drawn for each of `samples`' },
  ),
  samples: setting(count(1, 1_000_000), 20, {
    help: 'Draws of the random settings; each is combined with the whole grid',
  }),
  seed: setting(seed, 10, { help: 'Fixes the draws' }),
  seeds: setting(z.union([count(1, 10_000), z.array(seed).check(z.minLength(1))]), 1, {
    help: "How many seeds, counted from the base's own, or which",
  }),
  folds: setting(count(1, 100), 1, { help: 'Folds that take turns in validating; 1 is the split as it is' }),
  halving: optional(halvingSettings, {
    help: 'Goes on with the best combinations alone, after more and more epochs (successive halving)',
  }),
});

/** What may stand in a sweep, and in its ranges. */
export const sweepNames = [sweepSettings, rangeSettings, halvingSettings].flatMap(({ shape }) => Object.keys(shape));
