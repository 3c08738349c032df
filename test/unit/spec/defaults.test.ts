/** Defaults that follow from the table, and the first defaults, which links and files of earlier versions go by. */
import { describe, expect, it } from 'vitest';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { withDefaultsFor } from '../../../src/spec/defaults.ts';
import { checkStoredTrial, withFirstData, withFirstDefaults } from '../../../src/spec/first-defaults.ts';

describe('defaults that follow from the table', () => {
  const decided = (rows: number, outputs: number) => {
    const { model, training } = checkTrial(withDefaultsFor({ rows, outputs }, {}));
    return [model.hidden, training.batch_size, training.epochs];
  };

  it.each([
    [0, 1, [64, 64], 16, 200],
    [150, 3, [64, 64], 16, 200],
    [2_999, 26, [64, 64], 64, 200],
    [3_000, 1, [128, 128], 64, 200],
    [9_999, 26, [128, 128], 256, 200],
    [10_000, 9, [128, 128], 256, 200],
    [10_000, 10, [256, 256, 256], 256, 200],
    [50_000, 1, [128, 128], 256, 200],
    [100_000, 1, [128, 128], 256, 100],
    [5_000_000, 1, [128, 128], 256, 10],
  ])('are for %d rows and %d outputs: hidden %j, batches of %d, %d epochs', (rows, outputs, hidden, batch, epochs) => {
    expect(decided(rows, outputs)).toEqual([hidden, batch, epochs]);
  });

  it('leave what is given as it is', () => {
    const given = { model: { hidden: [5] }, training: { batch_size: 3, epochs: 7, seed: 4 } };
    expect(withDefaultsFor({ rows: 20_000, outputs: 1 }, given)).toEqual(given);
  });

  it('give a hidden layer to each activation, or to each share of dropout', () => {
    const hidden = (model: object) => withDefaultsFor({ rows: 4_000, outputs: 1 }, { model }).model;
    expect(hidden({ activation: ['relu', 'tanh', 'relu'] })).toMatchObject({ hidden: [128, 128, 128] });
    expect(hidden({ dropout: [0.1] })).toMatchObject({ hidden: [128] });
    expect(hidden({ activation: 'relu' })).toMatchObject({ hidden: [128, 128] });
  });
});

describe('the first defaults', () => {
  it('are what was trained where nothing was said', () => {
    const { model, training } = checkTrial(withFirstDefaults());
    expect(model).toMatchObject({ hidden: [64, 64], activation: 'tanh', dropout: 0 });
    expect(training).toMatchObject({ batch_size: 16, epochs: 200, early_stopping: false });
    expect(training.optimizer).toMatchObject({ kind: 'adam', learning_rate: 0.001, weight_decay: 0 });
    const { numeric, split } = checkData(withFirstData({ target: 'y' }));
    expect([numeric, split.train, split.validation, split.test]).toEqual(['scale', 0.6, 0.2, 0.2]);
  });

  it('change nothing that is said', () => {
    const trial = checkTrial({ model: { hidden: [3] }, training: { optimizer: { kind: 'sgd' }, epochs: 3 } });
    expect(JSON.stringify(withFirstDefaults(trial))).toBe(JSON.stringify(trial));
    const data = checkData({ target: 'y', numeric: 'robust', split: { train: 0.8, validation: 0.2 } });
    expect(JSON.stringify(withFirstData(data))).toBe(JSON.stringify(data));
  });

  it('divide what is left of the rows as they always did', () => {
    const { split } = checkData(withFirstData({ target: 'y', split: { validation: 0.2 } }));
    expect([split.train, split.validation, split.test]).toEqual([0.6, 0.2, 0.2]);
  });

  it('had early stopping off, and a patience of 10 where it was on', () => {
    expect(checkStoredTrial({ training: { early_stopping: {} } }).training.early_stopping).toMatchObject({
      patience: 10,
    });
    const { early_stopping: _, ...training } = checkTrial({}).training;
    expect(checkStoredTrial({ ...checkTrial({}), training })).toEqual(
      checkTrial({ training: { early_stopping: false } }),
    );
  });

  it('do not stand for a trial that is not there', () => {
    expect(() => checkStoredTrial(null)).toThrow('group of settings');
  });
});
