/** The loss `perceptron` is the perceptron rule (Rosenblatt 1958), step for step, with a step unit that it brings along. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { onlyMember } from '../../../src/model/model-data.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { checkLoss, resolveTrial } from '../../../src/train/trials.ts';
import { problemOf } from '../../support/data/tables.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const rows = readFileSync('data/or.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));

/** Halves, quarters and eighths: no sum is ever rounded, on any engine. */
const rate = 0.25;
const start = [-0.5, 0.125, 0.375];

const dataOf = async () =>
  prepare(await readCsv(readFileSync('data/or.csv', 'utf8'), { source: 'or.csv' }), {
    target: 'y',
    types: { a: 'number', b: 'number' },
    scaling: 'none',
    split: { train: 1, validation: 0, test: 0 },
  });

const settings: TrialInput = {
  model: { hidden: [] },
  training: {
    loss: 'perceptron',
    optimizer: { kind: 'sgd', learning_rate: rate },
    batch_size: 1,
    epochs: 10,
    shuffle: false,
  },
  initial_parameters: Float32Array.from(start),
};

/** The weights after each step: w += rate (t - y) x for a row that is wrong, with 1 for the input of the bias. */
function rosenblatt(steps: number): number[][] {
  const weights = [...start];
  return Array.from({ length: steps }, (_, step) => {
    const [a, b, target] = rows[step % rows.length];
    const inputs = [a, b, 1];
    const sum = inputs.reduce((total, input, i) => total + input * weights[i], 0);
    const wrong = target - (sum > 0 ? 1 : 0);
    inputs.forEach((input, i) => {
      weights[i] += rate * wrong * input;
    });
    return [...weights];
  });
}

describe('the loss perceptron', () => {
  it.each<[string, () => Promise<Engine> | Engine]>([
    ['reference', () => createReferenceEngine('reference', 'asked for')],
    ['cpu', () => requestCpuEngine('asked for', { threads: 1 })],
  ])('makes the weights of a loop written by hand, on the engine %s', async (_, open) => {
    const engine = await open();
    const run = train(engine, await dataOf(), settings);
    const expected = rosenblatt(40);
    const seen: number[][] = [];
    for (let step = 0; step < expected.length; step++) {
      await run.steps(1);
      seen.push([...(await run.parameters())]);
    }
    expect(seen).toEqual(expected);
    // It was wrong at first, and has learned: nothing moves any more.
    expect(new Set(expected.map(String)).size).toBeGreaterThan(3);
    expect(expected.at(-1)).toEqual(expected[20]);
    expect(await run.metrics('train')).toMatchObject({ accuracy: 1 });
    expect(onlyMember(await run.modelData()).layers[0].activation).toBe('step');
    await run.destroy();
    engine.destroy();
  });

  it('chooses step for its output, and no other loss does', () => {
    const outputOf = (trial: TrialInput) => resolveTrial(checkTrial(trial), 'binary').model.output_activation;
    expect(outputOf(settings)).toBe('step');
    expect(outputOf({ ...settings, model: { output_activation: 'step' } })).toBe('step');
    for (const loss of ['auto', 'mse', 'binary_cross_entropy'] as const) {
      expect(outputOf({ training: { loss } })).toBe('identity');
    }
    expect(outputOf({ model: { output_activation: 'sigmoid' }, training: { loss: 'mse' } })).toBe('sigmoid');
  });

  it.each(['identity', 'sigmoid', 'tanh'] as const)('is refused with the output activation %s', async (name) => {
    const data = await dataOf();
    const trial = checkTrial({ ...settings, model: { hidden: [], output_activation: name } });
    const error = problemOf(() => checkLoss([resolveTrial(trial, 'binary')], data));
    expect(error.message).toBe(
      `model.output_activation: ${name} does not go with the loss perceptron, which is the rule of a step unit; leave output_activation out or set it to step, or set loss to mse.`,
    );
    expect(error.where).toBe('model.output_activation');
  });
});
