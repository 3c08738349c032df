/**
 * The parts of the founding report that stand beside its 24 cells, as plain data: depth, theory, the slips one by one. Units
 * are those of `report.ts`.
 */
import type { Spread } from '../util/statistics/statistics.ts';

export const foundingActivations = ['sigmoid', 'tanh', 'relu', 'leaky_relu'] as const;
export const foundingOptimizers = ['sgd', 'adam'] as const;
export const foundingBatchSizes = [1, 4, 8] as const;
export type FoundingActivation = (typeof foundingActivations)[number];
export type FoundingOptimizer = (typeof foundingOptimizers)[number];

/** Which of the 24. */
export interface CellKey {
  activation: FoundingActivation;
  optimizer: FoundingOptimizer;
  batch_size: number;
}

/** Losses by epoch, over the trials that ran it; all arrays [epoch]. */
export interface Curve {
  epoch: number[];
  /** Trials that ran this epoch: fewer as they stop. */
  n: number[];
  /** Mean of the losses of the epoch's batches, each before its update. */
  train: MeanSd;
  /** At the end of the epoch. */
  validation: MeanSd;
}

/** Arrays of one length; sd is 0 where there is one value. */
export interface MeanSd {
  mean: number[];
  sd: number[];
}

/** Depth alone changed: 1 to 6 hidden layers, everything else as in the experiment but for what is said here. */
export interface DepthStudy {
  /** Units of each hidden layer. */
  units: number;
  epochs: number;
  seeds: number[];
  /** In the order activation, optimizer, layers. */
  cells: DepthCell[];
}

export interface DepthCell extends CellKey {
  /** Hidden layers. */
  layers: number;
  parameters: number;
  n: number;
  diverged: number;
  train_loss: Spread;
  validation_loss: Spread;
  validation_rmse: Spread;
  epochs_run: Spread;
  curve: Curve;
}

export interface Theory {
  /** One neuron and a small network on the truth tables. */
  gates: GateResult[];
  /** How gradients and activations go through the layers of the networks of the depth study. */
  layers: LayerSignals[];
  optimizers: OptimizerComparison;
}

export interface GateResult {
  gate: 'or' | 'xor';
  /** `perceptron`: one step unit under Rosenblatt's rule. `mlp`: one hidden layer. */
  network: 'perceptron' | 'mlp';
  /** 2-1 or 2-8-1. */
  units: number[];
  /** Seeds tried, and those of them with all four rows right at the end. */
  n: number;
  learned: number;
  epochs: number;
  /** Rows right at the end, of 4, over the seeds. */
  rows_right: Spread;
  /** Output for the rows (0,0), (0,1), (1,0), (1,1) with the first seed. */
  outputs: number[];
}

export interface LayerSignals {
  activation: FoundingActivation;
  /** Hidden layers. */
  layers: number;
  /** Initial parameters, or after training with Adam in the depth study. */
  when: 'start' | 'trained';
  /** Seeds that the numbers below are means of. */
  n: number;
  /** [layer, output layer last]: root mean square of the loss' gradient by the layer's weights, over all training rows. */
  gradient_rms: number[];
  /** [layer]: length of the same gradient. */
  gradient_norm: number[];
  /** [hidden layer]: mean of the layer's outputs over units and training rows, 0 where they are zero-centred. */
  activation_mean: number[];
  /** [hidden layer]: their standard deviation over units and rows. */
  activation_sd: number[];
}

/** Adam beside what it is made of, on the founding network. */
export interface OptimizerComparison {
  activation: FoundingActivation;
  batch_size: number;
  epochs: number;
  learning_rate: number;
  seeds: number[];
  runs: {
    name: 'sgd' | 'momentum' | 'rmsprop' | 'adam';
    /** The numbers it has beside the learning rate, for people: "momentum 0.9". */
    settings: string;
    n: number;
    train_loss: Spread;
    validation_loss: Spread;
    curve: Curve;
  }[];
}

/** The right rule, each slip alone, and all three, on a few cells: tanh and relu, batch 1 and 8. */
export interface SlipStudy {
  epochs: number;
  seeds: number[];
  /** In the order slips, activation, optimizer, batch size. */
  cells: SlipCell[];
}

export interface SlipCell extends CellKey {
  /**
   * `averaged`: inputs and derivatives are averaged over the batch before they are multiplied; `shifted`: gradients meet
   * the parameter row after their own; `shared`: one error stands for all units of a layer.
   */
  slips: 'none' | 'averaged' | 'shifted' | 'shared' | 'all';
  n: number;
  validation_rmse: Spread;
}
