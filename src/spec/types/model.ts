// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.
import type { ActivationName } from '../activations.ts';

/** What numbers and dates have beside themselves as inputs; what is left out takes its default. */
export type EmbeddingSettingsInput =
  | {
      kind: 'none';
    }
  | {
      kind: 'periodic';
      /**
       * Cosines of each number, cos(2 pi frequency x + phase), whose frequencies and phases are trained.
       * Whole number from 1 to 256.
       * @defaultValue `8`
       */
      frequencies?: number;
      /**
       * Standard deviation of the frequencies at the start: larger ones begin with finer detail.
       * Number above 0, up to 100.
       * @defaultValue `0.1`
       */
      scale?: number;
      /**
       * What multiplies the learning rate of frequencies and phases.
       * Number above 0, up to 1,000.
       * @defaultValue `1`
       */
      learning_rate_factor?: number;
    };

/** Complete: every default filled in. {@link EmbeddingSettingsInput} says what each is. */
export type EmbeddingSettings =
  | {
      kind: 'none';
    }
  | {
      kind: 'periodic';
      frequencies: number;
      scale: number;
      learning_rate_factor: number;
    };

/** The network; what is left out takes its default. */
export type ModelSettingsInput = {
  /**
   * Units of each hidden layer, first to last.
   * Whole numbers of units, each from 1 to 65,536.
   * @defaultValue by the table: 64,64; 128,128 from 3,000 training rows; 256,256,256 from 10,000 and 10 classes
   */
  hidden?: number[];
  /**
   * The function after each hidden layer: one for all, or one for each.
   * @defaultValue `"silu"`
   */
  activation?: ActivationName | ActivationName[];
  /**
   * Share of units left out at random in each training step: one for all hidden layers, or one for each.
   * Number from 0 to below 1, or a list of such.
   * @defaultValue `0.2`
   */
  dropout?: number | number[];
  /**
   * What numbers and dates have beside themselves as inputs; periodic: trained cosines (RealMLP, Holzmueller et al. 2024).
   * @defaultValue `{"kind":"none"}`
   */
  embedding?: EmbeddingSettingsInput;
  /**
   * The function after the last layer; auto is step for the loss perceptron, which is the rule of a step unit, else identity.
   * @defaultValue `"auto"`
   */
  output_activation?:
    | 'auto'
    | 'identity'
    | 'step'
    | 'sigmoid'
    | 'tanh'
    | 'relu'
    | 'leaky_relu'
    | 'elu'
    | 'gelu'
    | 'silu'
    | 'softplus'
    | 'mish';
  /**
   * How weights start; auto is he_normal before sigmoid, lecun_normal before softplus, else glorot_normal.
   * @defaultValue `"auto"`
   */
  initializer?: 'auto' | 'glorot_normal' | 'glorot_uniform' | 'he_normal' | 'he_uniform' | 'lecun_normal' | 'zeros';
};

/** Complete: every default filled in. {@link ModelSettingsInput} says what each is. */
export type ModelSettings = {
  hidden: number[];
  activation: ActivationName | ActivationName[];
  dropout: number | number[];
  embedding: EmbeddingSettings;
  output_activation:
    | 'auto'
    | 'identity'
    | 'step'
    | 'sigmoid'
    | 'tanh'
    | 'relu'
    | 'leaky_relu'
    | 'elu'
    | 'gelu'
    | 'silu'
    | 'softplus'
    | 'mish';
  initializer: 'auto' | 'glorot_normal' | 'glorot_uniform' | 'he_normal' | 'he_uniform' | 'lecun_normal' | 'zeros';
};
