/** Cells, depths and theories made up for tests: what a report would hold if the numbers were these. */
import { cellKeys, createExperiment } from '../../../src/founding/experiment.ts';
import type {
  CellKey,
  DepthCell,
  DepthStudy,
  FoundingCell,
  LayerSignals,
  Theory,
} from '../../../src/founding/report.ts';
import { foundingActivations } from '../../../src/founding/report.ts';
import type { Spread } from '../../../src/util/statistics/statistics.ts';

/** Ten seeds about a mean, close together unless told. */
export function spread(mean: number, sd = 0.001, n = 10): Spread {
  return { n, mean, sd, low: mean - sd, high: mean + sd, interval: 't' };
}

export interface Made {
  rmse?: Spread;
  epochs?: Spread;
  ms?: number;
}

const noCurve = { epoch: [], n: [], train: { mean: [], sd: [] }, validation: { mean: [], sd: [] } };

/** All 24, each as `make` says; the rest of a cell is of no account to the findings. */
export function cells(make: (key: CellKey) => Made): FoundingCell[] {
  return cellKeys(createExperiment()).map((key): FoundingCell => {
    const { rmse = spread(0.2), epochs = spread(20), ms = 1 } = make(key);
    return {
      ...key,
      n: rmse.n,
      diverged: 0,
      stopped: { epochs: rmse.n },
      train_loss: rmse,
      validation_loss: rmse,
      validation_rmse: rmse,
      epochs_run: spread(100, 0),
      epochs_to_good: { ...epochs, reached: epochs.n },
      ms_per_step: { median: ms, low: ms, high: ms },
      seconds: spread(1, 0),
      curve: noCurve,
      fit: { x: [], mean: [], sd: [] },
      trials: [],
    };
  });
}

/** Depths 1, 2 and 6 under sgd and adam with these training losses. */
export function depthStudy(loss: (key: CellKey, layers: number) => Spread): DepthStudy {
  const keys = foundingActivations.flatMap((activation) => [
    { activation, optimizer: 'sgd', batch_size: 1 } as const,
    { activation, optimizer: 'adam', batch_size: 8 } as const,
  ]);
  const made = keys.flatMap((key) =>
    [1, 2, 6].map((layers): DepthCell => {
      const own = loss(key, layers);
      return {
        ...key,
        layers,
        parameters: 1,
        n: own.n,
        diverged: 0,
        train_loss: own,
        validation_loss: own,
        validation_rmse: own,
        epochs_run: spread(10, 0),
        curve: noCurve,
      };
    }),
  );
  return { units: 150, epochs: 10, seeds: [10, 11, 12], cells: made };
}

/** A theory that is borne out in everything, and may be changed from there. */
export function soundTheory(): Theory {
  const gate = (name: 'or' | 'xor', network: 'perceptron' | 'mlp', learned: number) => ({
    gate: name,
    network,
    units: [2, 1],
    n: 10,
    learned,
    epochs: 100,
    rows_right: spread(4),
    outputs: [0, 1, 1, 1],
  });
  const signals = (activation: LayerSignals['activation'], first: number, mean: number): LayerSignals => ({
    activation,
    layers: 3,
    when: 'start',
    n: 3,
    gradient_rms: [first, first, 1, 1],
    gradient_norm: [first, first, 1, 1],
    activation_mean: [mean, mean, mean],
    activation_sd: [0.1, 0.1, 0.1],
  });
  const run = (name: 'sgd' | 'momentum' | 'rmsprop' | 'adam', loss: number) => ({
    name,
    settings: '',
    n: 3,
    train_loss: spread(loss, 0.001, 3),
    validation_loss: spread(loss, 0.001, 3),
    curve: noCurve,
  });
  return {
    gates: [gate('or', 'perceptron', 10), gate('xor', 'perceptron', 0), gate('xor', 'mlp', 10)],
    layers: [
      signals('sigmoid', 0.001, 0.5),
      signals('tanh', 0.9, 0),
      signals('relu', 0.8, 0.04),
      signals('leaky_relu', 0.8, 0.04),
    ],
    optimizers: {
      activation: 'relu',
      batch_size: 8,
      epochs: 20,
      learning_rate: 1e-4,
      seeds: [10, 11, 12],
      runs: [run('sgd', 0.5), run('momentum', 0.4), run('rmsprop', 0.1), run('adam', 0.1)],
    },
  };
}
