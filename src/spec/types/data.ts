// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** Which rows train, validate and test; what is left out takes its default. */
export type SplitSettingsInput = {
  /**
   * Share of the rows that training sees.
   * Number above 0, up to 1.
   * @defaultValue `0.7`
   */
  train?: number;
  /**
   * Share of the rows that choices are made on.
   * Number from 0 to below 1.
   * @defaultValue `0.15`
   */
  validation?: number;
  /**
   * Share of the rows that are looked at once, at the end.
   * Number from 0 to below 1.
   * @defaultValue `0.15`
   */
  test?: number;
  /**
   * Fixes which rows fall into which part.
   * Whole number from 0 to 4,294,967,295.
   * @defaultValue `10`
   */
  seed?: number;
  /**
   * Give every part the same share of each class, where classes are predicted.
   * @defaultValue `true`
   */
  stratify?: boolean;
  /**
   * Rows with the same value of this column stay in one part; it is not trained on.
   * @defaultValue none
   */
  group?: string;
  /**
   * Train on the earliest rows by this column, validate on later ones, test on the latest.
   * @defaultValue none
   */
  time?: string;
};

/** Complete: every default filled in. {@link SplitSettingsInput} says what each is. */
export type SplitSettings = {
  train: number;
  validation: number;
  test: number;
  seed: number;
  stratify: boolean;
  group?: string;
  time?: string;
};

/** How a table becomes a data set; what is left out takes its default. */
export type DataSettingsInput = {
  /** The column to predict. */
  target: string;
  /**
   * regression predicts a number, classification one of a few classes; auto goes by the target column.
   * @defaultValue `"auto"`
   */
  task?: 'auto' | 'regression' | 'classification';
  /**
   * What columns are, where the guess from their cells is not right, as column=type.
   * @defaultValue `{}`
   */
  types?: Record<string, 'number' | 'integer' | 'boolean' | 'category' | 'date' | 'identifier' | 'text'>;
  /**
   * Columns that are not trained on.
   * @defaultValue `[]`
   */
  ignore?: string[];
  /**
   * What numbers and dates become. scale: what scaling says; robust: by median and quartiles, outliers drawn in to 3; quantile: normally distributed; piecewise_linear: up to 16 pieces between quantiles.
   * @defaultValue `"piecewise_linear"`
   */
  numeric?: 'scale' | 'robust' | 'quantile' | 'piecewise_linear';
  /**
   * Of a number that is predicted, and of numbers under numeric: scale. standardize: mean 0 and standard deviation 1 on the training rows; min_max: from 0 to 1 on them.
   * @defaultValue `"standardize"`
   */
  scaling?: 'standardize' | 'min_max' | 'none';
  /**
   * log learns log(1 + target), for targets from 0 up that span powers of ten.
   * @defaultValue `"none"`
   */
  target_transform?: 'none' | 'log';
  /**
   * Keep predicted numbers within the range of the training rows, widened by a tenth of it at each end.
   * @defaultValue `true`
   */
  clip_predictions?: boolean;
  /**
   * What a missing number becomes, by the training rows; a missing category is its most frequent level or one of its own.
   * @defaultValue `"median"`
   */
  impute?: 'median' | 'most_frequent';
  /**
   * Add a 0/1 feature that says where a number was missing, for columns that have gaps in the training rows.
   * @defaultValue `true`
   */
  missing_indicator?: boolean;
  /**
   * Levels of a category that get a feature of their own, if they have 5 training rows, or 1 in 50 of a small table; the others and new ones share one called other.
   * Whole number from 2 to 1,000.
   * @defaultValue `100`
   */
  max_levels?: number;
  /**
   * Take classes and levels that differ by case, blanks or width alone (Yes, yes, YES) as one, called by its most frequent spelling.
   * @defaultValue `true`
   */
  merge_spellings?: boolean;
  /**
   * balanced weighs training rows by rows / (classes x rows of their class), so that rare classes count as much; validation loss and metrics count each row once.
   * @defaultValue `"none"`
   */
  class_weights?: 'none' | 'balanced';
  /**
   * What each training row's loss is multiplied by, 0 or more; validation loss and metrics count each row once. The column is not trained on.
   * @defaultValue none
   */
  weights?: string;
  /**
   * Which rows train, validate and test.
   * @defaultValue `{}`
   */
  split?: SplitSettingsInput;
};

/** Complete: every default filled in. {@link DataSettingsInput} says what each is. */
export type DataSettings = {
  target: string;
  task: 'auto' | 'regression' | 'classification';
  types: Record<string, 'number' | 'integer' | 'boolean' | 'category' | 'date' | 'identifier' | 'text'>;
  ignore: string[];
  numeric: 'scale' | 'robust' | 'quantile' | 'piecewise_linear';
  scaling: 'standardize' | 'min_max' | 'none';
  target_transform: 'none' | 'log';
  clip_predictions: boolean;
  impute: 'median' | 'most_frequent';
  missing_indicator: boolean;
  max_levels: number;
  merge_spellings: boolean;
  class_weights: 'none' | 'balanced';
  weights?: string;
  split: SplitSettings;
};
