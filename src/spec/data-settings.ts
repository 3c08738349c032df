/**
 * How a table becomes a data set: which column is predicted, what the columns are, how rows are split and values scaled.
 * Declared once, like everything in `settings.ts`.
 */
import { z } from 'zod';
import { count } from './declare.ts';

export const scalingNames = ['standardize', 'min_max', 'none'] as const;
export type ScalingName = (typeof scalingNames)[number];

/** What a column may be. Identifiers and free text are not trained on. */
export const columnTypeNames = ['number', 'integer', 'boolean', 'category', 'date', 'identifier', 'text'] as const;
export type ColumnType = (typeof columnTypeNames)[number];

export const splitSettings = z
  .strictObject({
    train: z
      .number()
      .gt(0)
      .max(1)
      .default(0.6)
      .meta({ label: 'Training share', help: 'Share of the rows that training sees' }),
    validation: z
      .number()
      .min(0)
      .lt(1)
      .default(0.2)
      .meta({ label: 'Validation share', help: 'Share of the rows that choices are made on' }),
    test: z
      .number()
      .min(0)
      .lt(1)
      .default(0.2)
      .meta({ label: 'Test share', help: 'Share of the rows that are looked at once, at the end' }),
    seed: count(0, 4_294_967_295)
      .default(10)
      .meta({ label: 'Split seed', help: 'Fixes which rows fall into which part' }),
    stratify: z
      .boolean()
      .default(true)
      .meta({ label: 'Stratify', help: 'Give every part the same share of each class, where classes are predicted' }),
    group: z.string().min(1).optional().meta({
      label: 'Group column',
      help: 'Rows with the same value of this column stay in one part; it is not trained on',
    }),
    time: z.string().min(1).optional().meta({
      label: 'Time column',
      help: 'Train on the earliest rows by this column, validate on later ones, test on the latest',
    }),
  })
  .refine((split) => split.train + split.validation + split.test <= 1 + 1e-9, {
    error: 'train, validation and test shares add up to more than 1',
  })
  .refine((split) => !(split.group && split.time), {
    error: 'group and time cannot both decide which rows go where; give one of them',
  });

export const dataSettings = z.strictObject({
  target: z.string().min(1).meta({ label: 'Target', help: 'The column to predict' }),
  task: z.enum(['auto', 'regression', 'classification']).default('auto').meta({
    label: 'Task',
    help: 'regression predicts a number, classification one of a few classes; auto goes by the target column',
  }),
  types: z.record(z.string(), z.enum(columnTypeNames)).default({}).meta({
    label: 'Column types',
    help: 'What columns are, where the guess from their cells is not right, as column=type',
  }),
  ignore: z
    .array(z.string().min(1))
    .default([])
    .meta({ label: 'Ignored columns', help: 'Columns that are not trained on' }),
  scaling: z.enum(scalingNames).default('standardize').meta({
    label: 'Scaling',
    help: 'standardize: mean 0 and standard deviation 1 on the training rows; min_max: from 0 to 1 on them',
  }),
  target_transform: z.enum(['none', 'log']).default('none').meta({
    label: 'Target transform',
    help: 'log learns log(1 + target), for targets from 0 up that span powers of ten',
  }),
  impute: z.enum(['median', 'most_frequent']).default('median').meta({
    label: 'Missing numbers',
    help: 'What a missing number becomes, by the training rows; a missing category is its most frequent level or one of its own',
  }),
  missing_indicator: z.boolean().default(false).meta({
    label: 'Missing indicator',
    help: 'Add a 0/1 feature that says where a number was missing, for columns that have gaps in the training rows',
  }),
  max_levels: count(2, 1000).default(20).meta({
    label: 'Most levels',
    help: 'Levels of a category that get a feature of their own; rarer ones share one called other',
  }),
  class_weights: z.enum(['none', 'balanced']).default('none').meta({
    label: 'Class weights',
    help: 'balanced weighs rows by rows / (classes x rows of their class), so that rare classes count as much',
  }),
  weights: z.string().min(1).optional().meta({
    label: 'Weight column',
    help: "What each row's loss is multiplied by, 0 or more; the column is not trained on",
  }),
  split: splitSettings.prefault({}),
});

export type DataSettings = z.output<typeof dataSettings>;
export type DataSettingsInput = z.input<typeof dataSettings>;
export type SplitSettings = z.output<typeof splitSettings>;
