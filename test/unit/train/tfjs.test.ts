/**
 * The reference against an implementation that is not ours: 50 steps of a dense network in TensorFlow.js on its CPU
 * backend, from the same parameters over the same batches. tfjs keeps RMSProp's epsilon inside the square root and we
 * keep PyTorch's place for it (torch.optim.RMSprop: outside), so it is made too small to matter; AdamW is not in tfjs.
 */

import * as tf from '@tensorflow/tfjs-core';
import { prepare, train } from '../../support/first-defaults.ts';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialParameters, layerOffsets, layerShapes } from '../../../src/engine/parameters.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import type { ActivationName, LossName, TrialInput } from '../../../src/spec/settings.ts';
import { normalAt } from '../../../src/util/random.ts';

const rows = 40;
const columns = 3;
const outputs = 2;
const batch_size = 8;
const hidden = [17, 9];
const steps = 50;

const features = Float32Array.from({ length: rows * columns }, (_, i) => normalAt(1, i));

type Optimizer = NonNullable<NonNullable<TrialInput['training']>['optimizer']>;

const optimizers: { name: string; ours: Optimizer; theirs: () => tf.Optimizer }[] = [
  { name: 'sgd', ours: { kind: 'sgd', learning_rate: 0.05 }, theirs: () => tf.train.sgd(0.05) },
  {
    name: 'momentum',
    ours: { kind: 'sgd', learning_rate: 0.02, momentum: 0.9 },
    theirs: () => tf.train.momentum(0.02, 0.9),
  },
  {
    name: 'nesterov',
    ours: { kind: 'sgd', learning_rate: 0.02, momentum: 0.9, nesterov: true },
    theirs: () => tf.train.momentum(0.02, 0.9, true),
  },
  {
    name: 'rmsprop',
    ours: { kind: 'rmsprop', learning_rate: 0.003, alpha: 0.95, momentum: 0.5, epsilon: 1e-12 },
    theirs: () => tf.train.rmsprop(0.003, 0.95, 0.5, 1e-12),
  },
  {
    name: 'adam',
    ours: { kind: 'adam', learning_rate: 0.01, betas: [0.8, 0.99], epsilon: 1e-6 },
    theirs: () => tf.train.adam(0.01, 0.8, 0.99, 1e-6),
  },
];

const activations: [ActivationName, (x: tf.Tensor2D) => tf.Tensor2D][] = [
  ['sigmoid', tf.sigmoid],
  ['tanh', tf.tanh],
  ['relu', tf.relu],
  ['leaky_relu', (x) => tf.leakyRelu(x, 0.01)],
  ['elu', tf.elu],
  ['softplus', tf.softplus],
  ['mish', (x) => tf.mul(x, tf.tanh(tf.softplus(x))) as tf.Tensor2D],
  ['silu', (x) => tf.mul(x, tf.sigmoid(x)) as tf.Tensor2D],
  ['gelu', (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1)) as tf.Tensor2D],
];

const losses: [LossName, (y: tf.Tensor2D, t: tf.Tensor2D) => tf.Scalar][] = [
  ['mse', (y, t) => tf.mean(tf.squaredDifference(y, t)) as tf.Scalar],
  ['mae', (y, t) => tf.mean(tf.abs(tf.sub(y, t))) as tf.Scalar],
  ['huber', (y, t) => tf.losses.huberLoss(t, y, undefined, 1) as tf.Scalar],
  ['binary_cross_entropy', (z, t) => tf.losses.sigmoidCrossEntropy(t, z) as tf.Scalar],
  ['softmax_cross_entropy', (z, t) => tf.losses.softmaxCrossEntropy(t, z) as tf.Scalar],
];

