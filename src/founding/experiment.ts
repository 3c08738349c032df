/**
 * The founding experiment: a course report on perceptrons that trained 1-150-150-1 networks on a curve, with every one of
 * four activations, two optimizers and three batch sizes. Its sizes may be made smaller, for a look or a test.
 */
import { layerShapes, parameterCount } from '../engine/parameters.ts';
import { checkTrial } from '../spec/check.ts';
import type { TrialInput } from '../spec/settings.ts';
import { resolveTrial } from '../train/trials.ts';
import {
  type CellKey,
  type Experiment,
  foundingActivations,
  foundingBatchSizes,
  foundingOptimizers,
} from './report.ts';

export interface ExperimentSize {
  /** Units of the hidden layers. */
  hidden?: number[];
  epochs?: number;
  /** Seeds of each cell, counted from 10. */
  seeds?: number;
}

const firstSeed = 10;

export function seedsFrom(count: number): number[] {
  return Array.from({ length: count }, (_, index) => firstSeed + index);
}

export function createExperiment({ hidden = [150, 150], epochs = 100, seeds = 10 }: ExperimentSize = {}): Experiment {
  const { model } = resolveTrial(checkTrial({ model: { hidden } }), 'regression');
  return {
    hidden,
    output_activation: 'identity',
    initializer: 'glorot_normal',
    loss: 'half_mse',
    epochs,
    learning_rate: 1e-4,
    loss_plateau: 1e-5,
    activations: [...foundingActivations],
    optimizers: [...foundingOptimizers],
    batch_sizes: [...foundingBatchSizes],
    seeds: seedsFrom(seeds),
    split: { train: 0.8, validation: 0.2, test: 0, seed: 10 },
    scaling: 'standardize',
    parameters: parameterCount(layerShapes(model, 1, 1)),
  };
}

/** Activation, then optimizer, then batch size, which changes fastest. */
export function cellKeys({ activations, optimizers, batch_sizes }: Experiment): CellKey[] {
  return activations.flatMap((activation) =>
    optimizers.flatMap((optimizer) => batch_sizes.map((batch_size) => ({ activation, optimizer, batch_size }))),
  );
}

/** One trial of the experiment; `hidden` and `epochs` are those of the experiment unless given. */
export function buildTrial(
  experiment: Experiment,
  { activation, optimizer, batch_size }: CellKey,
  seed: number,
  { hidden, epochs }: { hidden: number[]; epochs: number } = experiment,
): TrialInput {
  const { output_activation, initializer, loss, learning_rate, loss_plateau } = experiment;
  return {
    model: { hidden, activation, dropout: 0, output_activation, initializer },
    training: {
      loss,
      optimizer: { kind: optimizer, learning_rate },
      batch_size,
      epochs,
      seed,
      early_stopping: false,
      loss_plateau: { tolerance: loss_plateau },
    },
  };
}
