/**
 * What to train, declared once. Every setting has its type, range, default, unit and one-line help here and
 * nowhere else: the page's fields, the command line's options, the URL state and the files of a run are derived
 * from these schemas (see `fields.ts`), and `check.ts` turns what they refuse into one sentence for a person.
 */
import { z } from 'zod';

export const activationNames = [
  'identity',
  'step',
  'sigmoid',
  'tanh',
  'relu',
  'leaky_relu',
  'elu',
  'gelu',
  'silu',
  'softplus',
] as const;
export const lossNames = [
  'mse',
  'half_mse',
  'mae',
  'huber',
  'binary_cross_entropy',
  'softmax_cross_entropy',
  'perceptron',
] as const;
export const optimizerNames = ['sgd', 'rmsprop', 'adam', 'adamw'] as const;
export const scheduleNames = ['constant', 'step', 'exponential', 'cosine', 'linear', 'reduce_on_plateau'] as const;
export const initializerNames = [
  'auto',
  'glorot_normal',
  'glorot_uniform',
  'he_normal',
  'he_uniform',
  'lecun_normal',
  'zeros',
] as const;
export const scalingNames = ['standardize', 'none'] as const;

export type ActivationName = (typeof activationNames)[number];
export type LossName = (typeof lossNames)[number];
export type ScheduleName = (typeof scheduleNames)[number];
export type OptimizerName = (typeof optimizerNames)[number];
export type InitializerName = (typeof initializerNames)[number];
export type ScalingName = (typeof scalingNames)[number];

/** What a setting says of itself to people; carried in the schema's metadata. */
declare module 'zod' {
  interface GlobalMeta {
    /** Two or three words, for a label. */
    label?: string;
    /** One line: what it is. */
    help?: string;
    unit?: string;
    /** How a control should step through the values. */
    scale?: 'linear' | 'log';
    /** What a slider explores; a field beside it accepts the whole legal range. */
    explore?: [number, number];
  }
}

const count = (least: number, most: number) => z.int().min(least).max(most);

const learningRate = (value: number) =>
  z
    .number()
    .positive()
    .max(1000)
    .default(value)
    .meta({
      label: 'Learning rate',
      help: 'How far one step moves the parameters along the gradient',
      scale: 'log',
      explore: [1e-5, 1],
    });

const momentum = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .meta({
    label: 'Momentum',
    help: 'Share of the last step carried into the next (PyTorch: v = momentum v + g, w -= lr v)',
    explore: [0, 0.99],
  });

const epsilon = z
  .number()
  .positive()
  .max(1)
  .default(1e-8)
  .meta({ label: 'Epsilon', help: 'Added outside the square root, against division by zero', scale: 'log' });

const betas = z
  .tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)])
  .default([0.9, 0.999])
  .meta({ label: 'Betas', help: 'Decay of the running means of the gradient and of its square' });

const weightDecay = (value: number) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(value)
    .meta({
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
    nesterov: z
      .boolean()
      .default(false)
      .meta({ label: 'Nesterov', help: 'Look ahead along the momentum: w -= lr (g + momentum v)' }),
    weight_decay: weightDecay(0),
  }),
  z.strictObject({
    kind: z.literal('rmsprop'),
    learning_rate: learningRate(0.01),
    momentum,
    alpha: z
      .number()
      .min(0)
      .lt(1)
      .default(0.99)
      .meta({ label: 'Alpha', help: 'Decay of the running mean of the squared gradient' }),
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

const warmup = z.number().min(0).max(1_000_000).default(0).meta({
  label: 'Warm-up',
  help: 'Epochs over which the learning rate rises in a line from 0 to where the schedule starts',
  unit: 'epochs',
});

const factor = (value: number, help: string) =>
  z
    .number()
    .gt(0)
    .max(1)
    .default(value)
    .meta({ label: 'Factor', help, explore: [0.01, 1] });

export const scheduleSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), warmup }),
  z.strictObject({
    kind: z.literal('step'),
    warmup,
    every: count(1, 1_000_000)
      .default(30)
      .meta({ label: 'Every', help: 'Epochs between two drops of the learning rate', unit: 'epochs' }),
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
    final: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: 'Final share', help: 'Share of the learning rate left after the last epoch' }),
  }),
  z.strictObject({
    kind: z.literal('linear'),
    warmup,
    final: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: 'Final share', help: 'Share of the learning rate left after the last epoch' }),
  }),
  z.strictObject({
    kind: z.literal('reduce_on_plateau'),
    warmup,
    factor: factor(0.1, 'What a plateau multiplies the learning rate by'),
    plateau: count(1, 1_000_000).default(10).meta({
      label: 'Plateau',
      help: 'Epochs without a better validation loss (training loss without validation rows) that make a plateau',
      unit: 'epochs',
    }),
  }),
]);

const activation = z.enum(activationNames);
const share = z.number().min(0).lt(1);

