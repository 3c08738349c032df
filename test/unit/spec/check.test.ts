/** What a person reads when a setting of a trial is refused, and what stands where nothing is said. */
import { describe, expect, it } from 'vitest';
import { activationNames } from '../../../src/spec/activations.ts';
import { check, checkTrial } from '../../../src/spec/check.ts';
import { modelSettings } from '../../../src/spec/settings.ts';
import { list } from '../../../src/util/words.ts';
import { problemOf } from '../../support/data/tables.ts';

const adam = (others: object) => ({ training: { optimizer: { kind: 'adam', ...others } } });

describe('checkTrial', () => {
  it('fills in every default', () => {
    const trial = checkTrial({});
    expect(trial).toEqual({
      model: {
        hidden: [64, 64],
        activation: 'silu',
        dropout: 0.2,
        embedding: { kind: 'none' },
        output_activation: 'auto',
        initializer: 'auto',
      },
      training: {
        loss: 'auto',
        optimizer: { kind: 'adamw', learning_rate: 0.001, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.01 },
        batch_size: 16,
        l1: 0,
        l2: 0,
        label_smoothing: 0,
        schedule: { kind: 'constant', warmup: 0 },
        epochs: 200,
        shuffle: true,
        seed: 10,
        early_stopping: { monitor: 'validation_loss', min_delta: 0, patience: 20, restore_best: true },
      },
    });
    expect(checkTrial(trial)).toEqual(trial);
    expect(checkTrial({ training: { early_stopping: { patience: 3 }, loss_plateau: {} } }).training).toMatchObject({
      early_stopping: { monitor: 'validation_loss', min_delta: 0, patience: 3, restore_best: true },
      loss_plateau: { tolerance: 1e-5 },
    });
    const without = checkTrial({ training: { early_stopping: false } });
    expect(without.training.early_stopping).toBe(false);
    expect(checkTrial(without)).toEqual(without);
  });

  it.each([
    { kind: 'sgd', learning_rate: 0.01, momentum: 0, nesterov: false, weight_decay: 0 },
    { kind: 'rmsprop', learning_rate: 0.01, momentum: 0, alpha: 0.99, epsilon: 1e-8, weight_decay: 0 },
    { kind: 'adam', learning_rate: 0.001, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0 },
    { kind: 'adamw', learning_rate: 0.001, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.01 },
  ])('fills in the defaults of optimizer $kind', (complete) => {
    expect(checkTrial({ training: { optimizer: { kind: complete.kind } } }).training.optimizer).toEqual(complete);
  });

  it.each([
    { kind: 'constant', warmup: 0 },
    { kind: 'step', warmup: 0, every: 30, factor: 0.1 },
    { kind: 'exponential', warmup: 0, factor: 0.95 },
    { kind: 'cosine', warmup: 0, final: 0 },
    { kind: 'linear', warmup: 0, final: 0 },
    { kind: 'reduce_on_plateau', warmup: 0, factor: 0.1, plateau: 10 },
  ])('fills in the defaults of schedule $kind', (complete) => {
    expect(checkTrial({ training: { schedule: { kind: complete.kind } } }).training.schedule).toEqual(complete);
  });

  it('leaves lists with one value for each hidden layer as they are', () => {
    const model = { hidden: [3, 4, 5], activation: ['relu', 'gelu', 'step'], dropout: [0, 0.5, 0.25] };
    expect(checkTrial({ model }).model).toMatchObject(model);
    expect(checkTrial({ model: { hidden: [3], activation: ['silu'] } }).model.activation).toEqual(['silu']);
  });

  it('takes what is at the edge of the ranges', () => {
    checkTrial({ model: { hidden: [] }, training: { batch_size: 1, epochs: 1, seed: 0 } });
    checkTrial({ model: { hidden: [65536] }, training: { seed: 4294967295, optimizer: { kind: 'sgd', momentum: 0 } } });
    checkTrial({ model: { dropout: 0.999 }, training: { l1: 1000, l2: 1000, clip_norm: 1e-9 } });
    checkTrial({ training: { optimizer: { kind: 'adamw', weight_decay: 1 } } });
    checkTrial({ training: { schedule: { kind: 'step', warmup: 0.5, every: 1, factor: 1 } } });
    checkTrial({ training: { schedule: { kind: 'linear', final: 1 } } });
    checkTrial({ initial_parameters: new Float32Array(3) });
  });

  const choices = `choose ${list(activationNames)}`;
  const schedules = 'choose constant, step, exponential, cosine, linear, reduce_on_plateau, flat_cosine or coslog4';
  const scheduled = (schedule: unknown) => ({ training: { schedule } });
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
    [adam({ momentum: 0.9 }), 'training.optimizer', ': adam has no setting `momentum`; it belongs to sgd or rmsprop.'],
    [
      { training: { optimizer: { momentum: 0.9 } } },
      'training.optimizer',
      ': adamw has no setting `momentum`; it belongs to sgd or rmsprop.',
    ],
    [adam({ kind: 'sgd', alpha: 0.9 }), 'training.optimizer', ': sgd has no setting `alpha`; it belongs to rmsprop.'],
    [
      adam({ kind: 'rmsprop', betas: [0.9, 0.9] }),
      'training.optimizer',
      ': rmsprop has no setting `betas`; it belongs to adam or adamw.',
    ],
    [adam({ l2: 0.1 }), 'training.optimizer', ': there is no setting `l2` here.'],
    [
      adam({ kind: 'adamw', weight_decay: 2 }),
      'training.optimizer.weight_decay',
      ': 2 is too large; give a value of at most 1 (default 0.01).',
    ],
    [adam({ kind: 'sgd', nesterov: 1 }), 'training.optimizer.nesterov', ': 1 is not true or false (default false).'],
    [
      adam({ kind: 'adm' }),
      'training.optimizer.kind',
      ': "adm" is not known; choose sgd, rmsprop, adam or adamw (did you mean adam?).',
    ],
    [
      scheduled({ kind: 'cosin' }),
      'training.schedule.kind',
      `: "cosin" is not known; ${schedules} (did you mean cosine?).`,
    ],
    [scheduled({ kind: 'warm' }), 'training.schedule.kind', `: "warm" is not known; ${schedules} (default constant).`],
    [scheduled('cosine'), 'training.schedule', ': "cosine" is not a group of settings.'],
    [scheduled([]), 'training.schedule', ': [] is not a group of settings.'],
    [scheduled({ kind: 'step', evry: 3 }), 'training.schedule', ': there is no setting `evry` (did you mean every?).'],
    [scheduled({ kind: 'step', seed: 3 }), 'training.schedule', ': there is no setting `seed` here.'],
    [scheduled({ every: 3 }), 'training.schedule', ': constant has no setting `every`; it belongs to step.'],
    [
      scheduled({ kind: 'cosine', factor: 0.5 }),
      'training.schedule',
      ': cosine has no setting `factor`; it belongs to step, exponential or reduce_on_plateau.',
    ],
    [
      scheduled({ kind: 'exponential', factor: 0 }),
      'training.schedule.factor',
      ': 0 is too small; give a value above 0 (default 0.95).',
    ],
    [
      scheduled({ kind: 'reduce_on_plateau', factor: 2 }),
      'training.schedule.factor',
      ': 2 is too large; give a value of at most 1 (default 0.1).',
    ],
    [
      scheduled({ kind: 'reduce_on_plateau', plateau: 0.5 }),
      'training.schedule.plateau',
      ': 0.5 is not a whole number (default 10).',
    ],
    [
      scheduled({ warmup: -1 }),
      'training.schedule.warmup',
      ': -1 is too small; give a value of at least 0 (default 0).',
    ],
    [
      { training: { clip_norm: 0 } },
      'training.clip_norm',
      ': 0 is too small; give a value above 0 (off when left out).',
    ],
    [{ training: { clip_norm: null } }, 'training.clip_norm', ': null is not a number (off when left out).'],
    [{ training: { l1: -1 } }, 'training.l1', ': -1 is too small; give a value of at least 0 (default 0).'],
    [{ training: { l2: 1001 } }, 'training.l2', ': 1001 is too large; give a value of at most 1000 (default 0).'],
    [
      { training: { loss: 'hubr' } },
      'training.loss',
      ': "hubr" is not known; choose auto, mse, half_mse, mae, huber, binary_cross_entropy, softmax_cross_entropy or perceptron (did you mean huber?).',
    ],
    [{ training: { optimizer: 'adam' } }, 'training.optimizer', ': "adam" is not a group of settings.'],
    [{ model: { hidden: [64, 0] } }, 'model.hidden.1', ': 0 is too small; give a value of at least 1.'],
    [{ model: { hidden: [1.5] } }, 'model.hidden.0', ': 1.5 is not a whole number.'],
    [{ model: { hidden: 64 } }, 'model.hidden', ': 64 is not a list (default [64,64]).'],
    [{ model: { hidden: new Array(65).fill(1) } }, 'model.hidden', ': give at most 64 values (default [64,64]).'],
    [{ model: { activation: 'rleu' } }, 'model.activation', `: "rleu" is not known; ${choices} (did you mean relu?).`],
    [
      { model: { activation: 'swish' } },
      'model.activation',
      `: "swish" is not known; ${choices} (did you mean silu?).`,
    ],
    [
      { model: { activation: ['relu', 'rleu'] } },
      'model.activation.1',
      `: "rleu" is not known; ${choices} (did you mean relu?).`,
    ],
    [{ model: { activation: [5, 'relu'] } }, 'model.activation.0', `: 5 is not known; ${choices}.`],
    [{ model: { activation: 5 } }, 'model.activation', `: 5 is not known; ${choices} (default silu).`],
    [{ model: { activation: [] } }, 'model.activation', ': give at least 1 value (default silu).'],
    [
      { model: { activation: ['relu', 'tanh', 'relu'] } },
      'model.activation',
      ': has 3 values for 2 hidden layers; give one for all, or one for each (default silu).',
    ],
    [
      { model: { hidden: [3, 4, 5], dropout: [0.1, 0.2] } },
      'model.dropout',
      ': has 2 values for 3 hidden layers; give one for all, or one for each (default 0.2).',
    ],
    [{ model: { dropout: 1 } }, 'model.dropout', ': 1 is too large; give a value below 1 (default 0.2).'],
    [{ model: { dropout: 'some' } }, 'model.dropout', ': "some" is not a number (default 0.2).'],
    [{ model: { dropout: [0.1, 1] } }, 'model.dropout.1', ': 1 is too large; give a value below 1.'],
    [{ model: { dropout: [-0.1, 0] } }, 'model.dropout.0', ': -0.1 is too small; give a value of at least 0.'],
    [{ model: { dropout: [0.1, 'x'] } }, 'model.dropout.1', ': "x" is not a number.'],
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
      ': 0 is too small; give a value of at least 1 (default 20).',
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

describe('check', () => {
  it('gives the value back with the defaults of any schema', () => {
    expect(check(modelSettings, { hidden: [3] })).toMatchObject({ hidden: [3], activation: 'silu' });
  });
});

describe('an optimizer or a schedule without a kind', () => {
  it('is the default one', () => {
    const { optimizer, schedule } = checkTrial({
      training: { optimizer: { learning_rate: 0.5 }, schedule: { warmup: 5 } },
    }).training;
    expect(optimizer).toMatchObject({ kind: 'adamw', learning_rate: 0.5 });
    expect(schedule).toEqual({ kind: 'constant', warmup: 5 });
  });
});
