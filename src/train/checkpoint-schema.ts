/**
 * What a checkpoint may hold: types, ranges and counts, so that what was damaged, or written by something else, is refused and not
 * trained on. Losses and metrics may be NaN, where a trial has diverged; settings are checked by `checkStoredTrial`.
 */
import * as z from 'zod/mini';
import type { Checkpoint, Hyperparameters } from '../engine/engine.ts';
import { activationNames } from '../spec/activations.ts';
import { liveNames } from '../spec/changes.ts';
import { atLeast, count, share } from '../spec/declare.ts';
import { optimizerNames, scheduleNames } from '../spec/optimizer-settings.ts';
import type { EpochRecord, Outcome } from './progress.ts';
import { stopReasons } from './stopping.ts';

export const anyNumber = z.custom<number>((value) => typeof value === 'number');
export const whole = z.int().check(z.minimum(0));
const fromOne = z.int().check(z.minimum(1));
const notNegative = atLeast(0);

export const regressionMetricsSchema = z.object({ mse: anyNumber, rmse: anyNumber, mae: anyNumber, r2: anyNumber });
const classScoresSchema = z.object({ accuracy: anyNumber, log_loss: anyNumber });

export const recordSchema = z.object({
  number: fromOne,
  steps: whole,
  train_loss: anyNumber,
  validation_loss: z.nullable(anyNumber),
  finite: z.boolean(),
  validation: z.nullable(z.union([regressionMetricsSchema, classScoresSchema])),
  custom: z.optional(z.record(z.string(), anyNumber)),
  monitored: z.optional(anyNumber),
  seconds: notNegative,
}) satisfies z.ZodMiniType<EpochRecord>;

/** Epochs one after another, from the first. */
export const historySchema = z
  .array(recordSchema)
  .check(z.refine((records) => records.every(({ number }, index) => number === index + 1)));

const outcomeSchema = z.object({
  stopped: z.enum(stopReasons),
  epochs_run: whole,
  best_epoch: whole,
  kept_epoch: whole,
  explanation: z.string(),
  code: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.unknown())),
}) satisfies z.ZodMiniType<Outcome>;

const live = Object.fromEntries(liveNames.map((name) => [name, z.optional(z.number())]));
const settings = z.custom<object>((value) => typeof value === 'object' && value !== null);

const progressSchema = z
  .object({
    trial: settings,
    initial: settings,
    history: historySchema,
    best: whole,
    outcome: z.optional(outcomeSchema),
    changes: z.array(z.object({ epoch: fromOne, step: whole, seconds: notNegative, ...live })),
    planned: z.array(z.object({ step: whole, ...live })),
    learning_rate: notNegative,
    refit_epochs: z.optional(whole),
    plateau_since: whole,
  })
  .check(
    z.refine(({ history, best }) => best < Math.max(1, history.length), { path: ['best'] }),
    z.refine(({ history, outcome }) => !outcome || outcome.epochs_run === history.length, { path: ['outcome'] }),
  );

const hyperparametersSchema = z.object({
  activations: z.array(z.enum(activationNames)).check(z.minLength(1)),
  optimizer: z.enum(optimizerNames),
  batch_size: fromOne,
  learning_rate: notNegative,
  momentum: notNegative,
  nesterov: z.boolean(),
  alpha: notNegative,
  betas: z.tuple([share, share]),
  epsilon: notNegative,
  weight_decay: notNegative,
  l1: notNegative,
  l2: notNegative,
  clip_norm: notNegative,
  label_smoothing: z.optional(share),
  schedule: z.object({
    kind: count(0, scheduleNames.length - 1),
    warmup: whole,
    flat: z.optional(whole),
    period: whole,
    factor: notNegative,
  }),
  dropout: z.array(share),
  seed: z.int(),
  shuffle: z.boolean(),
}) satisfies z.ZodMiniType<Hyperparameters>;

const populationSchema: z.ZodMiniType<Checkpoint> = z.object({
  plan: z.string(),
  plan_code: z.optional(z.string()),
  steps: whole,
  trials: z.array(hyperparametersSchema),
  stopped: z.array(whole),
  arrays: z.record(z.string(), z.instanceof(Uint8Array<ArrayBuffer>)),
  parts: z.optional(z.array(z.lazy(() => populationSchema))),
});

export const checkpointSchema = z
  .object({
    version: whole,
    rows: fromOne,
    columns: fromOne,
    outputs: fromOne,
    population: populationSchema,
    trials: z.array(progressSchema).check(z.minLength(1)),
    epochs: whole,
    steps: whole,
    seconds: notNegative,
    loss_sums: z.instanceof(Float64Array),
  })
  .check(
    z.refine(({ population, steps }) => population.steps === steps, { path: ['steps'] }),
    z.refine(({ trials, loss_sums }) => loss_sums.length === trials.length, { path: ['loss_sums'] }),
    z.refine(hasTrialsOf, { path: ['population', 'trials'] }),
    z.refine(({ trials, epochs }) => trials.every(({ history, outcome }) => ranFor(epochs, history, outcome)), {
      path: ['epochs'],
    }),
  );

/** As many as the run, those that have ended stopped; populations in parts have them in their parts. */
function hasTrialsOf({
  population,
  trials,
}: Pick<z.output<typeof checkpointSchema>, 'population' | 'trials'>): boolean {
  if (population.parts) return true;
  const ended = trials.flatMap(({ outcome }, index) => (outcome ? [index] : []));
  const stopped = [...population.stopped].sort((a, b) => a - b);
  return population.trials.length === trials.length && stopped.join() === ended.join();
}

/** A trial has a record of every epoch, until it ends. */
function ranFor(epochs: number, history: readonly unknown[], outcome: object | undefined): boolean {
  return outcome ? history.length <= epochs : history.length === epochs;
}
