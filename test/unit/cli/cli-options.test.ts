import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { normalizeArguments } from '../../../src/cli/arguments.ts';
import { addSettingOptions, type Given, settingOptions, settingsFrom } from '../../../src/cli/options.ts';
import { duration, score, significant, table, wrapped } from '../../../src/cli/output/output.ts';
import { progressLine } from '../../../src/cli/output/progress.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { smallTable, withDefaultsFor } from '../../../src/spec/defaults.ts';
import { dataFields, trialFields } from '../../../src/spec/fields.ts';
import { networkWords, scheduleWords, trainingWords } from '../../../src/train/results/summary.ts';

/** What the settings become when these words are typed after `train`. */
function settingsOf(...words: string[]) {
  const command = new Command('train').exitOverride().configureOutput({ writeErr: () => {} });
  addSettingOptions(command);
  command.allowExcessArguments();
  command.parse(normalizeArguments(words, command.options), { from: 'user' });
  const { trial, data } = settingsFrom(command.opts<Given>());
  return { trial: checkTrial(withDefaultsFor(smallTable, trial)), data, words: command.args };
}

const typed = (text: string) => settingsOf(...text.split(' '));

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('options', () => {
  it('are derived from the fields, each under a name of its own', () => {
    const names = settingOptions.map(({ name }) => name);
    expect(names).toHaveLength(trialFields.length + dataFields.length);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'hidden',
        'dropout',
        'optimizer',
        'learning_rate',
        'weight_decay',
        'l2',
        'clip_norm',
        'schedule',
        'schedule.warmup',
        'seed',
        'split.seed',
        'early_stopping.patience',
      ]),
    );
  });

  it('give the defaults when nothing is typed', () => {
    expect(settingsOf().trial).toEqual(checkTrial({}));
    expect(settingsOf().data).not.toHaveProperty('target');
  });

  it('take names of columns, and a type for each of some', () => {
    const { data } = settingsOf(
      ...['--types', 'zip=category,day of birth=date', '--ignore', 'last name,2020', '--weights', 'w'],
      ...['--split.group', 'patient', '--split.stratify', 'false', '--class-weights', 'balanced', '--max-levels', '5'],
    );
    expect(data).toMatchObject({
      types: { zip: 'category', 'day of birth': 'date' },
      ignore: ['last name', '2020'],
      weights: 'w',
      class_weights: 'balanced',
      max_levels: 5,
      split: { group: 'patient', stratify: false },
    });
    expect(typed('--ignore none --types none').data).toMatchObject({ ignore: [], types: {} });
    expect(() => typed('--types zip=categry')).toThrow(
      '--types: zip: "categry" is not known; choose number, integer, boolean, category, date, identifier or text (did you mean category?).',
    );
    expect(refusalOf(() => typed('--types zip=categry'))).toMatchObject({
      code: 'choice_unknown',
      params: { setting: '--types: zip', input: '"categry"', near: 'category' },
    });
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

  it('take one value for all hidden layers, or one for each', () => {
    expect(typed('--activation relu,tanh --dropout 0.1,0.2').trial.model).toMatchObject({
      activation: ['relu', 'tanh'],
      dropout: [0.1, 0.2],
    });
    expect(settingsOf('--activation', 'relu tanh').trial.model.activation).toEqual(['relu', 'tanh']);
    expect(typed('--hidden 9 --activation gelu --dropout 0.5').trial.model).toMatchObject({
      activation: 'gelu',
      dropout: 0.5,
    });
  });

  it('take a schedule and its settings', () => {
    const schedule = (words: string) => typed(words).trial.training.schedule;
    expect(schedule('--schedule cosine --schedule.warmup 5')).toEqual({ kind: 'cosine', warmup: 5, final: 0 });
    expect(schedule('--schedule.warmup 0.5')).toEqual({ kind: 'constant', warmup: 0.5 });
    expect(schedule('--schedule.every 3 --schedule=step')).toEqual({ kind: 'step', warmup: 0, every: 3, factor: 0.1 });
    expect(schedule('--training.schedule.kind reduce_on_plateau')).toEqual({
      kind: 'reduce_on_plateau',
      warmup: 0,
      factor: 0.1,
      plateau: 10,
    });
  });

  it('take every setting of every kind', () => {
    for (const { name, field } of settingOptions.filter((option) => option.field.kinds)) {
      const choice = settingOptions.find((option) => option.field.path === field.kindPath)?.name;
      for (const kind of field.kinds ?? []) {
        const value = field.default === false ? 'true' : String(field.default);
        const { trial } = typed(`--${choice} ${kind} --${name} ${value}`);
        expect(trial).toHaveProperty(field.path, field.default === false || field.default);
      }
    }
  });

  it('take regularisation', () => {
    const { training } = typed('--l1 1e-4 --l2 0.01 --clip-norm 5 --optimizer adamw --weight_decay 0.1').trial;
    expect(training).toMatchObject({ l1: 1e-4, l2: 0.01, clip_norm: 5, optimizer: { weight_decay: 0.1 } });
    const { optimizer } = typed('--nesterov --optimizer sgd --momentum 0.9').trial.training;
    expect(optimizer).toMatchObject({ nesterov: true, momentum: 0.9 });
  });

  it('take hyphens and whole paths', () => {
    const expected = typed('--learning_rate 0.5 --batch_size 4 --early_stopping.patience 3').trial;
    expect(typed('--learning-rate 0.5 --batch-size=4 --early-stopping.patience 3').trial).toEqual(expected);
    expect(
      typed(
        '--training.optimizer.learning_rate 0.5 --training.batch_size 4 --training.early_stopping.patience 3 --training.optimizer.kind adamw',
      ).trial,
    ).toEqual(expected);
  });

  it('switch groups on and off without swallowing the next word', () => {
    const alone = typed('--early_stopping curve.csv');
    expect(alone.words).toEqual(['curve.csv']);
    expect(alone.trial.training.early_stopping).toMatchObject({ patience: 20, restore_best: true });
    expect(typed('--early_stopping 5').trial.training.early_stopping).toMatchObject({ patience: 5 });
    expect(typed('--early_stopping=5 --early_stopping.min_delta 0.1').trial.training.early_stopping).toMatchObject({
      patience: 5,
      min_delta: 0.1,
    });
    expect(typed('--loss_plateau').trial.training.loss_plateau).toEqual({ tolerance: 1e-5 });
    expect(typed('--early_stopping 5 --no-early_stopping').trial.training.early_stopping).toBe(false);
    expect(typed('--loss_plateau 5 --no-loss_plateau').trial.training.loss_plateau).toBeUndefined();
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
    ['--momentum 0.9', /^--momentum: belongs to --optimizer sgd or rmsprop; the optimizer is adamw\.$/],
    ['--no-nesterov', /^--nesterov: belongs to --optimizer sgd; the optimizer is adamw\.$/],
    ['--optimizer sgd --betas 0.9,0.99', /^--betas: belongs to --optimizer adam or adamw; the optimizer is sgd\.$/],
    ['--schedule.every 3', /^--schedule\.every: belongs to --schedule step; the schedule is constant\.$/],
    [
      '--schedule.factor 0.5 --schedule cosine',
      /^--schedule\.factor: belongs to --schedule step, exponential or reduce_on_plateau; the schedule is cosine\.$/,
    ],
    ['--schedule.every 3 --schedule cosin', /^--schedule: "cosin" is not known; .*did you mean cosine\?\)\.$/],
    ['--schedule exponential --schedule.factor 0', /^--schedule\.factor: 0 is too small; .* \(default 0\.95\)\.$/],
    ['--schedule.plateu 3', /^There is no option `--schedule\.plateu` \(did you mean --schedule\.plateau\?\)/],
    ['--warmup 3', /^There is no option `--warmup` \(did you mean --schedule\.warmup\?\)/],
    [
      '--hidden 8,8 --activation relu,tanh,relu',
      /^--activation: has 3 values for 2 hidden layers; give one for all, or one for each/,
    ],
    ['--activation relu,rleu', /^--activation: "rleu" is not known; .*did you mean relu\?/],
    ['--dropout 0.1,1', /^--dropout: 1 is too large; give a value below 1\.$/],
    ['--clip_norm none', /^--clip_norm: "none" is not a number \(off when left out\)\.$/],
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

describe('a trial in words', () => {
  const said = (words = '') => {
    const { trial } = words ? typed(words) : settingsOf();
    return [networkWords(trial), trainingWords(trial), scheduleWords(trial)];
  };

  it('says what everyone asks about, and no more', () => {
    expect(said()).toEqual([
      'silu, dropout 0.2, ',
      'adamw, learning rate 0.001, batch size 16, loss auto, seed 10',
      '',
    ]);
    expect(said('--optimizer adamw --weight_decay 0.01 --dropout 0,0 --activation relu,relu')).toEqual([
      'relu, ',
      'adamw, learning rate 0.001, batch size 16, loss auto, seed 10',
      '',
    ]);
  });

  it('names what differs from the defaults', () => {
    expect(
      said(
        '--activation relu,tanh --dropout 0.1,0.2 --output_activation sigmoid --initializer zeros --optimizer sgd --momentum 0.9 --nesterov=true --weight_decay 1e-4 --l1 0.1 --l2 0.01 --clip_norm 1 --no-shuffle --schedule cosine --schedule.warmup 1',
      ),
    ).toEqual([
      'relu/tanh, output sigmoid, dropout 0.1/0.2, zeros, ',
      'sgd, learning rate 0.01, momentum 0.9, nesterov, weight decay 0.0001, l1 0.1, l2 0.01, clip norm 1, batch size 16, loss auto, seed 10, not shuffled',
      'cosine, warm-up 1 epoch, final share 0',
    ]);
    expect(said('--hidden none --dropout 0.5')[0]).toBe('');
    expect(said('--betas 0.8,0.9')[1]).toContain('adamw, learning rate 0.001, betas 0.8/0.9, batch size');
    expect(said('--schedule.warmup 5')[2]).toBe('constant, warm-up 5 epochs');
    expect(said('--schedule reduce_on_plateau')[2]).toBe('reduce_on_plateau, factor 0.1, plateau 10 epochs');
  });
});

describe('output', () => {
  it('gives numbers four digits', () => {
    const written = [0, 1, -0.0123456, 0.99996, 12.3456, 1234.5, 1e-5, 2.5e12, Number.NaN, null].map(significant);
    expect(written).toEqual(['0', '1.000', '-0.01235', '1.000', '12.35', '1\u202f235', '1e-5', '2.5e12', '–', '–']);
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
  const record = {
    number: 37,
    steps: 1,
    train_loss: 0.0123,
    validation_loss: 1.5e-7,
    validation: null,
    finite: true,
    seconds: 3.7,
  };

  it.each([40, 60, 80, 100, 200])('fits into %i columns', (columns) => {
    for (const now of [undefined, record]) {
      for (const share of [0, 0.5])
        expect(progressLine(now, 100, columns, undefined, share).length).toBeLessThan(columns);
    }
  });

  it('shows epochs, losses and time left', () => {
    const line = progressLine(record, 100, 100);
    expect(line).toMatch(/^epoch {2}37\/100 {2}━+─+ {2}train loss 0\.0123 +validation 1\.50e-7 +7 s left$/);
  });

  it('says how far a long epoch is', () => {
    expect(progressLine(undefined, 2, 80, undefined, 0.256)).toMatch(
      /^epoch 0\/2 {3}25 % of the next {2}━+─+ {2}starting$/,
    );
    const dashes = (line: string) => line.match(/━/g)?.length;
    expect(dashes(progressLine(record, 38, 120, undefined, 0.9))).toBeGreaterThan(
      dashes(progressLine(record, 38, 120, undefined, 0.01)) ?? Number.NaN,
    );
  });
});
