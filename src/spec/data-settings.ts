/**
 * How a table becomes a data set: which column is predicted, what the columns are, how rows are split and values scaled.
 * Declared once, like everything in `settings.ts`.
 */
import { z } from 'zod';
import { count } from './declare.ts';

export const scalingNames = ['standardize', 'none'] as const;
export type ScalingName = (typeof scalingNames)[number];

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
  })
  .refine((split) => split.train + split.validation + split.test <= 1 + 1e-9, {
    error: 'train, validation and test shares add up to more than 1',
  });

export const dataSettings = z.strictObject({
  target: z.string().min(1).meta({ label: 'Target', help: 'The column to predict' }),
  split: splitSettings.prefault({}),
  scaling: z.enum(scalingNames).default('standardize').meta({
    label: 'Scaling',
    help: 'standardize gives every column mean 0 and standard deviation 1 on the training rows',
  }),
});

export type DataSettings = z.output<typeof dataSettings>;
export type DataSettingsInput = z.input<typeof dataSettings>;
