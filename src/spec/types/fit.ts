// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** What a fit decided: with its seed, it repeats the fit. Nothing in it has a default. */
export type FitPlan = {
  /**
   * Parts of the rows that take turns in being held out; with 1 the same part is held out always.
   * Whole number from 1 to 100.
   */
  folds: number;
  /**
   * Share held out at a time.
   * Number above 0, up to 0.9.
   */
  held_out: number;
  /**
   * Training rows at most.
   * Whole number from 2 to 4,294,967,295.
   */
  max_rows: number;
  /**
   * Of the widest hidden layer.
   * Whole number from 1 to 65,536.
   */
  max_width: number;
  /**
   * Networks that train at once, of each fold.
   * Whole number from 1 to 1,024.
   */
  trials: number;
  /**
   * Epochs at most.
   * Whole number from 1 to 10,000,000.
   */
  epochs: number;
  /**
   * Packs that trained to their end; without it the time decides.
   * Whole number from 0 to 1,000,000.
   * @defaultValue none
   */
  packs?: number;
  /**
   * Epochs of the last pack.
   * Whole number from 0 to 10,000,000.
   * @defaultValue none
   */
  last_epochs?: number;
  /**
   * Whole packs of each shard.
   * Whole numbers, each from 0 to 1,000,000.
   * @defaultValue none
   */
  shard_packs?: number[];
  /**
   * Epochs of each shard's last pack.
   * Whole numbers, each from 0 to 10,000,000.
   * @defaultValue none
   */
  shard_epochs?: number[];
};

/** How long a fit searches, and with which random numbers; what is left out takes its default. */
export type FitSettingsInput = {
  /**
   * How long to look for better models, from the first step on.
   * Number of minutes above 0, up to 10,080.
   * @defaultValue `1`
   */
  minutes?: number;
  /**
   * Fixes the settings that are tried, the initial parameters and the order of the rows.
   * Whole number from 0 to 4,294,967,295.
   * @defaultValue `10`
   */
  seed?: number;
  /**
   * What a fit decided: with its seed, it repeats the fit.
   * @defaultValue none
   */
  plan?: FitPlan;
};

/** Complete: every default filled in. {@link FitSettingsInput} says what each is. */
export type FitSettings = {
  minutes: number;
  seed: number;
  plan?: FitPlan;
};
