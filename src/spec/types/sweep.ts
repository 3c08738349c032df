// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** Values that are drawn from; what is left out takes its default. */
export type SweepRangeInput = {
  /** The smallest value. */
  from: number;
  /** The largest value. */
  to: number;
  /**
   * What is drawn evenly: the value, or its logarithm, for values above 0.
   * @defaultValue `"linear"`
   */
  scale?: 'linear' | 'log';
};

/** Complete: every default filled in. {@link SweepRangeInput} says what each is. */
export type SweepRange = {
  from: number;
  to: number;
  scale: 'linear' | 'log';
};

/** How successive halving stops the trials that do worse; what is left out takes its default. */
export type HalvingSettingsInput = {
  /**
   * Epochs before the first choice.
   * Whole number of epochs from 1.
   */
  first: number;
  /**
   * Of so many combinations the best one goes on, to so many times as many epochs before the next choice.
   * Whole number from 2 to 100.
   * @defaultValue `3`
   */
  factor?: number;
};

/** Complete: every default filled in. {@link HalvingSettingsInput} says what each is. */
export type HalvingSettings = {
  first: number;
  factor: number;
};

/** What a sweep tries; what is left out takes its default. */
export type SweepInput = {
  /**
   * What all trials share: groups of settings, settings by their paths as in the grid, or both.
   * @defaultValue `{}`
   */
  base?: Record<string, unknown>;
  /**
   * Values of settings by their paths, such as `model.activation`: every combination is tried.
   * @defaultValue `{}`
   */
  grid?: Record<string, unknown[]>;
  /**
   * Ranges or values of settings, by their paths, that are drawn for each of `samples`.
   * @defaultValue `{}`
   */
  random?: Record<string, SweepRangeInput | unknown[]>;
  /**
   * Draws of the random settings; each is combined with the whole grid.
   * Whole number from 1 to 1,000,000.
   * @defaultValue `20`
   */
  samples?: number;
  /**
   * Fixes the draws.
   * Whole number from 0 to 4,294,967,295.
   * @defaultValue `10`
   */
  seed?: number;
  /**
   * How many seeds, counted from the base's own, or which.
   * Whole number from 1 to 10,000, or whole numbers, each from 0 to 4,294,967,295.
   * @defaultValue `1`
   */
  seeds?: number | number[];
  /**
   * Folds that take turns in validating; 1 is the split as it is.
   * Whole number from 1 to 100.
   * @defaultValue `1`
   */
  folds?: number;
  /**
   * Goes on with the best combinations alone, after more and more epochs (successive halving).
   * @defaultValue none
   */
  halving?: HalvingSettingsInput;
};

/** Complete: every default filled in. {@link SweepInput} says what each is. */
export type Sweep = {
  base: Record<string, unknown>;
  grid: Record<string, unknown[]>;
  random: Record<string, SweepRange | unknown[]>;
  samples: number;
  seed: number;
  seeds: number | number[];
  folds: number;
  halving?: HalvingSettings;
};
