/** Optimizers and schedules of the learning rate: see `settings.ts`. */
import * as z from 'zod/mini';
import { between, count, positive, setting, share } from './declare.ts';

export type { OptimizerSettings } from './types/optimizer.ts';
export type { ScheduleSettings } from './types/schedule.ts';

export const scheduleNames = [
  'constant',
  'step',
  'exponential',
  'cosine',
  'linear',
  'reduce_on_plateau',
  'flat_cosine',
  'coslog4',
] as const;
export const optimizerNames = ['sgd', 'rmsprop', 'adam', 'adamw'] as const;
export type ScheduleName = (typeof scheduleNames)[number];
export type OptimizerName = (typeof optimizerNames)[number];

const learningRate = (value: number) =>
  setting(positive(1000), value, {
    label: 'Learning rate',
    help: 'How far one step moves the parameters along the gradient',
    scale: 'log',
    explore: [1e-5, 1],
  });

const momentum = setting(share, 0, {
  label: 'Momentum',
  help: 'Share of the last step carried into the next (PyTorch: v = momentum v + g, w -= lr v)',
  explore: [0, 0.99],
});

const epsilon = setting(positive(1), 1e-8, {
  label: 'Epsilon',
  help: 'Added outside the square root, against division by zero',
  scale: 'log',
});

const betas = setting(z.tuple([share, share]), [0.9, 0.999], {
  label: 'Betas',
  help: 'Decay of the running means of the gradient and of its square',
});

const weightDecay = (value: number) =>
  setting(between(0, 1), value, {
    label: 'Weight decay',
    help: 'Share of each weight, times the learning rate, taken away every step; decoupled from the gradient',
    scale: 'log',
    explore: [1e-5, 0.1],
  });

export const optimizerSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd'),
    learning_rate: learningRate(0.01),
    momentum,
    nesterov: setting(z.boolean(), false, {
      label: 'Nesterov',
      help: 'Look ahead along the momentum: w -= lr (g + momentum v)',
    }),
    weight_decay: weightDecay(0),
  }),
  z.strictObject({
    kind: z.literal('rmsprop'),
    learning_rate: learningRate(0.01),
    momentum,
    alpha: setting(share, 0.99, { label: 'Alpha', help: 'Decay of the running mean of the squared gradient' }),
    epsilon,
    weight_decay: weightDecay(0),
  }),
  z.strictObject({
    kind: z.literal('adam'),
    learning_rate: learningRate(0.001),
    betas,
    epsilon,
    weight_decay: weightDecay(0),
  }),
  z.strictObject({
    kind: z.literal('adamw'),
    learning_rate: learningRate(0.001),
    betas,
    epsilon,
    weight_decay: weightDecay(0.01),
  }),
]);

const warmup = setting(between(0, 1_000_000), 0, {
  label: 'Warm-up',
  help: 'Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one',
  unit: 'epochs',
});

const factor = (value: number, help: string) =>
  setting(positive(1), value, { label: 'Factor', help, explore: [0.01, 1] });

const final = setting(between(0, 1), 0, {
  label: 'Final share',
  help: 'Share of the learning rate left after the last epoch',
});

export const scheduleSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), warmup }),
  z.strictObject({
    kind: z.literal('step'),
    warmup,
    every: setting(count(1, 1_000_000), 30, {
      label: 'Every',
      help: 'Epochs between two drops of the learning rate',
      unit: 'epochs',
    }),
    factor: factor(0.1, 'What a drop multiplies the learning rate by'),
  }),
  z.strictObject({
    kind: z.literal('exponential'),
    warmup,
    factor: factor(0.95, 'What every epoch multiplies the learning rate by'),
  }),
  z.strictObject({
    kind: z.literal('cosine'),
    warmup,
    final,
  }),
  z.strictObject({
    kind: z.literal('linear'),
    warmup,
    final,
  }),
  z.strictObject({
    kind: z.literal('reduce_on_plateau'),
    warmup,
    factor: factor(0.1, 'What a plateau multiplies the learning rate by'),
    plateau: setting(count(1, 1_000_000), 10, {
      label: 'Plateau',
      help: 'Epochs without a better validation loss (training loss without validation rows) that make a plateau',
      unit: 'epochs',
    }),
  }),
  z.strictObject({
    kind: z.literal('flat_cosine'),
    warmup,
    flat: setting(share, 0.5, {
      label: 'Flat share',
      help: 'Share of the epochs after the warm-up that keep the full learning rate, before it falls as a cosine',
    }),
    final,
  }),
  // Begins at 0, so that it is its own warm-up.
  z.strictObject({ kind: z.literal('coslog4') }),
]);
