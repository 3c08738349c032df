/** What a person reads when a setting is refused. */
import { describe, expect, it } from 'vitest';
import { check, checkData, checkTrial, list } from '../../src/spec/check.ts';
import { InputError } from '../../src/spec/errors.ts';
import { nearest } from '../../src/spec/nearest.ts';
import { modelSettings } from '../../src/spec/settings.ts';

function problemOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error('nothing was refused');
}

const adam = (others: object) => ({ training: { optimizer: { kind: 'adam', ...others } } });

describe('checkTrial', () => {
  it('fills in every default', () => {
    const trial = checkTrial({});
    expect(trial).toEqual({
      model: { hidden: [64, 64], activation: 'tanh', output_activation: 'identity', initializer: 'auto' },
      training: {
        loss: 'mse',
        optimizer: { kind: 'adam', learning_rate: 0.001, betas: [0.9, 0.999], epsilon: 1e-8 },
        batch_size: 16,
        epochs: 200,
        shuffle: true,
        seed: 10,
      },
    });
    expect(checkTrial(trial)).toEqual(trial);
    expect(checkTrial({ training: { optimizer: { kind: 'sgd' } } }).training.optimizer).toEqual({
      kind: 'sgd',
      learning_rate: 0.01,
      momentum: 0,
    });
    expect(checkTrial({ training: { early_stopping: {}, loss_plateau: {} } }).training).toMatchObject({
      early_stopping: { monitor: 'validation_loss', min_delta: 0, patience: 10, restore_best: true },
      loss_plateau: { tolerance: 1e-5 },
    });
  });

  it('takes what is at the edge of the ranges', () => {
    checkTrial({ model: { hidden: [] }, training: { batch_size: 1, epochs: 1, seed: 0 } });
    checkTrial({ model: { hidden: [65536] }, training: { seed: 4294967295, optimizer: { kind: 'sgd', momentum: 0 } } });
    checkTrial({ initial_parameters: new Float32Array(3) });
  });

  const choices = 'choose identity, sigmoid, tanh, relu or leaky_relu';
  it.each([
    [
      adam({ learning_rate: -1 }),
      'training.optimizer.learning_rate',
      ': -1 is too small; give a value above 0 (default 0.001).',
    ],
    [
      adam({ learning_rate: 0 }),
      'training.optimizer.learning_rate',
      ': 0 is too small; give a value above 0 (default 0.001).',
    ],
    [
      { training: { optimizer: { kind: 'sgd', learning_rate: 1001 } } },
      'training.optimizer.learning_rate',
      ': 1001 is too large; give a value of at most 1000 (default 0.01).',
    ],
    [adam({ betas: [0.9, 1] }), 'training.optimizer.betas.1', ': 1 is too large; give a value below 1.'],
    [adam({ betas: [0.9] }), 'training.optimizer.betas', ': give at least 2 values (default [0.9,0.999]).'],
    [
      adam({ learning_rte: 1 }),
      'training.optimizer',
      ': there is no setting `learning_rte` (did you mean learning_rate?).',
    ],
    [adam({ momentum: 0.9 }), 'training.optimizer', ': there is no setting `momentum` here.'],
    [
      adam({ kind: 'adm' }),
      'training.optimizer.kind',
      ': "adm" is not known; choose sgd or adam (did you mean adam?).',
    ],
    [{ training: { optimizer: 'adam' } }, 'training.optimizer', ': "adam" is not a group of settings.'],
    [{ model: { hidden: [64, 0] } }, 'model.hidden.1', ': 0 is too small; give a value of at least 1.'],
    [{ model: { hidden: [1.5] } }, 'model.hidden.0', ': 1.5 is not a whole number.'],
    [{ model: { hidden: 64 } }, 'model.hidden', ': 64 is not a list (default [64,64]).'],
    [{ model: { hidden: new Array(65).fill(1) } }, 'model.hidden', ': give at most 64 values (default [64,64]).'],
    [{ model: { activation: 'rleu' } }, 'model.activation', `: "rleu" is not known; ${choices} (did you mean relu?).`],
    [{ model: { activation: 'swish' } }, 'model.activation', `: "swish" is not known; ${choices} (default tanh).`],
    [{ model: { activations: 'relu' } }, 'model', ': there is no setting `activations` (did you mean activation?).'],
    [{ modle: {} }, undefined, 'there is no setting `modle` (did you mean model?).'],
    [{ training: { epochs: '10' } }, 'training.epochs', ': "10" is not a number (default 200).'],
    [{ training: { epochs: Number.NaN } }, 'training.epochs', ': NaN is not a finite number (default 200).'],
    [{ training: { epochs: Infinity } }, 'training.epochs', ': Infinity is not a finite number (default 200).'],
    [
      { training: { seed: 2 ** 32 } },
      'training.seed',
      ': 4294967296 is too large; give a value of at most 4294967295 (default 10).',
    ],
    [{ training: { shuffle: 'no' } }, 'training.shuffle', ': "no" is not true or false (default true).'],
    [{ training: { early_stopping: true } }, 'training.early_stopping', ': true is not a group of settings.'],
    [
      { training: { early_stopping: { patience: 0 } } },
      'training.early_stopping.patience',
      ': 0 is too small; give a value of at least 1 (default 10).',
    ],
    [{ initial_parameters: [1, 2] }, 'initial_parameters', ': [1,2] is not a Float32Array.'],
    [null, undefined, 'null is not a group of settings.'],
  ])('says what is wrong with %j', (input, where, message) => {
    const error = problemOf(() => checkTrial(input));
    expect(error.message).toBe((where ?? '') + message);
    expect(error.where).toBe(where);
  });

  it('cuts a long value short', () => {
    expect(problemOf(() => checkTrial({ model: 'x'.repeat(500) })).message.length).toBeLessThan(120);
  });
});

