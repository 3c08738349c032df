/**
 * What the contestants train: plain data, so that each can make of it what its library wants. Rows are taken in order,
 * so that every contestant does the same sums; all of it lies in memory before the clock starts.
 */

/** One problem, and how it is learned; the same for all of its models but for what is a list. */
export interface Problem {
  name: string;
  columns: number;
  hidden: number[];
  outputs: number;
  /** After every hidden layer; the last has none. */
  activation: 'relu' | 'tanh';
  /** mse is the mean over batch and outputs; softmax_cross_entropy takes sums, and is the mean over the batch. */
  loss: 'mse' | 'softmax_cross_entropy';
  /** PyTorch's definitions: sgd without momentum; adam with 0.9, 0.999 and 1e-8 outside the root. */
  optimizer: 'sgd' | 'adam';
  learning_rate: number;
  batch: number;
  /** What each model trains on is a multiple of batch. */
  rows: number;
  /** Models that train at once, each from parameters of its own: a sweep. */
  models: number;
  /** Parts that the rows are cut into: each model leaves one of them out, the first models the first. 1 is no cut. */
  folds: number;
}

export interface Workload extends Problem {
  /** [row, column] */
  features: Float32Array<ArrayBuffer>;
  /** [row, output] */
  targets: Float32Array<ArrayBuffer>;
  /** Of every model, laid out as `Session.params` gives them. */
  initial: Float32Array<ArrayBuffer>[];
}

const tiny: Problem = {
  name: 'tiny',
  columns: 1,
  hidden: [150, 150],
  outputs: 1,
  activation: 'relu',
  loss: 'mse',
  optimizer: 'sgd',
  learning_rate: 1e-3,
  batch: 8,
  rows: 400,
  models: 1,
  folds: 1,
};
const adam = { optimizer: 'adam', learning_rate: 1e-4 } as const;

/** The first six are those that the design was made by. */
export const workloads: readonly Problem[] = [
  tiny,
  { ...tiny, ...adam, name: 'playground', columns: 2, hidden: [8, 8], activation: 'tanh', batch: 16, rows: 512 },
  { ...tiny, ...adam, name: 'table', columns: 32, hidden: [256, 256], batch: 256, rows: 2560 },
  {
    ...tiny,
    ...adam,
    name: 'digits',
    columns: 784,
    hidden: [512, 256],
    outputs: 10,
    loss: 'softmax_cross_entropy',
    batch: 128,
    rows: 1280,
  },
  {
    ...tiny,
    ...adam,
    name: 'wide',
    columns: 1024,
    hidden: [1024, 1024],
    outputs: 10,
    loss: 'softmax_cross_entropy',
    batch: 512,
    rows: 1024,
  },
  { ...tiny, name: 'sweep', models: 24 },
  { ...tiny, name: 'one row', batch: 1 },
  { ...tiny, ...adam, name: 'long table', columns: 32, hidden: [64, 64, 64], batch: 1024, rows: 102_400 },
  { ...tiny, ...adam, name: 'folds', columns: 8, hidden: [32], batch: 32, rows: 1280, models: 100, folds: 10 },
  {
    ...tiny,
    ...adam,
    name: 'crowd',
    columns: 2,
    hidden: [32, 32],
    activation: 'tanh',
    batch: 16,
    rows: 512,
    models: 1024,
  },
];

export const shapeOf = ({ columns, hidden, outputs }: Problem): number[] => [columns, ...hidden, outputs];

/** In words, as one would ask for it. */
export function describe(problem: Problem): string {
  const { batch, rows, optimizer, models, folds } = problem;
  const one = `${shapeOf(problem).join('-')}, batch ${batch} of ${rows} rows, ${optimizer}`;
  if (folds > 1) return `${folds} folds with ${models / folds} seeds each of ${one}`;
  return models === 1 ? one : `${models} models of ${one}`;
}

/** @param also what else might have been meant */
export function problemOf(name: string, among = workloads, also: readonly string[] = []): Problem {
  const problem = among.find((one) => one.name === name);
  const all = [...among.map((one) => one.name), ...also];
  if (!problem) throw new Error(`There is no workload "${name}"; there are: ${all.join(', ')}.`);
  return problem;
}

/** Its layers' places in the parameters of a model. */
export function layersOf(problem: Problem) {
  const units = shapeOf(problem);
  let next = 0;
  return units.slice(1).map((outputs, l) => {
    const inputs = units[l];
    const weight = next;
    const bias = weight + inputs * outputs;
    next = bias + outputs;
    return { inputs, outputs, weight, bias };
  });
}

export function parametersOf(problem: Problem): number {
  return layersOf(problem).reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/** Numbers and targets from a seed: the same wherever they are made. */
export function makeWorkload(problem: Problem): Workload {
  const { columns, outputs, rows, loss } = problem;
  const normal = normals(1);
  const features = Float32Array.from({ length: rows * columns }, normal);
  const targets = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += features[row * columns + c];
    sum /= Math.sqrt(columns);
    if (loss === 'mse') for (let o = 0; o < outputs; o++) targets[row * outputs + o] = Math.sin(2 * sum + o);
    else targets[row * outputs + Math.min(outputs - 1, Math.floor(outputs / (1 + Math.exp(-2 * sum))))] = 1;
  }
  return { ...problem, features, targets, initial: initialOf(problem) };
}

/** The first parameters of every model. */
export function initialOf(problem: Problem): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: problem.models }, (_, model) => {
    const draw = normals(1000 + model);
    const parameters = new Float32Array(parametersOf(problem));
    for (const { inputs, outputs, weight, bias } of layersOf(problem)) {
      const deviation = Math.sqrt(2 / (inputs + outputs));
      for (let i = weight; i < bias; i++) parameters[i] = deviation * draw();
      // Biases off zero, so that no sum begins on the kink of relu.
      for (let i = bias; i < bias + outputs; i++) parameters[i] = 0.1 * draw();
    }
    return parameters;
  });
}

/** Draws from the normal distribution (Box and Muller's way) out of a small generator, mulberry32. */
function normals(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Which fold a model leaves out. */
export const foldOf = ({ models, folds }: Problem, model: number): number => Math.floor(model / (models / folds));

/** The rows that the models of a fold train on, in order. */
export function trainingRows({ rows, folds }: Problem, fold: number): Uint32Array {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const size = rows / folds;
  return folds === 1 ? all : all.filter((row) => Math.floor(row / size) !== fold);
}

export interface Batch {
  /** [row, column] */
  x: Float32Array<ArrayBuffer>;
  /** [row, output] */
  y: Float32Array<ArrayBuffer>;
}

/** The batches of a fold: step s takes number s mod their count. */
export function batchesOf(workload: Workload, fold: number): Batch[] {
  const { batch, columns, outputs, features, targets } = workload;
  const rows = trainingRows(workload, fold);
  const cut = (values: Float32Array<ArrayBuffer>, width: number, b: number) => {
    if (workload.folds === 1) return values.subarray(b * batch * width, (b + 1) * batch * width);
    const copy = new Float32Array(batch * width);
    for (let r = 0; r < batch; r++) {
      const row = rows[b * batch + r];
      copy.set(values.subarray(row * width, (row + 1) * width), r * width);
    }
    return copy;
  };
  return Array.from({ length: rows.length / batch }, (_, b) => ({
    x: cut(features, columns, b),
    y: cut(targets, outputs, b),
  }));
}

/** One for each fold. */
export function perFold<Value>({ folds }: Problem, make: (fold: number) => Value): Value[] {
  return Array.from({ length: folds }, (_, fold) => make(fold));
}
