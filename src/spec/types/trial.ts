// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.
import type { ModelSettings, ModelSettingsInput } from './model.ts';
import type { OptimizerSettings, OptimizerSettingsInput } from './optimizer.ts';
import type { ScheduleSettings, ScheduleSettingsInput } from './schedule.ts';

/** When to stop because a loss no longer improves; what is left out takes its default. */
export type EarlyStoppingSettingsInput = {
  /**
   * The loss that has to improve.
   * @defaultValue `"validation_loss"`
   */
  monitor?: 'validation_loss' | 'train_loss';
  /**
   * An improvement smaller than this does not count.
   * Number from 0.
   * @defaultValue `0`
   */
  min_delta?: number;
  /**
   * Epochs without improvement before training stops.
   * Whole number of epochs from 1 to 1,000,000.
   * @defaultValue `20`
   */
  patience?: number;
  /**
   * Go back to the parameters of the best epoch at the end.
   * @defaultValue `true`
   */
  restore_best?: boolean;
};

/** Complete: every default filled in. {@link EarlyStoppingSettingsInput} says what each is. */
export type EarlyStoppingSettings = {
  monitor: 'validation_loss' | 'train_loss';
  min_delta: number;
  patience: number;
  restore_best: boolean;
};

/** When to stop because the training loss stands still; what is left out takes its default. */
export type LossPlateauSettingsInput = {
  /**
   * Stop when the mean training losses of two epochs in a row differ by no more than this.
   * Number from 0.
   * @defaultValue `0.00001`
   */
  tolerance?: number;
};

/** Complete: every default filled in. {@link LossPlateauSettingsInput} says what each is. */
export type LossPlateauSettings = {
  tolerance: number;
};

/** How the network is trained; what is left out takes its default. */
export type TrainingSettingsInput = {
  /**
   * What training makes small; auto is mse for numbers, binary_cross_entropy for two classes, softmax_cross_entropy for more; perceptron is the perceptron rule, whose output unit is step.
   * @defaultValue `"auto"`
   */
  loss?:
    | 'auto'
    | 'mse'
    | 'half_mse'
    | 'mae'
    | 'huber'
    | 'binary_cross_entropy'
    | 'softmax_cross_entropy'
    | 'perceptron';
  /**
   * How a gradient becomes a step.
   * @defaultValue `{"kind":"adamw"}`
   */
  optimizer?: OptimizerSettingsInput;
  /**
   * Rows whose mean gradient makes one step.
   * Whole number of rows from 1 to 1,048,576.
   * @defaultValue by the table: a fiftieth of the training rows, as a power of two from 16 to 256
   */
  batch_size?: number;
  /**
   * Times the sign of each weight, added to its gradient; biases are left alone.
   * Number from 0 to 1,000.
   * @defaultValue `0`
   */
  l1?: number;
  /**
   * Times each weight, added to its gradient; biases are left alone.
   * Number from 0 to 1,000.
   * @defaultValue `0`
   */
  l2?: number;
  /**
   * Gradients longer than this, all parameters together, are scaled back to it (before l1 and l2).
   * Number above 0.
   * @defaultValue none
   */
  clip_norm?: number;
  /**
   * Share of every class target spread evenly over the classes, in the training loss alone; for losses of classes.
   * Number from 0 to 0.5.
   * @defaultValue `0`
   */
  label_smoothing?: number;
  /**
   * How the learning rate changes over the epochs.
   * @defaultValue `{"kind":"constant"}`
   */
  schedule?: ScheduleSettingsInput;
  /**
   * Passes over the training rows.
   * Whole number from 1 to 10,000,000.
   * @defaultValue by the table: 200; with more than 50,000 training rows 10,000,000 / rows, and at least 10
   */
  epochs?: number;
  /**
   * Take the rows in a new order each epoch.
   * @defaultValue `true`
   */
  shuffle?: boolean;
  /**
   * Fixes the initial parameters and the order of the rows.
   * Whole number from 0 to 4,294,967,295.
   * @defaultValue `10`
   */
  seed?: number;
  /**
   * Stop when a loss no longer improves; without validation rows it is the training loss.
   * @defaultValue on; `false` is off
   */
  early_stopping?: EarlyStoppingSettingsInput | false;
  /**
   * Stop when the training loss stands still.
   * @defaultValue none
   */
  loss_plateau?: LossPlateauSettingsInput;
};

/** Complete: every default filled in. {@link TrainingSettingsInput} says what each is. */
export type TrainingSettings = {
  loss: 'auto' | 'mse' | 'half_mse' | 'mae' | 'huber' | 'binary_cross_entropy' | 'softmax_cross_entropy' | 'perceptron';
  optimizer: OptimizerSettings;
  batch_size: number;
  l1: number;
  l2: number;
  clip_norm?: number;
  label_smoothing: number;
  schedule: ScheduleSettings;
  epochs: number;
  shuffle: boolean;
  seed: number;
  early_stopping: EarlyStoppingSettings | false;
  loss_plateau?: LossPlateauSettings;
};

/** A network and how it is trained; what is left out takes its default. */
export type TrialInput = {
  /**
   * The network.
   * @defaultValue `{}`
   */
  model?: ModelSettingsInput;
  /**
   * How the network is trained.
   * @defaultValue `{}`
   */
  training?: TrainingSettingsInput;
  /**
   * All parameters to start from, in one flat array: each layer its weight [out, in], then its bias [out].
   * @defaultValue none
   */
  initial_parameters?: Float32Array<ArrayBuffer>;
};

/** Complete: every default filled in. {@link TrialInput} says what each is. */
export type Trial = {
  model: ModelSettings;
  training: TrainingSettings;
  initial_parameters?: Float32Array<ArrayBuffer>;
};
