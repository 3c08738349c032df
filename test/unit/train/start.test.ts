/** What a run starts with, without an engine. */
import { expect, test } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { startTrials } from '../../../src/train/start.ts';

const data = prepare(generate('curve'), { target: 'y' });

test('settings that are left out follow from the rows, and each trial begins with its own', () => {
  const settings = [1, 2].map((seed) => ({ model: { hidden: [3] }, training: { seed } }));
  const { trials, layers } = startTrials(data, settings, {});
  expect(layers.map(({ outputs }) => outputs)).toEqual([3, 1]);
  expect(trials.map(({ trial }) => trial.training.seed)).toEqual([1, 2]);
  expect(trials.every(({ history, outcome, trial, initial }) => !history.length && !outcome && trial === initial)).toBe(
    true,
  );
});

test('changes are of the first trial, in the order of their steps, and epochs of a refit of each', () => {
  const planned = [
    { step: 9, learning_rate: 0.1 },
    { step: 3, learning_rate: 0.2 },
  ];
  const { trials } = startTrials(data, [{}, { training: { seed: 2 } }], { planned, refitEpochs: [4, 5] });
  expect(trials.map((trial) => trial.planned.map(({ step }) => step))).toEqual([[3, 9], []]);
  expect(trials.map(({ refit_epochs }) => refit_epochs)).toEqual([4, 5]);
});

test('trials that cannot train as one are refused', () => {
  const unlike = [{ model: { hidden: [3] } }, { model: { hidden: [4] } }];
  expect(() => startTrials(data, unlike, {})).toThrow('Trial 1');
});
