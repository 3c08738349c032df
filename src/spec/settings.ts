/**
 * What to train, declared once. Every setting has its type, range, default, unit and one-line help here and
 * nowhere else: the page's fields, the command line's options, the URL state and the files of a run are derived
 * from these schemas (see `fields.ts`), and `check.ts` turns what they refuse into one sentence for a person.
 */
import * as z from 'zod/mini';
import type { settings } from '../messages/en/training/settings.ts';
import { type ActivationName, activationNames } from './activations.ts';
import { atLeast, between, count, group, optional, positive, setting, share, switchable } from './declare.ts';
import { batchRule, epochsRule, hiddenRule } from './defaults.ts';
import { embeddingSettings } from './embedding-settings.ts';
import { lossNames } from './losses.ts';
import { optimizerSettings, scheduleSettings } from './optimizer-settings.ts';
import type { ModelSettings } from './types/model.ts';

export const lossChoices = ['auto', ...lossNames] as const;
export const outputActivationChoices = ['auto', ...activationNames] as const;
export const initializerNames = [
  'auto',
  'glorot_normal',
  'glorot_uniform',
  'he_normal',
  'he_uniform',
  'lecun_normal',
  'zeros',
] as const;

export type { ActivationName } from './activations.ts';
export type { LossName } from './losses.ts';
export type { TrainingSettings, Trial, TrialInput } from './types/trial.ts';
export type { ModelSettings };
export type LossChoice = (typeof lossChoices)[number];
export type OutputActivationChoice = (typeof outputActivationChoices)[number];
export type InitializerName = (typeof initializerNames)[number];

const activation = z.enum(activationNames);

export const modelSettings = z
  .strictObject({
    hidden: setting(z.array(count(1, 65536)).check(z.maxLength(64)), [64, 64], {
      label: 'Hidden layers',
      help: 'Units of each hidden layer, first to last',
      unit: 'units',
      defaultBy: hiddenRule,
    }),
    activation: setting(z.union([activation, z.array(activation).check(z.minLength(1))]), 'silu', {
      label: 'Activation',
      help: 'The function after each hidden layer: one for all, or one for each',
    }),
    dropout: setting(z.union([share, z.array(share).check(z.minLength(1))]), 0.2, {
      label: 'Dropout',
      help: 'Share of units left out at random in each training step: one for all hidden layers, or one for each',
      explore: [0, 0.9],
    }),
    embedding: group(
      embeddingSettings,
      { kind: 'none' },
      {
        label: 'Embedding',
        help: 'What numbers and dates have beside themselves as inputs; periodic: trained cosines (RealMLP, Holzmueller et al. 2024)',
      },
    ),
    output_activation: setting(z.enum(outputActivationChoices), 'auto', {
      label: 'Output activation',
      help: 'The function after the last layer; auto is step for the loss perceptron, which is the rule of a step unit, else identity',
    }),
    initializer: setting(z.enum(initializerNames), 'auto', {
      label: 'Initializer',
      help: 'How weights start; auto is he_normal before sigmoid, lecun_normal before softplus, else glorot_normal',
    }),
  })
  .check(
    z.superRefine(({ hidden, activation, dropout }, context) => {
      for (const [name, setting] of Object.entries({ activation, dropout })) {
        if (!Array.isArray(setting) || setting.length === hidden.length) continue;
        const params = { count: setting.length, layers: hidden.length };
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'layers_differ' satisfies keyof typeof settings,
          params,
        });
      }
    }),
  );

export const earlyStoppingSettings = z.strictObject({
  monitor: setting(z.enum(['validation_loss', 'train_loss']), 'validation_loss', {
    label: 'Monitor',
    help: 'The loss that has to improve',
  }),
  min_delta: setting(atLeast(0), 0, {
    label: 'Smallest gain',
    help: 'An improvement smaller than this does not count',
  }),
  patience: setting(count(1, 1_000_000), 20, {
    label: 'Patience',
    help: 'Epochs without improvement before training stops',
    unit: 'epochs',
  }),
  restore_best: setting(z.boolean(), true, {
    label: 'Restore best',
    help: 'Go back to the parameters of the best epoch at the end',
  }),
});

export const lossPlateauSettings = z.strictObject({
  tolerance: setting(atLeast(0), 1e-5, {
    label: 'Tolerance',
    help: 'Stop when the mean training losses of two epochs in a row differ by no more than this',
    scale: 'log',
  }),
});

export const trainingSettings = z.strictObject({
  loss: setting(z.enum(lossChoices), 'auto', {
    label: 'Loss',
    help: 'What training makes small; auto is mse for numbers, binary_cross_entropy for two classes, softmax_cross_entropy for more; perceptron is the perceptron rule, whose output unit is step',
  }),
  optimizer: group(optimizerSettings, { kind: 'adamw' }, { label: 'Optimizer', help: 'How a gradient becomes a step' }),
  batch_size: setting(count(1, 1_048_576), 16, {
    label: 'Batch size',
    help: 'Rows whose mean gradient makes one step',
    unit: 'rows',
    scale: 'log',
    explore: [1, 256],
    defaultBy: batchRule,
  }),
  l1: setting(between(0, 1000), 0, {
    label: 'L1',
    help: 'Times the sign of each weight, added to its gradient; biases are left alone',
    scale: 'log',
    explore: [1e-6, 0.1],
  }),
  l2: setting(between(0, 1000), 0, {
    label: 'L2',
    help: 'Times each weight, added to its gradient; biases are left alone',
    scale: 'log',
    explore: [1e-6, 0.1],
  }),
  clip_norm: optional(positive(), {
    label: 'Clip norm',
    help: 'Gradients longer than this, all parameters together, are scaled back to it (before l1 and l2)',
    scale: 'log',
  }),
  label_smoothing: setting(between(0, 0.5), 0, {
    label: 'Label smoothing',
    help: 'Share of every class target spread evenly over the classes, in the training loss alone; for losses of classes',
    explore: [0, 0.3],
  }),
  schedule: group(
    scheduleSettings,
    { kind: 'constant' },
    { label: 'Schedule', help: 'How the learning rate changes over the epochs' },
  ),
  epochs: setting(count(1, 10_000_000), 200, {
    label: 'Epochs',
    help: 'Passes over the training rows',
    scale: 'log',
    explore: [1, 1000],
    defaultBy: epochsRule,
  }),
  shuffle: setting(z.boolean(), true, { label: 'Shuffle', help: 'Take the rows in a new order each epoch' }),
  seed: setting(count(0, 4_294_967_295), 10, {
    label: 'Seed',
    help: 'Fixes the initial parameters and the order of the rows',
  }),
  early_stopping: switchable(earlyStoppingSettings, {
    label: 'Early stopping',
    help: 'Stop when a loss no longer improves; without validation rows it is the training loss',
  }),
  loss_plateau: optional(lossPlateauSettings, {
    label: 'Loss plateau',
    help: 'Stop when the training loss stands still',
  }),
});

export const trialSettings = z.strictObject({
  model: z.prefault(modelSettings, {}),
  training: z.prefault(trainingSettings, {}),
  initial_parameters: z.optional(z.instanceof(Float32Array)),
});

/** A model whose output activation is one of the activations: `auto` has been decided. */
export type ResolvedModel = ModelSettings & { output_activation: ActivationName };