export const modelSettings = z
  .strictObject({
    hidden: z
      .array(count(1, 65536))
      .max(64)
      .default([64, 64])
      .meta({ label: 'Hidden layers', help: 'Units of each hidden layer, first to last', unit: 'units' }),
    activation: z
      .union([activation, z.array(activation).min(1)])
      .default('tanh')
      .meta({ label: 'Activation', help: 'The function after each hidden layer: one for all, or one for each' }),
    dropout: z
      .union([share, z.array(share).min(1)])
      .default(0)
      .meta({
        label: 'Dropout',
        help: 'Share of units left out at random in each training step: one for all hidden layers, or one for each',
        explore: [0, 0.9],
      }),
    output_activation: z
      .enum(activationNames)
      .default('identity')
      .meta({ label: 'Output activation', help: 'The function after the last layer' }),
    initializer: z.enum(initializerNames).default('auto').meta({
      label: 'Initializer',
      help: 'How weights start; auto is he_normal before relu and its relatives (leaky_relu, elu, gelu, silu, softplus), else glorot_normal',
    }),
  })
  .superRefine(({ hidden, activation, dropout }, context) => {
    for (const [name, setting] of Object.entries({ activation, dropout })) {
      if (!Array.isArray(setting) || setting.length === hidden.length) continue;
      const given = `has ${setting.length} values for ${hidden.length} hidden layers`;
      context.addIssue({ code: 'custom', path: [name], message: `${given}; give one for all, or one for each` });
    }
  });

export const earlyStoppingSettings = z.strictObject({
  monitor: z
    .enum(['validation_loss', 'train_loss'])
    .default('validation_loss')
    .meta({ label: 'Monitor', help: 'The loss that has to improve' }),
  min_delta: z
    .number()
    .min(0)
    .default(0)
    .meta({ label: 'Smallest gain', help: 'An improvement smaller than this does not count' }),
  patience: count(1, 1_000_000)
    .default(10)
    .meta({ label: 'Patience', help: 'Epochs without improvement before training stops', unit: 'epochs' }),
  restore_best: z
    .boolean()
    .default(true)
    .meta({ label: 'Restore best', help: 'Go back to the parameters of the best epoch at the end' }),
});

export const lossPlateauSettings = z.strictObject({
  tolerance: z.number().min(0).default(1e-5).meta({
    label: 'Tolerance',
    help: 'Stop when the mean training losses of two epochs in a row differ by no more than this',
    scale: 'log',
  }),
});

export const trainingSettings = z.strictObject({
  loss: z.enum(lossNames).default('mse').meta({ label: 'Loss', help: 'What training makes small' }),
  optimizer: optimizerSettings
    .prefault({ kind: 'adam' })
    .meta({ label: 'Optimizer', help: 'How a gradient becomes a step' }),
  batch_size: count(1, 1_048_576)
    .default(16)
    .meta({
      label: 'Batch size',
      help: 'Rows whose mean gradient makes one step',
      unit: 'rows',
      scale: 'log',
      explore: [1, 256],
    }),
  l1: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      label: 'L1',
      help: 'Times the sign of each weight, added to its gradient; biases are left alone',
      scale: 'log',
      explore: [1e-6, 0.1],
    }),
  l2: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      label: 'L2',
      help: 'Times each weight, added to its gradient; biases are left alone',
      scale: 'log',
      explore: [1e-6, 0.1],
    }),
  clip_norm: z.number().positive().optional().meta({
    label: 'Clip norm',
    help: 'Gradients longer than this, all parameters together, are scaled back to it (before l1 and l2)',
    scale: 'log',
  }),
  schedule: scheduleSettings
    .prefault({ kind: 'constant' })
    .meta({ label: 'Schedule', help: 'How the learning rate changes over the epochs' }),
  epochs: count(1, 10_000_000)
    .default(200)
    .meta({
      label: 'Epochs',
      help: 'Passes over the training rows',
      scale: 'log',
      explore: [1, 1000],
    }),
  shuffle: z.boolean().default(true).meta({ label: 'Shuffle', help: 'Take the rows in a new order each epoch' }),
  seed: count(0, 4_294_967_295)
    .default(10)
    .meta({ label: 'Seed', help: 'Fixes the initial parameters and the order of the rows' }),
  early_stopping: earlyStoppingSettings
    .optional()
    .meta({ label: 'Early stopping', help: 'Stop when a loss no longer improves' }),
  loss_plateau: lossPlateauSettings
    .optional()
    .meta({ label: 'Loss plateau', help: 'Stop when the training loss stands still' }),
});

export const trialSettings = z.strictObject({
  model: modelSettings.prefault({}),
  training: trainingSettings.prefault({}),
  initial_parameters: z.instanceof(Float32Array).optional(),
});

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

/** One trial, complete: every default filled in. */
export type Trial = z.output<typeof trialSettings>;
/** One trial as a person writes it: whatever is left out takes its default. */
export type TrialInput = z.input<typeof trialSettings>;
export type OptimizerSettings = z.output<typeof optimizerSettings>;
export type ScheduleSettings = z.output<typeof scheduleSettings>;
export type TrainingSettings = z.output<typeof trainingSettings>;
export type ModelSettings = z.output<typeof modelSettings>;
export type DataSettings = z.output<typeof dataSettings>;
export type DataSettingsInput = z.input<typeof dataSettings>;
