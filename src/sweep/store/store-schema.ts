/** What the values of a store may hold: see `store.ts`. */
import * as z from 'zod/mini';
import { modelDataSchema } from '../../model/model-data-schema.ts';
import {
  anyNumber,
  checkpointSchema,
  historySchema,
  regressionMetricsSchema,
  whole,
} from '../../train/checkpoint-schema.ts';
import { stopReasons } from '../../train/stopping.ts';

const classMetricsSchema = z.object({
  accuracy: anyNumber,
  log_loss: anyNumber,
  balanced_accuracy: anyNumber,
  roc_auc: anyNumber,
  f1: anyNumber,
  weighted_f1: anyNumber,
  precision: anyNumber,
  recall: anyNumber,
  brier_score: anyNumber,
  expected_calibration_error: anyNumber,
  confusion: z.array(z.array(whole)),
  classes: z.array(z.string()),
});
const metricsSchema = z.nullable(z.union([regressionMetricsSchema, classMetricsSchema]));

const storedTrialSchema = z
  .object({
    metrics: z.object({ train: metricsSchema, validation: metricsSchema, test: metricsSchema }),
    epochs_run: whole,
    stopped: z.enum(stopReasons),
    history: historySchema,
    ran_on: z.optional(
      z.object({ machine: z.string(), engine: z.enum(['webgpu', 'cpu', 'reference']), adapter: z.string() }),
    ),
  })
  .check(z.refine(({ epochs_run, history }) => epochs_run === history.length));

const keys = z.array(z.string()).check(z.minLength(1));

export const identitySchema = z.object({ trials: z.string(), halving: z.boolean() });

export const endedSchema = z
  .object({
    plan: z.string(),
    trials: z.array(z.object({ key: z.string(), result: storedTrialSchema })).check(z.minLength(1)),
    models: z.array(z.object({ index: whole, model: modelDataSchema })),
  })
  .check(z.refine(({ trials, models }) => models.every(({ index }) => index < trials.length)));

export const runningSchema = z
  .object({ keys, run: checkpointSchema })
  .check(z.refine(({ keys, run }) => keys.length === run.trials.length));

/** A population of the founding report. */
export const trainedSchema = z.object({ run: checkpointSchema });

export const choicesSchema = z.object({ choices: z.record(z.string(), z.string()) });
