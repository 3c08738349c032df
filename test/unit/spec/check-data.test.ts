/** What a person reads when a setting of the data is refused, and what stands where nothing is said. */
import { describe, expect, it } from 'vitest';
import { checkData } from '../../../src/spec/check.ts';
import { problemOf } from '../../support/data/tables.ts';

const shares = (train: number, validation: number, test: number, seed = 10) => ({ train, validation, test, seed });
const stratified = (...given: Parameters<typeof shares>) => ({ ...shares(...given), stratify: true });

describe('checkData', () => {
  it('fills in every default', () => {
    expect(checkData({ target: 'y' })).toEqual({
      target: 'y',
      task: 'auto',
      types: {},
      ignore: [],
      numeric: 'piecewise_linear',
      scaling: 'standardize',
      target_transform: 'none',
      clip_predictions: true,
      impute: 'median',
      missing_indicator: true,
      max_levels: 100,
      merge_spellings: true,
      class_weights: 'none',
      split: { train: 0.7, validation: 0.15, test: 0.15, seed: 10, stratify: true },
    });
  });

  it.each([
    [{}, 'target', ': is missing; give a text.'],
    [{ target: '' }, 'target', ': give a value that is not empty.'],
    [
      { target: 'y', split: { train: 1.2 } },
      'split.train',
      ': 1.2 is too large; give a value of at most 1 (default 0.7).',
    ],
    [
      { target: 'y', split: { train: 0.6, validation: 0.3, test: 0.3 } },
      'split',
      ': train, validation and test shares add up to more than 1.',
    ],
    [
      { target: 'y', scaling: 'standardise' },
      'scaling',
      ': "standardise" is not known; choose standardize, min_max or none (did you mean standardize?).',
    ],
    [
      { target: 'y', types: { zip: 'categry' } },
      'types.zip',
      ': "categry" is not known; choose number, integer, boolean, category, date, identifier or text (did you mean category?).',
    ],
    [{ target: 'y', ignore: [''] }, 'ignore.0', ': give a value that is not empty.'],
    [
      { target: 'y', split: { group: 'a', time: 'b' } },
      'split',
      ': group and time cannot both decide which rows go where; give one of them.',
    ],
    [{ target: 'y', split: { trian: 0.5 } }, 'split', ': there is no setting `trian` (did you mean train?).'],
    [undefined, undefined, 'is missing; give a group of settings.'],
  ])('says what is wrong with %j', (input, where, message) => {
    const error = problemOf(() => checkData(input));
    expect(error.message).toBe((where ?? '') + message);
    expect(error.where).toBe(where);
  });
});

describe('shares that are left out', () => {
  const split = (given: object) => checkData({ target: 'y', split: given }).split;
  it('divide the rest as their defaults do', () => {
    expect(split({})).toEqual(stratified(0.7, 0.15, 0.15));
    expect(split({ seed: 3 })).toEqual(stratified(0.7, 0.15, 0.15, 3));
    expect(split({ train: 0.8, validation: 0.2 })).toEqual(stratified(0.8, 0.2, 0));
    expect(split({ train: 0.8 })).toEqual(stratified(0.8, 0.1, 0.1));
    expect(split({ train: 1 })).toEqual(stratified(1, 0, 0));
    expect(split({ validation: 0.2, test: 0 })).toEqual(stratified(0.8, 0.2, 0));
    expect(split({ test: 0.32 })).toEqual(stratified(0.56, 0.12, 0.32));
  });
  it('do not hide shares that are too large', () => {
    expect(problemOf(() => split({ train: 0.8, validation: 0.3 })).message).toBe(
      'split: train, validation and test shares add up to more than 1.',
    );
    expect(problemOf(() => split({ train: 'all' })).where).toBe('split.train');
  });
});
