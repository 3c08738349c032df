/** Small problems of odd shapes, made from a seed. */
import type { EngineData, PopulationSettings, TrialNumbers } from '../../src/engine/engine.ts';
import { initialParameters, layerShapes, parameterCount } from '../../src/engine/parameters.ts';
import { normalAt } from '../../src/random/counter.ts';
import type { ActivationName, LossName, OptimizerName } from '../../src/spec/settings.ts';

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
  momentum?: number;
  learning_rate?: number;
  trials?: number;
  shuffle?: boolean;
  seed?: number;
}

/** Rows with values of order 1 and targets that depend on them; the last fifth is for validation. */
export function makeData({
  columns,
  outputs,
  rows,
  seed = 1,
}: Pick<Case, 'columns' | 'outputs' | 'rows' | 'seed'>): EngineData {
  const features = Float32Array.from({ length: rows * columns }, (_, i) => normalAt(seed, i));
  const targets = Float32Array.from({ length: rows * outputs }, (_, i) => {
    const row = Math.floor(i / outputs);
    const sum = features.subarray(row * columns, (row + 1) * columns).reduce((total, value) => total + value, 0);
    return Math.sin(sum + (i % outputs)) + 0.1 * normalAt(seed + 1, i);
  });
  const train = Math.max(1, Math.floor(rows * 0.8));
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  return {
    rows,
    columns,
    outputs,
    features,
    targets,
    sets: { train: all.slice(0, train), validation: all.slice(train), test: all.slice(0, 0) },
  };
}

export function makePopulation(problem: Case): PopulationSettings {
  const { columns, outputs, hidden, activation, output_activation = 'identity', loss, optimizer, batch_size } = problem;
  const { trials = 1, seed = 1, shuffle = true, momentum = 0, learning_rate = 0.01 } = problem;
  const layers = layerShapes({ hidden, activation, output_activation, initializer: 'auto' }, columns, outputs);
  const count = parameterCount(layers);
  const initial_parameters = new Float32Array(count * trials);
  const numbers = Array.from({ length: trials }, (_, trial): TrialNumbers => {
    initial_parameters.set(initialParameters(layers, 'auto', seed + trial), trial * count);
    return {
      learning_rate: learning_rate / (1 + trial),
      momentum: momentum / (1 + trial),
      betas: [0.9 - 0.1 * trial, 0.999],
      epsilon: 1e-8,
      seed: seed + trial,
      shuffle,
    };
  });
  return { layers, loss, optimizer, batch_size, trials: numbers, initial_parameters };
}

export function nameOf(problem: Case): string {
  const {
    columns,
    hidden,
    outputs,
    rows,
    batch_size,
    activation,
    output_activation,
    loss,
    optimizer,
    momentum,
    trials = 1,
  } = problem;
  const shape = [columns, ...hidden, outputs].join('-');
  const ends = output_activation ? ` -> ${output_activation}` : '';
  return `${shape} ${activation}${ends}, ${rows} rows by ${batch_size}, ${loss}, ${optimizer}${momentum ? ` momentum ${momentum}` : ''}, ${trials} trial(s)`;
}
