/** Small problems of odd shapes, made from a seed. */
import type { EngineData, Hyperparameters, PopulationSettings } from '../../../src/engine/engine.ts';
import type { LayerSize } from '../../../src/engine/layers.ts';
import { initialParameters, layerShapes, parameterCount } from '../../../src/engine/parameters.ts';
import type { ActivationName } from '../../../src/spec/activations.ts';
import { type LossName, lossTable } from '../../../src/spec/losses.ts';
import type { OptimizerName } from '../../../src/spec/optimizer-settings.ts';
import { normalAt, uniformAt } from '../../../src/util/random.ts';
import { type AddedLayers, withLayers } from '../../support/models/layers.ts';

export interface Case {
  columns: number;
  hidden: number[];
  outputs: number;
  rows: number;
  batch_size: number;
  activation: ActivationName;
  output_activation?: ActivationName;
  loss: LossName;
  optimizer: OptimizerName;
  dropout?: number;
  numbers?: Partial<Hyperparameters>;
  weighted?: boolean;
  /** Of the first trial; half as much for the second, and so on. */
  label_smoothing?: number;
  added?: AddedLayers;
  /** How the tensors of the first layer are trained. */
  training?: LayerSize['training'];
  momentum?: number;
  learning_rate?: number;
  trials?: number;
  shuffle?: boolean;
  seed?: number;
}

type DataCase = Pick<Case, 'columns' | 'outputs' | 'rows'> & Partial<Pick<Case, 'seed' | 'loss' | 'weighted'>>;

/** Widths that fill no vector, and a short last batch. */
export const uneven: Case = {
  columns: 2,
  hidden: [17, 9],
  outputs: 1,
  rows: 50,
  batch_size: 8,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'adam',
};

/** Where what is trained is no matter. */
export const tiny: Case = {
  columns: 1,
  hidden: [3],
  outputs: 1,
  rows: 10,
  batch_size: 2,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'sgd',
};

/** Rows with values of order 1 and targets that depend on them; the last fifth is for validation. */
export function makeData({ columns, outputs, rows, seed = 1, loss = 'mse', weighted }: DataCase): EngineData {
  const features = Float32Array.from({ length: rows * columns }, (_, i) => normalAt(seed, i));
  const targets = Float32Array.from({ length: rows * outputs }, (_, i) => {
    const row = Math.floor(i / outputs);
    const sum = features.subarray(row * columns, (row + 1) * columns).reduce((total, value) => total + value, 0);
    switch (lossTable[loss].targets) {
      case 'unit':
        return sum > (i % outputs) - 1 ? 1 : 0;
      case 'shares':
        return Math.min(outputs - 1, Math.floor(outputs * uniformAt(seed + 2, row))) === i % outputs ? 1 : 0;
      default:
        return Math.sin(sum + (i % outputs)) + 0.1 * normalAt(seed + 1, i);
    }
  });
  const weights = weighted
    ? Float32Array.from({ length: rows }, (_, row) => 0.5 + uniformAt(seed + 3, row))
    : undefined;
  const train = Math.max(1, Math.floor(rows * 0.8));
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const sets = { train: all.slice(0, train), validation: all.slice(train), test: all.slice(0, 0) };
  return { rows, columns, outputs, features, targets, weights, sets };
}

export function makePopulation(problem: Case): PopulationSettings {
  const { columns, outputs, hidden, activation, output_activation = 'identity', loss, optimizer, batch_size } = problem;
  const { trials = 1, seed = 1, shuffle = true, momentum = 0, learning_rate = 0.01 } = problem;
  const dense = layerShapes(
    { hidden, activation, output_activation, dropout: 0, initializer: 'auto' },
    columns,
    outputs,
  );
  const [first, ...others] = problem.added ? withLayers(dense, problem.added) : dense;
  const layers = [problem.training ? { ...first, training: problem.training } : first, ...others];
  const count = parameterCount(layers);
  const initial_parameters = new Float32Array(count * trials);
  const numbers = Array.from({ length: trials }, (_, trial): Hyperparameters => {
    initial_parameters.set(initialParameters(layers, 'auto', seed + trial), trial * count);
    return {
      activations: layers.map((layer) => layer.activation),
      optimizer,
      batch_size,
      learning_rate: learning_rate / (1 + trial),
      momentum: momentum / (1 + trial),
      nesterov: false,
      alpha: 0.99 - 0.05 * trial,
      weight_decay: 0,
      l1: 0,
      l2: 0,
      clip_norm: 0,
      label_smoothing: (problem.label_smoothing ?? 0) / (1 + trial),
      schedule: { kind: 0, warmup: 0, period: 1, factor: 1 },
      dropout: others.map(() => problem.dropout ?? 0),
      betas: [0.9 - 0.1 * trial, 0.999],
      epsilon: 1e-8,
      seed: seed + trial,
      shuffle,
      ...problem.numbers,
    };
  });
  return { layers, loss, trials: numbers, initial_parameters };
}

export function nameOf({
  columns,
  hidden,
  outputs,
  rows,
  batch_size,
  activation,
  loss,
  optimizer,
  ...others
}: Case): string {
  const { output_activation, momentum, trials = 1, dropout, numbers, weighted, shuffle, added, training } = others;
  const { label_smoothing } = others;
  const details = [
    `${[columns, ...hidden, outputs].join('-')} ${activation}${output_activation ? ` -> ${output_activation}` : ''}`,
    `${rows} rows by ${batch_size}`,
    loss,
    optimizer + (momentum ? ` momentum ${momentum}` : ''),
    trials > 1 && `${trials} trials`,
    dropout && `dropout ${dropout}`,
    weighted && 'weighted',
    label_smoothing && `label smoothing ${label_smoothing}`,
    shuffle === false && 'in order',
    added && `${added.kind} before ${added.before.join(' and ')}`,
    training && JSON.stringify(training),
    numbers && JSON.stringify(numbers),
  ];
  return details.filter(Boolean).join(', ');
}
