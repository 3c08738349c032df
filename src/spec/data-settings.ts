/**
 * How a table becomes a data set: which column is predicted, what the columns are, how rows are split and values scaled.
 * Declared once, like everything in `settings.ts`.
 */
import * as z from 'zod/mini';
import { count, described, holds, name, optional, positive, setting, share } from './declare.ts';

export type { DataSettings, DataSettingsInput, SplitSettings } from './types/data.ts';

export const scalingNames = ['standardize', 'min_max', 'none'] as const;
export type ScalingName = (typeof scalingNames)[number];

export const numericNames = ['scale', 'robust', 'quantile', 'piecewise_linear'] as const;
export type NumericName = (typeof numericNames)[number];

/** What a column may be. Identifiers and free text are not trained on. */
export const columnTypeNames = ['number', 'integer', 'boolean', 'category', 'date', 'identifier', 'text'] as const;
export type ColumnType = (typeof columnTypeNames)[number];

export const splitSettings = z
  .strictObject({
    train: setting(positive(1), 0.7, { label: 'Training share', help: 'Share of the rows that training sees' }),
    validation: setting(share, 0.15, { label: 'Validation share', help: 'Share of the rows that choices are made on' }),
    test: setting(share, 0.15, { label: 'Test share', help: 'Share of the rows that are looked at once, at the end' }),
    seed: setting(count(0, 4_294_967_295), 10, { label: 'Split seed', help: 'Fixes which rows fall into which part' }),
    stratify: setting(z.boolean(), true, {
      label: 'Stratify',
      help: 'Give every part the same share of each class, where classes are predicted',
    }),
    group: optional(name, {
      label: 'Group column',
      help: 'Rows with the same value of this column stay in one part; it is not trained on',
    }),
    time: optional(name, {
      label: 'Time column',
      help: 'Train on the earliest rows by this column, validate on later ones, test on the latest',
    }),
  })
  .check(
    holds((split) => split.train + split.validation + split.test <= 1 + 1e-9, 'shares_too_large'),
    holds((split) => !(split.group && split.time), 'group_and_time'),
  );

export const dataSettings = z.strictObject({
  target: described(name, { label: 'Target', help: 'The column to predict' }),
  task: setting(z.enum(['auto', 'regression', 'classification']), 'auto', {
    label: 'Task',
    help: 'regression predicts a number, classification one of a few classes; auto goes by the target column',
  }),
  types: setting(
    z.record(z.string(), z.enum(columnTypeNames)),
    {},
    {
      label: 'Column types',
      help: 'What columns are, where the guess from their cells is not right, as column=type',
    },
  ),
  ignore: setting(z.array(name), [], { label: 'Ignored columns', help: 'Columns that are not trained on' }),
  numeric: setting(z.enum(numericNames), 'piecewise_linear', {
    label: 'Numbers',
    help: 'What numbers and dates become. scale: what scaling says; robust: by median and quartiles, outliers drawn in to 3; quantile: normally distributed; piecewise_linear: up to 16 pieces between quantiles',
  }),
  scaling: setting(z.enum(scalingNames), 'standardize', {
    label: 'Scaling',
    help: 'Of a number that is predicted, and of numbers under numeric: scale. standardize: mean 0 and standard deviation 1 on the training rows; min_max: from 0 to 1 on them',
  }),
  target_transform: setting(z.enum(['none', 'log']), 'none', {
    label: 'Target transform',
    help: 'log learns log(1 + target), for targets from 0 up that span powers of ten',
  }),
  clip_predictions: setting(z.boolean(), true, {
    label: 'Clip predictions',
    help: 'Keep predicted numbers within the range of the training rows, widened by a tenth of it at each end',
  }),
  impute: setting(z.enum(['median', 'most_frequent']), 'median', {
    label: 'Missing numbers',
    help: 'What a missing number becomes, by the training rows; a missing category is its most frequent level or one of its own',
  }),
  missing_indicator: setting(z.boolean(), true, {
    label: 'Missing indicator',
    help: 'Add a 0/1 feature that says where a number was missing, for columns that have gaps in the training rows',
  }),
  max_levels: setting(count(2, 1000), 100, {
    label: 'Most levels',
    help: 'Levels of a category that get a feature of their own, if they have 5 training rows, or 1 in 50 of a small table; the others and new ones share one called other',
  }),
  merge_spellings: setting(z.boolean(), true, {
    label: 'Merge spellings',
    help: 'Take classes and levels that differ by case, blanks or width alone (Yes, yes, YES) as one, called by its most frequent spelling',
  }),
  class_weights: setting(z.enum(['none', 'balanced']), 'none', {
    label: 'Class weights',
    help: 'balanced weighs training rows by rows / (classes x rows of their class), so that rare classes count as much; validation loss and metrics count each row once',
  }),
  weights: optional(name, {
    label: 'Weight column',
    help: "What each training row's loss is multiplied by, 0 or more; validation loss and metrics count each row once. The column is not trained on",
  }),
  split: z.prefault(splitSettings, {}),
});
