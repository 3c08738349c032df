/** Which loss a trial has, and whether the targets fit it. */

import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import type { LossName } from '../../../src/spec/settings.ts';
import { checkLoss, resolveTrial } from '../../../src/train/trials.ts';
import { problemOf } from '../../support/data/tables.ts';
import { prepare } from '../../support/first-defaults.ts';

describe('checkLoss', () => {
  const checkTargets = (loss: LossName, data: DataSet) =>
    checkLoss([resolveTrial(checkTrial({ training: { loss } }), data.preprocessing.task)], data);

  const dataOf = (targets: number[], outputs = 1, scaling: 'none' | 'standardize' = 'none') => {
    const rows = targets.length / outputs;
    const features = Float32Array.from({ length: rows }, (_, row) => row);
    return prepare({ features, rows, columns: 1, targets: Float32Array.from(targets), outputs }, { scaling });
  };

  it.each<[LossName, number[], number]>([
    ['mse', [-5, 7, 0, 1, 2], 1],
    ['huber', [-5, 7, 0, 1, 2], 1],
    ['binary_cross_entropy', [0, 1, 0.3, 1, 0], 1],
    ['perceptron', [0, 1, 0, 1, 1], 1],
    ['softmax_cross_entropy', [0, 1, 1, 0, 0.3, 0.7, 1, 0, 0.5, 0.5], 2],
    ['softmax_cross_entropy', Array(5).fill([0.1, 0.2, 0.7]).flat(), 3],
  ])('lets %s have %j', (loss, targets, outputs) => {
    checkTargets(loss, dataOf(targets, outputs));
  });

  const outside = 'needs targets from 0 to 1; column';
  const shares = 'needs targets that are shares and add up to 1; those of data row';
  it.each<[LossName, DataSet, string]>([
    [
      'binary_cross_entropy',
      dataOf([0, 1, 0, 19.3, 1]),
      `${outside} "y" has 19.3: set loss to mse, or task to classification`,
    ],
    [
      'perceptron',
      dataOf([0, 1, 0, 1, 0, 1, 1, -1, 0, 1], 2),
      `${outside} "y2" has -1: set loss to mse, or task to classification`,
    ],
    [
      'perceptron',
      dataOf([0, 5, 0, 5, 1, 5, 0, 5], 1, 'standardize'),
      `${outside} "y" has 5: set loss to mse, or task to classification`,
    ],
    [
      'binary_cross_entropy',
      dataOf([0, 0, 0, 0, 1, 1, 1, 1], 1, 'standardize'),
      `${outside} "y" has -0.57735 once scaled: set scaling to none`,
    ],
    ['softmax_cross_entropy', dataOf([0, 1, 0, 1, 1]), 'needs two targets or more, one for each class'],
    ['softmax_cross_entropy', dataOf([0, 1, 1, 0, 0.5, 0.6, 1, 0, 0, 1], 2), `${shares} 3 are 0.5, 0.6`],
    ['softmax_cross_entropy', dataOf([0, 1, -1, 2, 0, 1, 1, 0, 0, 1], 2), `${shares} 2 are -1, 2`],
    ['softmax_cross_entropy', dataOf(Array(30).fill(1), 6), `${shares} 1 are 1, 1, 1, 1, ...`],
  ])('tells %s what does not fit', (loss, data, message) => {
    const error = problemOf(() => checkTargets(loss, data));
    expect(error.message).toBe(`training.loss: ${loss} ${message}.`);
    expect(error.where).toBe('training.loss');
  });

  const classes = (outputs: number) => {
    const rows = 12;
    const targets = Float32Array.from({ length: rows * outputs }, (_, at) =>
      Number(outputs === 1 ? at % 2 : at % outputs === Math.floor(at / outputs) % outputs),
    );
    const features = Float32Array.from({ length: rows }, (_, row) => row);
    return prepare({ features, rows, columns: 1, targets, outputs }, { task: 'classification' });
  };

  it('decides auto by the task', () => {
    const trial = checkTrial({});
    const tasks = [dataOf([1, 2, 3, 4, 5]), classes(1), classes(3)].map(({ preprocessing }) => preprocessing.task);
    expect(tasks.map((task) => resolveTrial(trial, task).training.loss)).toEqual([
      'mse',
      'binary_cross_entropy',
      'softmax_cross_entropy',
    ]);
    expect(resolveTrial(checkTrial({ training: { loss: 'huber' } }), 'binary').training.loss).toBe('huber');
  });

  it('lets classes have squares, but not two of them a softmax over one output', () => {
    for (const data of [classes(1), classes(3)]) checkTargets('mse', data);
    checkTargets('binary_cross_entropy', classes(3));
    expect(problemOf(() => checkTargets('softmax_cross_entropy', classes(1))).message).toBe(
      'training.loss: softmax_cross_entropy needs one output for each class, and two classes are one output; use binary_cross_entropy.',
    );
  });

  it('refuses to smooth labels where there are no classes, and names the losses that have them', () => {
    const smooth = (loss: string) => checkTrial({ training: { loss, label_smoothing: 0.1 } });
    const numbers = dataOf([1, 2, 3, 4, 5]);
    for (const [loss, named] of [
      ['auto', 'mse'],
      ['huber', 'huber'],
      ['mae', 'mae'],
      ['half_mse', 'half_mse'],
    ]) {
      const error = problemOf(() => checkLoss([resolveTrial(smooth(loss), 'regression')], numbers));
      expect(error.message).toBe(
        `training.label_smoothing: ${named} is no loss of classes; leave label_smoothing out, or set loss to binary_cross_entropy or softmax_cross_entropy.`,
      );
      expect(error.where).toBe('training.label_smoothing');
    }
    expect(problemOf(() => checkLoss([resolveTrial(smooth('perceptron'), 'binary')], classes(1))).where).toBe(
      'training.label_smoothing',
    );
    checkLoss([resolveTrial(smooth('auto'), 'binary')], classes(1));
    checkLoss([resolveTrial(smooth('auto'), 'multiclass')], classes(3));
    // One trial of several.
    const trials = [checkTrial({ training: { loss: 'mse' } }), smooth('mse')];
    expect(() =>
      checkLoss(
        trials.map((trial) => resolveTrial(trial, 'binary')),
        classes(1),
      ),
    ).toThrow('mse is no loss');
  });

  it('refuses an output activation before a loss that takes logits, also where auto chose it', () => {
    const trial = checkTrial({ model: { output_activation: 'sigmoid' } });
    const error = problemOf(() => checkLoss([resolveTrial(trial, 'binary')], classes(1)));
    expect(error.message).toBe(
      "model.output_activation: sigmoid does not go with the loss binary_cross_entropy, which takes the last layer's sums as they are; set output_activation to identity, or loss to mse.",
    );
    expect(error.where).toBe('model.output_activation');
    checkLoss([resolveTrial(trial, 'regression')], dataOf([1, 2, 3, 4, 5]));
  });
});