describe('checkData', () => {
  it('fills in every default', () => {
    expect(checkData({ target: 'y' })).toEqual({
      target: 'y',
      split: { train: 0.6, validation: 0.2, test: 0.2, seed: 10 },
      scaling: 'standardize',
    });
  });

  it.each([
    [{}, 'target', ': is missing; give a text.'],
    [{ target: '' }, 'target', ': give a value that is not empty.'],
    [
      { target: 'y', split: { train: 1.2 } },
      'split.train',
      ': 1.2 is too large; give a value of at most 1 (default 0.6).',
    ],
    [
      { target: 'y', split: { train: 0.6, validation: 0.3, test: 0.3 } },
      'split',
      ': train, validation and test shares add up to more than 1.',
    ],
    [
      { target: 'y', scaling: 'standardise' },
      'scaling',
      ': "standardise" is not known; choose standardize or none (did you mean standardize?).',
    ],
    [{ target: 'y', split: { trian: 0.5 } }, 'split', ': there is no setting `trian` (did you mean train?).'],
    [undefined, undefined, 'is missing; give a group of settings.'],
  ])('says what is wrong with %j', (input, where, message) => {
    const error = problemOf(() => checkData(input));
    expect(error.message).toBe((where ?? '') + message);
    expect(error.where).toBe(where);
  });
});

describe('check', () => {
  it('gives the value back with the defaults of any schema', () => {
    expect(check(modelSettings, { hidden: [3] })).toMatchObject({ hidden: [3], activation: 'tanh' });
  });
});

describe('nearest', () => {
  it.each([
    ['rleu', ['identity', 'relu', 'leaky_relu'], 'relu'],
    ['Relu', ['identity', 'relu'], 'relu'],
    ['lr', ['learning_rate', 'epochs'], undefined],
    ['z', ['x', 'y'], undefined],
    ['Y', ['x', 'y'], 'y'],
    ['ab', ['xy', 'abc'], 'abc'],
    ['median_house_valu', ['median_house_value', 'median_house_age'], 'median_house_value'],
    ['', ['x', 'y'], undefined],
    ['x', [], undefined],
  ])('%j among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('list', () => {
  it('reads as a sentence', () => {
    expect(list([])).toBe('');
    expect(list(['a'])).toBe('a');
    expect(list(['a', 'b'])).toBe('a or b');
    expect(list(['a', 'b', 'c'])).toBe('a, b or c');
  });
});

describe('an optimizer without a kind', () => {
  it('is the default one', () => {
    expect(checkTrial({ training: { optimizer: { learning_rate: 0.5 } } }).training.optimizer).toMatchObject({
      kind: 'adam',
      learning_rate: 0.5,
    });
  });
});