const smoothing = 0.2;
const smoothedLosses: typeof losses = [
  ['binary_cross_entropy', (z, t) => tf.losses.sigmoidCrossEntropy(t, z, undefined, smoothing) as tf.Scalar],
  ['softmax_cross_entropy', (z, t) => tf.losses.softmaxCrossEntropy(t, z, undefined, smoothing) as tf.Scalar],
];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('50 steps, as in TensorFlow.js', () => {
  const [, mse] = losses[0];
  it.each(optimizers)('of $name', async ({ ours, theirs }) => {
    await compare('tanh', tf.tanh, 'mse', mse, ours, theirs());
  });

  it.each(activations)('with %s', async (name, activate) => {
    await compare(name, activate, 'mse', mse, optimizers[1].ours, optimizers[1].theirs());
  });

  it.each(losses)('of %s', async (name, loss) => {
    await compare('tanh', tf.tanh, name, loss, optimizers[0].ours, optimizers[0].theirs());
  });

  it.each(smoothedLosses)('of %s with smoothed labels', async (name, loss) => {
    await compare('tanh', tf.tanh, name, loss, optimizers[0].ours, optimizers[0].theirs(), smoothing);
  });
});

async function compare(
  activation: ActivationName,
  activate: (x: tf.Tensor2D) => tf.Tensor2D,
  loss: LossName,
  lossOf: (y: tf.Tensor2D, t: tf.Tensor2D) => tf.Scalar,
  ours: Optimizer,
  theirs: tf.Optimizer,
  label_smoothing = 0,
) {
  const targets = targetsFor(loss);
  const model = {
    hidden,
    activation,
    output_activation: 'identity' as const,
    dropout: 0,
    initializer: 'auto' as const,
  };
  const layers = layerShapes(model, columns, outputs);
  const start = initialParameters(layers, 'auto', 7);

  const data = prepare({ features, rows, columns, targets, outputs }, { scaling: 'none', split: { train: 1 } });
  const run = train(createReferenceEngine('reference', 'test'), data, {
    model: { hidden, activation },
    training: { loss, optimizer: ours, batch_size, shuffle: false, epochs: 1000, label_smoothing },
    initial_parameters: start,
  });
  await run.steps(steps);
  const trained = await run.parameters();

  const offsets = layerOffsets(layers);
  const variables = layers.map(({ inputs, outputs: units }, l) => ({
    weight: tf.variable(tf.tensor2d(start.slice(offsets[l].weight, offsets[l].bias), [units, inputs])),
    bias: tf.variable(tf.tensor1d(start.slice(offsets[l].bias, offsets[l].bias + units))),
  }));
  const forward = (x: tf.Tensor2D) =>
    variables.reduce((units, { weight, bias }, l) => {
      const sums = tf.add(tf.matMul(units, weight, false, true), bias) as tf.Tensor2D;
      return l < variables.length - 1 ? activate(sums) : sums;
    }, x);
  for (let step = 0; step < steps; step++) {
    const first = (step % (rows / batch_size)) * batch_size;
    tf.tidy(() => {
      const x = tf.tensor2d(features.slice(first * columns, (first + batch_size) * columns), [batch_size, columns]);
      const t = tf.tensor2d(targets.slice(first * outputs, (first + batch_size) * outputs), [batch_size, outputs]);
      theirs.minimize(() => lossOf(forward(x), t));
    });
  }

  let apart = 0;
  let moved = 0;
  layers.forEach((_, l) => {
    const theirParameters = [...variables[l].weight.dataSync(), ...variables[l].bias.dataSync()];
    theirParameters.forEach((value, i) => {
      apart = Math.max(apart, Math.abs(value - trained[offsets[l].weight + i]));
      moved = Math.max(moved, Math.abs(value - start[offsets[l].weight + i]));
    });
  });
  expect(moved).toBeGreaterThan(0.01);
  expect(apart).toBeLessThan(1e-4);
}

function targetsFor(loss: LossName): Float32Array {
  return Float32Array.from({ length: rows * outputs }, (_, i) => {
    const row = Math.floor(i / outputs);
    const sum = features[row * columns] + features[row * columns + 1];
    if (loss === 'softmax_cross_entropy') return Number(sum > 0 === (i % outputs === 0));
    if (loss === 'binary_cross_entropy') return Number(sum > i % outputs);
    return Math.sin(sum + (i % outputs));
  });
}
