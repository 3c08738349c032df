/** What the numbers tests compare with the reference: shapes that do not divide a tile, batches that do not divide the rows. */
import { layerKinds } from '../../../src/engine/layers.ts';
import { type ActivationName, activationNames } from '../../../src/spec/activations.ts';
import { lossNames, lossTable } from '../../../src/spec/losses.ts';
import { optimizerNames } from '../../../src/spec/optimizer-settings.ts';
import type { Case } from '../support/cases.ts';

export const base: Case = {
  columns: 3,
  hidden: [17],
  outputs: 1,
  rows: 23,
  batch_size: 4,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'sgd',
};

export const shapes: Case[] = [
  { ...base, hidden: [] },
  { ...base, hidden: [], outputs: 3, batch_size: 1 },
  { ...base, columns: 1, hidden: [1], rows: 5, batch_size: 3 },
  { ...base, columns: 17, hidden: [3, 1], outputs: 3, batch_size: 7 },
  { ...base, columns: 1, hidden: [150, 150], rows: 40, batch_size: 8, activation: 'leaky_relu', optimizer: 'adam' },
  {
    ...base,
    columns: 1,
    hidden: [150, 150],
    rows: 40,
    batch_size: 1,
    activation: 'relu',
    momentum: 0.9,
    learning_rate: 1e-3,
  },
  { ...base, columns: 33, hidden: [65, 31], outputs: 5, rows: 90, batch_size: 72, optimizer: 'adam' },
  { ...base, hidden: [5, 5, 5, 5], batch_size: 18, trials: 3 },
  { ...base, hidden: [9, 6], trials: 3, optimizer: 'adam', batch_size: 5 },
  { ...base, hidden: [9], trials: 2, momentum: 0.8, batch_size: 5, shuffle: false },
];
/** Every activation in a hidden layer and, after another one, in the last. What is before a step learns nothing. */
const learning = activationNames.filter((name) => name !== 'step');
export const functions: Case[] = [
  ...learning.map((output_activation, i): Case => {
    const activation = learning.at(i - 1) as ActivationName;
    return { ...base, activation, output_activation, optimizer: i % 2 ? 'adam' : 'sgd' };
  }),
  { ...base, activation: 'step' },
  { ...base, output_activation: 'step', optimizer: 'adam' },
];
export const losses: Case[] = lossNames.flatMap((loss) => [
  {
    ...base,
    loss,
    outputs: 3,
    batch_size: 6,
    ...(lossTable[loss].bySum ? { output_activation: lossTable[loss].activation } : {}),
  },
  { ...base, loss, hidden: [], outputs: 37, batch_size: 9, weighted: true, optimizer: 'adam' },
]);
/** Two classes in one output: as a logit, and as a probability. */
export const twoClasses: Case[] = [
  { ...base, loss: 'binary_cross_entropy' },
  { ...base, loss: 'perceptron', output_activation: 'sigmoid' },
];
/** Smoothed labels, other ones for each trial: two classes in an output, several outputs of them, and one of many classes. */
export const smoothed: Case[] = [
  { ...base, loss: 'binary_cross_entropy', label_smoothing: 0.1, trials: 3 },
  { ...base, loss: 'binary_cross_entropy', outputs: 3, batch_size: 1, weighted: true, label_smoothing: 0.5 },
  { ...base, loss: 'softmax_cross_entropy', outputs: 3, batch_size: 6, label_smoothing: 0.2, trials: 3 },
  {
    ...base,
    loss: 'softmax_cross_entropy',
    hidden: [],
    outputs: 37,
    batch_size: 9,
    weighted: true,
    optimizer: 'adam',
    label_smoothing: 0.3,
  },
];
/** Everything that changes what becomes of a gradient. */
export const updates: Case[] = [
  ...optimizerNames.flatMap((optimizer): Case[] => [
    { ...base, optimizer, trials: 2, numbers: { weight_decay: 0.1, l1: 0.001, l2: 0.01 } },
    {
      ...base,
      optimizer,
      hidden: [19, 5],
      momentum: 0.9,
      learning_rate: 1e-3,
      numbers: { nesterov: true, clip_norm: 0.1 },
    },
  ]),
  // More shares of the norm than a workgroup has threads, where tiles are small.
  // With the usual learning rate it is chaotic: the reference itself strays by 1e-2 where it starts 1e-7 apart.
  {
    ...base,
    hidden: [100, 100],
    batch_size: 7,
    optimizer: 'adam',
    learning_rate: 3e-3,
    trials: 2,
    numbers: { clip_norm: 0.5, l2: 0.01 },
  },
  ...[
    { kind: 0, warmup: 60, period: 1, factor: 1 },
    { kind: 1, warmup: 0, period: 10, factor: 0.5 },
    { kind: 2, warmup: 8, period: 5, factor: 0.95 },
    { kind: 3, warmup: 15, period: 200, factor: 0.1 },
    { kind: 4, warmup: 1, period: 100, factor: 0 },
    { kind: 5, warmup: 150, period: 1, factor: 1 },
    { kind: 6, warmup: 10, flat: 50, period: 120, factor: 0.1 },
    { kind: 7, warmup: 0, period: 200, factor: 0 },
  ].map((schedule): Case => ({ ...base, learning_rate: 0.05, numbers: { schedule } })),
  { ...base, hidden: [33, 17], dropout: 0.3, trials: 3 },
  { ...base, hidden: [8, 8, 8], dropout: 0.7, optimizer: 'adam', batch_size: 1, learning_rate: 1e-3 },
];

