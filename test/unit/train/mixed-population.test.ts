/** Trials of different kinds in one population: each has what it would have alone. */

import { describe, expect, it } from 'vitest';
import { onlyMember } from '../../../src/model/model-data.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { train, trainPopulation } from '../../support/first-defaults.ts';
import { engine, line, timeless } from '../../support/line.ts';

describe('a mixed population', () => {
  const hidden = [6, 4];
  const schedule = { kind: 'cosine', warmup: 1 } as const;
  const trials: TrialInput[] = [
    {
      model: { hidden, activation: 'relu' },
      training: { optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true }, batch_size: 5, epochs: 6, schedule },
    },
    {
      model: { hidden, activation: ['tanh', 'gelu'], dropout: [0.1, 0.3] },
      training: { optimizer: { kind: 'rmsprop', momentum: 0.5 }, batch_size: 16, epochs: 9, seed: 3, l1: 0.001 },
    },
    {
      model: { hidden, activation: 'silu', output_activation: 'elu', initializer: 'lecun_normal' },
      training: { optimizer: { kind: 'adam' }, batch_size: 7, epochs: 4, l2: 0.01, clip_norm: 0.5, shuffle: false },
    },
    {
      model: { hidden, activation: ['softplus', 'leaky_relu'] },
      training: {
        optimizer: { kind: 'adamw', learning_rate: 0.05 },
        batch_size: 1000,
        epochs: 60,
        early_stopping: { patience: 3 },
      },
    },
    {
      model: { hidden, activation: 'sigmoid', dropout: 0.2 },
      training: {
        optimizer: { kind: 'sgd', learning_rate: 0.3, weight_decay: 0.001 },
        batch_size: 1,
        epochs: 12,
        schedule: { kind: 'reduce_on_plateau', plateau: 1, factor: 0.5 },
      },
    },
  ];

  it('gives every trial what it gets alone', async () => {
    const together = trainPopulation(engine, line(), trials);
    while (await together.epoch());
    for (const [index, settings] of trials.entries()) {
      const alone = train(engine, line(), settings);
      while (await alone.epoch());
      const { history, outcome, learning_rate, best } = together.trials[index];
      expect(timeless(history)).toEqual(timeless(alone.history));
      expect({ outcome, learning_rate, best }).toEqual({
        outcome: alone.outcome,
        learning_rate: alone.trials[0].learning_rate,
        best: alone.trials[0].best,
      });
      expect(await together.parameters(index)).toEqual(await alone.parameters());
      expect(await together.metrics('test', index)).toEqual(await alone.metrics('test'));
      const { layers } = onlyMember(await together.snapshot(index));
      expect(layers).toEqual(alone.layers);
      const features = Float32Array.of(-1, 0, 1);
      const outputs = await together.predict(features, 3);
      expect(outputs.subarray(3 * index, 3 * index + 3)).toEqual(await alone.predict(features, 3));
    }
    expect(together.trials.map(({ outcome }) => outcome?.stopped)).toEqual([
      'epochs',
      'epochs',
      'epochs',
      'early_stopping',
      'epochs',
    ]);
    expect(together.trials[4].learning_rate).toBeLessThan(0.3);
  });

  it('counts its steps in population steps: those of the smallest batch', async () => {
    const run = trainPopulation(engine, line(), trials.slice(0, 3));
    await run.steps(8);
    expect(run.trials.map(({ history }) => history.map(({ steps }) => steps))).toEqual([[8], [3], [6]]);
    expect(run.stepsDone).toBe(8);
  });
});
