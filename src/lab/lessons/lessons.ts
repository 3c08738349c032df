/**
 * Six short guided set-ups: which table, which settings and what to look at, step by step. Plain data; what is said of
 * them is in `text/`, and that it is true is tested by training them. What a step does not say has the first defaults.
 */
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { withFirstData, withFirstDefaults } from '../../spec/first-defaults.ts';
import type { ActivationName, InitializerName, TrialInput } from '../../spec/settings.ts';
import { lessonText } from '../i18n/en/lesson.ts';
import type { ViewName } from '../protocol/views.ts';

export type LessonId = 'or' | 'xor' | 'activations' | 'optimizers' | 'batches' | 'gradients';

export interface Lesson {
  id: LessonId;
  /** The sample table, by its name in the catalogue. */
  sample: 'or' | 'xor' | 'curve';
  steps: LessonStep[];
}

export interface LessonStep {
  id: string;
  trial: TrialInput;
  data?: Partial<DataSettingsInput>;
  /** Whether the losses are shown on a logarithmic axis. */
  log?: boolean;
  /** Another view than the one that fits the data. */
  view?: ViewName;
}

/** Four rows are all trained on; 0 and 1 are what the first perceptrons saw. */
const gate = withFirstData({
  scaling: 'none',
  task: 'classification',
  // Not as truth values: the plane between the corners is to be seen.
  types: { a: 'number', b: 'number' },
  split: { train: 1, validation: 0, test: 0 },
});

/** The numbers of the curve as they are, scaled. */
const plain = withFirstData({});

const perceptron = withFirstDefaults({
  model: { hidden: [], initializer: 'glorot_normal' },
  training: { loss: 'perceptron', optimizer: { kind: 'sgd', learning_rate: 0.1 }, batch_size: 1, epochs: 100 },
});

const logistic = (hidden: number[], epochs: number) =>
  withFirstDefaults({
    model: { hidden, activation: 'tanh', initializer: 'glorot_normal' },
    training: {
      loss: 'binary_cross_entropy',
      optimizer: { kind: 'adam', learning_rate: 0.03 },
      batch_size: 4,
      epochs,
    },
  });

const withActivation = (activation: ActivationName) =>
  withFirstDefaults({
    model: { hidden: [32, 32], activation, initializer: 'glorot_normal' },
    training: { optimizer: { kind: 'adam', learning_rate: 0.001 }, batch_size: 8, epochs: 100 },
  });

type Optimizer = NonNullable<NonNullable<TrialInput['training']>['optimizer']>;

const withOptimizer = (optimizer: Optimizer) =>
  withFirstDefaults({
    model: { hidden: [32, 32], activation: 'tanh', initializer: 'glorot_normal' },
    training: { optimizer, batch_size: 16, epochs: 60 },
  });

const withBatch = (batch_size: number, learning_rate = 0.01) =>
  withFirstDefaults({
    model: { hidden: [32, 32], activation: 'tanh', initializer: 'glorot_normal' },
    training: { optimizer: { kind: 'sgd', learning_rate, momentum: 0.9 }, batch_size, epochs: 100 },
  });

const deep = (activation: ActivationName, initializer: InitializerName) =>
  withFirstDefaults({
    model: { hidden: [32, 32, 32, 32, 32, 32], activation, initializer },
    training: { optimizer: { kind: 'sgd', learning_rate: 0.01 }, batch_size: 8, epochs: 40 },
  });

export const lessons: Lesson[] = [
  {
    id: 'or',
    sample: 'or',
    steps: [
      { id: 'perceptron', trial: perceptron, data: gate },
      { id: 'logistic', trial: logistic([], 400), data: gate, log: true },
    ],
  },
  {
    id: 'xor',
    sample: 'xor',
    steps: [
      { id: 'perceptron', trial: perceptron, data: gate },
      { id: 'logistic', trial: logistic([], 400), data: gate },
      { id: 'hidden', trial: logistic([8], 400), data: gate },
    ],
  },
  {
    id: 'activations',
    sample: 'curve',
    steps: [
      { id: 'sigmoid', trial: withActivation('sigmoid'), data: plain },
      { id: 'tanh', trial: withActivation('tanh'), data: plain },
      { id: 'relu', trial: withActivation('relu'), data: plain },
      { id: 'leaky_relu', trial: withActivation('leaky_relu'), data: plain },
    ],
  },
  {
    id: 'optimizers',
    sample: 'curve',
    steps: [
      { id: 'sgd', trial: withOptimizer({ kind: 'sgd', learning_rate: 0.01 }), data: plain, log: true },
      {
        id: 'momentum',
        trial: withOptimizer({ kind: 'sgd', learning_rate: 0.01, momentum: 0.9 }),
        data: plain,
        log: true,
      },
      { id: 'rmsprop', trial: withOptimizer({ kind: 'rmsprop', learning_rate: 0.01 }), data: plain, log: true },
      { id: 'adam', trial: withOptimizer({ kind: 'adam', learning_rate: 0.01 }), data: plain, log: true },
    ],
  },
  {
    id: 'batches',
    sample: 'curve',
    steps: [
      { id: 'small', trial: withBatch(4), data: plain, log: true },
      { id: 'whole', trial: withBatch(300), data: plain, log: true },
      { id: 'faster', trial: withBatch(300, 0.1), data: plain, log: true },
    ],
  },
  {
    id: 'gradients',
    sample: 'curve',
    steps: [
      { id: 'sigmoid', trial: deep('sigmoid', 'glorot_normal'), data: plain, view: 'inside' },
      { id: 'tanh', trial: deep('tanh', 'glorot_normal'), data: plain, view: 'inside' },
      { id: 'zeros', trial: deep('relu', 'zeros'), data: plain, view: 'inside' },
      { id: 'he', trial: deep('relu', 'he_normal'), data: plain, view: 'inside' },
    ],
  },
];

export interface StepText {
  title: string;
  /** What is set up, and what will be seen. */
  says: string;
  /** What to try next. */
  try: string;
}

export function stepText(id: LessonId, step: string): StepText {
  const steps: Record<string, StepText> = lessonText().steps[id];
  if (!steps[step]) throw new Error(`lesson ${id} says nothing of step ${step}`);
  return steps[step];
}
