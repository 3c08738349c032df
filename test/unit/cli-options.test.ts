import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { normalizeArguments } from '../../src/cli/arguments.ts';
import { addSettingOptions, type Given, settingOptions, settingsFrom } from '../../src/cli/options.ts';
import { duration, score, significant, table, wrapped } from '../../src/cli/output.ts';
import { progressLine } from '../../src/cli/progress.ts';
import { checkTrial } from '../../src/spec/check.ts';
import { dataFields, trialFields } from '../../src/spec/fields.ts';

/** What the settings become when these words are typed after `train`. */
function settingsOf(...words: string[]) {
  const command = new Command('train').exitOverride().configureOutput({ writeErr: () => {} });
  addSettingOptions(command);
  command.allowExcessArguments();
  command.parse(normalizeArguments(words, command.options), { from: 'user' });
  return { ...settingsFrom(command.opts<Given>()), words: command.args };
}

const typed = (text: string) => settingsOf(...text.split(' '));

describe('options', () => {
  it('are derived from the fields, each under a name of its own', () => {
    const names = settingOptions.map(({ name }) => name);
    expect(names).toHaveLength(trialFields.length + dataFields.length);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['hidden', 'optimizer', 'learning_rate', 'seed', 'split.seed', 'early_stopping.patience']),
    );
  });

  it('give the defaults when nothing is typed', () => {
    expect(settingsOf().trial).toEqual(checkTrial({}));
    expect(settingsOf().data).not.toHaveProperty('target');
  });

  it('take the words of the JSON settings', () => {
    const { trial, data } = typed(
      '--hidden 150,150 --activation relu --optimizer sgd --learning_rate 1e-3 --momentum 0.9 --batch_size 8 --epochs 100 --seed 7 --loss half_mse --shuffle false --target y --split.seed 3 --scaling none',
    );
    expect(trial).toMatchObject({
      model: { hidden: [150, 150], activation: 'relu' },
      training: {
        optimizer: { kind: 'sgd', learning_rate: 0.001, momentum: 0.9 },
        batch_size: 8,
        epochs: 100,
        seed: 7,
        loss: 'half_mse',
        shuffle: false,
      },
    });
    expect(data).toMatchObject({ target: 'y', scaling: 'none', split: { seed: 3 } });
  });

  it('take hyphens and whole paths', () => {
    const expected = typed('--learning_rate 0.5 --batch_size 4 --early_stopping.patience 3').trial;
    expect(typed('--learning-rate 0.5 --batch-size=4 --early-stopping.patience 3').trial).toEqual(expected);
    expect(
      typed(
        '--training.optimizer.learning_rate 0.5 --training.batch_size 4 --training.early_stopping.patience 3 --training.optimizer.kind adam',
      ).trial,
    ).toEqual(expected);
  });

  it('switch groups on and off without swallowing the next word', () => {
    const alone = typed('--early_stopping curve.csv');
    expect(alone.words).toEqual(['curve.csv']);
    expect(alone.trial.training.early_stopping).toMatchObject({ patience: 10, restore_best: true });
    expect(typed('--early_stopping 20').trial.training.early_stopping).toMatchObject({ patience: 20 });
    expect(typed('--early_stopping=20 --early_stopping.min_delta 0.1').trial.training.early_stopping).toMatchObject({
      patience: 20,
      min_delta: 0.1,
    });
    expect(typed('--loss_plateau').trial.training.loss_plateau).toEqual({ tolerance: 1e-5 });
    expect(typed('--early_stopping 5 --no-early_stopping').trial.training.early_stopping).toBeUndefined();
    expect(typed('--no-shuffle').trial.training.shuffle).toBe(false);
  });

  it('take lists with none in them', () => {
    expect(typed('--hidden none').trial.model.hidden).toEqual([]);
    expect(settingsOf('--hidden', '').trial.model.hidden).toEqual([]);
  });

  it('take the split at once', () => {
    expect(typed('--split 0.8,0.2').data.split).toMatchObject({ train: 0.8, validation: 0.2, test: 0 });
    expect(typed('--split 0.5,0.2 --split.validation 0.4 --split.test 0').data.split).toMatchObject({
      train: 0.5,
      validation: 0.4,
    });
    expect(() => typed('--split 1,2,3,4')).toThrow('--split: give the shares');
    expect(() => typed('--split 0.9,0.2')).toThrow('--split: train, validation and test shares add up to more than 1.');
  });

  it.each([
    ['--learning_rate -1', /^--learning_rate: -1 is too small; give a value above 0 /],
    ['--training.optimizer.learning_rate -1', /^--learning_rate: -1 is too small/],
    ['--hidden 150,0', /^--hidden: 0 is too small; give a value of at least 1/],
    ['--epochs many', /^--epochs: "many" is not a number/],
    ['--activation rleu', /^--activation: "rleu" is not known; .*did you mean relu\?/],
    ['--momentum 0.9', /^--momentum: belongs to --optimizer sgd; the optimizer is adam\.$/],
    ['--optimizer sgd --betas 0.9,0.99', /^--betas: belongs to --optimizer adam; the optimizer is sgd\.$/],
    ['--early_stopping 0', /^--early_stopping\.patience: 0 is too small/],
    ['--shuffle maybe', /^--shuffle: "maybe" is not true or false/],
    ['--learning_rat 1', /^There is no option `--learning_rat` \(did you mean --learning_rate\?\)/],
    ['--patience 1', /^There is no option `--patience` \(did you mean --early_stopping\.patience\?\)/],
    ['--no-hidden', /^There is no option `--no-hidden`/],
  ])('refuse %s with one sentence', (words, sentence) => {
    expect(() => typed(words)).toThrow(sentence);
    expect(() => typed(words)).not.toThrow('\n');
  });
});

describe('output', () => {
  it('gives numbers four digits', () => {
    const written = [0, 1, -0.0123456, 0.99996, 12.3456, 1234.5, 1e-5, 2.5e12, Number.NaN, null].map(significant);
    expect(written).toEqual(['0', '1.000', '-0.01235', '1.000', '12.35', '1,235', '1e-5', '2.5e12', '–', '–']);
    expect([0.98765, -0.5, -123.4].map(score)).toEqual(['0.9877', '-0.5000', '-123.4']);
  });

  it('gives times in the unit that fits', () => {
    expect([0.123, 12.34, 59.99, 125, 3600, 7322].map(duration)).toEqual([
      '0.12 s',
      '12.3 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 0 min',
      '2 h 2 min',
    ]);
  });

  it('aligns tables on the decimal point', () => {
    const lines = table(
      ['', 'rmse'],
      [
        ['train', '0.05'],
        ['test', '12.3456'],
      ],
    ).split('\n');
    expect(lines).toEqual(['           rmse', 'train    0.05', 'test    12.3456']);
  });

  it('wraps at blanks only', () => {
    const text = wrapped('a '.repeat(80).trim(), 10);
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
    expect(text.replace(/\s+/g, '')).toBe('a'.repeat(80));
  });
});

describe('the progress line', () => {
  const record = { number: 37, steps: 1, train_loss: 0.0123, validation_loss: 1.5e-7, validation: null, seconds: 3.7 };

  it.each([40, 60, 80, 100, 200])('fits into %i columns', (columns) => {
    for (const now of [undefined, record]) {
      expect(progressLine(now, 100, columns).length).toBeLessThan(columns);
    }
  });

  it('shows epochs, losses and time left', () => {
    const line = progressLine(record, 100, 100);
    expect(line).toMatch(/^epoch {2}37\/100 {2}━+─+ {2}train loss 0\.0123 +validation 1\.50e-7 +7 s left$/);
  });
});