/**
 * Every kind of layer beside dense, at the beginning, in the middle and, where it keeps the width, at the end; of each kind
 * the last one is large.
 */
export const layers: Case[] = layerKinds
  .filter((kind) => kind !== 'dense')
  .flatMap((kind): Case[] => [
    { ...base, hidden: [9, 6], trials: 3, optimizer: 'adam', added: { kind, before: [0] } },
    {
      ...base,
      columns: 17,
      hidden: [33, 5],
      batch_size: 18,
      momentum: 0.9,
      dropout: 0.3,
      // Cosines of cosines are chaotic with the usual one: the reference strays by 0.16 where it starts 1e-7 apart.
      ...(kind === 'periodic' ? { learning_rate: 1e-3 } : {}),
      added: { kind, before: [0, 1, 2] },
    },
    {
      ...base,
      hidden: [12],
      outputs: 3,
      batch_size: 1,
      optimizer: 'rmsprop',
      learning_rate: 1e-3,
      added: { kind, before: kind === 'periodic' ? [1] : [1, 2] },
    },
    {
      ...base,
      columns: 300,
      loss: 'softmax_cross_entropy',
      outputs: 37,
      batch_size: 9,
      weighted: true,
      numbers: { clip_norm: 0.1, l2: 0.01 },
      added: { kind, before: kind === 'periodic' ? [0] : [0, 2] },
    },
  ]);
const isLarge = ({ columns }: Case) => columns > 100;
export const largeLayers = layers.filter(isLarge);
export const smallLayers = layers.filter((problem) => !isLarge(problem));

/**
 * Tensors with learning rates of their own, frozen ones, and others regularized than by default, with everything that
 * changes what becomes of a gradient.
 */
export const rates: Case[] = optimizerNames.flatMap((optimizer): Case[] => {
  const training = { weight: { learning_rate_scale: 0.5 }, bias: { learning_rate_scale: 3 } };
  const frozen = { weight: { trainable: false }, bias: { regularized: true } };
  const numbers = { weight_decay: 0.1, l1: 0.001, l2: 0.01 };
  const clipped = { ...base, optimizer, learning_rate: 1e-3, numbers: { ...numbers, clip_norm: 0.1 } };
  return [
    { ...base, optimizer, trials: 2, numbers, training },
    { ...clipped, hidden: [19, 5], training },
    { ...clipped, hidden: [9], training: frozen },
  ];
});

/** Sizes just below and just above a tile's, in few kernels: what compiles them slowly runs nothing larger. */
export const tileEdges: Case = {
  ...base,
  columns: 31,
  hidden: [65],
  outputs: 5,
  rows: 90,
  batch_size: 72,
  optimizer: 'adam',
};

export const wide: Case = { ...base, hidden: [130], rows: 90, batch_size: 72 };
